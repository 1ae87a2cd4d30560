//! XML Encryption of one assertion for one key: RSA-OAEP around an AES key.
//!
//! Whatever goes wrong while decrypting is one and the same fault, so that nobody learns from it.

use crate::{
    Algorithm, Certificate, DecryptionKey, Fault, Policy, keys, names,
    policy::CIPHERS,
    xml::{self, Element},
};
use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    cipher::{AES_128, AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey},
    iv::FixedLength,
    rand,
    rsa::{OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use uppsala::{Document, NodeId};
use zeroize::Zeroizing;

/// More keys in one message are nonsense.
const MOST_KEYS: usize = 4;
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";
const MGF_SHA1: &str = "http://www.w3.org/2009/xmlenc11#mgf1sha1";
const MGF_SHA256: &str = "http://www.w3.org/2009/xmlenc11#mgf1sha256";

/// How the content of an encrypted assertion is encrypted, if that is allowed now.
pub(crate) fn cipher(
    document: &Document<'_>,
    encrypted: NodeId,
    policy: &Policy,
    now: i64,
) -> Result<Algorithm, Fault> {
    let data = xml::needed(document, encrypted, names::ENCRYPTION, "EncryptedData")?;
    let method = xml::needed(document, data, names::ENCRYPTION, "EncryptionMethod")?;
    policy.named(&CIPHERS, &xml::needed_attribute(document, method, "Algorithm")?, now)
}

/// The XML inside an encrypted assertion, inside an element that gives it the namespaces it may lean on.
pub(crate) fn decrypt(
    document: &Document<'_>,
    encrypted: NodeId,
    decryption: &[DecryptionKey],
    policy: &Policy,
    now: i64,
) -> Result<String, Fault> {
    let algorithm = cipher(document, encrypted, policy, now)?;
    let data = xml::needed(document, encrypted, names::ENCRYPTION, "EncryptedData")?;
    let content = cipher_value(document, data)?;
    let mut candidates = xml::children(document, encrypted, names::ENCRYPTION, "EncryptedKey");
    if let Some(info) = xml::child(document, data, names::SIGNATURE, "KeyInfo")? {
        candidates.extend(xml::children(document, info, names::ENCRYPTION, "EncryptedKey"));
    }
    if candidates.is_empty() || candidates.len() > MOST_KEYS {
        return Err(Fault::Decryption);
    }
    for candidate in candidates {
        let padding = transport(document, candidate, policy, now)?;
        let wrapped = cipher_value(document, candidate)?;
        for key in decryption {
            let plain =
                unwrap_key(key, padding, &wrapped).and_then(|secret| open(algorithm, &secret, &content));
            if let Some(plain) = plain.and_then(|it| String::from_utf8(it).ok()) {
                return Ok(surrounded(document, encrypted, &plain));
            }
        }
    }
    Err(Fault::Decryption)
}

/// Encrypts an assertion with AES-256-GCM for a certificate, or with another allowed cipher.
pub(crate) fn encrypt(assertion: &str, certificate: &Certificate) -> Result<String, Fault> {
    let failed = |_| Fault::Key("cannot encrypt for this certificate");
    let mut secret = Zeroizing::new([0u8; 32]);
    let mut nonce = [0u8; 12];
    rand::fill(secret.as_mut_slice()).and_then(|()| rand::fill(&mut nonce)).map_err(failed)?;
    let key = UnboundKey::new(&AES_256_GCM, secret.as_slice()).map_err(failed)?;
    let mut content = assertion.as_bytes().to_vec();
    let nonce_value = Nonce::assume_unique_for_key(nonce);
    LessSafeKey::new(key)
        .seal_in_place_append_tag(nonce_value, Aad::empty(), &mut content)
        .map_err(failed)?;
    let recipient = certificate.encrypting()?;
    let mut wrapped = vec![0; recipient.ciphertext_size()];
    let wrapped =
        recipient.encrypt(&OAEP_SHA256_MGF1SHA256, secret.as_slice(), &mut wrapped, None).map_err(failed)?;
    let value = |bytes: &[u8]| {
        Element::new("xenc:CipherData").child(Element::new("xenc:CipherValue").text(&STANDARD.encode(bytes)))
    };
    let transport = Element::new("xenc:EncryptionMethod")
        .attribute("Algorithm", Algorithm::OaepSha256.uri())
        .child(Element::new("ds:DigestMethod").attribute("Algorithm", Algorithm::Sha256.uri()))
        .child(
            Element::new("xenc11:MGF")
                .attribute("xmlns:xenc11", names::ENCRYPTION_11)
                .attribute("Algorithm", MGF_SHA256),
        );
    let key = Element::new("xenc:EncryptedKey").child(transport).child(value(wrapped));
    let data = Element::new("xenc:EncryptedData")
        .attribute("xmlns:xenc", names::ENCRYPTION)
        .attribute("Type", "http://www.w3.org/2001/04/xmlenc#Element")
        .child(Element::new("xenc:EncryptionMethod").attribute("Algorithm", Algorithm::Aes256Gcm.uri()))
        .child(Element::new("ds:KeyInfo").attribute("xmlns:ds", names::SIGNATURE).child(key))
        .child(value(&[&nonce, content.as_slice()].concat()));
    Ok(Element::new("saml:EncryptedAssertion").child(data).write())
}

/// How the key of the content is encrypted.
fn transport(document: &Document<'_>, key: NodeId, policy: &Policy, now: i64) -> Result<Algorithm, Fault> {
    let method = xml::needed(document, key, names::ENCRYPTION, "EncryptionMethod")?;
    let uri = xml::needed_attribute(document, method, "Algorithm")?;
    let of = |node: Option<NodeId>| {
        node.and_then(|it| xml::attribute(document, it, "Algorithm")).map(ToOwned::to_owned)
    };
    let digest = of(xml::child(document, method, names::SIGNATURE, "DigestMethod")?);
    let digest = digest.unwrap_or_else(|| SHA1.to_owned());
    let mask =
        of(xml::child(document, method, names::ENCRYPTION_11, "MGF")?).unwrap_or_else(|| MGF_SHA1.to_owned());
    if xml::child(document, method, names::ENCRYPTION, "OAEPparams")?.is_some() {
        return Err(Fault::Misplaced("OAEPparams"));
    }
    let newer = uri == Algorithm::OaepSha256.uri();
    let older = uri == Algorithm::OaepSha1.uri();
    let found = if newer && digest == Algorithm::Sha256.uri() && mask == MGF_SHA256 {
        Algorithm::OaepSha256
    } else if (newer || older) && digest == SHA1 && mask == MGF_SHA1 {
        Algorithm::OaepSha1
    } else {
        return Err(Fault::Algorithm(format!("{uri} ({digest}, {mask})").chars().take(200).collect()));
    };
    policy.check(found, now).map(|()| found)
}

fn unwrap_key(key: &DecryptionKey, padding: Algorithm, wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let padding = if padding == Algorithm::OaepSha1 { &OAEP_SHA1_MGF1SHA1 } else { &OAEP_SHA256_MGF1SHA256 };
    let mut room = Zeroizing::new(vec![0; key.0.min_output_size()]);
    let secret = key.0.decrypt(padding, wrapped, &mut room, None).ok()?;
    Some(Zeroizing::new(secret.to_vec()))
}

fn open(algorithm: Algorithm, secret: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    match algorithm {
        Algorithm::Aes128Gcm | Algorithm::Aes256Gcm => {
            let kind = if algorithm == Algorithm::Aes128Gcm { &AES_128_GCM } else { &AES_256_GCM };
            let (nonce, sealed) = content.split_at_checked(12)?;
            let key = LessSafeKey::new(UnboundKey::new(kind, secret).ok()?);
            let mut plain = sealed.to_vec();
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let length = key.open_in_place(nonce, Aad::empty(), &mut plain).ok()?.len();
            plain.truncate(length);
            Some(plain)
        }
        Algorithm::Aes128Cbc | Algorithm::Aes256Cbc => {
            let kind = if algorithm == Algorithm::Aes128Cbc { &AES_128 } else { &AES_256 };
            let (vector, sealed) = content.split_at_checked(16)?;
            let key = UnboundCipherKey::new(kind, secret).ok()?;
            let key = PaddedBlockDecryptingKey::cbc_iso10126(key).ok()?;
            let vector = DecryptionContext::Iv128(FixedLength::from(<[u8; 16]>::try_from(vector).ok()?));
            let mut plain = sealed.to_vec();
            let length = key.decrypt(&mut plain, vector).ok()?.len();
            plain.truncate(length);
            Some(plain)
        }
        _ => None,
    }
}

fn cipher_value(document: &Document<'_>, node: NodeId) -> Result<Vec<u8>, Fault> {
    let data = xml::needed(document, node, names::ENCRYPTION, "CipherData")?;
    let value = xml::needed(document, data, names::ENCRYPTION, "CipherValue")?;
    keys::unspaced(&xml::text(document, value, "CipherValue")?).ok_or(Fault::Unreadable("CipherValue"))
}

/// Puts the decrypted text into an element with all namespaces of the place it stood in.
fn surrounded(document: &Document<'_>, place: NodeId, plain: &str) -> String {
    let mut spaces: Vec<(String, String)> = Vec::new();
    let mut at = Some(place);
    while let Some(node) = at {
        for (prefix, uri) in
            document.element(node).map(|it| it.namespace_declarations.clone()).unwrap_or_default()
        {
            if !spaces.iter().any(|(known, _)| *known == *prefix) {
                spaces.push((prefix.into_owned(), uri.into_owned()));
            }
        }
        at = document.parent(node);
    }
    let named = |(prefix, uri): &(String, String)| {
        let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        (name, uri.clone())
    };
    let surrounding =
        spaces.iter().map(named).fold(Element::new("decrypted"), |it, (name, uri)| it.attribute(&name, &uri));
    // An XML declaration may stand at the start of what was encrypted; it is not allowed inside an element.
    let plain = plain.trim_start();
    let plain =
        if plain.starts_with("<?xml ") { plain.split_once("?>").map_or(plain, |(_, it)| it) } else { plain };
    surrounding.raw(plain).write()
}
