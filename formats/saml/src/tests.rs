//! A party on each side, and what happens between them.

mod algorithms;
mod answers;
mod requests;
mod wrapping;
mod xmlsec;

use crate::{
    Algorithm, Answer, Certificate, DecryptionKey, Expected, Extension, Fault, Level, Method, Policy,
    Requested, SigningKey,
    idp::{Answering, Received, Said, Statement},
};
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize};
use std::sync::OnceLock;

/// 2026-11-21T12:00:00Z.
pub(super) const NOW: i64 = 1_795_262_400_000_000;
pub(super) const SECOND: i64 = 1_000_000;
pub(super) const IDP: &str = "https://idp.example/idp";
pub(super) const SP: &str = "https://amt.example/saml";
pub(super) const ACS: &str = "https://amt.example/sign-in/saml/bundid/acs";

/// A key in both roles, and its certificate.
pub(super) struct Party {
    pub(super) key: SigningKey,
    pub(super) decryption: Option<DecryptionKey>,
    pub(super) certificate: Certificate,
    pub(super) key_pem: String,
    pub(super) certificate_pem: String,
}

fn party(pair: &KeyPair) -> Party {
    let certificate =
        CertificateParams::new(vec!["idp.example".to_owned()]).unwrap().self_signed(pair).unwrap();
    let (key_pem, certificate_pem) = (pair.serialize_pem(), certificate.pem());
    Party {
        key: SigningKey::from_pem(&key_pem).unwrap(),
        decryption: DecryptionKey::from_pem(&key_pem).ok(),
        certificate: Certificate::from_pem(&certificate_pem).unwrap(),
        key_pem,
        certificate_pem,
    }
}

fn rsa() -> Party {
    party(&KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap())
}

pub(super) fn idp() -> &'static Party {
    static PARTY: OnceLock<Party> = OnceLock::new();
    PARTY.get_or_init(rsa)
}

pub(super) fn sp() -> &'static Party {
    static PARTY: OnceLock<Party> = OnceLock::new();
    PARTY.get_or_init(rsa)
}

pub(super) fn attacker() -> &'static Party {
    static PARTY: OnceLock<Party> = OnceLock::new();
    PARTY.get_or_init(rsa)
}

pub(super) fn elliptic() -> &'static Party {
    static PARTY: OnceLock<Party> = OnceLock::new();
    PARTY.get_or_init(|| party(&KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()))
}

pub(super) fn received() -> Received {
    Received {
        id: "_request".to_owned(),
        issuer: SP.to_owned(),
        answer_to: ACS.to_owned(),
        level: Some(Level::Substantial),
        extension: Ok(extension()),
    }
}

pub(super) fn extension() -> Extension {
    Extension {
        methods: vec![Method::Eid, Method::Elster],
        attributes: vec![Requested { name: crate::bundid::BPK2.to_owned(), required: true }],
        organisation: "Stadt Musterhausen".to_owned(),
        lang: "de".to_owned(),
        back_url: "https://amt.example/sign-in".to_owned(),
        online_service: "BMI-ID".to_owned(),
    }
}

pub(super) fn statement() -> Statement {
    let said = |name: &str, text: &str| (name.to_owned(), Said::Text(text.to_owned()), Some(Level::High));
    Statement {
        subject: "_transient".to_owned(),
        context: Level::High.stork().to_owned(),
        attributes: vec![
            said(crate::bundid::BPK2, "BPK2-erika"),
            said(crate::bundid::LEVEL, Level::High.stork()),
            said("urn:oid:2.5.4.42", "Erika"),
            // Decomposed on purpose: it comes out composed.
            said("urn:oid:2.5.4.4", "Mu\u{308}ller & <Co>"),
        ],
    }
}

/// The answering side with everything usual.
pub(super) fn answering<'a>(party: &'a Party, encrypt_for: Option<&'a Certificate>) -> Answering<'a> {
    Answering {
        issuer: IDP,
        key: &party.key,
        algorithm: party.key.algorithm(),
        encrypt_for,
        ids: ("_response", "_assertion"),
        now: NOW,
    }
}

/// A response that is right in every way.
pub(super) fn good() -> String {
    answering(idp(), None).answer(&received(), &statement()).unwrap()
}

/// The same with only the assertion signed, which leaves room around it.
pub(super) fn good_inside() -> String {
    without_first_signature(&good())
}

/// Takes the signature of the response away.
pub(super) fn without_first_signature(text: &str) -> String {
    let (before, rest) = text.split_once("<ds:Signature ").unwrap();
    let (_, after) = rest.split_once("</ds:Signature>").unwrap();
    format!("{before}{after}")
}

/// What the receiving side expects and has.
fn expectations() -> &'static (Policy, [Certificate; 1], Vec<DecryptionKey>) {
    static HELD: OnceLock<(Policy, [Certificate; 1], Vec<DecryptionKey>)> = OnceLock::new();
    HELD.get_or_init(|| {
        let keys = DecryptionKey::from_pem(&sp().key_pem).into_iter().collect();
        (Policy::default(), [idp().certificate.clone()], keys)
    })
}

pub(super) fn verify_with<'e>(text: &str, change: impl FnOnce(&mut Expected<'e>)) -> Result<Answer, Fault> {
    let (policy, certificates, keys) = expectations();
    let mut expected = Expected {
        issuer: IDP,
        certificates,
        audience: SP,
        recipient: ACS,
        request: "_request",
        keys,
        policy,
        now: NOW,
    };
    change(&mut expected);
    crate::verify(text, expected)
}

pub(super) fn verify(text: &str) -> Result<Answer, Fault> {
    verify_with(text, |_| {})
}

/// Signs a whole response of the test's own making at both places.
pub(super) fn signed(text: &str, party: &Party, algorithm: Algorithm) -> String {
    crate::signature::sign(text, "_assertion", &party.key, algorithm, Some(&party.certificate)).unwrap()
}

/// A response without signatures, to be changed and signed by a test.
pub(super) fn unsigned() -> String {
    without_first_signature(&good_inside())
}
