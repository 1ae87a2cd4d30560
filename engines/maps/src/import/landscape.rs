//! landscape2's `full.json`: items with category and subcategory, and free annotations. The map of the Deutschland-Stack
//! keeps its ratings there: `cf_…_value` (percent), `cf_…_label` ("3 von 5"), `cf_overall_value`, `bs_owner`, `bs_number`
//! (version), `dstype`; and it writes the licence into `summary.release_rate`.

use super::draft::{Draft, own_key, say, say_list, words};
use super::{Note, plain, text, texts};
use landkarte::{Entry, Fact, FactKind, Map, Section};
use serde_json::{Value, json};
use tree::Node;

/// Criteria of the Deutschland-Stack: the name in annotations, the id, German and English title. That `actuality` stands for
/// "Zukunftsfähigkeit" is concluded from the other five names; it is documented nowhere.
const CRITERIA: [(&str, &str, &str, &str); 6] = [
    ("sovereignty", "digitale-souveraenitaet", "Digitale Souveränität", "Digital sovereignty"),
    ("interoperability", "interoperabilitaet", "Interoperabilität", "Interoperability"),
    ("actuality", "zukunftsfaehigkeit", "Zukunftsfähigkeit", "Future viability"),
    ("market", "marktrelevanz", "Marktrelevanz", "Market relevance"),
    ("trustworthiness", "vertrauenswuerdigkeit", "Vertrauenswürdigkeit", "Trustworthiness"),
    ("sustainability", "nachhaltigkeit", "Nachhaltigkeit", "Sustainability"),
];

pub(super) fn read(name: &str, root: Node<'_>) -> (Map, Vec<Note>) {
    let mut draft = Draft::new(name, json!(name), name);
    let mut nameless = 0;
    let mut spaced = 0;
    for item in root.get("items").into_iter().flat_map(Node::items) {
        let Some(name) = text(item, "name") else {
            nameless += 1;
            continue;
        };
        spaced += usize::from(["category", "subcategory"].into_iter().any(|it| has_margin(item, it)));
        element(&mut draft, root, item, name);
    }
    for (key, _) in root.entries().filter(|(key, _)| !matches!(*key, "items" | "github_data" | "categories"))
    {
        draft.left(key);
    }
    if nameless > 0 {
        draft.note(
            format!("{nameless} Einträge ohne Namen wurden ausgelassen."),
            format!("{nameless} items without a name were left out."),
        );
    }
    if spaced > 0 {
        draft.note(
            format!(
                "Bei {spaced} Einträgen standen Leerzeichen um den Namen der Kategorie; sie wurden entfernt."
            ),
            format!("{spaced} items had white space around the name of the category; it was removed."),
        );
    }
    draft.finish()
}

fn has_margin(item: Node<'_>, key: &str) -> bool {
    item.get(key).and_then(Node::scalar).is_some_and(|it| it.trim() != it)
}

fn element(draft: &mut Draft, root: Node<'_>, item: Node<'_>, name: &str) {
    let mut entry = draft.entry(Section::Elements, name);
    entry.set("name", name);
    entry.set("kind", kind(item));
    if let Some(category) = text(item, "category") {
        let layer = draft.layer(category, None);
        let group = text(item, "subcategory").map(|it| draft.layer(it, Some(&layer)));
        entry.set("layer", group.unwrap_or(layer));
    }
    for (key, value) in item.entries() {
        field(draft, &mut entry, item, key, value);
    }
    repositories(draft, &mut entry, root, item);
    draft.push(Section::Elements, entry);
}

/// Only the D-Stack's own annotation says what an item is; elsewhere it stays unknown.
fn kind(item: Node<'_>) -> &'static str {
    match item.get("annotations").and_then(|it| text(it, "dstype")) {
        Some("Standard") => "standard",
        Some("Technologie") => "component",
        _ => landkarte::UNKNOWN,
    }
}

fn field(draft: &mut Draft, entry: &mut Entry, item: Node<'_>, key: &str, value: Node<'_>) {
    match key {
        "name" | "id" | "category" | "subcategory" | "repositories" => {}
        // Copies of what stands elsewhere in the item.
        "website" if value.scalar() == item.get("homepage_url").and_then(Node::scalar) => {}
        "homepage_url" | "website" => draft.carry(entry, "homepage", plain(value), (key, value)),
        "description" => draft.carry(entry, "description", words(value), (key, value)),
        "oss" => draft.carry(entry, "open_source", value.truth(), (key, value)),
        "license" => draft.carry(entry, "licence", plain(value), (key, value)),
        "tag" => say_list(entry, "tags", texts(value).into_iter().map(|it| json!(it)).collect()),
        "organization" => owner(draft, entry, text(value, "name")),
        "maturity" => maturity(entry, item, plain(value)),
        "accepted_at" | "incubating_at" | "graduated_at" | "archived_at" | "joined_at" => {
            draft.carry(entry, &own_key(key), plain(value), (key, value));
        }
        "audits" => audits(draft, entry, value),
        "additional_categories" => additional(draft, entry, item, value),
        "annotations" => annotations(draft, entry, value),
        "summary" => summary(draft, entry, item, value),
        _ if value.is_null() => {}
        _ => draft.left(key),
    }
}

fn owner(draft: &mut Draft, entry: &mut Entry, name: Option<&str>) {
    if let Some(name) = name {
        let party = draft.party(name);
        entry.set("owner", party);
    }
}

/// The steps of a foundation's incubator say nothing of the life cycle, but for the last one.
fn maturity(entry: &mut Entry, item: Node<'_>, value: Option<&str>) {
    say(entry, "x_maturity", value);
    if value == Some("archived") {
        let mut lifecycle = json!({"state": "retired"});
        if let (Some(date), Some(it)) = (text(item, "archived_at"), lifecycle.as_object_mut()) {
            it.insert("since".into(), json!(date));
        }
        entry.set("lifecycle", lifecycle);
    }
}

fn audits(draft: &mut Draft, entry: &mut Entry, audits: Node<'_>) {
    let mut evidence = Vec::new();
    for audit in audits.items() {
        let mut document = serde_json::Map::new();
        document.insert("kind".into(), json!("document"));
        for (key, value) in audit.entries() {
            match (key, plain(value)) {
                (_, None) => {}
                ("url", Some(it)) => {
                    document.insert("address".into(), json!(it));
                }
                ("date", Some(it)) => {
                    document.insert("date".into(), json!(it));
                }
                _ => draft.left(&format!("audits/{key}")),
            }
        }
        evidence.push(Value::Object(document));
    }
    say_list(entry, "evidence", evidence);
}

/// Categories beside the main one. Often it is repeated here.
fn additional(draft: &mut Draft, entry: &mut Entry, item: Node<'_>, more: Node<'_>) {
    let main = (text(item, "category"), text(item, "subcategory"));
    let mut others = Vec::new();
    for it in more.items().map(|it| (text(it, "category"), text(it, "subcategory"))).filter(|it| *it != main)
    {
        let Some(category) = it.0 else { continue };
        let layer = draft.layer(category, None);
        others.push(json!(it.1.map_or(layer.clone(), |it| draft.layer(it, Some(&layer)))));
    }
    say_list(entry, "x_additional_layers", others);
}

fn annotations(draft: &mut Draft, entry: &mut Entry, annotations: Node<'_>) {
    let mut claims = Vec::new();
    for (key, value) in annotations.entries() {
        let Some(value) = plain(value) else { continue };
        match key {
            "category" | "subcategory" | "dstype" => {}
            "bs_owner" => owner(draft, entry, Some(value)),
            "bs_number" => entry.set("version", value),
            "cf_overall_value" => say(entry, "stated_mean", percent(value)),
            _ => match key.strip_prefix("cf_").and_then(|it| it.rsplit_once('_')) {
                Some((criterion, "value" | "label")) if !claims.contains(&criterion) => {
                    claims.push(criterion);
                }
                Some((_, "value" | "label")) => {}
                _ => entry.set(&own_key(key), value),
            },
        }
    }
    claims.sort_by_key(|it| CRITERIA.iter().position(|(name, ..)| name == it).unwrap_or(CRITERIA.len()));
    let claims: Vec<Value> = claims.into_iter().map(|it| claim(draft, annotations, it)).collect();
    if !claims.is_empty() {
        entry.say(Fact::new("claims", claims).of(FactKind::Statement));
    }
}

fn claim(draft: &mut Draft, annotations: Node<'_>, name: &str) -> Value {
    let mut claim = serde_json::Map::new();
    let label = text(annotations, &format!("cf_{name}_label"));
    let steps = label.and_then(|it| it.split_whitespace().last()).and_then(|it| it.parse::<u32>().ok());
    claim.insert("criterion".into(), json!(criterion(draft, name, steps)));
    let level = label.and_then(|it| it.split_whitespace().next()).and_then(|it| it.parse::<u32>().ok());
    if let Some(level) = level {
        claim.insert("level".into(), json!(level));
    }
    if let Some(percent) = text(annotations, &format!("cf_{name}_value")).and_then(percent) {
        claim.insert("percent".into(), json!(percent));
    }
    Value::Object(claim)
}

/// The criterion, with as many steps of equal width as its labels count ("3 von 5"): so the ministry's page on the criteria
/// defines them (deutschland-stack.gov.de/kriterien, version of 2025). The names of the steps are not in the file.
fn criterion(draft: &mut Draft, name: &str, steps: Option<u32>) -> String {
    let known = CRITERIA.iter().find(|it| it.0 == name);
    let (id, de, en) = known.map_or((name, name, name), |it| (it.1, it.2, it.3));
    draft.once(Section::Criteria, name, id, |entry| {
        entry.set("title", json!({"de": de, "en": en}));
        let Some(steps) = steps.filter(|it| (1..=20).contains(it)) else { return };
        let levels: Vec<Value> =
            (0..=steps).map(|it| json!({"number": it, "up_to_percent": it * 100 / steps})).collect();
        entry.say(Fact::new("levels", levels).of(FactKind::Derived));
    })
}

/// "33,3%", "66 %" or "63.0".
pub(super) fn percent(text: &str) -> Option<Value> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let number: f64 = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    if number.fract() == 0.0 && number.abs() < 1e9 {
        return text.split('.').next().and_then(|it| it.parse::<i64>().ok()).map(|it| json!(it));
    }
    Some(json!(number))
}

/// The Deutschland-Stack, known by its annotations, keeps the licence here; elsewhere the field is a text on releases.
fn summary(draft: &mut Draft, entry: &mut Entry, item: Node<'_>, summary: Node<'_>) {
    let stack = item.get("annotations").is_some_and(|it| it.get("dstype").is_some());
    for (key, value) in summary.entries() {
        let values = texts(value);
        match (key, values.as_slice()) {
            (_, []) => {}
            ("release_rate", [licence]) if stack => entry.set("licence", *licence),
            (_, [one]) if value.scalar().is_some() => entry.set(&own_key(key), *one),
            (_, many) => say_list(entry, &own_key(key), many.iter().map(|it| json!(it)).collect()),
        }
        if values.is_empty() && !value.is_empty() {
            draft.left(&format!("summary/{key}"));
        }
    }
}

/// The first repository that is marked as the main one, or the first; its licence as GitHub reported it.
fn repositories(draft: &mut Draft, entry: &mut Entry, root: Node<'_>, item: Node<'_>) {
    let Some(all) = item.get("repositories").filter(|it| !it.is_empty()) else { return };
    let main = all.items().find(|it| it.get("primary").and_then(Node::truth) == Some(true)).or(all.at(0));
    let Some(address) = main.and_then(|it| text(it, "url")) else { return };
    entry.set("repository", address);
    let reported = root.get("github_data").and_then(|it| it.get(address)).and_then(|it| text(it, "license"));
    if entry.fact("licence").is_none() {
        say(entry, "licence", reported);
    }
    for _ in 1..all.len() {
        draft.left("repositories");
    }
}
