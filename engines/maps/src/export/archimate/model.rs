//! Which elements and relationships of `ArchiMate` stand for which entries.

use landkarte::{Entry, Map, Relation, Section};
use std::collections::{BTreeMap, HashMap};

pub(super) struct Model<'m> {
    pub(super) id: String,
    pub(super) elements: Vec<Element<'m>>,
    pub(super) relationships: Vec<Relationship>,
    pub(super) organisations: Vec<Organisation>,
}

pub(super) struct Element<'m> {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) entry: Option<(Section, &'m Entry)>,
    /// The name of what is not an entry of its own: an interface or a public service.
    pub(super) name: Option<String>,
}

pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) name: Option<(&'static str, &'static str)>,
}

/// A folder of the reader's tree.
pub(super) struct Organisation {
    pub(super) label: String,
    pub(super) members: Vec<String>,
}

/// The sections that become elements.
const SECTIONS: [Section; 9] = [
    Section::Elements,
    Section::Standards,
    Section::Capabilities,
    Section::Principles,
    Section::Decisions,
    Section::Criteria,
    Section::Parties,
    Section::Layers,
    Section::Fields,
];

impl<'m> Model<'m> {
    pub(super) fn of(map: &'m Map) -> Self {
        let mut ids = Ids::default();
        let id = ids.name("model", &map.head.id);
        let mut model =
            Self { id, elements: Vec::new(), relationships: Vec::new(), organisations: Vec::new() };
        let mut known = HashMap::new();
        for section in SECTIONS {
            for entry in map.entries(section) {
                let (id, kind) = (ids.name(section.name(), &entry.id), kind(section, entry));
                known.insert((section, entry.id.as_str()), (id.clone(), kind));
                model.elements.push(Element { id, kind, entry: Some((section, entry)), name: None });
            }
        }
        let mut links = Links { ids: &mut ids, known: &known, found: Vec::new() };
        for relation in map.relations().iter().filter(|it| it.known) {
            links.relation(relation);
        }
        let relationships = links.found;
        model.relationships = relationships;
        model.interfaces(map, &known, &mut ids);
        model.public_services(map, &known, &mut ids);
        model.organise(map, &known);
        model
    }

    /// What elements offer, each as an interface of its element.
    fn interfaces(&mut self, map: &'m Map, known: &Known<'m>, ids: &mut Ids) {
        for entry in map.entries(Section::Elements) {
            let Some((owner, kind)) = known.get(&(Section::Elements, entry.id.as_str())) else { continue };
            for offer in entry.list("offers") {
                let name =
                    offer.get("name").and_then(|it| landkarte::words(it, true)).unwrap_or(entry.title(true));
                let id = ids.name("interface", &format!("{}-{name}", entry.id));
                let relation = if *kind == COMPONENT {
                    ("Composition", None)
                } else {
                    ("Association", Some(("bietet an", "offers")))
                };
                self.relationships.push(Relationship {
                    id: ids.name("relation", &format!("{owner}-{id}")),
                    kind: relation.0,
                    source: owner.clone(),
                    target: id.clone(),
                    name: relation.1,
                });
                let element = Element { id, kind: interface(kind), entry: None, name: Some(name.to_owned()) };
                self.elements.push(element);
            }
        }
    }

    /// Public services, each once, with the elements that serve them.
    fn public_services(&mut self, map: &'m Map, known: &Known<'m>, ids: &mut Ids) {
        let mut services: BTreeMap<&str, String> = BTreeMap::new();
        for entry in map.entries(Section::Elements) {
            let Some((server, _)) = known.get(&(Section::Elements, entry.id.as_str())) else { continue };
            for key in entry.references("public_services") {
                let service = services.entry(key).or_insert_with(|| ids.name("public-service", key)).clone();
                self.relationships.push(Relationship {
                    id: ids.name("relation", &format!("{server}-{service}")),
                    kind: "Association",
                    source: server.clone(),
                    target: service,
                    name: Some(("dient der Verwaltungsleistung", "serves the public service")),
                });
            }
        }
        self.elements.extend(services.into_iter().map(|(key, id)| Element {
            id,
            kind: "BusinessService",
            entry: None,
            name: Some(format!("LeiKa {key}")),
        }));
    }

    /// Elements by layer, all others by section.
    fn organise(&mut self, map: &Map, known: &Known<'_>) {
        let mut layers: HashMap<&str, Vec<String>> = HashMap::new();
        for element in map.entries(Section::Elements) {
            if let (Some(layer), Some((id, _))) =
                (element.text("layer"), known.get(&(Section::Elements, element.id.as_str())))
            {
                layers.entry(layer).or_default().push(id.clone());
            }
        }
        for layer in map.entries(Section::Layers) {
            self.organisation(&folder(map, layer), layers.remove(layer.id.as_str()).unwrap_or_default());
        }
        let loose = |it: &&Entry| it.text("layer").is_none_or(|it| map.entry(Section::Layers, it).is_none());
        for section in SECTIONS {
            let members = map.entries(section).iter().filter(|it| section != Section::Elements || loose(it));
            let members = members.filter_map(|it| known.get(&(section, it.id.as_str())));
            self.organisation(section.title(true), members.map(|(id, _)| id.clone()).collect());
        }
        let others = [
            ("ApplicationInterface", "Schnittstellen"),
            ("TechnologyInterface", "Technische Schnittstellen"),
            ("BusinessService", "Verwaltungsleistungen"),
        ];
        for (kind, label) in others {
            let members = self
                .elements
                .iter()
                .filter(|it| it.entry.is_none() && it.kind == kind)
                .map(|it| it.id.clone());
            let members = members.collect();
            self.organisation(label, members);
        }
        let relations = self.relationships.iter().map(|it| it.id.clone()).collect();
        self.organisation("Beziehungen", relations);
    }

    fn organisation(&mut self, label: &str, members: Vec<String>) {
        if !members.is_empty() {
            self.organisations.push(Organisation { label: label.to_owned(), members });
        }
    }
}

/// A layer's title after those of the layers it is part of.
fn folder(map: &Map, layer: &Entry) -> String {
    let mut titles = vec![layer.title(true)];
    let mut above = layer.text("part_of").and_then(|it| map.entry(Section::Layers, it));
    // A circle of layers is the lint's business; here it must only end, and nobody reads deeper folders.
    for _ in 0..8 {
        let Some(layer) = above else { break };
        titles.push(layer.title(true));
        above = layer.text("part_of").and_then(|it| map.entry(Section::Layers, it));
    }
    titles.reverse();
    titles.join(" – ")
}

type Known<'m> = HashMap<(Section, &'m str), (String, &'static str)>;

const COMPONENT: &str = "ApplicationComponent";

fn kind(section: Section, entry: &Entry) -> &'static str {
    match section {
        Section::Elements => match entry.text("kind") {
            Some("service") => "ApplicationService",
            Some("standard") => "Constraint",
            Some("platform") => "TechnologyService",
            _ => COMPONENT,
        },
        Section::Standards => "Constraint",
        Section::Capabilities => "Capability",
        Section::Principles => "Principle",
        Section::Decisions => "Driver",
        Section::Criteria => "Goal",
        Section::Parties => "BusinessActor",
        _ => "Grouping",
    }
}

fn interface(owner: &str) -> &'static str {
    if owner == "TechnologyService" { "TechnologyInterface" } else { "ApplicationInterface" }
}

struct Links<'l, 'm> {
    ids: &'l mut Ids,
    known: &'l Known<'m>,
    found: Vec<Relationship>,
}

impl Links<'_, '_> {
    fn relation(&mut self, relation: &Relation<'_>) {
        let (Some((from, from_kind)), Some((to, to_kind))) =
            (self.known.get(&relation.from), self.known.get(&relation.to))
        else {
            return;
        };
        let part = relation.part.unwrap_or_default();
        let (kind, turned) = meaning(relation.key, from_kind, to_kind);
        let (source, target) = if turned { (to, from) } else { (from, to) };
        let name =
            (kind == "Association").then(|| crate::graph::relation_title(relation.from.0, relation.key));
        let id = self.ids.name("relation", &format!("{source}-{}{part}-{target}", relation.key));
        self.found.push(Relationship { id, kind, source: source.clone(), target: target.clone(), name });
    }
}

/// The relationship of `ArchiMate`, and whether it runs the other way. Only what is allowed between these kinds (`ArchiMate` 3.1,
/// appendix B) is more than an association.
fn meaning(key: &str, from: &str, to: &str) -> (&'static str, bool) {
    let application = |it: &str| matches!(it, "ApplicationComponent" | "ApplicationService");
    match (key, from, to) {
        ("part_of", _, _) if from == to && from != "Driver" => ("Composition", true),
        ("layer" | "field", _, "Grouping") => ("Aggregation", true),
        ("uses", _, _) if application(from) && (application(to) || to == "TechnologyService") => {
            ("Serving", true)
        }
        ("uses", "TechnologyService", "TechnologyService") => ("Serving", true),
        ("realises", "ApplicationComponent", "ApplicationService") => ("Realization", false),
        ("standards", _, "Constraint") | ("capabilities", _, "Capability")
            if application(from) || from == "TechnologyService" =>
        {
            ("Realization", false)
        }
        _ => ("Association", false),
    }
}

/// Identifiers: an `NCName` each, none twice.
#[derive(Default)]
struct Ids {
    taken: HashMap<String, usize>,
}

impl Ids {
    fn name(&mut self, sort: &str, id: &str) -> String {
        let keep =
            |it: char| if it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.') { it } else { '_' };
        let id = id.strip_prefix("id-").unwrap_or(id);
        let mut name = format!("id-{sort}-{}", id.chars().map(keep).collect::<String>());
        loop {
            let count = self.taken.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                return name;
            }
            name = format!("{name}-{count}");
        }
    }
}
