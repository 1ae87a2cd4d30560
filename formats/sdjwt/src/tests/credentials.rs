//! SD-JWT VC with the holder's proof.

use serde_json::{Map, Value, json};

use crate::jws::{self, JwsFault};
use crate::key::{Curve, SigningKey};
use crate::key_binding::{self, Expected, KeyBindingFault};
use crate::status::Reference;
use crate::vc::{self, Credential, CredentialFault, Presentation};
use crate::{PathPart, SdJwt};

const NOW: i64 = 1_800_000_000;
const EXPECTED: Expected<'static> =
    Expected { nonce: "n-1", audience: "x509_hash:abc", now: NOW, max_age: 300, leeway: 60 };

struct World {
    issuer: SigningKey,
    holder: SigningKey,
}

impl World {
    fn new() -> Self {
        let key = || SigningKey::generate(Curve::P256).unwrap();
        Self { issuer: key(), holder: key() }
    }

    fn credential(&self, more: &Value) -> SdJwt {
        let mut claims = json!({
            "vct": "urn:eudi:pid:1", "iss": "https://pid.example", "iat": NOW - 1000, "exp": NOW + 1000,
            "given_name": "Ada", "family_name": "Lovelace", "address": {"locality": "Musterstadt"},
            "status": {"status_list": {"idx": 7, "uri": "https://pid.example/status/1"}},
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let disclosable = ["/given_name", "/family_name", "/address", "/address/locality"];
        let disclosable = disclosable.map(str::to_owned).to_vec();
        let issued = vc::issue(claims, disclosable, self.holder.public(), (&self.issuer, &[vec![1, 2, 3]]));
        SdJwt::parse(&issued.unwrap()).unwrap()
    }

    fn verify(&self, presented: &SdJwt, expected: &Expected<'_>) -> Result<Credential, CredentialFault> {
        Presentation::parse(&presented.to_string())?.verify(self.issuer.public(), expected)
    }

    fn present(&self, credential: &SdJwt) -> SdJwt {
        let shown = credential.disclose(&[vec![PathPart::Name("given_name".to_owned())]]).unwrap();
        key_binding::bind(&shown, &self.holder, (EXPECTED.nonce, EXPECTED.audience), NOW - 5).unwrap()
    }
}

#[test]
fn a_credential_is_shown_in_part_and_believed() {
    let world = World::new();
    let presented = world.present(&world.credential(&json!({})));
    assert_eq!(Presentation::parse(&presented.to_string()).unwrap().x5c().unwrap(), [vec![1, 2, 3]]);
    let credential = world.verify(&presented, &EXPECTED).unwrap();
    assert_eq!(credential.vct, "urn:eudi:pid:1");
    assert_eq!(credential.claims.get("given_name"), Some(&json!("Ada")));
    assert!(!credential.claims.contains_key("family_name") && !credential.claims.contains_key("address"));
    assert_eq!(credential.holder, *world.holder.public());
    let status = Reference { uri: "https://pid.example/status/1".into(), index: 7 };
    assert_eq!(credential.status, Some(status));
}

#[test]
fn the_holders_proof_must_fit_in_every_respect() {
    let world = World::new();
    let credential = world.credential(&json!({}));
    let good = world.present(&credential);
    let refused = |presented: &SdJwt, expected: &Expected<'_>| match world.verify(presented, expected) {
        Err(CredentialFault::KeyBinding(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&SdJwt { key_binding: None, ..good.clone() }, &EXPECTED), KeyBindingFault::Missing);
    assert_eq!(refused(&good, &Expected { nonce: "n-2", ..EXPECTED }), KeyBindingFault::Nonce);
    assert_eq!(
        refused(&good, &Expected { audience: "x509_hash:abd", ..EXPECTED }),
        KeyBindingFault::Audience
    );
    assert_eq!(refused(&good, &Expected { now: NOW + 400, ..EXPECTED }), KeyBindingFault::Time);
    assert_eq!(refused(&good, &Expected { now: NOW - 100, ..EXPECTED }), KeyBindingFault::Time);
    // The proof of one selection does not serve for another.
    let more = credential.disclose(&[vec![PathPart::Name("family_name".to_owned())]]).unwrap();
    let moved = SdJwt { key_binding: good.key_binding.clone(), ..more };
    assert_eq!(refused(&moved, &EXPECTED), KeyBindingFault::Hash);
    // Another key, which the issuer did not name.
    let thief = World { issuer: World::new().issuer, holder: World::new().holder };
    let stolen = thief.present(&credential);
    assert_eq!(refused(&stolen, &EXPECTED), KeyBindingFault::Jws(JwsFault::Signature));
    // Another kind of token by the same key.
    let mut header = Map::new();
    header.insert("typ".to_owned(), "JWT".into());
    let payload =
        json!({"nonce": "n-1", "aud": EXPECTED.audience, "iat": NOW, "sd_hash": good.sd_hash().unwrap()});
    let other = jws::sign(&header, &payload, &world.holder).unwrap();
    let other = SdJwt { key_binding: Some(other), ..good.clone() };
    assert!(matches!(refused(&other, &EXPECTED), KeyBindingFault::Jws(JwsFault::Type { .. })));
}

#[test]
fn dates_type_holder_and_status_are_checked() {
    let world = World::new();
    let check = |more: Value| world.verify(&world.present(&world.credential(&more)), &EXPECTED).map(drop);
    assert_eq!(check(json!({"exp": NOW - 100})), Err(CredentialFault::Expired));
    assert_eq!(check(json!({"nbf": NOW + 100})), Err(CredentialFault::NotYetValid));
    assert_eq!(check(json!({"iat": NOW + 100})), Err(CredentialFault::NotYetValid));
    assert_eq!(check(json!({"exp": "soon"})), Err(CredentialFault::Times));
    assert_eq!(check(json!({"vct": 1})), Err(CredentialFault::NoType));
    assert_eq!(check(json!({"status": {"other": 1}})), Err(CredentialFault::Status));
    assert_eq!(check(json!({"exp": NOW - 10, "nbf": NOW + 10})), Ok(()), "clocks may differ a little");
    let plain = crate::issue::Issue { claims: json!({"vct": "x"}), ..Default::default() };
    let fault = Presentation::parse(&plain.sign(&world.issuer).unwrap()).unwrap_err();
    assert!(matches!(fault, CredentialFault::Jws(JwsFault::Type { .. })));
}

#[test]
fn what_a_verifier_needs_cannot_be_hidden() {
    let world = World::new();
    for hidden in ["exp", "status", "vct", "cnf"] {
        let mut claims = json!({"vct": "v", "exp": NOW + 9, "cnf": {"jwk": world.holder.public().to_jwk()}});
        claims["status"] = json!({"status_list": {"idx": 0, "uri": "https://x.example"}});
        let mut header = Map::new();
        header.insert("typ".to_owned(), vc::TYPE.into());
        let disclosable = vec![format!("/{hidden}")];
        let issue = crate::issue::Issue { header, claims, disclosable, decoys: 0 };
        let whole = SdJwt::parse(&issue.sign(&world.issuer).unwrap()).unwrap();
        let bound = key_binding::bind(&whole, &world.holder, ("n-1", EXPECTED.audience), NOW).unwrap();
        assert_eq!(world.verify(&bound, &EXPECTED), Err(CredentialFault::Hidden(hidden)));
    }
}

#[test]
fn keys_survive_their_forms() {
    for curve in [Curve::P256, Curve::P384] {
        let key = SigningKey::generate(curve).unwrap();
        let again = SigningKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
        assert_eq!(again.public(), key.public());
        let public = crate::key::PublicKey::from_jwk(&key.public().to_jwk()).unwrap();
        assert_eq!(&public, key.public());
        assert_eq!(public.thumbprint().len(), 43);
    }
}
