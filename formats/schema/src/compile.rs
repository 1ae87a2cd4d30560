//! From a schema as JSON to parts that can be checked.

mod keywords;
mod signs;

use crate::{
    Misfit, Trouble,
    addresses::{Addresses, Location, trouble},
    check,
    part::{Applied, Part},
};
use serde_json::{Map, Value};
use std::collections::HashMap;
use tree::Node;

/// A schema, compiled once; it can be used by several threads.
#[derive(Debug)]
pub struct Schema {
    parts: Vec<Part>,
}

impl Schema {
    /// Compiles a schema of draft 7 or 2020-12 (which is also taken where `$schema` is missing). `others` are the
    /// documents that references may lead to, by address or file name; nothing is fetched.
    ///
    /// # Errors
    /// When a keyword has a value that it cannot have, a reference leads nowhere or in a circle, or a pattern cannot be
    /// compiled.
    pub fn compile(document: &Value, others: &[(&str, &Value)]) -> Result<Self, Trouble> {
        let addresses = Addresses::new(document, others)?;
        let mut compiler = Compiler { addresses, numbers: HashMap::new(), places: Vec::new() };
        compiler.number(Location { document: 0, pointer: String::new() });
        let mut parts = Vec::new();
        while let Some(place) = compiler.places.get(parts.len()).cloned() {
            parts.push(compiler.part(&place)?);
        }
        if let Some(circle) = signs::circle(&parts) {
            let place =
                compiler.places.get(circle).map(|it| compiler.addresses.shown(it)).unwrap_or_default();
            return Err(trouble(&place, "the reference leads in a circle"));
        }
        signs::find(&mut parts);
        Ok(Self { parts })
    }

    /// What does not fit, up to `most` misfits, in the order of the document as far as that is possible.
    pub fn check<'a>(&self, node: Node<'a>, most: usize) -> Vec<Misfit<'a>> {
        check::all(&self.parts, node, most)
    }

    /// Whether everything fits; stops at the first misfit.
    pub fn fits(&self, node: Node<'_>) -> bool {
        check::fits(&self.parts, node)
    }
}

/// Gives parts their numbers and compiles them one after the other.
struct Compiler<'v> {
    addresses: Addresses<'v>,
    numbers: HashMap<Location, usize>,
    places: Vec<Location>,
}

/// One schema in braces, and where it stands.
struct Source<'v, 's> {
    map: &'v Map<String, Value>,
    place: &'s Location,
    /// Draft 7 or older.
    old: bool,
}

impl<'v> Compiler<'v> {
    /// The number of the part at a place, which is compiled later.
    fn number(&mut self, place: Location) -> usize {
        let next = self.places.len();
        let number = *self.numbers.entry(place.clone()).or_insert(next);
        if number == next {
            self.places.push(place);
        }
        number
    }

    fn part(&mut self, place: &Location) -> Result<Part, Trouble> {
        match self.addresses.value(place) {
            Some(Value::Bool(all)) => Ok(Part { never: !all, ..Part::default() }),
            Some(Value::Object(map)) => {
                let source = Source { map, place, old: self.is_old(place) };
                self.keywords(&source)
            }
            _ => Err(trouble(&self.addresses.shown(place), "a schema is an object, true or false")),
        }
    }

    fn keywords(&mut self, source: &Source<'v, '_>) -> Result<Part, Trouble> {
        let mut part = Part { name: name(source), ..Part::default() };
        if let Some(reference) = self.text(source, "$ref")? {
            let target = self.target(reference, source)?;
            part.applied.push(Applied::Reference(target));
            // In draft 7 a reference stands alone (core, section 8.3).
            if source.old {
                return Ok(part);
            }
        }
        // A dynamic reference is followed where it stands, as if it were a plain one.
        if let Some(reference) = self.text(source, "$dynamicRef")? {
            let target = self.target(reference, source)?;
            part.applied.push(Applied::Reference(target));
        }
        self.types(source, &mut part)?;
        self.closed(source, &mut part)?;
        part.number = self.number_rules(source)?;
        part.text = self.text_rules(source)?;
        part.list = self.list_rules(source)?;
        part.map = self.map_rules(source)?;
        self.applied(source, &mut part)?;
        Ok(part)
    }

    fn target(&mut self, reference: &str, source: &Source<'v, '_>) -> Result<usize, Trouble> {
        let place = self.addresses.resolve(reference, source.place)?;
        Ok(self.number(place))
    }

    fn is_old(&self, place: &Location) -> bool {
        let dialect = self.addresses.document(place).and_then(|it| it.get("$schema")).and_then(Value::as_str);
        dialect.is_some_and(|it| {
            ["draft-03", "draft-04", "draft-06", "draft-07"].iter().any(|old| it.contains(old))
        })
    }
}

/// The title, or the last word of what is referred to or of where the part stands, unless that is a number.
fn name(source: &Source<'_, '_>) -> String {
    if let Some(title) = source.map.get("title").and_then(Value::as_str) {
        return title.to_owned();
    }
    let reference = source.map.get("$ref").and_then(Value::as_str).unwrap_or(&source.place.pointer);
    let name = reference.rsplit(['/', '#']).next().unwrap_or_default();
    if name.parse::<usize>().is_ok() { String::new() } else { name.to_owned() }
}
