//! Standards and how binding they are.

use crate::{frame::sourced, input::Standard, parties::Parties, sources::Sources, titles::german};
use landkarte::{Entry, Fact, UNKNOWN};
use serde_json::{Value, json};

const BINDING: &str = "verbindlich genannt in B-2026/03-IT";

pub fn entry(standard: &Standard, sources: &mut Sources, parties: &mut Parties) -> Result<Entry, String> {
    let mut entry = Entry::new(standard.id.as_str());
    let or_unknown = |it: &Option<String>| Value::from(it.as_deref().unwrap_or(UNKNOWN));
    entry.set("name", standard.name.as_str());
    entry.set("field", or_unknown(&standard.field));
    let said_by = sources.id(&standard.source)?;
    let body = standard.body.as_deref().map(|it| parties.named(it, &said_by));
    entry.set("body", body.unwrap_or(UNKNOWN.into()));
    entry.set("reference", or_unknown(&standard.url_or_ref));
    let (status, remark) = status(&standard.status)?;
    let fact = Fact::new("status", status);
    entry.say(if remark.is_empty() { fact } else { fact.noted(german(&remark)) });
    if status == "binding" {
        // The decision speaks of new and further developments; whom it binds is not in the sources.
        entry.set(
            "obligation",
            json!({"level": "mandatory", "for": UNKNOWN, "since": "2026-03-18", "decision": "B-2026/03-IT"}),
        );
    }
    if let Some(it) = &standard.element {
        entry.set("element", it.as_str());
    }
    sourced(entry, &standard.source, sources)
}

/// The word of the vocabulary, and what else the text says.
fn status(text: &str) -> Result<(&'static str, String), String> {
    if let Some(more) = text.strip_prefix(BINDING) {
        let more = more.trim_start_matches([';', ' ']).replace("(laut heise)", "laut heise");
        return Ok(("binding", more));
    }
    let draft = text.starts_with("im Entwurf") || text.starts_with("gefordert: im Entwurf");
    let used = ["Metadatenformat der openCode-Projekte", "von FIT-Connect vorgeschrieben"];
    let status = match text {
        "in Landkarte (graduated), im Beschluss nicht als benannt gesehen" => "listed",
        _ if draft => "draft",
        _ if text.starts_with("gefordert:") => "demanded",
        _ if used.contains(&text) => "used",
        // Named in the decision according to one source only, and not counted as binding there.
        _ if text.starts_with("in B-2026/03 genannt") => UNKNOWN,
        _ => return Err(format!("unknown status: {text}")),
    };
    Ok((status, text.to_owned()))
}
