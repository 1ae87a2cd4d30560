//! Garbled input of every kind: typed faults, never a panic.

use super::{Dice, NOW};
use crate::jwe::{Decrypter, JweScanner, JweShape, encrypt};
use crate::jwk::{Jwk, Jwks, KeyUse, PrivateJwk};
use crate::jws::Signer;
use crate::metadata::{Metadata, check};
use crate::set::{self, SchemaPolicy};
use crate::wire::{self, ApiVersion, Demands};
use crate::x509::{Trust, check_chain, self_signed};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

fn noise(dice: &mut Dice) -> String {
    (0..dice.roll(80)).filter_map(|_| char::from_u32(u32::try_from(dice.roll(0x3000)).unwrap())).collect()
}

#[test]
fn tokens_and_ciphertexts() {
    let mut dice = Dice(11);
    let key = super::encryption();
    let decrypter = Decrypter::new(&key).unwrap();
    let compact = encrypt(b"{}", &key.public(), None, &key.kid).unwrap();
    let signer = Signer::new(&super::signing()).unwrap();
    let verifier = signer.verifier().unwrap();
    let claims = r#"{"$schema":"https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json","jti":"00000000-0000-0000-0000-000000000001","iss":"http://x","iat":1795262400,"sub":"reply:00000000-0000-0000-0000-000000000001","txn":"case:00000000-0000-0000-0000-000000000001","events":{"https://schema.fitko.de/fit-connect/events/submit-reply":{"authenticationTags":{"metadata":"x"}}}}"#;
    let token = signer.sign(set::TYPE, claims.as_bytes()).unwrap();
    assert!(set::parse_unverified(&token, NOW, SchemaPolicy::STRICT).is_ok());
    let header = token.split('.').next().unwrap();
    for round in 0..4000 {
        let text = if round % 4 == 0 { noise(&mut dice) } else { dice.garble(&compact) };
        let _ = JweShape::parse(&text);
        let mut scanner = JweScanner::new();
        let _ = scanner.feed(text.as_bytes());
        let _ = scanner.finish();
        if round % 40 == 1 {
            let _ = decrypter.decrypt(&text, 100);
        }
        let inner = format!("{header}.{}.AAAA", BASE64_URL_SAFE_NO_PAD.encode(dice.garble(claims)));
        for text in [noise(&mut dice), dice.garble(&token), inner] {
            let _ = set::parse_unverified(&text, NOW, SchemaPolicy::LENIENT);
            let _ = verifier.verify(&text);
        }
    }
}

#[test]
fn keys_and_certificates() {
    let mut dice = Dice(12);
    let key = super::encryption();
    let json = serde_json::to_string(&key).unwrap();
    let der = self_signed(&key, "x", NOW, NOW + 1).unwrap();
    for _ in 0..1500 {
        let text = dice.garble(&json);
        if let Ok(found) = serde_json::from_str::<Jwk>(&text) {
            let _ = (found.check(KeyUse::Encrypt), found.thumbprint(), found.encrypting_key().is_ok());
        }
        if let Ok(found) = serde_json::from_str::<PrivateJwk>(&text) {
            let _ = (found.public(), found.usage());
        }
        let _ = serde_json::from_str::<Jwks>(&text);
        let mut bytes = der.clone();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(bytes.len());
            bytes[at] = u8::try_from(dice.roll(256)).unwrap();
        }
        bytes.truncate(bytes.len() - dice.roll(2) * dice.roll(50));
        let mut public = key.public();
        public.x5c = vec![BASE64_STANDARD.encode(&bytes)];
        let lists = [bytes];
        let trust = Trust { anchors: &lists, revocation_lists: &lists, ..Trust::default() };
        let _ = check_chain(&public, KeyUse::Encrypt, trust, NOW);
        let _ = PrivateJwk::from_pkcs8(&lists[0], "x", KeyUse::Sign);
    }
}

#[test]
fn metadata_and_bodies() {
    let mut dice = Dice(13);
    let metadata = Metadata::for_data(b"{}", "urn:a:b", "application/json").to_json();
    let metadata = String::from_utf8(metadata).unwrap();
    let body = r#"{"destinationId":"x","announcedAttachments":["y"],"publicService":{"identifier":"urn:a:b"},"serviceType":{"identifier":"z"},"caseId":"c","callback":{"url":"https://x","secret":"s"},"encryptedMetadata":"a.b.c.d.e","encryptedData":null,"services":[{"identifier":"urn:a:b","regions":["DE"],"submissionSchemas":[]}],"encryptionKid":"k","metadataVersions":["1.0.0"],"status":"active"}"#;
    for round in 0..4000 {
        let text = if round % 8 == 0 { noise(&mut dice) } else { dice.garble(&metadata) };
        let _ = (Metadata::read(text.as_bytes()), Metadata::read_leniently(text.as_bytes()));
        if let Ok(value) = serde_json::from_str(&text) {
            let _ = check(&value);
        }
        let text = dice.garble(body);
        let _ = serde_json::from_str::<wire::CreateSubmissionV2>(&text)
            .map(|body| (body.check(ApiVersion::V2, Demands::V1), body.attachments(), body.case()));
        let _ = serde_json::from_str::<wire::CreateSubmissionV1>(&text);
        let _ = serde_json::from_str::<wire::SubmitSubmission>(&text).map(|body| body.check(ApiVersion::V2));
        let _ = serde_json::from_str::<wire::CreateDestination>(&text).map(|body| body.check(Demands::V1));
        let _ = serde_json::from_str::<wire::PatchDestination>(&text).map(|body| body.check(Demands::V1));
        let text = noise(&mut dice);
        let _ = (wire::is_urn(&text), wire::is_region(&text), wire::is_version(&text));
        let _ = wire::verify_callback(&text, &text, text.as_bytes(), &text, NOW);
    }
}
