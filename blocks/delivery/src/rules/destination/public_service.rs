//! What a destination may offer (Submission API 1.1.3, `DestinationService`).

use super::Faults;
use crate::model::{PublicService, SubmissionSchema};
use std::collections::BTreeSet;

const MOST_PUBLIC_SERVICES: usize = 2000;
const MOST_REGIONS: usize = 12_000;

pub(super) fn check(all: &[PublicService], name: &str, faults: &mut Faults) {
    let at = format!("/{name}");
    if all.is_empty() && faults.issues.iter().all(|it| it.pointer != at) {
        faults.add(&at, "Mindestens eine Leistung ist nötig.", "At least one public service is needed.");
    }
    let regions: usize = all.iter().map(|it| it.regions.len()).sum();
    if all.len() > MOST_PUBLIC_SERVICES || regions > MOST_REGIONS {
        faults.add(
            &at,
            "Zu viele Einträge: höchstens 2.000 Leistungen mit zusammen 12.000 Regionen.",
            "Too many entries: at most 2,000 public services with 12,000 regions in all.",
        );
        return;
    }
    for (number, it) in all.iter().enumerate() {
        let at = format!("{at}/{number}");
        if all.iter().take(number).any(|other| other == it) {
            faults.add(&at, "Dieser Eintrag steht schon weiter oben.", "This entry is already above.");
        }
        if !is_urn(&it.identifier) {
            faults.add(
                format!("{at}/identifier"),
                "Erwartet wird ein URN mit 7 bis 255 Zeichen, zum Beispiel urn:de:fim:leika:leistung:99115005104000.",
                "Expected is a URN of 7 to 255 characters, for example urn:de:fim:leika:leistung:99115005104000.",
            );
        }
        check_regions(&it.regions, &at, faults);
        check_schemas(&it.submission_schemas, &at, faults);
    }
}

/// Whether a text is the URN of a public service (Submission API 1.1.3, `DestinationService`).
pub fn is_urn(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let Some((space, name)) = rest.split_once(':') else { return false };
    let begins = space.starts_with(|it: char| it.is_ascii_alphanumeric());
    (7..=255).contains(&text.len())
        && scheme.eq_ignore_ascii_case("urn")
        && begins
        && space.len() <= 32
        && space.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        && !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"()+,.:=@;$_!*'%/?#-".contains(&it))
}

/// Whether a text is `DE` followed by a region key of 0 to 12 digits.
pub fn is_region(text: &str) -> bool {
    text.strip_prefix("DE").is_some_and(|it| it.len() <= 12 && it.bytes().all(|it| it.is_ascii_digit()))
}

fn check_regions(regions: &[String], at: &str, faults: &mut Faults) {
    if regions.is_empty() {
        faults.add(
            format!("{at}/regions"),
            "Mindestens eine Region ist nötig; DE steht für ganz Deutschland.",
            "At least one region is needed; DE stands for all of Germany.",
        );
    }
    let mut seen = BTreeSet::new();
    for (number, region) in regions.iter().enumerate() {
        if !is_region(region) {
            faults.add(
                format!("{at}/regions/{number}"),
                "Eine Region ist DE mit 0 bis 12 Ziffern dahinter, zum Beispiel DE06611 für Kassel.",
                "A region is DE followed by 0 to 12 digits, for example DE06611 for Kassel.",
            );
        } else if !seen.insert(region) {
            faults.add(
                format!("{at}/regions/{number}"),
                "Diese Region steht schon weiter oben.",
                "This region is already above.",
            );
        }
    }
}

fn check_schemas(schemas: &[SubmissionSchema], at: &str, faults: &mut Faults) {
    if schemas.is_empty() {
        faults.add(
            format!("{at}/submissionSchemas"),
            "Mindestens ein Fachschema ist nötig.",
            "At least one schema is needed.",
        );
    }
    for (number, it) in schemas.iter().enumerate() {
        let at = format!("{at}/submissionSchemas/{number}");
        if url::Url::parse(&it.schema_uri).is_err() || it.schema_uri.len() > 2000 {
            faults.add(
                format!("{at}/schemaUri"),
                "Erwartet wird die vollständige Adresse eines Schemas.",
                "Expected is the complete address of a schema.",
            );
        }
        if !matches!(it.mime_type.as_str(), "application/json" | "application/xml") {
            faults.add(
                format!("{at}/mimeType"),
                "Erlaubt sind application/json und application/xml.",
                "Allowed are application/json and application/xml.",
            );
        }
        if schemas.iter().take(number).any(|other| other == it) {
            faults.add(at, "Dieses Schema steht schon weiter oben.", "This schema is already above.");
        }
    }
}
