//! Destinations and their keys, through all interfaces.

use super::town::{destination, key, make, open, public_service, subscriber};
use crate::Config;
use fitconnect::jwk::KeyUse;
use kernel::{DAY, Role};
use serde_json::json;

async fn node() -> testkit::Node {
    testkit::node(vec![super::stand_in::delivery(Config::default()).block()]).await
}

#[tokio::test]
async fn a_destination_is_made_shown_and_listed() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let made = owner.post("/v1/destinations", &destination()).await.expect(201);
    let id = made.json()["destinationId"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("/v1/destinations/{id}"));
    assert_eq!(made.header("cache-control"), "no-cache");
    assert_eq!(made.json()["status"], "created");
    assert_eq!(made.json()["contactInformation"]["unit"], "Bürgeramt");
    let list = owner.get("/v1/destinations?limit=1").await.expect(200).json();
    assert_eq!((&list["count"], &list["offset"], &list["totalCount"]), (&json!(1), &json!(0), &json!(1)));
    assert_eq!(list["destinations"][0]["destinationId"], id.as_str());
    // Somebody else sees the public side, in both versions; nobody only in version 2.
    let sender = node.as_client("sender", "fulda", &[Role::Sender], &[]);
    let seen = sender.get(&format!("/v1/destinations/{id}")).await.expect(200).json();
    assert_eq!(seen["services"], json!([public_service()]));
    assert_eq!((seen.get("contactInformation"), seen.get("callback")), (None, None));
    assert_eq!(sender.get("/v1/destinations").await.expect(200).json()["totalCount"], 0);
    let public =
        node.as_nobody().get(&format!("/submission-api/v2/destinations/{id}")).await.expect(200).json();
    assert_eq!(public["publicServices"], json!([public_service()]));
    assert_eq!(public["name"], "Stadt Beispiel, Bürgeramt");
    assert_eq!(public.get("contactInformation"), None);
    let _ = node.as_nobody().get(&format!("/v1/destinations/{id}")).await.expect(401);
}

#[tokio::test]
async fn bodies_are_refused_with_every_fault_named() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let mut body = destination();
    body["services"][0]["regions"] = json!(["06611"]);
    body["signingPublicKey"]["alg"] = json!("RS256");
    body["callback"] = json!({ "url": "http://intern.example/x", "secret": "short" });
    let refused = owner.post("/v1/destinations", &body).await.expect(400);
    let pointers: Vec<String> = refused.json()["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["pointer"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        pointers,
        ["/services/0/regions/0", "/callback/url", "/callback/secret", "/signingPublicKey/alg"]
    );
    assert!(refused.json()["detail"].as_str().unwrap().contains("/services/0/regions/0"));
    let kind = "https://schema.fitko.de/fit-connect/submission-api/problems/bad-destination";
    assert_eq!(refused.json()["type"], kind);
    let mut body = destination();
    body["encryptionKid"] = json!("another-key");
    let refused = owner.post("/v1/destinations", &body).await.expect(400).json();
    assert_eq!(refused["issues"][0]["pointer"], "/encryptionKid");
    let _ = owner.post("/v1/destinations", &json!({})).await.expect(400);
    let _ = owner.post("/v1/destinations", &json!([])).await.expect(400);
    let _ = owner.post_form("/v1/destinations", "a=b").await.expect(415);
    let mut private = destination();
    private["encryptionPublicKey"]["d"] = json!("AQAB");
    let refused = owner.post("/v1/destinations", &private).await.expect(400).json();
    assert_eq!(refused["issues"][0]["pointer"], "/encryptionPublicKey");
    // The Destination API needs neither address nor phone.
    let mut body = destination();
    body["contactInformation"] = json!({ "legalName": "Stadt", "email": "a@b.example" });
    let _ = owner.post("/v1/destinations", &body).await.expect(400);
    let _ = owner.post("/destination-api/v1/destinations", &body).await.expect(201);
}

#[tokio::test]
async fn the_status_goes_one_way() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let id = make(&owner).await;
    let path = format!("/v1/destinations/{id}");
    for (status, expected) in [
        ("inactive", 409),
        ("decommissioned", 409),
        ("deleted", 400),
        ("open", 400),
        ("active", 200),
        ("active", 200),
        ("created", 409),
        ("inactive", 200),
        ("active", 200),
        ("decommissioned", 200),
        ("active", 409),
    ] {
        let _ = owner.patch(&path, &json!({ "status": status })).await.expect(expected);
    }
    let _ = owner.delete(&path).await.expect(204);
    let _ = owner.get(&path).await.expect(404);
    let _ = owner.delete(&path).await.expect(404);
    // Old logs are still checked with its keys.
    let _ = node.as_nobody().get(&format!("{path}/keys/signing-key-1")).await.expect(200);
}

#[tokio::test]
async fn both_versions_change_the_same_object() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let id = open(&owner).await;
    let merge = |body: serde_json::Value| body.to_string();
    let v2 = format!("/destination-api/v2/destinations/{id}");
    let media = Some("application/merge-patch+json");
    let secret = "x".repeat(32);
    let body =
        merge(json!({ "name": "Amt", "contactInformation": { "email": "neu@b.example", "unit": null },
        "callback": { "url": "https://example.org/callback", "secret": secret } }));
    let changed = owner.ask("PATCH", &v2, media, body.into()).await.expect(200).json();
    assert_eq!(changed["contactInformation"]["email"], "neu@b.example");
    assert_eq!(changed["contactInformation"]["legalName"], "Stadt Beispiel");
    assert_eq!(changed["contactInformation"].get("unit"), None);
    assert_eq!(
        changed["callback"],
        json!({ "url": "https://example.org/callback" }),
        "the secret is never read back"
    );
    // The secret stays when only the address changes.
    let body = merge(json!({ "callback": { "url": "https://example.org/other" } }));
    let _ = owner.ask("PATCH", &v2, media, body.into()).await.expect(200);
    let v1 = format!("/v1/destinations/{id}");
    let seen = owner.get(&v1).await.expect(200).json();
    assert_eq!((&seen["callback"]["url"], seen.get("name")), (&json!("https://example.org/other"), None));
    // Version 1 takes no part of a field.
    let _ = owner.patch(&v1, &json!({ "contactInformation": { "email": "x@b.example" } })).await.expect(400);
    let _ = owner.patch(&v1, &json!({ "callback": { "url": "https://example.org/x" } })).await.expect(400);
    // PUT empties what it does not name.
    let mut body = destination();
    body["status"] = json!("active");
    let replaced = owner.put(&v1, &body).await.expect(200).json();
    assert_eq!(replaced.get("callback"), None);
    body.as_object_mut().unwrap().remove("metadataVersions");
    let refused = owner.put(&v1, &body).await.expect(400).json();
    assert_eq!(refused["issues"][0]["pointer"], "/metadataVersions");
    let keys = owner.get(&format!("{v2}/keys")).await.expect(200).json();
    assert_eq!(keys["keys"][0]["kid"], "encryption-key-1");
}

#[tokio::test]
async fn keys_rotate_and_old_ones_stay() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let id = open(&owner).await;
    let path = format!("/v1/destinations/{id}");
    let keys = format!("{path}/keys");
    let _ = owner.patch(&path, &json!({ "encryptionKid": "encryption-key-2" })).await.expect(400);
    let long = "k".repeat(64);
    let next = key(&long, KeyUse::Encrypt, 300);
    let added = owner.post(&keys, &json!(next)).await.expect(201);
    assert_eq!(added.header("location"), format!("{keys}/{long}"));
    let _ = owner.post(&keys, &json!(next)).await.expect(201);
    let other = key(&long, KeyUse::Sign, 300);
    assert_eq!(owner.post(&keys, &json!(other)).await.expect(409).code(), "delivery.key_exists");
    let _ = owner.patch(&path, &json!({ "encryptionKid": long })).await.expect(200);
    let _ = owner.patch(&path, &json!({ "encryptionKid": "signing-key-1" })).await.expect(400);
    for kid in ["encryption-key-1", "signing-key-1", &long] {
        for at in ["/v1", "/submission-api/v2", "/destination-api/v1", "/destination-api/v2"] {
            let seen =
                node.as_nobody().get(&format!("{at}/destinations/{id}/keys/{kid}")).await.expect(200).json();
            assert_eq!(seen["kid"], kid);
        }
    }
    let _ = node.as_nobody().get(&format!("{keys}/unknown-key")).await.expect(404);
    let _ = owner.post(&keys, &json!({ "kty": "EC" })).await.expect(400);
    let _ = owner.post(&keys, &json!(key(&"k".repeat(65), KeyUse::Sign, 9))).await.expect(400);
}

#[tokio::test]
async fn an_expired_key_does_not_become_active() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let id = make(&owner).await;
    node.clock.advance(301 * DAY);
    let refused =
        owner.patch(&format!("/v1/destinations/{id}"), &json!({ "status": "active" })).await.expect(409);
    assert_eq!(refused.code(), "delivery.key_unfit");
    let expired = key("encryption-key-3", KeyUse::Encrypt, 300);
    let refused = owner.post(&format!("/v1/destinations/{id}/keys"), &json!(expired)).await.expect(400);
    assert_eq!(refused.code(), "delivery.key_refused");
}

#[tokio::test]
async fn without_the_switch_only_anchored_keys_are_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("anchor.der");
    std::fs::write(&file, super::town::anchor()).unwrap();
    let check = async |config: Config, missing: bool, status: u16| {
        let node = testkit::strict_node(vec![super::stand_in::delivery(config).block()]).await;
        let owner = subscriber(&node, "owner-1", "kassel");
        let mut body = destination();
        if missing {
            body["encryptionPublicKey"]["x5c"] = json!([]);
        }
        owner.post("/v1/destinations", &body).await.expect(status).json()
    };
    let strict = Config::default;
    let anchored = || Config { trust_anchors: vec![file.clone()], ..Config::default() };
    let forgiving = || Config { allow_self_signed_certificates: true, ..Config::default() };
    let refused = check(strict(), false, 400).await;
    assert_eq!(refused["issues"][0]["pointer"], "/encryptionPublicKey/x5c/1");
    let _ = check(anchored(), false, 201).await;
    let _ = check(anchored(), true, 400).await;
    let _ = check(forgiving(), false, 201).await;
    let _ = check(forgiving(), true, 201).await;
}

#[tokio::test]
async fn strangers_are_kept_out() {
    let node = node().await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let id = open(&owner).await;
    let stranger = subscriber(&node, "owner-2", "kassel");
    let foreign = subscriber(&node, "owner-1", "fulda");
    let sender = node.as_client("sender", "kassel", &[Role::Sender], &[]);
    let narrow = node.as_client("owner-1", "kassel", &[Role::Owner], &["create:destination"]);
    let (clerk, other) = (node.as_clerk("kassel"), node.as_clerk("fulda"));
    for base in ["/v1", "/destination-api/v1", "/destination-api/v2"] {
        let path = format!("{base}/destinations/{id}");
        let change = json!({ "metadataVersions": ["2.1.0"] });
        for (who, status) in
            [(&stranger, 403), (&foreign, 403), (&sender, 403), (&narrow, 403), (&other, 404)]
        {
            let _ = who.patch(&path, &change).await.expect(status);
            let _ = who.delete(&path).await.expect(status);
            let _ = who
                .post(&format!("{path}/keys"), &json!(key("another-key", KeyUse::Sign, 9)))
                .await
                .expect(status);
        }
        let _ = node.as_nobody().patch(&path, &json!(7)).await.expect(401);
        let _ = node.as_nobody().delete(&path).await.expect(401);
        let _ = node.as_nobody().get(&path).await.expect(401);
        let _ = node.as_nobody().get(&format!("{base}/destinations")).await.expect(401);
        let _ = node.as_nobody().post(&format!("{base}/destinations"), &json!(7)).await.expect(401);
        let _ = node.as_nobody().post(&format!("{path}/keys"), &json!(7)).await.expect(401);
        let _ = sender.post(&format!("{base}/destinations"), &destination()).await.expect(403);
        let _ = other.get(&path).await.expect(404);
        assert_eq!(other.get(&format!("{base}/destinations")).await.expect(200).json()["totalCount"], 0);
        let _ = clerk.patch(&path, &change).await.expect(200);
        assert_eq!(clerk.get(&format!("{base}/destinations")).await.expect(200).json()["totalCount"], 1);
    }
    let path = format!("/v1/destinations/{id}");
    let mut whole = destination();
    whole["status"] = json!("active");
    for (who, status) in [(&stranger, 403), (&sender, 403), (&other, 404), (&node.as_nobody(), 401)] {
        let _ = who.put(&path, &whole).await.expect(status);
    }
    for path in ["/v1/destinations/not-a-uuid", "/submission-api/v2/destinations/..%2f..%2f"] {
        let _ = owner.get(path).await.expect(400);
    }
    for query in ["limit=0", "limit=501", "offset=-1", "limit=x"] {
        let _ = owner.get(&format!("/v1/destinations?{query}")).await.expect(400);
    }
}

#[tokio::test]
async fn one_owner_has_not_too_many() {
    let config = Config { destinations_per_owner: 1, destinations_per_owner_by_api: 2, ..Config::default() };
    let node = testkit::node(vec![super::stand_in::delivery(config).block()]).await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let _ = make(&owner).await;
    assert_eq!(
        owner.post("/v1/destinations", &destination()).await.expect(403).code(),
        "delivery.too_many_destinations"
    );
    let _ = owner.post("/destination-api/v2/destinations", &destination()).await.expect(201);
    let _ = owner.post("/destination-api/v2/destinations", &destination()).await.expect(403);
    let _ = make(&subscriber(&node, "owner-2", "kassel")).await;
}

#[tokio::test]
async fn what_everybody_may_know() {
    let node = node().await;
    let nobody = node.as_nobody();
    let keys = nobody.get("/submission-api/.well-known/jwks.json").await.expect(200).json();
    assert_eq!(keys["keys"][0]["kid"], "test-signing-key");
    assert_eq!(
        nobody.get("/v1/info").await.expect(200).json()["version"],
        json!({ "major": 1, "minor": 1, "patch": 3 })
    );
    assert_eq!(nobody.get("/submission-api/v2/info").await.expect(200).json()["version"]["major"], 2);
}
