//! JWS and SET: signing, every rule of the claims, and tokens that lie about themselves.

use super::NOW;
use crate::event::{AuthenticationTags, Event, EventKind, Problem};
use crate::jws::{JwsFault, Signer, Verifier};
use crate::set::{self, Issuer, SchemaPolicy, Set, SetFault, Subject};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use serde_json::{Value, json};
use uuid::Uuid;

fn signer() -> Signer {
    Signer::new(&super::signing()).unwrap()
}

fn accept() -> Set {
    let tags = AuthenticationTags {
        metadata: "AAAAAAAAAAAAAAAAAAAAAA".into(),
        data: None,
        attachments: [(Uuid::from_u128(9), "BBBBBBBBBBBBBBBBBBBBBA".into())].into(),
    };
    let event = Event::with_tags(EventKind::AcceptSubmission, tags);
    let (jti, destination) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (submission, case) = (Uuid::from_u128(3), Uuid::from_u128(4));
    Set::new(jti, Issuer::Destination(destination), NOW, Subject::Submission(submission), case, event)
}

fn verify(token: &str) -> Result<Set, SetFault> {
    let verifier = signer().verifier().unwrap();
    set::verify(token, NOW, SchemaPolicy::STRICT, |_, kid| (kid == "test-signing-key").then_some(verifier))
        .map(|verified| verified.set)
}

#[test]
fn there_and_back() {
    let token = set::build(&accept(), &signer()).unwrap();
    assert_eq!(verify(&token).unwrap(), accept());
    let problem = Problem::new("hash-mismatch", "detail", "data");
    let mut reject = accept();
    reject.event = Event::with_problems(EventKind::RejectSubmission, vec![problem]);
    assert_eq!(verify(&set::build(&reject, &signer()).unwrap()).unwrap(), reject);
}

#[test]
fn every_event_has_its_own_uri() {
    assert_eq!(EventKind::ALL.len(), 13);
    for kind in EventKind::ALL {
        assert_eq!(EventKind::from_uri(kind.uri()), Some(*kind));
    }
    let posted: Vec<_> =
        EventKind::ALL.iter().filter(|kind| kind.may_be_posted()).map(|kind| kind.name()).collect();
    assert_eq!(
        posted,
        ["forward-submission", "reject-submission", "accept-submission", "reject-reply", "accept-reply"]
    );
}

#[test]
fn a_changed_token_does_not_verify() {
    let token = set::build(&accept(), &signer()).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let mut claims = accept();
    claims.txn = Uuid::from_u128(5);
    let forged = format!("{header}.{}.{signature}", B64.encode(claims.claims().to_string()));
    assert_eq!(verify(&forged), Err(SetFault::Signature));
    let other = Signer::new(&super::authority()).unwrap();
    let foreign = set::build(&accept(), &other).unwrap();
    assert_eq!(verify(&foreign), Err(SetFault::UnknownKey("test-authority-key".into())));
    assert_eq!(signer().verifier().unwrap().verify(&foreign), Err(JwsFault::Signature));
}

#[test]
fn the_header_cannot_choose_the_algorithm() {
    let payload = B64.encode(accept().claims().to_string());
    let with = |header: Value| verify(&format!("{}.{payload}.AAAA", B64.encode(header.to_string())));
    assert_eq!(
        with(json!({"typ": "secevent+jwt", "alg": "none", "kid": "test-signing-key"})),
        Err(SetFault::Algorithm)
    );
    assert_eq!(with(json!({"typ": "secevent+jwt", "alg": "HS512", "kid": "k"})), Err(SetFault::Algorithm));
    assert_eq!(with(json!({"typ": "secevent+jwt", "alg": "ps512", "kid": "k"})), Err(SetFault::Algorithm));
    assert_eq!(with(json!({"typ": "jwt", "alg": "PS512", "kid": "k"})), Err(SetFault::HeaderType));
    assert_eq!(with(json!({"alg": "PS512", "kid": "k"})), Err(SetFault::HeaderType));
    assert_eq!(with(json!({"typ": "secevent+jwt", "alg": "PS512"})), Err(SetFault::KeyIdMissing));
    assert_eq!(
        with(json!({"typ": "secevent+jwt", "alg": "PS512", "kid": "k", "crit": []})),
        Err(SetFault::Header)
    );
    assert_eq!(verify(&format!("{}.{payload}.", B64.encode("{}"))), Err(SetFault::NotCompact));
}

#[test]
fn an_encryption_key_verifies_nothing() {
    assert!(Verifier::new(&super::encryption().public()).is_err());
    assert!(Signer::new(&super::encryption()).is_err());
}

/// A token with changed claims, correctly signed.
fn signed(change: impl FnOnce(&mut Value)) -> Result<Set, SetFault> {
    let mut claims = accept().claims();
    change(&mut claims);
    verify(&signer().sign(set::TYPE, claims.to_string().as_bytes()).unwrap())
}

#[test]
fn every_claim_rule_refuses_its_breach() {
    for claim in ["$schema", "jti", "iss", "iat", "sub", "txn", "events"] {
        let missing = signed(|claims| drop(claims.as_object_mut().unwrap().remove(claim)));
        assert_eq!(missing, Err(SetFault::ClaimMissing(claim)));
        let wrong = signed(|claims| claims[claim] = json!([1])).unwrap_err();
        assert!(matches!(wrong, SetFault::ClaimType { claim: found, .. } if found == claim), "{wrong}");
    }
    let code = |change: &dyn Fn(&mut Value)| signed(|claims| change(claims)).unwrap_err().code();
    assert_eq!(code(&|claims| claims["iat"] = json!(1_577_833_199)), "set-iat-too-early");
    assert_eq!(code(&|claims| claims["iat"] = json!(NOW + 61)), "set-iat-in-future");
    assert_eq!(code(&|claims| claims["iat"] = json!(1.5)), "set-claim-type");
    assert_eq!(
        code(&|claims| claims["sub"] = json!("case:00000000-0000-0000-0000-000000000003")),
        "set-claim-type"
    );
    assert_eq!(
        code(&|claims| claims["txn"] = json!("00000000-0000-0000-0000-000000000003")),
        "set-claim-type"
    );
    assert_eq!(code(&|claims| claims["iss"] = json!("https://example.org")), "set-issuer-not-allowed");
    assert_eq!(code(&|claims| claims["iss"] = json!("ftp://example.org")), "set-claim-type");
    assert_eq!(code(&|claims| claims["events"] = json!({})), "set-event-count");
    assert_eq!(code(&|claims| claims["events"]["x"] = json!({})), "set-event-count");
    assert_eq!(code(&|claims| claims["events"] = json!({"urn:x": {}})), "set-event-unknown");
    let only = |kind: EventKind, payload: Value| {
        move |claims: &mut Value| claims["events"] = json!({kind.uri(): payload})
    };
    assert_eq!(code(&only(EventKind::AcceptReply, json!({}))), "set-subject-mismatch");
    assert_eq!(code(&only(EventKind::SubmitSubmission, json!({}))), "set-issuer-not-allowed");
    assert_eq!(code(&only(EventKind::RejectSubmission, json!({}))), "set-claim-type");
    assert_eq!(code(&only(EventKind::AcceptSubmission, json!("yes"))), "set-claim-type");
    assert_eq!(code(&only(EventKind::AcceptSubmission, json!({"authenticationTags": []}))), "set-claim-type");
    assert!(signed(only(EventKind::AcceptSubmission, json!({}))).is_ok());
    assert!(signed(|claims| claims["iat"] = json!(NOW + 60)).is_ok());
}

#[test]
fn repeated_claims_are_refused() {
    let text = accept().claims().to_string().replacen('{', r#"{"txn":"case:x","#, 1);
    assert_eq!(verify(&signer().sign(set::TYPE, text.as_bytes()).unwrap()), Err(SetFault::Payload));
}

#[test]
fn schema_versions() {
    let schema = |version: &str, policy: SchemaPolicy| {
        let mut claims = accept();
        claims.schema = (!version.is_empty()).then(|| {
            format!("https://schema.fitko.de/fit-connect/set-payload/{version}/set-payload.schema.json")
        });
        let token = set::build(&claims, &signer()).unwrap();
        set::parse_unverified(&token, NOW, policy).is_ok()
    };
    for (version, strict, lenient) in [
        ("1.2.2", true, true),
        ("1.0.1", true, true),
        ("1.10.0", true, true),
        ("1.0.0", false, true),
        ("", false, true),
        ("2.0.0", false, false),
        ("1.2", false, false),
        ("1.x.0", false, false),
        ("1.2.2.3", false, false),
    ] {
        assert_eq!(schema(version, SchemaPolicy::STRICT), strict, "{version}");
        assert_eq!(schema(version, SchemaPolicy::LENIENT), lenient, "{version}");
    }
}
