//! Any JSON, held against the schema of `CycloneDX` 1.6.
#![no_main]

use schema::Schema;
use serde_json::Value;
use std::sync::LazyLock;
use tree::{Limits, Tree};

/// The largest of the schemas, with those that it refers to.
static CYCLONEDX: LazyLock<Option<Schema>> = LazyLock::new(|| {
    let parsed = |text: &str| -> Option<Value> { serde_json::from_str(text).ok() };
    let licences = parsed(include_str!("../../data/schemas/cyclonedx-licences.json"))?;
    let cryptography = parsed(include_str!("../../data/schemas/cyclonedx-cryptography.json"))?;
    let document = parsed(include_str!("../../data/schemas/cyclonedx-1.6.json"))?;
    let others = [("spdx.schema.json", &licences), ("cryptography-defs.schema.json", &cryptography)];
    Schema::compile(&document, &others).ok()
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let schema = CYCLONEDX.as_ref();
    assert!(schema.is_some(), "the shipped schema compiles");
    let (Some(schema), Ok(tree)) = (schema, Tree::json(data, &Limits::default())) else { return };
    let misfits = schema.check(tree.root(), 20);
    assert_eq!(misfits.is_empty(), schema.fits(tree.root()), "two answers to one question");
    assert!(misfits.len() <= 20, "more misfits than were asked for");
    for misfit in misfits {
        assert!(!misfit.wording(true).is_empty() && !misfit.wording(false).is_empty());
        let _ = (misfit.node.place(), misfit.node.pointer());
    }
});
