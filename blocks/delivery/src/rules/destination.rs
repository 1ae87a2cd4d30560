//! What a destination may look like, and how it may change.

use super::callback::{self, Reach};
use crate::model::{
    Callback, CallbackDraft, Contact, Destination, Dialect, Draft, Given, PublicService, Status, SubmissionSchema,
};
use kernel::{Issue, Lang};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Everything about a destination that its owner decides, complete and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub name: String,
    pub contact: Contact,
    pub public_services: Vec<PublicService>,
    pub metadata_versions: Vec<String>,
    pub encryption_kid: String,
    pub callback: Option<Callback>,
    pub reply_channels: Option<Value>,
}

/// How a draft is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub dialect: Dialect,
    /// Whether everything must be given, instead of only what changes.
    pub whole: bool,
    pub reach: Reach,
    pub lang: Lang,
}

const MOST_PUBLIC_SERVICES: usize = 2000;
const MOST_REGIONS: usize = 12_000;

/// The shape that a draft gives to a destination, or everything that is wrong with it.
pub fn shape(draft: &Draft, old: Option<&Destination>, reading: Reading) -> Result<Shape, Vec<Issue>> {
    let mut faults = Faults { lang: reading.lang, issues: Vec::new() };
    let contact = contact(draft.contact.as_ref(), old, reading, &mut faults);
    let kept = old.filter(|_| !reading.whole);
    let public_services =
        faults.given(draft.public_services.clone(), kept.map(|it| it.public_services.clone()), reading.dialect.public_services);
    check_public_services(&public_services, reading.dialect.public_services, &mut faults);
    let metadata_versions =
        faults.given(draft.metadata_versions.clone(), kept.map(|it| it.metadata_versions.clone()), "metadataVersions");
    check_versions(&metadata_versions, &mut faults);
    let encryption_kid =
        faults.given(draft.encryption_kid.clone(), kept.map(|it| it.encryption_kid.clone()), "encryptionKid");
    let callback = shape_callback(&draft.callback, kept, reading, &mut faults);
    let name = shape_name(draft, old, &contact, &mut faults);
    let reply_channels = match &draft.reply_channels {
        Given::Set(it) => Some(it.clone()),
        Given::Emptied => None,
        Given::Kept => kept.and_then(|it| it.reply_channels.clone()),
    };
    if faults.issues.is_empty() {
        Ok(Shape { name, contact, public_services, metadata_versions, encryption_kid, callback, reply_channels })
    } else {
        Err(faults.issues)
    }
}

/// Where a destination may go from where it stands.
pub const fn may_become(from: Status, to: Status) -> bool {
    use Status::{Active, Created, Decommissioned, Inactive};
    matches!(
        (from, to),
        (Created, Created | Active)
            | (Active, Active | Inactive | Decommissioned)
            | (Inactive, Inactive | Active | Decommissioned)
            | (Decommissioned, Decommissioned)
    )
}

/// What is wrong, in the reader's language.
struct Faults {
    lang: Lang,
    issues: Vec<Issue>,
}

impl Faults {
    fn add(&mut self, pointer: impl Into<String>, de: &str, en: &str) {
        self.issues.push(Issue { pointer: pointer.into(), detail: self.lang.pick(de, en).to_owned() });
    }

    /// What was given, or what is kept; a fault where there is neither.
    fn given<T: Default>(&mut self, given: Option<T>, kept: Option<T>, name: &str) -> T {
        given.or(kept).unwrap_or_else(|| {
            self.add(format!("/{name}"), "Das Feld fehlt.", "The field is missing.");
            T::default()
        })
    }

    fn text(&mut self, pointer: String, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(pointer, "Das Feld ist leer.", "The field is empty.");
        } else if text.chars().count() > most {
            let (de, en) = (format!("Höchstens {most} Zeichen sind erlaubt."), format!("At most {most} characters are allowed."));
            self.add(pointer, &de, &en);
        }
    }
}

fn shape_name(draft: &Draft, old: Option<&Destination>, contact: &Contact, faults: &mut Faults) -> String {
    if let Some(name) = draft.name.as_deref().filter(|it| !it.trim().is_empty()) {
        faults.text("/name".to_owned(), name, 200);
        return name.trim().to_owned();
    }
    // A name that was chosen stays; one made of the contact follows it.
    match old {
        Some(old) if old.name != name_of(&old.contact) => old.name.clone(),
        _ => name_of(contact),
    }
}

fn name_of(contact: &Contact) -> String {
    let name = match contact.unit.as_deref().filter(|it| !it.trim().is_empty()) {
        Some(unit) => format!("{}, {unit}", contact.legal_name),
        None => contact.legal_name.clone(),
    };
    name.chars().take(200).collect()
}

fn contact(
    given: Option<&Map<String, Value>>,
    old: Option<&Destination>,
    reading: Reading,
    faults: &mut Faults,
) -> Contact {
    const AT: &str = "/contactInformation";
    let Some(given) = given else {
        return match old.filter(|_| !reading.whole) {
            Some(old) => old.contact.clone(),
            None => faults.given(None, None, "contactInformation"),
        };
    };
    let mut whole = Map::new();
    if reading.dialect.merges
        && !reading.whole
        && let Some(Value::Object(kept)) = old.and_then(|it| serde_json::to_value(&it.contact).ok())
    {
        whole = kept;
    }
    for (name, value) in given {
        if value.is_null() {
            whole.remove(name);
        } else {
            whole.insert(name.clone(), value.clone());
        }
    }
    for name in ["legalName", "address", "phone", "email", "unit"] {
        if whole.get(name).is_some_and(|it| !it.is_string()) {
            faults.add(format!("{AT}/{name}"), "Hier gehört ein Text hin.", "This must be a text.");
            whole.remove(name);
        }
    }
    let contact: Contact = serde_json::from_value(Value::Object(whole)).unwrap_or_default();
    faults.text(format!("{AT}/legalName"), &contact.legal_name, 500);
    let email = &contact.email;
    let shaped = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !shaped || email.len() > 320 || email.contains(char::is_whitespace) {
        faults.add(
            format!("{AT}/email"),
            "Hier fehlt eine E-Mail-Adresse, zum Beispiel poststelle@beispielstadt.example.",
            "An e-mail address is missing here, for example office@example.org.",
        );
    }
    if reading.dialect.full_contact {
        faults.text(format!("{AT}/address"), contact.address.as_deref().unwrap_or_default(), 1000);
        faults.text(format!("{AT}/phone"), contact.phone.as_deref().unwrap_or_default(), 100);
    }
    contact
}

fn shape_callback(
    given: &Given<CallbackDraft>,
    kept: Option<&Destination>,
    reading: Reading,
    faults: &mut Faults,
) -> Option<Callback> {
    let kept = kept.and_then(|it| it.callback.clone());
    let draft = match given {
        Given::Kept => return kept,
        Given::Emptied => return None,
        Given::Set(it) => it,
    };
    let kept = kept.filter(|_| reading.dialect.merges);
    let url = draft.url.clone().or_else(|| kept.as_ref().map(|it| it.url.clone())).unwrap_or_default();
    let secret = draft.secret.clone().or_else(|| kept.map(|it| it.secret)).unwrap_or_default();
    if let Err(reason) = callback::check_url(&url, reading.reach) {
        faults.add("/callback/url", reason.de, reason.en);
    }
    if !(32..=512).contains(&secret.chars().count()) {
        faults.add(
            "/callback/secret",
            "Das Geheimnis braucht 32 bis 512 Zeichen.",
            "The secret needs 32 to 512 characters.",
        );
    }
    Some(Callback { url, secret })
}

fn check_public_services(all: &[PublicService], name: &str, faults: &mut Faults) {
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
        faults.add(format!("{at}/regions"), "Mindestens eine Region ist nötig; DE steht für ganz Deutschland.",
            "At least one region is needed; DE stands for all of Germany.");
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
            faults.add(format!("{at}/regions/{number}"), "Diese Region steht schon weiter oben.", "This region is already above.");
        }
    }
}

fn check_schemas(schemas: &[SubmissionSchema], at: &str, faults: &mut Faults) {
    if schemas.is_empty() {
        faults.add(format!("{at}/submissionSchemas"), "Mindestens ein Fachschema ist nötig.", "At least one schema is needed.");
    }
    for (number, it) in schemas.iter().enumerate() {
        let at = format!("{at}/submissionSchemas/{number}");
        if url::Url::parse(&it.schema_uri).is_err() || it.schema_uri.len() > 2000 {
            faults.add(format!("{at}/schemaUri"), "Erwartet wird die vollständige Adresse eines Schemas.",
                "Expected is the complete address of a schema.");
        }
        if !matches!(it.mime_type.as_str(), "application/json" | "application/xml") {
            faults.add(format!("{at}/mimeType"), "Erlaubt sind application/json und application/xml.",
                "Allowed are application/json and application/xml.");
        }
        if schemas.iter().take(number).any(|other| other == it) {
            faults.add(at, "Dieses Schema steht schon weiter oben.", "This schema is already above.");
        }
    }
}

fn check_versions(versions: &[String], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    if versions.is_empty() && faults.issues.iter().all(|it| it.pointer != "/metadataVersions") {
        faults.add("/metadataVersions", "Mindestens eine Version ist nötig.", "At least one version is needed.");
    }
    for (number, it) in versions.iter().enumerate() {
        let at = format!("/metadataVersions/{number}");
        if !is_version(it) {
            faults.add(at, "Eine Version hat drei Zahlen, zum Beispiel 2.1.0.", "A version has three numbers, for example 2.1.0.");
        } else if !seen.insert(it) {
            faults.add(at, "Diese Version steht schon weiter oben.", "This version is already above.");
        }
    }
}

fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let number = |it: &&str| {
        !it.is_empty() && it.len() < 10 && it.bytes().all(|it| it.is_ascii_digit()) && (*it == "0" || !it.starts_with('0'))
    };
    parts.len() == 3 && parts.iter().all(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn draft(value: &Value) -> Draft {
        Draft {
            contact: value["contactInformation"].as_object().cloned(),
            public_services: serde_json::from_value(value["services"].clone()).ok(),
            metadata_versions: serde_json::from_value(value["metadataVersions"].clone()).ok(),
            encryption_kid: value["encryptionKid"].as_str().map(str::to_owned),
            ..Draft::default()
        }
    }

    fn good() -> Value {
        json!({
            "contactInformation": { "legalName": "Stadt", "email": "a@b.example", "address": "Weg 1", "phone": "1" },
            "services": [{ "identifier": "urn:de:fim:leika:leistung:99115005104000", "regions": ["DE06611"],
                "submissionSchemas": [{ "schemaUri": "https://schema.example/a.json", "mimeType": "application/json" }] }],
            "metadataVersions": ["2.1.0"],
            "encryptionKid": "key-one-two"
        })
    }

    fn check(pointer: &str, value: Value, expected: &[&str]) {
        let mut body = good();
        if let Some((parent, name)) = pointer.rsplit_once('/') {
            let parent = body.pointer_mut(parent).unwrap();
            match parent {
                Value::Array(all) => all[name.parse::<usize>().unwrap()] = value,
                _ => parent[name] = value,
            }
        }
        let reading =
            Reading { dialect: Dialect::V1, whole: true, reach: Reach::default(), lang: Lang::En };
        let found: Vec<String> = match shape(&draft(&body), None, reading) {
            Ok(_) => Vec::new(),
            Err(issues) => issues.into_iter().map(|it| it.pointer).collect(),
        };
        assert_eq!(found, expected, "{pointer}");
    }

    #[test]
    fn every_field_is_checked_where_it_stands() {
        check("", Value::Null, &[]);
        check("/contactInformation/address", json!(null), &["/contactInformation/address"]);
        check("/contactInformation/email", json!("nobody"), &["/contactInformation/email"]);
        check("/contactInformation/email", json!(7), &["/contactInformation/email", "/contactInformation/email"]);
        check("/services", json!([]), &["/services"]);
        check("/services", json!(null), &["/services"]);
        check("/services/0/identifier", json!("99115005104000"), &["/services/0/identifier"]);
        check("/services/0/regions", json!(["DE", "DE06611000000", "DE09330411"]), &[]);
        check("/services/0/regions", json!(["06611", "DE1234567890123"]), &["/services/0/regions/0", "/services/0/regions/1"]);
        check("/services/0/regions", json!(["DE06", "DE06"]), &["/services/0/regions/1"]);
        check("/services/0/submissionSchemas/0/mimeType", json!("text/plain"), &["/services/0/submissionSchemas/0/mimeType"]);
        check("/metadataVersions", json!(["2.1", "01.0.0", "1.0.0"]), &["/metadataVersions/0", "/metadataVersions/1"]);
        check("/encryptionKid", json!(null), &["/encryptionKid"]);
    }

    #[test]
    fn a_destination_goes_one_way() {
        use Status::{Active, Created, Decommissioned, Inactive};
        let all = [Created, Active, Inactive, Decommissioned];
        let allowed: Vec<(Status, Status)> =
            all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to))).filter(|(a, b)| a != b && may_become(*a, *b)).collect();
        assert_eq!(
            allowed,
            [(Created, Active), (Active, Inactive), (Active, Decommissioned), (Inactive, Active), (Inactive, Decommissioned)]
        );
    }
}
