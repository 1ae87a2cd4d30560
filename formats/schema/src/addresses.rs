//! Where parts of schemas are found: `$id`, anchors and pointers (JSON Schema 2020-12 core, section 8.2).

use crate::Trouble;
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

/// A place in one of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Location {
    pub(crate) document: usize,
    pub(crate) pointer: String,
}

impl Location {
    pub(crate) fn below(&self, step: &str) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        Self { document: self.document, pointer: format!("{}/{step}", self.pointer) }
    }
}

/// The documents and what in them has an address of its own.
pub(crate) struct Addresses<'v> {
    documents: Vec<(&'v Value, String)>,
    /// By address without fragment, and by address with an anchor as fragment.
    known: HashMap<String, Location>,
    /// By the last word of the address, for documents that are named by their file.
    files: HashMap<String, Location>,
    /// The parts that have an address of their own.
    bases: HashMap<Location, Url>,
}

/// What documents without an address are resolved against.
const NOWHERE: &str = "schema:///";

/// Keywords whose lists have no schemas in them.
const PLAIN: [&str; 2] = ["enum", "examples"];

impl<'v> Addresses<'v> {
    pub(crate) fn new(document: &'v Value, others: &[(&'v str, &'v Value)]) -> Result<Self, Trouble> {
        let mut addresses = Self {
            documents: Vec::new(),
            known: HashMap::new(),
            files: HashMap::new(),
            bases: HashMap::new(),
        };
        addresses.add("", document)?;
        for (address, other) in others {
            addresses.add(address, other)?;
        }
        Ok(addresses)
    }

    fn add(&mut self, address: &str, document: &'v Value) -> Result<(), Trouble> {
        let nowhere = Url::parse(NOWHERE).map_err(|it| trouble(address, &it.to_string()))?;
        let base = nowhere.join(address).map_err(|it| trouble(address, &it.to_string()))?;
        let location = Location { document: self.documents.len(), pointer: String::new() };
        let shown = match document.get("$id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => address.to_owned(),
        };
        self.documents.push((document, shown));
        self.enter(&base, location.clone());
        self.bases.insert(location.clone(), base.clone());
        self.scan(document, &base, location)
    }

    fn enter(&mut self, address: &Url, location: Location) {
        if let Some(file) =
            address.path_segments().and_then(|mut it| it.next_back()).filter(|it| !it.is_empty())
        {
            self.files.entry(file.to_owned()).or_insert_with(|| location.clone());
        }
        self.known.entry(bare(address)).or_insert(location);
    }

    /// Looks for `$id` and anchors in a part and what is in it.
    fn scan(&mut self, value: &'v Value, base: &Url, location: Location) -> Result<(), Trouble> {
        let mut waiting = vec![(value, base.clone(), location)];
        while let Some((value, mut base, location)) = waiting.pop() {
            if let Value::Object(map) = value {
                if let Some(id) = map.get("$id").and_then(Value::as_str) {
                    base = base.join(id).map_err(|it| trouble(id, &it.to_string()))?;
                    if id.starts_with('#') {
                        self.known.insert(base.to_string(), location.clone());
                    } else {
                        self.enter(&base, location.clone());
                        self.bases.insert(location.clone(), base.clone());
                    }
                    base.set_fragment(None);
                }
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = map.get(keyword).and_then(Value::as_str) {
                        self.known.insert(format!("{}#{anchor}", bare(&base)), location.clone());
                    }
                }
                // A property may be called like a keyword, so these are left out only where they look like one.
                let inner = map.iter().filter(|it| !PLAIN.contains(&it.0.as_str()) || !it.1.is_array());
                for (key, it) in inner.filter(|it| holds(it.1)) {
                    waiting.push((it, base.clone(), location.below(key)));
                }
            } else if let Value::Array(items) = value {
                for (at, it) in items.iter().enumerate().filter(|it| holds(it.1)) {
                    waiting.push((it, base.clone(), location.below(&at.to_string())));
                }
            }
        }
        Ok(())
    }

    /// The part that a reference at a place leads to.
    pub(crate) fn resolve(&self, reference: &str, at: &Location) -> Result<Location, Trouble> {
        let missing = || trouble(&self.shown(at), &format!("{reference:?} leads nowhere"));
        let base = self.base(at).ok_or_else(missing)?;
        let address = base.join(reference).map_err(|it| trouble(&self.shown(at), &it.to_string()))?;
        if let Some(known) = self.known.get(address.as_str().trim_end_matches('#')) {
            return Ok(known.clone());
        }
        let file = || self.files.get(address.path_segments()?.next_back()?);
        let document = self.known.get(&bare(&address)).or_else(file).ok_or_else(missing)?;
        let fragment = decoded(address.fragment().unwrap_or_default()).ok_or_else(missing)?;
        let found =
            Location { document: document.document, pointer: format!("{}{fragment}", document.pointer) };
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        if is_pointer && self.value(&found).is_some() { Ok(found) } else { Err(missing()) }
    }

    pub(crate) fn value(&self, location: &Location) -> Option<&'v Value> {
        self.documents.get(location.document)?.0.pointer(&location.pointer)
    }

    /// The document of a place.
    pub(crate) fn document(&self, location: &Location) -> Option<&'v Value> {
        self.documents.get(location.document).map(|it| it.0)
    }

    pub(crate) fn shown(&self, location: &Location) -> String {
        let document = self.documents.get(location.document).map_or("", |it| it.1.as_str());
        format!("{document}#{}", location.pointer)
    }

    /// The address of the innermost part around a place that has one.
    fn base(&self, at: &Location) -> Option<Url> {
        let mut place = at.clone();
        loop {
            if let Some(base) = self.bases.get(&place) {
                return Some(base.clone());
            }
            place.pointer.truncate(place.pointer.rfind('/')?);
        }
    }
}

/// Whether schemas may be in a value.
fn holds(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn bare(address: &Url) -> String {
    let mut address = address.clone();
    address.set_fragment(None);
    address.to_string()
}

/// Percent-decoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after) {
            let high = char::from(*high).to_digit(16)?;
            let low = char::from(*low).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

pub(crate) fn trouble(address: &str, words: &str) -> Trouble {
    Trouble { address: address.to_owned(), words: words.to_owned() }
}
