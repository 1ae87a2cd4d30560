//! What the document says on itself.

use super::remove;
use crate::repair::{
    given::{Creator, Given},
    said::{Done, Log},
    set, text,
};
use serde_json::{Map, Value, json};

/// Identity and time.
pub(super) fn identify(bom: &mut Value, given: &Given<'_>, log: &mut Log) {
    if !is_serial(text(bom, "serialNumber")) && !given.serial.is_empty() {
        set(bom, "serialNumber", format!("urn:uuid:{}", given.serial.to_ascii_lowercase()).into());
        log.done(Done::Identity);
    }
    let Some(metadata) = metadata(bom) else { return };
    if text(metadata, "timestamp").is_empty() && !given.now.is_empty() {
        set(metadata, "timestamp", given.now.into());
        log.done(Done::Timestamp);
    }
}

/// `urn:uuid:` with a UUID in lower case, as the schema wants it.
fn is_serial(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    let parts: Vec<&str> = uuid.split('-').collect();
    let is_hex = |it: &&str| it.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
    parts.iter().map(|it| it.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}

fn metadata(bom: &mut Value) -> Option<&mut Value> {
    let metadata = bom.as_object_mut()?.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    metadata.is_object().then_some(metadata)
}

/// Creator and product.
pub(super) fn complete(bom: &mut Value, given: &Given<'_>, log: &mut Log) {
    let Some(metadata) = metadata(bom) else { return };
    straighten(metadata, log);
    if !metadata.get("manufacturer").is_some_and(is_reachable) {
        create(metadata, given.creator, log);
    }
    describe(metadata, given, log);
}

/// The text of BSI TR-03183-2 writes the manufacturer as a list, older versions call it `manufacture`.
fn straighten(metadata: &mut Value, log: &mut Log) {
    if metadata.get("manufacturer").is_none()
        && let Some(older) = remove(metadata, "manufacture")
    {
        set(metadata, "manufacturer", older);
        log.done(Done::Creator);
    }
    if let Some(Value::Array(list)) = metadata.get_mut("manufacturer")
        && list.len() == 1
    {
        let only = list.remove(0);
        set(metadata, "manufacturer", only);
        log.done(Done::Creator);
    }
}

/// Whether an organisation has a mail address or an address on the web.
pub(super) fn is_reachable(party: &Value) -> bool {
    let is_said = |it: &Value| it.as_str().is_some_and(|it| !it.trim().is_empty());
    let urls = party.get("url").and_then(Value::as_array).into_iter().flatten();
    let contacts = party.get("contact").and_then(Value::as_array).into_iter().flatten();
    urls.chain(contacts.filter_map(|it| it.get("email"))).any(is_said)
}

fn create(metadata: &mut Value, creator: Option<Creator<'_>>, log: &mut Log) {
    let creator = creator.unwrap_or_default();
    if creator.email.is_none() && creator.url.is_none() {
        log.open(
            "/metadata/manufacturer",
            "Es fehlt, wer die Stückliste erstellt hat: eine E-Mail-Adresse oder eine Webadresse.",
            "Who made the bill of materials is missing: a mail address or an address on the web.",
        );
        return;
    }
    if !metadata.get("manufacturer").is_some_and(Value::is_object) {
        set(metadata, "manufacturer", json!({}));
    }
    let Some(manufacturer) = metadata.get_mut("manufacturer") else { return };
    if let Some(name) = creator.name.filter(|_| text(manufacturer, "name").is_empty()) {
        set(manufacturer, "name", name.into());
    }
    if let Some(url) = creator.url {
        set(manufacturer, "url", json!([url]));
    }
    if let Some(email) = creator.email
        && let Some(contacts) = crate::repair::list_mut(manufacturer, "contact")
    {
        contacts.push(json!({"email": email}));
    }
    log.done(Done::Creator);
}

/// The described product.
fn describe(metadata: &mut Value, given: &Given<'_>, log: &mut Log) {
    if !metadata.get("component").is_some_and(Value::is_object) {
        let Some(name) = given.name else {
            log.open(
                "/metadata/component",
                "Es fehlt, welches Produkt die Stückliste beschreibt.",
                "Which product the bill of materials describes is missing.",
            );
            return;
        };
        set(metadata, "component", json!({"type": "application", "name": name}));
        log.done(Done::Described);
    }
    let Some(component) = metadata.get_mut("component") else { return };
    if let Some(name) = given.name.filter(|_| text(component, "name").is_empty()) {
        set(component, "name", name.into());
        log.done(Done::Described);
    }
    if let Some(version) = given.version.filter(|_| text(component, "version").is_empty()) {
        set(component, "version", version.into());
        log.done(Done::Version);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_have_a_form() {
        assert!(is_serial("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"));
        for wrong in ["", "urn:uuid:mixed-1111", "urn:uuid:3E671687-395b-41f5-a30f-a58921a69b79"] {
            assert!(!is_serial(wrong), "{wrong}");
        }
    }
}
