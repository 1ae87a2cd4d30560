mod data;
mod keywords;
mod words;

use crate::Schema;
use serde_json::Value;
use tree::{Limits, Tree};

fn schema(text: &str) -> Schema {
    Schema::compile(&serde_json::from_str(text).unwrap(), &[]).unwrap()
}

/// `line:column keyword sentence` of each misfit.
fn misfits(schema: &Schema, text: &str, de: bool) -> Vec<String> {
    let tree = Tree::json(text.as_bytes(), &Limits::default()).unwrap();
    let found = schema.check(tree.root(), 20);
    assert_eq!(found.is_empty(), schema.fits(tree.root()), "{text}");
    found.iter().map(|it| format!("{} {} {}", it.node.place(), it.keyword, it.wording(de))).collect()
}

/// Asserts that both ways of checking and the crate `jsonschema` have the same verdict; answers it.
fn verdict(own: &Schema, theirs: &jsonschema::Validator, text: &str) -> bool {
    let tree = Tree::json(text.as_bytes(), &Limits::default()).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let fits = own.fits(tree.root());
    let found = own.check(tree.root(), 5);
    assert_eq!(found.is_empty(), fits, "{text}: {found:?}");
    let errors: Vec<_> =
        theirs.iter_errors(&value).map(|it| format!("{} {it}", it.instance_path())).collect();
    assert_eq!(errors.is_empty(), fits, "{text}: ours {found:?}, theirs {errors:?}");
    fits
}

#[test]
fn schemas_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&schema("{}"));
}
