//! What bodies must look like, beyond being JSON of the right shape.

use crate::{
    Config,
    model::{Opening, StoredContent, Version},
    names::fault,
    rules::callback::Reach,
};
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fitconnect::{
    event::AuthenticationTags,
    jwe::{JweRule, JweShape, JweShapeFault},
};
use kernel::{Error, Lang, Result, Text};
use ports::{delivery::SealedContent, ids::AttachmentId};
use std::collections::{BTreeMap, BTreeSet};

const PUBLIC_SERVICE: Text = Text {
    de: "Eine Leistung wird mit einem URN von 7 bis 255 Zeichen genannt, zum Beispiel urn:de:fim:leika:leistung:99115005104000.",
    en: "A public service is named by a URN of 7 to 255 characters, for example urn:de:fim:leika:leistung:99115005104000.",
};
const LONG: Text =
    Text { de: "Höchstens 2.000 Zeichen sind erlaubt.", en: "At most 2,000 characters are allowed." };
const REGION: Text = Text {
    de: "Eine Region ist DE und ein Regionalschlüssel von 0 bis 12 Ziffern.",
    en: "A region is DE and a region key of 0 to 12 digits.",
};
const SECRET: Text =
    Text { de: "Ein Geheimnis hat 32 bis 512 Zeichen.", en: "A secret has 32 to 512 characters." };

/// Checks what a submission is opened with; the announced attachments lose their duplicates (some senders announce
/// the same id several times).
pub fn opening(
    mut opening: Opening,
    pointer: &'static str,
    config: &Config,
    reach: Reach,
    lang: Lang,
) -> Result<Opening> {
    if !is_public_service(&opening.public_service) {
        return Err(fault::BAD_FIELD
            .with("reason", PUBLIC_SERVICE.get(lang))
            .at(format!("/{pointer}/identifier")));
    }
    for (text, name) in [
        (Some(&opening.public_service_name), "name"),
        (opening.public_service_description.as_ref(), "description"),
    ] {
        if text.is_some_and(|it| it.chars().count() > 2000) {
            return Err(fault::BAD_FIELD.with("reason", LONG.get(lang)).at(format!("/{pointer}/{name}")));
        }
    }
    if let Some(region) = &opening.region {
        let digits = region.strip_prefix("DE").unwrap_or("-");
        if digits.len() > 12 || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return Err(fault::BAD_FIELD.with("reason", REGION.get(lang)).at("/region"));
        }
    }
    if let Some(callback) = &opening.callback {
        super::callback::check_url(&callback.url, reach)
            .map_err(|it| fault::BAD_FIELD.with("reason", it.get(lang)).at("/callback/url"))?;
        if !(32..=512).contains(&callback.secret.chars().count()) {
            return Err(fault::BAD_FIELD.with("reason", SECRET.get(lang)).at("/callback/secret"));
        }
    }
    opening.announced = announced(opening.announced, config)?;
    Ok(opening)
}

/// The announced attachments without duplicates, in their order; not too many.
pub fn announced(ids: Vec<AttachmentId>, config: &Config) -> Result<Vec<AttachmentId>> {
    let mut seen = BTreeSet::new();
    let unique: Vec<_> = ids.into_iter().filter(|it| seen.insert(it.clone())).collect();
    if unique.len() > config.announced_attachments {
        return Err(fault::TOO_MANY_ATTACHMENTS
            .with("found", unique.len())
            .with("limit", config.announced_attachments)
            .at("/announcedAttachments"));
    }
    Ok(unique)
}

/// A URN of 7 to 255 characters (Submission API 1.1.3, schema `ServiceType`; the pattern there is for lower case).
fn is_public_service(urn: &str) -> bool {
    let parts = urn.strip_prefix("urn:").and_then(|it| it.split_once(':'));
    let fits = |(space, name): (&str, &str)| {
        (1..=32).contains(&space.len())
            && space.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !space.starts_with('-')
            && !name.is_empty()
            && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"()+,.:=@;$_!*'%/?#-".contains(&it))
    };
    (7..=255).contains(&urn.len()) && parts.is_some_and(fits)
}

/// What is stored of a content, once its JWEs are well formed and, in version 2, say what they contain.
pub fn sealed(content: SealedContent, version: Version) -> Result<StoredContent> {
    let metadata = jwe(&content.encrypted_metadata, version, "/encryptedMetadata")?;
    let data = content.encrypted_data.as_deref().map(|it| jwe(it, version, "/encryptedData")).transpose()?;
    if version == Version::V2 && data.is_none() {
        return Err(fault::DATA_MISSING.at("/encryptedData"));
    }
    let tags = AuthenticationTags { metadata, data, attachments: BTreeMap::new() };
    Ok(StoredContent {
        digest: fingerprint(&content),
        tags: serde_json::to_string(&tags).map_err(|it| kernel::fault::INTERNAL.because(it))?,
        metadata: content.encrypted_metadata,
        data: content.encrypted_data,
    })
}

/// The tag of a JWE that keeps the rules of a version.
fn jwe(compact: &str, version: Version, pointer: &'static str) -> Result<String> {
    let shape = JweShape::parse(compact)
        .map_err(|it| jwe_fault(compact_segment(compact, it.position), it).at(pointer))?;
    if version == Version::V2 {
        if shape.header.zip.is_some() {
            return Err(fault::COMPRESSED.at(pointer));
        }
        let found = shape.header.cty.as_deref().unwrap_or("–");
        let essence = found.split(';').next().unwrap_or_default().trim();
        if !["application/json", "application/xml"].contains(&essence) {
            return Err(fault::BAD_CONTENT_TYPE.with("found", clip(found)).at(pointer));
        }
    }
    Ok(shape.tag().to_owned())
}

/// Says which rule of the compact form is broken, and where.
pub fn jwe_fault(segment: usize, broken: JweShapeFault) -> Error {
    let english = broken.rule.to_string();
    let german = german(broken.rule).unwrap_or(&english);
    let error = Error::from(fault::BAD_JWE).worded("reason", german, &english);
    error.with("segment", segment).with("byte", broken.position)
}

/// A rule of the compact form in German.
const fn german(rule: JweRule) -> Option<&'static str> {
    Some(match rule {
        JweRule::Segments => "Ein kompaktes JWE hat fünf Abschnitte mit Punkten dazwischen.",
        JweRule::Charset => "Erlaubt sind nur Zeichen von Base64url, ohne Füllzeichen.",
        JweRule::Encoding => "Ein Abschnitt ist kein gültiges Base64url (Länge oder letzte Bits).",
        JweRule::HeaderLength => "Der geschützte Kopf ist zu lang; erlaubt sind 16384 Zeichen.",
        JweRule::Header => "Der geschützte Kopf muss ein JSON-Objekt mit den Texten alg und enc sein.",
        JweRule::Algorithm => "alg muss RSA-OAEP-256 sein.",
        JweRule::Encryption => "enc muss A256GCM sein.",
        JweRule::Compression => "zip darf nur DEF sein.",
        JweRule::Critical => "Kritische Erweiterungen des Kopfes (crit) werden nicht unterstützt.",
        JweRule::KeyLength => {
            "Der verschlüsselte Schlüssel muss 512 Byte haben (RSA-4096), bei größeren Schlüsseln bis 1024."
        }
        JweRule::IvLength => "Der Initialisierungsvektor muss 12 Byte haben.",
        JweRule::TagLength => "Die Prüfsumme (Authentication Tag) muss 16 Byte haben.",
        _ => return None,
    })
}

/// The segment (counted from 1) that a byte of a compact JWE lies in.
pub fn compact_segment(compact: &str, position: u64) -> usize {
    let before = usize::try_from(position).unwrap_or(usize::MAX).min(compact.len());
    1 + compact.bytes().take(before).filter(|it| *it == b'.').count()
}

/// A fingerprint of a content: the same request can be told from another one.
fn fingerprint(content: &SealedContent) -> String {
    let mut hash = digest::Context::new(&digest::SHA256);
    hash.update(content.encrypted_metadata.as_bytes());
    // A dot-free separator: no JWE contains it, so that nothing can move from one part to the other.
    hash.update(b"\n");
    hash.update(content.encrypted_data.as_deref().unwrap_or_default().as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finish())
}

fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> AttachmentId {
        format!("00000000-0000-0000-0000-{number:012}").parse().unwrap()
    }

    #[test]
    fn the_same_id_announced_twice_is_one_attachment() {
        let config = Config { announced_attachments: 2, ..Config::default() };
        let found = announced(vec![id(2), id(1), id(2), id(2)], &config).unwrap();
        assert_eq!(found, [id(2), id(1)]);
        let error = announced(vec![id(1), id(2), id(3)], &config).unwrap_err();
        assert_eq!(error.code(), fault::TOO_MANY_ATTACHMENTS);
        assert_eq!(error.pointer(), Some("/announcedAttachments"));
    }

    #[test]
    fn a_public_service_is_a_urn() {
        let long = format!("urn:de:{}", "a".repeat(249));
        for (urn, fits) in [
            ("urn:de:fim:leika:leistung:99115005104000", true),
            ("urn:a:b", true),
            ("urn:x-test:Größe", false),
            ("urn:de", false),
            ("urn::abc", false),
            ("urn:-de:abc", false),
            ("99115005104000", false),
            ("", false),
            (&long, false),
        ] {
            assert_eq!(is_public_service(urn), fits, "{urn}");
        }
    }

    #[test]
    fn a_broken_jwe_is_named_by_segment_and_byte() {
        assert_eq!(compact_segment("aa.bb.cc", 0), 1);
        assert_eq!(compact_segment("aa.bb.cc", 4), 2);
        assert_eq!(compact_segment("aa.bb.cc", 99), 3);
        let content = SealedContent { encrypted_metadata: "eyJ9.a".to_owned(), encrypted_data: None };
        let error = sealed(content, Version::V1).unwrap_err();
        assert_eq!(error.code(), fault::BAD_JWE);
        assert_eq!(error.pointer(), Some("/encryptedMetadata"));
    }
}
