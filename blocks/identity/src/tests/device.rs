//! A device with passkeys, in software: as little of WebAuthn as a test needs (attestation `none` or `packed`, ES256).

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::Value as Cbor;
use serde_json::{Value, json};

pub struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    handle: String,
    pub counter: u32,
    /// The origin that it tells the server; a phishing site has another one.
    pub origin: String,
    pub verifies: bool,
    /// Who attests that it made the device.
    pub maker: Option<Maker>,
}

/// A maker of devices: its root certificate, and the key and certificate with which devices attest (WebAuthn, section 8.2.1).
pub struct Maker {
    pub root: String,
    certificate: Vec<u8>,
    key: rcgen::KeyPair,
}

impl Maker {
    pub fn new() -> Self {
        let named = |entries: &[(rcgen::DnType, &str)]| {
            let mut it = rcgen::CertificateParams::default();
            it.distinguished_name = rcgen::DistinguishedName::new();
            for (kind, value) in entries {
                it.distinguished_name.push(kind.clone(), *value);
            }
            it
        };
        let root_key = rcgen::KeyPair::generate().unwrap();
        let mut root = named(&[(rcgen::DnType::CommonName, "Trial Maker Root")]);
        root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        root.key_usages = vec![rcgen::KeyUsagePurpose::KeyCertSign];
        let root_pem = root.self_signed(&root_key).unwrap().pem();
        let issuer = rcgen::Issuer::new(root, root_key);
        let key = rcgen::KeyPair::generate().unwrap();
        let mut leaf = named(&[
            (rcgen::DnType::CountryName, "DE"),
            (rcgen::DnType::OrganizationName, "Trial Maker"),
            (rcgen::DnType::OrganizationalUnitName, "Authenticator Attestation"),
            (rcgen::DnType::CommonName, "Trial Device"),
        ]);
        leaf.is_ca = rcgen::IsCa::ExplicitNoCa;
        leaf.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
        let certificate = leaf.signed_by(&key, &issuer).unwrap().der().to_vec();
        Self { root: root_pem, certificate, key }
    }

    fn attest(&self, data: &[u8], client: &str) -> Cbor {
        let hash = digest::digest(&digest::SHA256, client.as_bytes());
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &self.key.serialize_der()).unwrap();
        let signed = [data, hash.as_ref()].concat();
        let signature = pair.sign(&SystemRandom::new(), &signed).unwrap();
        let text = |it: &str| Cbor::Text(it.to_owned());
        Cbor::Map(vec![
            (text("alg"), Cbor::Integer((-7).into())),
            (text("sig"), Cbor::Bytes(signature.as_ref().to_vec())),
            (text("x5c"), Cbor::Array(vec![Cbor::Bytes(self.certificate.clone())])),
        ])
    }
}

impl Device {
    pub fn new(id: u8) -> Self {
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref()).unwrap(),
            id: vec![id; 32],
            handle: String::new(),
            counter: 0,
            origin: "http://localhost:8080".to_owned(),
            verifies: true,
            maker: None,
        }
    }

    pub fn create(&mut self, options: &Value) -> Value {
        let options = &options["publicKey"];
        self.handle = options["user"]["id"].as_str().unwrap().to_owned();
        let point = self.key.public_key().as_ref();
        let int = |it: i64| Cbor::Integer(it.into());
        let key = Cbor::Map(vec![
            (int(1), int(2)),
            (int(3), int(-7)),
            (int(-1), int(1)),
            (int(-2), Cbor::Bytes(point[1..33].to_vec())),
            (int(-3), Cbor::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.head(0x40);
        data.extend([u8::from(self.maker.is_some()); 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&key, &mut data).unwrap();
        let mut object = Vec::new();
        let text = |it: &str| Cbor::Text(it.to_owned());
        let client = self.client("webauthn.create", &options["challenge"]);
        let (format, statement) = match &self.maker {
            Some(maker) => ("packed", maker.attest(&data, &client)),
            None => ("none", Cbor::Map(Vec::new())),
        };
        let map = vec![
            (text("fmt"), text(format)),
            (text("attStmt"), statement),
            (text("authData"), Cbor::Bytes(data)),
        ];
        ciborium::into_writer(&Cbor::Map(map), &mut object).unwrap();
        json!({
            "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key",
            "response": { "attestationObject": b64(&object), "clientDataJSON": b64(client.as_bytes()) },
        })
    }

    pub fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client = self.client("webauthn.get", &options["publicKey"]["challenge"]);
        let data = self.head(0);
        let hash = digest::digest(&digest::SHA256, client.as_bytes());
        let signed = [data.as_slice(), hash.as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key",
            "response": {
                "authenticatorData": b64(&data), "clientDataJSON": b64(client.as_bytes()),
                "signature": b64(signature.as_ref()), "userHandle": self.handle,
            },
        })
    }

    fn client(&self, kind: &str, challenge: &Value) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let mut data = digest::digest(&digest::SHA256, b"localhost").as_ref().to_vec();
        data.push(flags | 0x01 | if self.verifies { 0x04 } else { 0 });
        data.extend(self.counter.to_be_bytes());
        data
    }
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
