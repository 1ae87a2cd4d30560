//! JSON-LD in the words of DCAT 3 (DCAT-AP.de), CPSV-AP, FOAF, Dublin Core and PROV.

use landkarte::{Entry, Map, Section};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The map as one JSON-LD document. `base` is the address under which its entries are found; an entry is
/// `base` + section + `/` + id. The map is a `dcat:Catalog`, elements are `dcat:Resource`, what they offer is a
/// `dcat:DataService`, a LeiKa key is a `cpsv:PublicService`, parties are `foaf:Agent`, standards `dct:Standard`, layers,
/// fields and capabilities `skos:Concept`. Facts without a word in these vocabularies are left out.
pub fn jsonld(map: &Map, base: &str) -> String {
    let base = if base.ends_with('/') || base.ends_with('#') { base.to_owned() } else { format!("{base}/") };
    let writer = Writer { map, base };
    let document = json!({"@context": context(), "@graph": writer.graph()});
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "cpsv": "http://purl.org/vocab/cpsv#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

struct Writer<'m> {
    map: &'m Map,
    base: String,
}

type Node = serde_json::Map<String, Value>;

impl Writer<'_> {
    fn graph(&self) -> Vec<Value> {
        let mut nodes = vec![Value::Object(self.catalogue())];
        let concepts =
            [Section::Layers, Section::Fields, Section::Capabilities, Section::Criteria, Section::Terms];
        for section in concepts {
            nodes.extend(self.map.entries(section).iter().map(|it| self.concept(section, it)));
        }
        nodes.extend(self.map.entries(Section::Sources).iter().map(|it| self.source(it)));
        nodes.extend(self.map.entries(Section::Parties).iter().map(|it| self.agent(it)));
        nodes.extend(self.map.entries(Section::Standards).iter().map(|it| self.standard(it)));
        nodes.extend(self.public_services());
        for element in self.map.entries(Section::Elements) {
            nodes.push(self.element(element));
            nodes.extend(self.offers(element));
        }
        nodes
    }

    fn catalogue(&self) -> Node {
        let head = &self.map.head;
        let mut node = node(&self.base, "dcat:Catalog");
        words(&mut node, "dct:title", head, "title");
        words(&mut node, "dct:description", head, "description");
        if let Some(name) = head.words("publisher", true) {
            node.insert("dct:publisher".into(), json!({"@type": "foaf:Agent", "foaf:name": name}));
        }
        words(&mut node, "dct:rights", head, "notice");
        words(&mut node, "dct:license", head, "licence");
        text(&mut node, "dcat:version", head.text("version"));
        date(&mut node, "dct:modified", head.text("date"));
        let elements = self.map.entries(Section::Elements);
        references(
            &mut node,
            "dcat:resource",
            elements.iter().map(|it| self.id(Section::Elements, &it.id)).collect(),
        );
        let offers = elements
            .iter()
            .flat_map(|it| (0..records(it, "offers").len()).map(|index| self.offer_id(it, index)));
        references(&mut node, "dcat:service", offers.collect());
        node
    }

    fn concept(&self, section: Section, entry: &Entry) -> Value {
        let mut node = self.entry(section, entry, "skos:Concept", "skos:prefLabel");
        words(
            &mut node,
            "skos:definition",
            entry,
            if section == Section::Terms { "meaning" } else { "description" },
        );
        references(&mut node, "skos:broader", self.referred(entry, "part_of", section));
        node.insert("skos:inScheme".into(), json!({"@id": format!("{}{section}", self.base)}));
        Value::Object(node)
    }

    fn source(&self, entry: &Entry) -> Value {
        let mut node = self.entry(Section::Sources, entry, "prov:Entity", "dct:title");
        address(&mut node, "foaf:page", entry.text("url"));
        words(&mut node, "dct:license", entry, "licence");
        date(&mut node, "dct:issued", entry.text("date"));
        Value::Object(node)
    }

    fn agent(&self, entry: &Entry) -> Value {
        let mut node = self.entry(Section::Parties, entry, "foaf:Agent", "foaf:name");
        address(&mut node, "foaf:homepage", entry.text("url"));
        Value::Object(node)
    }

    fn standard(&self, entry: &Entry) -> Value {
        let mut node = self.entry(Section::Standards, entry, "dct:Standard", "dct:title");
        words(&mut node, "dct:description", entry, "description");
        match entry.text("reference") {
            Some(it) if is_address(it) => address(&mut node, "foaf:page", Some(it)),
            other => text(&mut node, "dct:bibliographicCitation", other),
        }
        references(&mut node, "dct:subject", self.referred(entry, "field", Section::Fields));
        self.agents(&mut node, "dct:publisher", entry, "body");
        Value::Object(node)
    }

    /// Each LeiKa key once, with the elements that serve it.
    fn public_services(&self) -> Vec<Value> {
        let mut services: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for element in self.map.entries(Section::Elements) {
            for key in element.references("public_services") {
                services.entry(key).or_default().push(self.id(Section::Elements, &element.id));
            }
        }
        let services = services.into_iter().map(|(key, elements)| {
            let mut node = node(&leika(key), "cpsv:PublicService");
            node.insert("dct:identifier".into(), json!(key));
            references(&mut node, "dct:requires", elements);
            Value::Object(node)
        });
        services.collect()
    }

    fn element(&self, entry: &Entry) -> Value {
        let mut node = self.entry(Section::Elements, entry, "dcat:Resource", "dct:title");
        words(&mut node, "dct:description", entry, "description");
        address(&mut node, "dcat:landingPage", entry.text("homepage"));
        text(&mut node, "dcat:version", entry.text("version"));
        text(&mut node, "dct:type", entry.text("kind"));
        words(&mut node, "dct:license", entry, "licence");
        let tags: Vec<&str> = entry.references("tags");
        if !tags.is_empty() {
            node.insert("dcat:keyword".into(), json!(tags));
        }
        let themes =
            [("layer", Section::Layers), ("field", Section::Fields), ("capabilities", Section::Capabilities)];
        let themes = themes.into_iter().flat_map(|(key, section)| self.referred(entry, key, section));
        references(&mut node, "dcat:theme", themes.collect());
        for (word, key, section) in [
            ("dct:isPartOf", "part_of", Section::Elements),
            ("dct:requires", "uses", Section::Elements),
            ("dct:isReplacedBy", "successor", Section::Elements),
            ("dct:conformsTo", "standards", Section::Standards),
        ] {
            references(&mut node, word, self.referred(entry, key, section));
        }
        let realised = self.referred(entry, "realises", Section::Elements).into_iter();
        let services = entry.references("public_services").into_iter().map(leika);
        references(&mut node, "dct:relation", realised.chain(services).collect());
        self.agents(&mut node, "dct:publisher", entry, "owner");
        self.agents(&mut node, "prov:qualifiedAttribution", entry, "operators");
        Value::Object(node)
    }

    fn offers(&self, element: &Entry) -> Vec<Value> {
        let offers = records(element, "offers");
        let offers = offers.into_iter().enumerate().map(|(index, offer)| {
            let mut node = node(&self.offer_id(element, index), "dcat:DataService");
            let name = offer.get("name").map_or_else(|| json!(element.title(true)), in_languages);
            node.insert("dct:title".into(), name);
            let said =
                |key: &str| offer.get(key).and_then(Value::as_str).filter(|it| *it != landkarte::UNKNOWN);
            address(&mut node, "dcat:endpointURL", said("address"));
            address(&mut node, "dcat:endpointDescription", said("contract"));
            text(&mut node, "dcat:version", said("version"));
            text(&mut node, "dct:type", said("kind"));
            let standards = offer.get("standards").and_then(Value::as_array).into_iter().flatten();
            let standards = standards.filter_map(Value::as_str).map(|it| self.id(Section::Standards, it));
            references(&mut node, "dct:conformsTo", standards.collect());
            references(&mut node, "dct:isPartOf", vec![self.id(Section::Elements, &element.id)]);
            self.agents(&mut node, "dct:publisher", element, "owner");
            Value::Object(node)
        });
        offers.collect()
    }

    /// What every entry has: id, identifier, name, and where it comes from.
    fn entry(&self, section: Section, entry: &Entry, kind: &str, label: &str) -> Node {
        let mut node = node(&self.id(section, &entry.id), kind);
        node.insert("dct:identifier".into(), json!(entry.id));
        let name = ["name", "title"].into_iter().find_map(|it| entry.fact(it)).filter(|it| !it.is_unknown());
        node.insert(label.into(), name.map_or_else(|| json!(entry.id), |it| in_languages(&it.value)));
        let head = self.map.head.text("source");
        let source =
            entry.text("source").or(head).filter(|it| self.map.entry(Section::Sources, it).is_some());
        if let Some(source) = source.filter(|it| section != Section::Sources || *it != entry.id) {
            references(&mut node, "prov:wasDerivedFrom", vec![self.id(Section::Sources, source)]);
        }
        date(&mut node, "dct:modified", entry.text("date").filter(|_| section != Section::Sources));
        node
    }

    /// Addresses of the entries referred to; ids that the map does not have are left out.
    fn referred(&self, entry: &Entry, key: &str, section: Section) -> Vec<String> {
        let known = entry.references(key).into_iter().filter(|it| self.map.entry(section, it).is_some());
        known.map(|it| self.id(section, it)).collect()
    }

    /// Parties by their address, others by their name.
    fn agents(&self, node: &mut Node, word: &str, entry: &Entry, key: &str) {
        let agents: Vec<Value> = entry.references(key).into_iter().map(|it| self.agent_of(it)).collect();
        let agents = if word == "prov:qualifiedAttribution" {
            agents.into_iter().map(|it| json!({"@type": "prov:Attribution", "prov:agent": it})).collect()
        } else {
            agents
        };
        if !agents.is_empty() {
            node.insert(word.into(), json!(agents));
        }
    }

    fn agent_of(&self, party: &str) -> Value {
        match self.map.entry(Section::Parties, party) {
            Some(it) => json!({"@id": self.id(Section::Parties, &it.id)}),
            None => json!({"@type": "foaf:Agent", "foaf:name": party}),
        }
    }

    fn id(&self, section: Section, id: &str) -> String {
        format!("{}{section}/{}", self.base, escaped(id))
    }

    fn offer_id(&self, element: &Entry, index: usize) -> String {
        format!("{}/offers/{}", self.id(Section::Elements, &element.id), index + 1)
    }
}

fn node(id: &str, kind: &str) -> Node {
    let mut node = Node::new();
    node.insert("@id".into(), json!(id));
    node.insert("@type".into(), json!(kind));
    node
}

/// The name of a public service in FIM.
fn leika(key: &str) -> String {
    format!("urn:de:fim:leika:leistung:{}", escaped(key))
}

/// Only what may stand in an IRI unescaped stays as it is (RFC 3986, section 2.3, and the colon of our ids).
fn escaped(id: &str) -> String {
    let keep = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_' | b'~' | b':');
    id.bytes().map(|it| if keep(it) { char::from(it).to_string() } else { format!("%{it:02X}") }).collect()
}

fn words(node: &mut Node, word: &str, entry: &Entry, key: &str) {
    if let Some(fact) = entry.fact(key).filter(|it| !it.is_unknown()) {
        node.insert(word.into(), in_languages(&fact.value));
    }
}

/// `{de, en}` as texts with their language.
fn in_languages(value: &Value) -> Value {
    match value.as_object() {
        Some(words) => {
            words.iter().map(|(language, text)| json!({"@value": text, "@language": language})).collect()
        }
        None => value.clone(),
    }
}

fn text(node: &mut Node, word: &str, text: Option<&str>) {
    if let Some(text) = text {
        node.insert(word.into(), json!(text));
    }
}

fn address(node: &mut Node, word: &str, address: Option<&str>) {
    if let Some(address) = address.filter(|it| is_address(it)) {
        node.insert(word.into(), json!({"@id": address}));
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains([' ', '"', '<', '>'])
}

/// A date as far as it is known: a day, a month or a year.
fn date(node: &mut Node, word: &str, date: Option<&str>) {
    let Some(date) = date else { return };
    let kind = match date.len() {
        4 => "xsd:gYear",
        7 => "xsd:gYearMonth",
        10 => "xsd:date",
        _ => return text(node, word, Some(date)),
    };
    node.insert(word.into(), json!({"@value": date, "@type": kind}));
}

fn references(node: &mut Node, word: &str, ids: Vec<String>) {
    if !ids.is_empty() {
        node.insert(word.into(), ids.into_iter().map(|it| json!({"@id": it})).collect());
    }
}

fn records<'e>(entry: &'e Entry, key: &str) -> Vec<&'e serde_json::Map<String, Value>> {
    entry.list(key).into_iter().filter_map(Value::as_object).collect()
}
