//! Repair: adds to a bill of materials what can be derived or was given, and says what only a person can supply.
//!
//! # What is derived, and what is not
//!
//! - Everything that is not touched stays as it is, in its order. XML becomes `CycloneDX` JSON, tag-value becomes SPDX
//!   JSON of the same version.
//! - `CycloneDX` before 1.6 becomes 1.6 where it fits that schema afterwards; else it stays, and what prevents it is said.
//! - Completeness is `unknown` unless somebody says otherwise. A component without an entry in the dependencies gets an
//!   empty one **together with** that statement: an empty entry alone would claim that it needs nothing.
//! - A file name is taken from a given file, from a component of the type `file`, from `file_name` of a package URL, from
//!   the last part of the address of a distribution, or from the rules by which Maven, npm, crates.io, `RubyGems` and `NuGet`
//!   name their files. Whether it is an archive, and a structured one, follows from its ending.
//! - Whether a file can be run is only known of given files. A hash is only that of a given file.
//! - Whether a licence is meant as declared or as concluded is not derived, even where there is only one statement. A
//!   `license.id` that is no SPDX identifier becomes `license.name`; a mere difference of case is corrected.
//! - Makers of components, addresses and vulnerabilities are never invented, moved or deleted.
//! - A signature of the whole document no longer holds and is removed; signed components are not touched.

mod cyclonedx;
mod file_name;
mod given;
mod said;
mod spdx2;
mod spdx3;

pub use given::{Creator, Given, GivenFile};
pub use said::{Open, Repaired, Said};

use crate::{Document, Fault, Source, Standard, Syntax, schemas};
use said::{Done, Log};
use serde_json::Value;
use tree::{Limits, Tree};

/// How many misfits of the result are said.
const MOST_MISFITS: usize = 100;

/// Repairs a bill of materials.
///
/// # Errors
/// When the file cannot be read as one.
pub fn repair(content: &[u8], given: &Given<'_>, limits: &Limits) -> Result<Repaired, Fault> {
    let source = Source::open(content, limits)?;
    let tree = source.tree(limits)?;
    let document = source.document(&tree)?;
    let mut log = Log::default();
    match source.syntax() {
        Syntax::Xml => log.done(Done::FromXml),
        Syntax::TagValue => log.done(Done::FromTagValue),
        Syntax::Json | Syntax::JsonLd => {}
    }
    let mut value = document.root().to_value();
    match (document.standard(), document.syntax()) {
        (Standard::CycloneDx, _) => cyclonedx::repair(&mut value, given, &mut log),
        (Standard::Spdx, Syntax::JsonLd) => spdx3::repair(&mut value, given, &mut log),
        (Standard::Spdx, _) => spdx2::repair(&mut value, given, &mut log),
    }
    let changed = log.has_done();
    let text = if changed { printed(&value) } else { source.json().to_vec() };
    say_misfits(&text, limits, &mut log)?;
    Ok(log.finish(text))
}

fn printed(value: &Value) -> Vec<u8> {
    let mut text = format!("{value:#}").into_bytes();
    text.push(b'\n');
    text
}

/// What the official schema still refuses is for a person to mend.
fn say_misfits(text: &[u8], limits: &Limits, log: &mut Log) -> Result<(), Fault> {
    let tree = Tree::json(text, limits)?;
    let Some(document) = Document::of(&tree) else { return Ok(()) };
    for misfit in document.misfits(MOST_MISFITS).unwrap_or_default() {
        log.open(misfit.node.pointer(), misfit.wording(true), misfit.wording(false));
    }
    Ok(())
}

/// Whether a value fits the official schema of a version.
fn fits(value: &Value, standard: Standard, version: &str) -> bool {
    let text = value.to_string();
    let limits = Limits { bytes: usize::MAX, nodes: usize::MAX, depth: 512 };
    let Ok(tree) = Tree::json(text.as_bytes(), &limits) else { return false };
    schemas::schema(standard, version).is_some_and(|it| it.fits(tree.root()))
}

/// The text under a key; empty where there is none.
fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Sets a field; a new one stands at the end.
fn set(value: &mut Value, key: &str, field: Value) {
    if let Some(map) = value.as_object_mut() {
        map.insert(key.to_owned(), field);
    }
}

/// The list under a key, made where there is nothing; nothing where something else stands there.
fn list_mut<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Vec<Value>> {
    value.as_object_mut()?.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()
}

#[cfg(test)]
mod tests;
