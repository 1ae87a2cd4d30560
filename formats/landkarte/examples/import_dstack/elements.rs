//! The elements: tiles of the official map, base services, products, needs and online services.

use crate::{
    capabilities::served_by,
    input::{Element, Figures, Findings, Tile},
    parties::{Owner, Parties},
    sources::Sources,
    titles::german,
};
use landkarte::{Entry, FACT_KIND, Fact, Map, Section, UNKNOWN};
use serde_json::{Value, json};

const DECISIONS: &str = "github.com/benjaminaaron/d-stack-kg authored/beschlusslage.authored.ttl (Transkription der Anlagen zu B-2026/03)";
const FINANCED: &str = "beschlossen; Länder zur Anbindung verpflichtet (B-2026/18)";

/// States of the lifecycle, only where the source names one.
const LIFECYCLES: &[(&str, &str, &str)] = &[
    ("plattform:dvc", "productive", "2025-04-01"),
    ("plattform:opencode", "productive", "2022"),
    ("plattform:dashboard-dv", "productive", ""),
    ("produkt:pvog", "productive", ""),
    ("produkt:eu-business-wallet", "planned", ""),
];

/// Percentages that are known of single tiles.
const PERCENTS: &[(&str, &str, u8)] = &[
    ("tile:file-transfer-protocol-ueber-tls", "interoperabilitaet", 70),
    ("tile:file-transfer-protocol-ueber-tls", "marktrelevanz", 20),
];

pub fn entry(
    element: &Element,
    findings: &Findings,
    sources: &mut Sources,
    parties: &mut Parties,
) -> Result<Entry, String> {
    let mut entry = Entry::new(element.id.as_str());
    entry.set("name", element.name.as_str());
    entry.set("kind", element.kind.as_str());
    entry.set("description", german(&element.description_de));
    entry.set("layer", element.group.as_deref().unwrap_or(&element.layer));
    let (source, kind) = sources.id(&element.source)?;
    add_owner(&mut entry, element.owner.as_deref().map(|it| parties.owner(it, &(source.clone(), kind))));
    if !element.standards.is_empty() {
        entry.set("standards", json!(element.standards));
    }
    let served = served_by(&element.id);
    if !served.is_empty() {
        entry.set("capabilities", json!(served));
    }
    match &element.tile {
        Some(tile) => add_tile(&mut entry, element, tile, findings, sources)?,
        None => entry.say(lifecycle(element)),
    }
    add_decisions(&mut entry, element);
    if let Some(it) = &element.kennzahlen {
        entry.set("figures", figures(it));
    }
    entry.set("source", source);
    entry.set(FACT_KIND, kind.name());
    Ok(entry)
}

/// A base service says by what it is realised; the map says it at the product.
pub fn realise(map: &mut Map, elements: &[Element]) {
    for slot in elements {
        for entry in map.entries_mut(Section::Elements) {
            if slot.realisiert_durch.contains(&entry.id) {
                entry.set("realises", json!([slot.id]));
            }
        }
    }
}

fn add_owner(entry: &mut Entry, owner: Option<Owner>) {
    match owner {
        None => entry.set("owner", UNKNOWN),
        Some(Owner::Named(owner)) => entry.set("owner", owner),
        Some(Owner::Roles(roles)) => {
            entry.set("owner", UNKNOWN);
            let roles = roles.into_iter().map(|(party, de, en)| {
                let role = if de == UNKNOWN { json!(UNKNOWN) } else { json!({"de": de, "en": en}) };
                json!({"party": party, "role": role})
            });
            entry.set("roles", roles.collect::<Value>());
        }
    }
}

fn add_tile(
    entry: &mut Entry,
    element: &Element,
    tile: &Tile,
    findings: &Findings,
    sources: &mut Sources,
) -> Result<(), String> {
    if let Some(field) = &tile.standardbereich_b_2026_03 {
        let (source, kind) = sources.id(DECISIONS)?;
        entry.say(Fact::new("field", field.as_str()).by(source).of(kind));
    }
    entry.set("tags", json!(tile.tags));
    entry.set("version", tile.version.as_deref().unwrap_or(UNKNOWN));
    entry.set("homepage", tile.url.as_str());
    let state = match tile.verfuegbarkeit_im_original.as_str() {
        "Pilot" => "pilot",
        "Produktiv" => "productive",
        // That something is to be had does not say in which state it is run.
        _ => UNKNOWN,
    };
    entry.set("lifecycle", if state == UNKNOWN { json!(UNKNOWN) } else { json!({ "state": state }) });
    entry.set("licence", tile.lizenzangabe_im_original.as_str());
    entry.set("open_source", tile.oss_flag_im_original);
    let claims = tile.bewertung_im_original.iter().map(|(criterion, level)| {
        let shared = findings.identical_score_vector.prozent.get(criterion);
        let single = PERCENTS.iter().find(|(id, it, _)| *id == element.id && it == criterion);
        let percent = shared.filter(|_| tile.bewertung_ist_standardvektor).or(single.map(|(_, _, it)| it));
        match percent {
            Some(it) => json!({"criterion": criterion, "level": level, "percent": it}),
            None => json!({"criterion": criterion, "level": level}),
        }
    });
    entry.set("claims", claims.collect::<Value>());
    if let Some(it) = &tile.gesamtwert_im_original {
        // A whole number is written as one.
        let whole = it.to_string().trim_end_matches(".0").parse::<serde_json::Number>();
        entry.set("stated_mean", Value::Number(whole.map_err(|it| it.to_string())?));
    }
    entry.set("x_landscape", landscape(element, tile));
    Ok(())
}

/// What the official map says in words of its own: maturity, its dates, badge and availability.
fn landscape(element: &Element, tile: &Tile) -> Value {
    let mut words = serde_json::Map::new();
    let said = [
        ("maturity", element.status.as_deref()),
        ("incubating_at", tile.incubating_at.as_deref()),
        ("graduated_at", tile.graduated_at.as_deref()),
        ("badge", Some(tile.badge_im_original.as_str())),
        ("availability", Some(tile.verfuegbarkeit_im_original.as_str())),
    ];
    for (name, it) in said {
        it.and_then(|it| words.insert(name.to_owned(), it.into()));
    }
    Value::Object(words)
}

/// The state where the source names one; the words of the source as a note.
fn lifecycle(element: &Element) -> Fact {
    let value = match LIFECYCLES.iter().find(|(it, ..)| *it == element.id) {
        None => json!(UNKNOWN),
        Some((_, state, "")) => json!({ "state": state }),
        Some((_, state, since)) => json!({"state": state, "since": since}),
    };
    let fact = Fact::new("lifecycle", value);
    match &element.status {
        Some(it) => fact.noted(german(it)),
        None => fact,
    }
}

fn add_decisions(entry: &mut Entry, element: &Element) {
    let financed = ["produkt:eid", "produkt:eudi-wallet", "produkt:fit-connect", "produkt:noots"];
    let in_portfolio = element.id.starts_with("basisdienst:")
        || financed.contains(&element.id.as_str())
        || ["produkt:zbds", "produkt:zapuk"].contains(&element.id.as_str());
    let mut decisions = Vec::new();
    if in_portfolio {
        decisions.push("B-2026/03-IT");
    }
    if financed.contains(&element.id.as_str()) || element.status.as_deref() == Some(FINANCED) {
        decisions.push("B-2026/18-IT");
    }
    if element.id == "produkt:eudi-wallet" {
        decisions.push("B-2026/19-IT");
    }
    if !decisions.is_empty() {
        entry.set("decisions", json!(decisions));
    }
    if element.status.as_deref() == Some(FINANCED) {
        entry.set(
            "obligation",
            json!({"level": "mandatory", "for": ["state"], "since": "2026-06-17", "decision": "B-2026/18-IT"}),
        );
    }
}

fn figures(figures: &Figures) -> Value {
    let percent = [
        (
            &figures.behoerden,
            "Anschlussquote nach Behörden",
            "Connected public bodies",
            "alle zuständigen Behörden",
            "all competent public bodies",
        ),
        (
            &figures.bevoelkerung,
            "Anschlussquote nach Bevölkerung",
            "Connected population",
            "Bevölkerung",
            "population",
        ),
        (
            &figures.fahrzeugbestand,
            "Quote nach Fahrzeugbestand",
            "Covered vehicles",
            "Fahrzeugbestand",
            "registered vehicles",
        ),
        (&figures.in_bearbeitung, "In Bearbeitung", "In progress", "Behörden", "public bodies"),
    ];
    let mut list = Vec::new();
    for (value, de, en, base_de, base_en) in percent {
        if let Some(value) = value {
            let (name, base) = (json!({"de": de, "en": en}), json!({"de": base_de, "en": base_en}));
            list.push(json!({"name": name, "value": value, "unit": "%", "base": base}));
        }
    }
    if let Some(value) = &figures.antraege {
        let name = json!({"de": "Digital eingereichte Anträge", "en": "Applications received online"});
        let unit = json!({"de": "Anträge", "en": "applications"});
        let mut figure = json!({"name": name, "value": value, "unit": unit});
        if let (Some(note), Some(figure)) = (&figures.antraege_hinweis, figure.as_object_mut()) {
            figure.insert("note".into(), german(note));
        }
        list.push(figure);
    }
    Value::Array(list)
}
