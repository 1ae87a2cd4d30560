//! What a destination may look like, and how it may change.

mod public_service;

pub use public_service::{is_region, is_urn};

use super::callback::{self, Reach};
use crate::model::{
    Callback, CallbackDraft, Contact, Destination, Dialect, Draft, Given, PublicService, Status,
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

/// The shape that a draft gives to a destination, or everything that is wrong with it.
pub fn shape(draft: &Draft, old: Option<&Destination>, reading: Reading) -> Result<Shape, Vec<Issue>> {
    let mut faults = Faults { lang: reading.lang, issues: Vec::new() };
    let contact = contact(draft.contact.as_ref(), old, reading, &mut faults);
    let kept = old.filter(|_| !reading.whole);
    let public_services = faults.given(
        draft.public_services.clone(),
        kept.map(|it| it.public_services.clone()),
        reading.dialect.public_services,
    );
    public_service::check(&public_services, reading.dialect.public_services, &mut faults);
    let metadata_versions = faults.given(
        draft.metadata_versions.clone(),
        kept.map(|it| it.metadata_versions.clone()),
        "metadataVersions",
    );
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
        Ok(Shape {
            name,
            contact,
            public_services,
            metadata_versions,
            encryption_kid,
            callback,
            reply_channels,
        })
    } else {
        Err(faults.issues)
    }
}

/// Where a destination may go from where it stands.
pub const fn may_become(from: Status, to: Status) -> bool {
    use Status::{Active, Created, Decommissioned, Inactive};
    matches!(
        (from, to),
        (Created, Created)
            | (Created | Active | Inactive, Active)
            | (Active | Inactive, Inactive)
            | (Active | Inactive | Decommissioned, Decommissioned)
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
            let (de, en) = (
                format!("Höchstens {most} Zeichen sind erlaubt."),
                format!("At most {most} characters are allowed."),
            );
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

fn check_versions(versions: &[String], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    if versions.is_empty() && faults.issues.iter().all(|it| it.pointer != "/metadataVersions") {
        faults.add(
            "/metadataVersions",
            "Mindestens eine Version ist nötig.",
            "At least one version is needed.",
        );
    }
    for (number, it) in versions.iter().enumerate() {
        let at = format!("/metadataVersions/{number}");
        if !is_version(it) {
            faults.add(
                at,
                "Eine Version hat drei Zahlen, zum Beispiel 2.1.0.",
                "A version has three numbers, for example 2.1.0.",
            );
        } else if !seen.insert(it) {
            faults.add(at, "Diese Version steht schon weiter oben.", "This version is already above.");
        }
    }
}

fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let number = |it: &&str| {
        !it.is_empty()
            && it.len() < 10
            && it.bytes().all(|it| it.is_ascii_digit())
            && (*it == "0" || !it.starts_with('0'))
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
        let reading = Reading { dialect: Dialect::V1, whole: true, reach: Reach::default(), lang: Lang::En };
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
        check(
            "/contactInformation/email",
            json!(7),
            &["/contactInformation/email", "/contactInformation/email"],
        );
        check("/services", json!([]), &["/services"]);
        check("/services", json!(null), &["/services"]);
        check("/services/0/identifier", json!("99115005104000"), &["/services/0/identifier"]);
        check("/services/0/regions", json!(["DE", "DE06611000000", "DE09330411"]), &[]);
        check(
            "/services/0/regions",
            json!(["06611", "DE1234567890123"]),
            &["/services/0/regions/0", "/services/0/regions/1"],
        );
        check("/services/0/regions", json!(["DE06", "DE06"]), &["/services/0/regions/1"]);
        check(
            "/services/0/submissionSchemas/0/mimeType",
            json!("text/plain"),
            &["/services/0/submissionSchemas/0/mimeType"],
        );
        check(
            "/metadataVersions",
            json!(["2.1", "01.0.0", "1.0.0"]),
            &["/metadataVersions/0", "/metadataVersions/1"],
        );
        check("/encryptionKid", json!(null), &["/encryptionKid"]);
    }

    #[test]
    fn a_destination_goes_one_way() {
        use Status::{Active, Created, Decommissioned, Inactive};
        let all = [Created, Active, Inactive, Decommissioned];
        let allowed: Vec<(Status, Status)> = all
            .iter()
            .flat_map(|from| all.iter().map(move |to| (*from, *to)))
            .filter(|(a, b)| a != b && may_become(*a, *b))
            .collect();
        assert_eq!(
            allowed,
            [
                (Created, Active),
                (Active, Inactive),
                (Active, Decommissioned),
                (Inactive, Active),
                (Inactive, Decommissioned)
            ]
        );
    }
}
