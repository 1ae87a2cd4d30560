//! Layers, fields, criteria, decisions and principles.

use crate::{
    input::{Collection, Criterion, Decision, Layer, Principle},
    sources::Sources,
    titles::{german, words},
};
use landkarte::{Entry, Fact, FactKind, Map, Section, UNKNOWN};
use serde_json::{Value, json};

/// Groups of the official map are layers within a layer.
const GROUPS: &[(&str, &str)] = &[
    ("browser", "Browser"),
    ("native-apps", "Native Apps"),
    ("daten", "Daten"),
    ("integration", "Integration"),
    ("ki", "KI"),
    ("lowcode", "LowCode"),
    ("anschluss", "Anschluss"),
    ("transport", "Transport"),
    ("verteilung", "Verteilung"),
    ("entwicklung", "Entwicklung"),
    ("inbetriebnahme", "Inbetriebnahme"),
    ("sicherheit", "Sicherheit"),
];

pub fn add(map: &mut Map, input: &Collection, sources: &mut Sources) -> Result<(), String> {
    for it in &input.layers {
        add_layer(map, it, sources)?;
    }
    for it in &input.fields {
        let mut entry = titled(&it.id, &it.name_de);
        let open = it.offene_festlegungsbedarfe_de.iter().map(|it| german(it));
        entry.set("open_points", open.collect::<Value>());
        map.push(Section::Fields, sourced(entry, &it.source, sources)?);
    }
    for it in &input.criteria {
        map.push(Section::Criteria, sourced(criterion(it), &it.source, sources)?);
    }
    for it in &input.decisions {
        let mut entry = sourced(decision(it), &it.source, sources)?;
        // Press reports beside the transcription do not make a decision less official.
        entry.set("kind", FactKind::Official.name());
        map.push(Section::Decisions, entry);
    }
    for it in &input.principles {
        map.push(Section::Principles, sourced(principle(it), &it.source, sources)?);
    }
    Ok(())
}

/// The entry with its source and kind, where `kind` is free for that.
pub fn sourced(mut entry: Entry, source: &str, sources: &mut Sources) -> Result<Entry, String> {
    let (id, kind) = sources.id(source)?;
    entry.set("source", id);
    entry.set("kind", kind.name());
    Ok(entry)
}

fn titled(id: &str, title: &str) -> Entry {
    let mut entry = Entry::new(id);
    entry.set("title", words(title));
    entry
}

fn add_layer(map: &mut Map, layer: &Layer, sources: &mut Sources) -> Result<(), String> {
    let mut entry = titled(&layer.id, &layer.name_de);
    if let Some(it) = &layer.description {
        entry.set("description", german(it));
    }
    map.push(Section::Layers, sourced(entry, &layer.source, sources)?);
    for group in &layer.groups {
        let (_, title) =
            GROUPS.iter().find(|(it, _)| it == group).ok_or(format!("unknown group: {group}"))?;
        let mut entry = titled(&format!("{}/{group}", layer.id), title);
        entry.set("part_of", layer.id.as_str());
        map.push(Section::Layers, sourced(entry, &layer.source, sources)?);
    }
    Ok(())
}

fn criterion(criterion: &Criterion) -> Entry {
    let mut entry = titled(&criterion.id, &criterion.name_de);
    if let Some(it) = &criterion.description {
        entry.set("description", german(it));
    }
    let levels = criterion.levels.iter().map(|it| {
        let name = it.name.as_deref().map_or(Value::from(UNKNOWN), words);
        let text = it.inhalt_de.as_deref().map_or(Value::from(UNKNOWN), german);
        json!({"number": it.stufe, "name": name, "up_to_percent": it.bis_prozent, "text": text})
    });
    entry.set("levels", levels.collect::<Value>());
    entry
}

fn decision(decision: &Decision) -> Entry {
    let mut entry = titled(&decision_id(&decision.id), &decision.title_de);
    entry.set("date", decision.date.as_deref().unwrap_or(UNKNOWN));
    entry.set("effect", decision.effect_de.as_deref().map_or(Value::from(UNKNOWN), german));
    if decision.source.starts_with("gesetze-im-internet.de") {
        entry.set("url", "https://www.gesetze-im-internet.de/ozsv/__1.html");
    }
    entry
}

fn decision_id(id: &str) -> String {
    id.replace(" §", "-")
}

fn principle(principle: &Principle) -> Entry {
    let mut entry = titled(&principle.id, &principle.name_de);
    let note = principle.note_de.as_deref().unwrap_or_default();
    // What others remark, and what is said about the text, is no part of the principle.
    let is_remark = |it: &&str| it.starts_with("VITAKO:") || principle.id.starts_with("nitar:");
    let (remarks, text): (Vec<&str>, Vec<&str>) =
        note.split("; ").filter(|it| !it.is_empty()).partition(is_remark);
    let text = if text.is_empty() { Value::from(UNKNOWN) } else { german(&text.join("; ")) };
    let mut fact = Fact::new("text", text);
    if !remarks.is_empty() {
        fact = fact.noted(german(&remarks.join("; ")));
    }
    entry.say(fact);
    entry.set("set", words(&principle.set));
    entry
}
