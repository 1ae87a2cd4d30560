//! Answers that are taken, and everything that is not.

use super::{
    ACS, NOW, SECOND, SP, answering, attacker, good, good_inside, idp, received, signed, sp, statement,
    unsigned, verify, verify_with,
};
use crate::{
    Algorithm, Fault, Level, Status, bundid,
    idp::{Said, Statement},
    muk, names,
};

#[test]
fn a_good_answer_says_who_it_is() {
    let answer = verify(&good()).unwrap();
    assert_eq!(answer.assertion, "_assertion");
    assert_eq!(answer.remember_until, NOW + 360 * SECOND);
    let person = bundid::person(&answer).unwrap();
    assert_eq!(person.pseudonym, "BPK2-erika");
    assert_eq!(person.level, Level::High);
    assert_eq!(
        person.values,
        [
            ("given_name", "Erika".to_owned(), Some(Level::High)),
            ("family_name", "M\u{fc}ller & <Co>".to_owned(), Some(Level::High)),
        ]
    );
    assert_eq!(verify(&good_inside()).unwrap(), answer);
}

#[test]
fn an_encrypted_answer_says_the_same() {
    let sealed = answering(idp(), Some(&sp().certificate)).answer(&received(), &statement()).unwrap();
    assert!(!sealed.contains("Erika") && sealed.contains("EncryptedAssertion"));
    assert_eq!(verify(&sealed).unwrap(), verify(&good()).unwrap());
    assert_eq!(verify_with(&sealed, |it| it.keys = &[]), Err(Fault::Decryption));
    let for_others =
        answering(idp(), Some(&attacker().certificate)).answer(&received(), &statement()).unwrap();
    assert_eq!(verify(&for_others), Err(Fault::Decryption));
    // Encryption does not make anybody known: an unsigned assertion stays unsigned when it is encrypted.
    let bare = unsigned();
    let assertion = &bare[bare.find("<saml:Assertion").unwrap()..bare.find("</samlp:Response>").unwrap()];
    let sealed = crate::encryption::encrypt(assertion, &sp().certificate).unwrap();
    assert_eq!(verify(&bare.replace(assertion, &sealed)), Err(Fault::Unsigned));
}

#[test]
fn what_nobody_signed_is_refused() {
    assert_eq!(verify(&unsigned()), Err(Fault::Unsigned));
    assert_eq!(verify(&good_inside().replace("Erika", "Erich")), Err(Fault::Digest));
    assert_eq!(verify(&good().replace("Erika", "Erich")), Err(Fault::Digest));
    // A changed value of the signature itself.
    let text = good_inside();
    let at = text.find("<ds:SignatureValue>").unwrap() + 30;
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
    assert_eq!(verify(&changed), Err(Fault::Signature));
}

#[test]
fn a_key_that_comes_along_is_not_trusted() {
    let text = signed(&unsigned(), attacker(), Algorithm::RsaPssSha256);
    assert!(text.contains("<ds:X509Certificate>"));
    assert_eq!(verify(&text), Err(Fault::Signature));
    let ours = signed(&unsigned(), idp(), Algorithm::RsaPssSha256);
    assert!(verify(&ours).is_ok());
}

#[test]
fn comments_do_not_cut_names() {
    // Signed as it stands, comment included: canonicalization would leave it out, so the signature alone says nothing.
    let text = unsigned().replace(">_transient<", ">admin<!-- -->.evil<");
    assert!(text.contains("admin<!--"));
    assert_eq!(verify(&text), Err(Fault::Comment));
    let name = good_inside().replace(">_transient<", ">_trans<!-- x -->ient<");
    assert_eq!(verify(&name), Err(Fault::Comment));
    let instruction = good_inside().replace(">_transient<", ">_trans<?x y?>ient<");
    assert_eq!(verify(&instruction), Err(Fault::Comment));
    // Inside an encrypted assertion too.
    let plain = unsigned();
    let plain = &plain[plain.find("<saml:Assertion").unwrap()..plain.find("</samlp:Response>").unwrap()];
    let sealed =
        crate::encryption::encrypt(&plain.replace(">_transient<", ">a<!-- -->b<"), &sp().certificate)
            .unwrap();
    assert_eq!(verify(&unsigned().replace(plain, &sealed)), Err(Fault::Comment));
}

#[test]
fn document_types_and_entities_are_refused() {
    let doctypes = [
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE x [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">]>",
    ];
    for doctype in doctypes {
        assert_eq!(verify(&format!("{doctype}{}", good())), Err(Fault::Doctype));
    }
    let unknown = good_inside().replace(">_transient<", ">&xxe;<");
    assert!(matches!(verify(&unknown), Err(Fault::Xml(_))));
    assert!(matches!(verify(&"<a>".repeat(10_000)), Err(Fault::Xml(_))));
    let large = good().replace("</samlp:Response>", &format!("{}</samlp:Response>", " ".repeat(600_000)));
    assert!(matches!(verify(&large), Err(Fault::TooLarge(_))));
    assert!(matches!(verify("kein XML"), Err(Fault::Xml(_))));
}

#[test]
fn what_only_keeps_a_core_busy_is_not_parsed() {
    let with = |inside: &str| good().replacen("</samlp:Status>", &format!("</samlp:Status>{inside}"), 1);
    let many = |count: usize| -> String { (0..count).map(|it| format!(" a{it}=\"\"")).collect() };
    let said = |text: String| match verify(&text) {
        Err(Fault::Xml(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(said(with(&format!("<samlp:Extensions{}/>", many(101)))), "more than 100 attributes");
    assert_eq!(said(with(&"<a/>".repeat(10_000))), "more than 10000 tags");
    // What fits is parsed, and refused because nobody signed it.
    let fits = with(&format!("<samlp:Extensions{}/>", many(100)));
    assert_eq!(verify(&fits), Err(Fault::Digest));
}

#[test]
fn only_what_is_meant_for_us_is_taken() {
    let text = good();
    assert_eq!(verify_with(&text, |it| it.audience = "https://other.example"), Err(Fault::Audience));
    assert_eq!(verify_with(&text, |it| it.recipient = "https://other.example/acs"), Err(Fault::Destination));
    assert_eq!(verify_with(&text, |it| it.request = "_another"), Err(Fault::InResponseTo));
    assert_eq!(verify_with(&text, |it| it.issuer = "https://other.example"), Err(Fault::Issuer));
    // The same guards inside the assertion, with a changed but well signed one.
    let change = |from: &str, to: &str| {
        let head = unsigned();
        let at = head.find("<saml:Assertion").unwrap();
        let inside = head[at..].replace(from, to);
        assert_ne!(inside, head[at..], "{from} is not there");
        verify(&signed(&format!("{}{inside}", &head[..at]), idp(), Algorithm::RsaPssSha256))
    };
    assert_eq!(change(ACS, "https://other.example/acs"), Err(Fault::Recipient));
    assert_eq!(change("InResponseTo=\"_request\"", "InResponseTo=\"_another\""), Err(Fault::InResponseTo));
    assert_eq!(change(" InResponseTo=\"_request\"", ""), Err(Fault::InResponseTo));
    assert_eq!(change(SP, "https://other.example"), Err(Fault::Audience));
    assert_eq!(change(super::IDP, "https://other.example"), Err(Fault::Issuer));
    assert_eq!(change("cm:bearer", "cm:holder-of-key"), Err(Fault::Confirmation));
    assert_eq!(
        change("<saml:AudienceRestriction>", "<saml:OneTimeUse></saml:OneTimeUse><saml:AudienceRestriction>")
            .err(),
        None
    );
    let start =
        format!("<saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction>");
    assert_eq!(change(&start, ""), Err(Fault::Audience));
    assert_eq!(
        change("SessionIndex=", "SessionNotOnOrAfter=\"2026-11-21T11:00:00Z\" SessionIndex="),
        Err(Fault::Expired)
    );
    assert_eq!(
        change(
            "NotOnOrAfter=\"2026-11-21T12:05:00Z\" Recipient",
            "NotBefore=\"2026-11-21T11:00:00Z\" NotOnOrAfter=\"2026-11-21T12:05:00Z\" Recipient"
        ),
        Err(Fault::Misplaced("NotBefore"))
    );
    assert_eq!(change("saml:NameID", "saml:BaseID"), Err(Fault::Missing("NameID")));
    // Each of the two ends counts by itself.
    let end = "NotOnOrAfter=\"2026-11-21T12:05:00Z\"";
    let over = "NotOnOrAfter=\"2026-11-21T11:55:00Z\"";
    assert_eq!(change(&format!("{end} Recipient"), &format!("{over} Recipient")), Err(Fault::Expired));
    assert_eq!(
        change(&format!("{end}><saml:Audience"), &format!("{over}><saml:Audience")),
        Err(Fault::Expired)
    );
    // The unsigned envelope is looked at too, though only the assertion counts.
    let envelope = |from: &str, to: &str| verify(&good_inside().replacen(from, to, 1));
    assert_eq!(envelope("InResponseTo=\"_request\"", "InResponseTo=\"_another\""), Err(Fault::InResponseTo));
    assert_eq!(envelope(super::IDP, "https://other.example"), Err(Fault::Issuer));
}

#[test]
fn times_are_kept() {
    let text = good();
    assert_eq!(verify_with(&text, |it| it.now = NOW + 361 * SECOND), Err(Fault::Expired));
    assert!(verify_with(&text, |it| it.now = NOW + 359 * SECOND).is_ok());
    assert_eq!(verify_with(&text, |it| it.now = NOW - 70 * SECOND), Err(Fault::Early));
}

#[test]
fn ids_are_unique_and_attributes_too() {
    let twice = good_inside().replace("<saml:Subject>", "<saml:Subject ID=\"_assertion\">");
    assert_eq!(verify(&twice), Err(Fault::IdTwice));
    let mut said = statement();
    said.attributes.push((bundid::BPK2.to_owned(), Said::Text("somebody else".to_owned()), None));
    let text = answering(idp(), None).answer(&received(), &said).unwrap();
    assert_eq!(verify(&text), Err(Fault::Twice("Attribute")));
}

#[test]
fn a_refusal_is_told_with_its_code() {
    let status = Status {
        code: names::RESPONDER.to_owned(),
        sub_code: Some(names::REQUEST_DENIED.to_owned()),
        message: None,
        detail: Some("{\"code\":\"IDP_REQUIRED_ATTRIBUTES_MISSING\"}".to_owned()),
    };
    let text = answering(idp(), None).refuse(&received(), &status).unwrap();
    assert_eq!(verify(&text), Err(Fault::Refused(Box::new(status.clone()))));
    assert_eq!(crate::ErrorCode::find(&status), Some(crate::ErrorCode::RequiredAttributesMissing));
    assert_eq!(crate::answers(&text), Ok("_request".to_owned()));
    // No assertion is taken beside a refusal.
    let denied = good_inside().replace(names::SUCCESS, names::RESPONDER);
    assert!(matches!(verify(&denied), Err(Fault::Refused(_))));
}

#[test]
fn the_lower_level_counts_and_friendly_names_do_not() {
    let mut said = statement();
    said.context = Level::Normal.stork().to_owned();
    let answer = verify(&answering(idp(), None).answer(&received(), &said).unwrap()).unwrap();
    assert_eq!(bundid::person(&answer).unwrap().level, Level::Normal);
    let friendly =
        Statement { attributes: vec![("bPK2".to_owned(), Said::Text("x".to_owned()), None)], ..statement() };
    let answer = verify(&answering(idp(), None).answer(&received(), &friendly).unwrap()).unwrap();
    assert_eq!(bundid::person(&answer), Err(Fault::Missing("bPK2")));
}

#[test]
fn an_organisation_is_read_whole() {
    let said = |name: &str, text: &str| (name.to_owned(), Said::Text(text.to_owned()), None);
    let account = Statement {
        subject: "_s".to_owned(),
        context: "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified".to_owned(),
        attributes: vec![
            said(muk::PSEUDONYM, "du-1"),
            said(muk::LEVEL, "substanziell"),
            said(muk::IDENTIFIED, "hoch"),
            said("Firmenname", "Bäckerei Muster GmbH"),
            said("PersTyp", "NNatPers"),
            said("Geburtsdatum", "12.08.1964"),
            (
                muk::ADDRESS.to_owned(),
                Said::Parts(vec![("ekona:PLZ", "90762".to_owned()), ("ekona:Ort", "Fürth".to_owned())]),
                None,
            ),
        ],
    };
    let answer = verify(&answering(idp(), None).answer(&received(), &account).unwrap()).unwrap();
    let account = muk::account(&answer).unwrap();
    assert_eq!(
        (account.pseudonym.as_str(), account.level, account.natural),
        ("du-1", Level::Substantial, false)
    );
    let value = |name| account.values.iter().find(|(it, _)| *it == name).map(|(_, it)| it.as_str());
    assert_eq!(value("organisation"), Some("Bäckerei Muster GmbH"));
    assert_eq!(value("birthdate"), Some("1964-08-12"));
    assert_eq!((value("postal_code"), value("locality")), (Some("90762"), Some("Fürth")));
    assert!(
        muk::day("1964-08-12").is_err() && muk::day("1.8.1964").is_err() && muk::day("31.02.1964").is_err()
    );
}

#[test]
fn the_old_pseudonym_is_its_third_part() {
    let old = "V1::urn:issuer@sector::c3NQSU4=::2026-11-21T13:00:00";
    assert_eq!(bundid::old_pseudonym(old).as_deref(), Some("c3NQSU4="));
    assert_eq!(bundid::old_pseudonym("V2::a::b::c"), None);
    assert_eq!(bundid::old_pseudonym("V1::a"), None);
}

#[test]
fn the_host_of_the_entity_id_is_frozen() {
    assert!(bundid::check_entity_id(None, "https://amt.example/saml").is_ok());
    assert!(bundid::check_entity_id(Some("https://amt.example/saml"), "https://amt.example/other").is_ok());
    assert!(bundid::check_entity_id(Some("https://amt.example/saml"), "https://neu.example/saml").is_err());
    for bad in [
        "http://amt.example/saml",
        "https://amt.example:8443/saml",
        "https://amt.example:443/saml",
        "amt",
        "https://a@amt.example",
    ] {
        assert!(bundid::check_entity_id(None, bad).is_err(), "{bad}");
    }
    assert!(bundid::check_entity_id(None, "http://localhost:8080/saml").is_ok());
}
