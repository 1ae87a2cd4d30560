//! A connection that cannot work is refused at the start, in words.

use super::there::{Doorman, there};
use crate::{Config, ConnectionKind, Samlsp, ways};
use kernel::{Ctx, Error, Lang, Level};
use ports::identity::{Identity, WayKind};
use serde_json::json;
use std::sync::Arc;
use testkit::Node;

async fn refusal(node: &Node, change: serde_json::Value) -> Option<Error> {
    let there = there();
    let config = Config { connections: vec![there.connection(&change)] };
    let samlsp = Samlsp::new(&config, Arc::new(Doorman::default()) as Arc<dyn Identity>);
    samlsp.prepare(&Ctx::system(&node.frame, "")).await.err()
}

/// A node with the tables of the adapter and no connection.
async fn empty() -> Node {
    let samlsp = Samlsp::new(&Config::default(), Arc::new(Doorman::default()) as Arc<dyn Identity>);
    testkit::strict_node(vec![samlsp.block()]).await
}

#[tokio::test]
async fn the_host_name_is_frozen_with_the_first_start() {
    let node = empty().await;
    assert!(refusal(&node, json!({})).await.is_none());
    assert!(refusal(&node, json!({ "entity_id": "https://amt.example/other" })).await.is_none());
    let moved = refusal(&node, json!({ "entity_id": "https://neu.example/saml" })).await.unwrap();
    assert_eq!(moved.code().code, "samlsp.configuration");
    assert!(moved.detail(Lang::En).contains("host name must stay"), "{moved}");
    let fresh = json!({ "id": "bundid-2", "entity_id": "https://neu.example/saml" });
    assert!(refusal(&node, fresh).await.is_none(), "another connection may have another");
}

#[tokio::test]
async fn what_cannot_work_is_said_at_the_start() {
    let node = empty().await;
    let cases = [
        (json!({ "entity_id": "http://localhost:8080/saml" }), "entity_id"),
        (json!({ "entity_id": "https://amt.example:8443/saml" }), "entity_id"),
        (json!({ "id": "bund id" }), "`id`"),
        (json!({ "organisation": "x".repeat(51) }), "organisation"),
        (json!({ "online_service_id": "" }), "online_service"),
        (json!({ "idp_metadata_file": "/nowhere" }), "/nowhere"),
        (json!({ "idp_metadata_file": null }), "idp_entity_id"),
        (json!({ "sign_with": "rsa-sha256" }), "sign_with"),
        (json!({ "sign_with": "rsa-sha256", "pkcs1_until": "2026-11-20" }), "sign_with"),
        (json!({ "cbc_until": "bald" }), "bald"),
    ];
    for (change, expected) in cases {
        let error = refusal(&node, change.clone()).await.unwrap_or_else(|| panic!("{change} was taken"));
        assert!(error.detail(Lang::En).contains(expected), "{change}: {error}");
    }
    let fine = [
        json!({ "id": "a", "sign_with": "rsa-sha256", "pkcs1_until": "2026-11-21", "cbc_until": "2027-06-30" }),
        json!({ "id": "b", "kind": "company_account", "online_service_id": "", "organisation": "" }),
    ];
    for change in fine {
        assert!(refusal(&node, change.clone()).await.is_none(), "{change}");
    }
    let there = there();
    let certificate = there.folder.path().join("idp.crt");
    let single = json!({
        "id": "c", "idp_metadata_file": null, "idp_entity_id": "https://x.example", "idp_sso_url": "https://x.example/sso",
        "idp_certificates": [certificate],
    });
    assert!(refusal(&node, single).await.is_none());
    let wrong = refusal(&node, json!({ "signing_certificate_file": certificate })).await.unwrap();
    assert!(wrong.detail(Lang::En).contains("signing_certificate_file"), "{wrong}");
}

#[tokio::test]
async fn short_keys_are_refused_by_the_policy_of_the_node() {
    let node = empty().await;
    let there = there();
    let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    let certificate = rcgen::CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    let (key, short) = (there.folder.path().join("short.key"), there.folder.path().join("short.crt"));
    std::fs::write(&key, pair.serialize_pem()).unwrap();
    std::fs::write(&short, certificate.pem()).unwrap();
    let theirs = json!({
        "idp_metadata_file": null, "idp_entity_id": "https://x.example", "idp_sso_url": "https://x.example/sso",
        "idp_certificates": [short],
    });
    let cases = [
        (json!({ "signing_key_file": key, "signing_certificate_file": short }), "sign_with"),
        (json!({ "decryption_key_file": key, "decryption_certificate_file": short }), "decryption_key_file"),
        (theirs, "as short as the identity provider's"),
    ];
    for (change, expected) in cases {
        let error = refusal(&node, change).await.unwrap_or_else(|| panic!("{expected}: was taken"));
        assert!(error.detail(Lang::En).contains(expected), "{error}");
    }
    // A connection cannot allow for longer what the node's policy ends: PKCS#1 v1.5 at the end of 2027.
    let long = json!({ "id": "long", "sign_with": "rsa-sha256", "pkcs1_until": "2099-12-31" });
    assert!(refusal(&node, long.clone()).await.is_none());
    node.clock.advance(400 * kernel::DAY);
    assert!(refusal(&node, long.clone()).await.is_none(), "26 December 2027");
    node.clock.advance(10 * kernel::DAY);
    let error = refusal(&node, long).await.unwrap();
    assert!(error.detail(Lang::En).contains("sign_with"), "{error}");
}

#[test]
fn ways_are_plain_data() {
    let there = there();
    let connections = vec![
        there.connection(&json!({ "label_en": "BundID account", "hint": "Mit Ausweis" })),
        there.connection(
            &json!({ "id": "muk", "kind": "company_account", "tenant": "demo", "level": "substantial" }),
        ),
    ];
    assert_eq!(connections[1].kind, ConnectionKind::CompanyAccount);
    let ways = ways(&Config { connections });
    assert_eq!(ways[0].label, ("BundID".to_owned(), "BundID account".to_owned()));
    assert_eq!(ways[0].hint, ("Mit Ausweis".to_owned(), "Mit Ausweis".to_owned()));
    assert_eq!(
        (ways[0].path.as_str(), ways[0].level, ways[0].kind),
        ("/sign-in/saml/bundid", Level::High, WayKind::Person)
    );
    assert_eq!(
        (ways[1].tenant.as_deref(), ways[1].level, ways[1].kind),
        (Some("demo"), Level::Substantial, WayKind::Organisation)
    );
}
