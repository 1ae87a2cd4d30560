//! The crate seen from outside; each trick that is refused here has a test that fails without the guard.

mod proofs;
mod requests;
mod sign_in;
mod tokens;

use crate::{Algorithm, SigningKey};
use serde_json::{Map, Value};
use std::sync::LazyLock;

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://node.example";

static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::generate(Algorithm::Es256, Some("one")).unwrap());
static OTHER: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::generate(Algorithm::Es256, Some("other")).unwrap());

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => panic!("not an object"),
    }
}

/// The claims with one replaced, or taken away where it is null.
fn but(mut claims: Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    if value.is_null() {
        claims.remove(name);
    } else {
        claims.insert(name.to_owned(), value);
    }
    claims
}
