//! A second opinion: `xmlsec1` judges what we sign, and we judge what it signs and encrypts. Skipped where it is missing.

use super::{NOW, elliptic, good, idp, signed, sp, unsigned, verify_with, without_first_signature};
use crate::{Algorithm, Policy, names, xml};
use std::{fs, path::Path, process::Command};

fn xmlsec1(folder: &Path, arguments: &[&str]) -> Option<(bool, String)> {
    let ran = Command::new("xmlsec1").args(arguments).current_dir(folder).output();
    let Ok(ran) = ran else {
        println!("xmlsec1 is not installed: no second opinion");
        return None;
    };
    Some((ran.status.success(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned()))
}

/// A folder with the keys of both sides and one message.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("idp.key", &idp().key_pem);
    write("idp.crt", &idp().certificate_pem);
    write("ec.key", &elliptic().key_pem);
    write("ec.crt", &elliptic().certificate_pem);
    write("sp.crt", &sp().certificate_pem);
    write("message.xml", text);
    folder
}

const ASSERTION_ID: &str = "urn:oasis:names:tc:SAML:2.0:assertion:Assertion";
const RESPONSE_ID: &str = "urn:oasis:names:tc:SAML:2.0:protocol:Response";

#[test]
fn what_we_sign_is_right() {
    for (party, certificate, algorithm) in [
        (idp(), "idp.crt", Algorithm::RsaSha256),
        (idp(), "idp.crt", Algorithm::RsaSha512),
        (elliptic(), "ec.crt", Algorithm::EcdsaSha256),
    ] {
        let text = crate::signature::sign(
            &signed(&unsigned(), party, algorithm),
            "_response",
            &party.key,
            algorithm,
            None,
        )
        .unwrap();
        let folder = folder(&text);
        let check = |text: &str| {
            fs::write(folder.path().join("message.xml"), text).unwrap();
            let arguments = [
                "--verify",
                "--id-attr:ID",
                RESPONSE_ID,
                "--id-attr:ID",
                ASSERTION_ID,
                "--pubkey-cert-pem",
                certificate,
                "message.xml",
            ];
            xmlsec1(folder.path(), &arguments)
        };
        let Some((right, said)) = check(&text) else { return };
        assert!(right, "{algorithm:?}: {said}");
        let inside = without_first_signature(&text);
        assert!(check(&inside).unwrap().0, "the assertion alone");
        assert!(!check(&inside.replace("Erika", "Erich")).unwrap().0, "a change is noticed");
    }
}

/// RSA-PSS is unknown to this xmlsec1, so OpenSSL judges the value over the canonical bytes.
#[test]
fn what_we_sign_with_pss_is_right() {
    let text = good();
    let document = xml::parse(&text).unwrap();
    let response = document.document_element().unwrap();
    let made = crate::signature::of(&document, response).unwrap().unwrap();
    let info = xml::needed(&document, made, names::SIGNATURE, "SignedInfo").unwrap();
    let bytes = xml::canonical(&document, info, None, &[]).unwrap();
    let value = xml::needed(&document, made, names::SIGNATURE, "SignatureValue").unwrap();
    let value = crate::keys::unspaced(&xml::text(&document, value, "SignatureValue").unwrap()).unwrap();
    let folder = folder(&text);
    fs::write(folder.path().join("info"), bytes).unwrap();
    fs::write(folder.path().join("value"), value).unwrap();
    let extract = "openssl x509 -in idp.crt -pubkey -noout > idp.pub && openssl dgst -sha256 -verify idp.pub \
                   -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -signature value info";
    let Ok(ran) = Command::new("sh").args(["-c", extract]).current_dir(folder.path()).output() else {
        return;
    };
    if ran.status.code() == Some(127) {
        println!("openssl is not installed: no second opinion");
        return;
    }
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A template for `xmlsec1 --sign`, where the signature will stand.
fn template(id: &str, algorithm: Algorithm, prefixes: &str) -> String {
    let list = if prefixes.is_empty() {
        String::new()
    } else {
        format!("<ec:InclusiveNamespaces xmlns:ec=\"{}\" PrefixList=\"{prefixes}\"/>", names::EXCLUSIVE)
    };
    format!(
        "<ds:Signature xmlns:ds=\"{}\">\n<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{exclusive}\"/>\
         <ds:SignatureMethod Algorithm=\"{}\"/><ds:Reference URI=\"#{id}\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{}\"/><ds:Transform Algorithm=\"{exclusive}\">{list}</ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{}\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>\n<ds:SignatureValue/>\
         </ds:Signature>",
        names::SIGNATURE,
        algorithm.uri(),
        names::ENVELOPED,
        Algorithm::Sha512.uri(),
        exclusive = names::EXCLUSIVE,
    )
}

#[test]
fn what_xmlsec1_signs_is_taken() {
    let policy = Policy::default().with_pkcs1_until(NOW);
    for (party, key, algorithm, prefixes) in [
        (idp(), "idp.key,idp.crt", Algorithm::RsaSha256, ""),
        (idp(), "idp.key,idp.crt", Algorithm::RsaSha512, "xs saml #default"),
        (elliptic(), "ec.key,ec.crt", Algorithm::EcdsaSha256, "xs"),
    ] {
        // White space, single quotes, character references and a default namespace as other writers have them.
        let bare = unsigned()
            .replace(
                "<saml:Assertion ",
                "\n  <saml:Assertion xmlns:xs='http://www.w3.org/2001/XMLSchema'\n xmlns=\"urn:x\" ",
            )
            .replace("Erika", "Erik&#x61; &gt; <![CDATA[ä & ö]]>")
            .replace("<saml:Subject>", "\r\n\t<saml:Subject>");
        let at = bare.find("<saml:Assertion").unwrap();
        let place = at + bare[at..].find("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
        let text =
            format!("{}{}{}", &bare[..place], template("_assertion", algorithm, prefixes), &bare[place..]);
        let folder = folder(&text);
        let arguments = [
            "--sign",
            "--id-attr:ID",
            ASSERTION_ID,
            "--privkey-pem",
            key,
            "--output",
            "signed.xml",
            "message.xml",
        ];
        let Some((right, said)) = xmlsec1(folder.path(), &arguments) else { return };
        assert!(right, "{said}");
        let made = fs::read_to_string(folder.path().join("signed.xml")).unwrap();
        let certificates = [party.certificate.clone()];
        let answer = verify_with(&made, |it| {
            it.policy = &policy;
            it.certificates = &certificates;
        });
        let answer = answer.unwrap_or_else(|it| panic!("{algorithm:?}: {it}\n{made}"));
        assert_eq!(answer.text("urn:oid:2.5.4.42"), Some("Erika > ä & ö"));
        let changed = made.replace("Erika", "Erich").replace("Erik&#x61;", "Erich");
        assert!(verify_with(&changed, |it| (it.policy, it.certificates) = (&policy, &certificates)).is_err());
    }
}

#[test]
fn what_xmlsec1_encrypts_is_read() {
    let text = signed(&unsigned(), idp(), Algorithm::RsaPssSha256);
    let (start, end) = (text.find("<saml:Assertion").unwrap(), text.find("</samlp:Response>").unwrap());
    let assertion = &text[start..end];
    for (cipher, key) in [
        (Algorithm::Aes256Gcm, "aes-256"),
        (Algorithm::Aes128Gcm, "aes-128"),
        (Algorithm::Aes256Cbc, "aes-256"),
    ] {
        let folder = folder(&text);
        let template = format!(
            "<xenc:EncryptedData xmlns:xenc=\"{}\" Type=\"http://www.w3.org/2001/04/xmlenc#Element\">\
             <xenc:EncryptionMethod Algorithm=\"{}\"/><ds:KeyInfo xmlns:ds=\"{}\"><xenc:EncryptedKey>\
             <xenc:EncryptionMethod Algorithm=\"{}\"/><xenc:CipherData><xenc:CipherValue/></xenc:CipherData>\
             </xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>",
            names::ENCRYPTION,
            cipher.uri(),
            names::SIGNATURE,
            Algorithm::OaepSha1.uri(),
        );
        fs::write(folder.path().join("template.xml"), template).unwrap();
        fs::write(folder.path().join("assertion.xml"), assertion).unwrap();
        let arguments = [
            "--encrypt",
            "--pubkey-cert-pem",
            "sp.crt",
            "--session-key",
            key,
            "--xml-data",
            "assertion.xml",
            "--output",
            "sealed.xml",
            "template.xml",
        ];
        let Some((right, said)) = xmlsec1(folder.path(), &arguments) else { return };
        assert!(right, "{said}");
        let sealed = fs::read_to_string(folder.path().join("sealed.xml")).unwrap();
        let sealed = sealed.split_once("?>").map_or(sealed.clone(), |(_, it)| it.to_owned());
        let whole =
            text.replace(assertion, &format!("<saml:EncryptedAssertion>{sealed}</saml:EncryptedAssertion>"));
        // CBC is taken only inside a signed response.
        let whole =
            crate::signature::sign(&whole, "_response", &idp().key, Algorithm::RsaPssSha256, None).unwrap();
        let policy = Policy::default().with_cbc_until(NOW);
        let answer =
            verify_with(&whole, |it| it.policy = &policy).unwrap_or_else(|it| panic!("{cipher:?}: {it}"));
        assert_eq!(answer.text("urn:oid:2.5.4.42"), Some("Erika"));
    }
}
