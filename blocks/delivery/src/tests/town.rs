//! An office in a test: its keys, and the body that makes its destination.

use fitconnect::{
    jwk::{Jwk, KeyUse, PrivateJwk},
    x509,
};
use kernel::SECOND;
use serde_json::{Value, json};
use testkit::{NOON, Node, Visitor};

pub const PUBLIC_SERVICE: &str = "urn:de:fim:leika:leistung:99115005104000";
const DAY: i64 = 24 * 3600;

/// A private key that belongs to the test data of the format.
pub fn private_key(purpose: KeyUse) -> PrivateJwk {
    let text = match purpose {
        KeyUse::Encrypt => include_str!("../../../../formats/fitconnect/tests/vectors/encryption.jwk"),
        KeyUse::Sign => include_str!("../../../../formats/fitconnect/tests/vectors/signing.jwk"),
    };
    serde_json::from_str(text).unwrap()
}

/// Its public half, with a certificate that an authority of the tests issued and that ends after so many days.
pub fn key(kid: &str, purpose: KeyUse, days: i64) -> Jwk {
    let authority: PrivateJwk =
        serde_json::from_str(include_str!("../../../../formats/fitconnect/tests/vectors/authority.jwk"))
            .unwrap();
    let from = NOON / SECOND - 400 * DAY;
    let root = x509::Authority::root(&authority, "Test", from, from + 4000 * DAY).unwrap();
    let mut key = private_key(purpose).public();
    key.kid = kid.to_owned();
    let leaf = x509::issue(&root, &key, purpose, "Office", (from, NOON / SECOND + days * DAY)).unwrap();
    key.x5c = vec![base64(&leaf), base64(&root.der().unwrap())];
    key
}

fn base64(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(der)
}

/// The certificate of the authority, DER.
pub fn anchor() -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let key = key("key-for-anchor", KeyUse::Sign, 10);
    STANDARD.decode(key.x5c.last().unwrap()).unwrap()
}

/// The body that makes a destination in version 1.
pub fn destination() -> Value {
    json!({
        "contactInformation": { "legalName": "Stadt Beispiel", "address": "Markt 1, 34117 Kassel", "phone": "+49 561 1",
            "email": "post@beispiel.example", "unit": "Bürgeramt" },
        "services": [public_service()],
        "encryptionKid": "encryption-key-1",
        "encryptionPublicKey": key("encryption-key-1", KeyUse::Encrypt, 300),
        "signingPublicKey": key("signing-key-1", KeyUse::Sign, 300),
        "metadataVersions": ["1.0.0", "2.1.0"],
    })
}

pub fn public_service() -> Value {
    json!({ "identifier": PUBLIC_SERVICE, "regions": ["DE06611"],
        "submissionSchemas": [{ "schemaUri": "https://schema.example/anmeldung.json", "mimeType": "application/json" }] })
}

/// A client that makes, manages and fetches.
pub fn subscriber<'n>(node: &'n Node, name: &str, tenant: &str) -> Visitor<'n> {
    node.as_client(name, tenant, &[kernel::Role::Subscriber, kernel::Role::Owner], &[])
}

/// Makes a destination; returns its id.
pub async fn make(owner: &Visitor<'_>) -> String {
    let made = owner.post("/v1/destinations", &destination()).await.expect(201);
    made.json()["destinationId"].as_str().unwrap().to_owned()
}

/// Makes an active destination; returns its id.
pub async fn open(owner: &Visitor<'_>) -> String {
    let id = make(owner).await;
    let _ = owner.patch(&format!("/v1/destinations/{id}"), &json!({ "status": "active" })).await.expect(200);
    id
}
