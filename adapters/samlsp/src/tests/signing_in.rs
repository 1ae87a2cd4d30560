//! A person signs in; somebody else tries to profit from it.

use super::there::{ACS, IDP, SP, statement, trial};
use kernel::Level;
use saml::{
    Method, Status,
    idp::{Said, Statement},
    muk, names,
};
use serde_json::json;
use testkit::Answer;

fn code(answer: &Answer) -> (u16, String) {
    (answer.status(), answer.code())
}

#[tokio::test]
async fn a_person_arrives_with_what_bundid_says() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    assert_eq!((request.issuer.as_str(), request.answer_to.as_str()), (SP, ACS));
    assert_eq!(request.level, Some(saml::Level::Substantial));
    let extension = request.extension.clone().unwrap();
    assert_eq!(extension.methods, [Method::Eid, Method::Eidas, Method::Elster, Method::Fink]);
    let asked: Vec<_> = extension.attributes.iter().map(|it| (it.name.as_str(), it.required)).collect();
    assert_eq!(
        asked,
        [
            ("urn:oid:2.5.4.42", false),
            ("urn:oid:2.5.4.4", true),
            ("urn:oid:1.3.6.1.4.1.25484.494450.3", true),
            ("urn:oid:1.2.40.0.10.2.1.1.261.94", true),
        ]
    );
    assert_eq!(
        (extension.organisation.as_str(), extension.online_service.as_str()),
        ("Stadt Musterhausen", "BMI-1")
    );

    let taken = trial.post(&trial.answer(&request, ("_r", "_a"))).await.expect(303);
    assert!(taken.header("set-cookie").is_empty(), "nobody is signed in by a post from elsewhere");
    assert!(trial.doorman.arrived.lock().unwrap().is_empty());
    let landed = trial.land(&taken, "mine").await.expect(303);
    assert_eq!((landed.header("location"), landed.header("set-cookie")), ("/account", "fachwerk_account=x"));
    let arrived = trial.doorman.arrived.lock().unwrap();
    let arrival = arrived.first().unwrap();
    assert_eq!((arrival.attempt.as_str(), arrival.way.as_str()), ("a1", "bundid"));
    assert_eq!((arrival.issuer.as_str(), arrival.subject.as_str()), (IDP, "BPK2-erika"));
    assert_eq!((arrival.level, arrival.upstream_session.as_deref()), (Level::Substantial, Some("_a")));
    assert_eq!(arrival.claims["family_name"], "Mustermann");
    assert_eq!(arrival.claims["address.street_address"], "Heidestraße 17");
}

#[tokio::test]
async fn a_browser_that_has_a_session_can_post_too_and_the_session_is_not_looked_at() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    let taken = trial.post_with(&trial.answer(&request, ("_r", "_a")), "fachwerk_account=somebody").await;
    assert_eq!(taken.status(), 303);
}

#[tokio::test]
async fn a_response_is_taken_once() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    let answer = trial.answer(&request, ("_r", "_a"));
    let taken = trial.post(&answer).await.expect(303);
    assert_eq!(code(&trial.post(&answer).await), (400, "samlsp.no_request".to_owned()));
    // The same assertion id in the answer to another request is a replay too.
    let second = trial.begin().await;
    let replayed = trial.post(&trial.answer(&second, ("_r2", "_a"))).await;
    assert_eq!(code(&replayed), (403, "samlsp.replayed".to_owned()));
    // A handle works once as well.
    trial.land(&taken, "mine").await.expect(303);
    assert_eq!(code(&trial.land(&taken, "mine").await), (400, "samlsp.no_request".to_owned()));
}

#[tokio::test]
async fn another_browser_cannot_land() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    let taken = trial.post(&trial.answer(&request, ("_r", "_a"))).await.expect(303);
    assert_eq!(trial.land(&taken, "another").await.status(), 401);
    assert!(trial.doorman.arrived.lock().unwrap().is_empty());
    let stranger = trial.node.as_nobody().get("/sign-in/saml/bundid?attempt=a1").await;
    assert_eq!(stranger.status(), 401);
}

#[tokio::test]
async fn forged_and_misdirected_responses_are_refused() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    let good = trial.answer(&request, ("_r", "_a"));
    let refused = (403, "samlsp.not_trusted".to_owned());
    assert_eq!(code(&trial.post(&good.replace("Destination=\"http", "Destination=\"https")).await), refused);
    let mut other = request.clone();
    other.issuer = "https://other.example".to_owned();
    assert_eq!(code(&trial.post(&trial.answer(&other, ("_r", "_a"))).await), refused, "another audience");
    let mut other = request.clone();
    other.answer_to = "http://localhost:8080/sign-in/saml/other/acs".to_owned();
    assert_eq!(code(&trial.post(&trial.answer(&other, ("_r", "_a"))).await), refused, "another recipient");
    let unsigned = format!(
        "{}{}",
        &good[..good.find("<ds:Signature").unwrap()],
        &good[good.find("</ds:Signature>").unwrap() + 15..]
    );
    // The assertion inside is signed too, so this one is still good; with another subject it is not.
    let mut made = unsigned.clone();
    made.insert_str(
        made.find("<saml:EncryptedAssertion").unwrap(),
        "<saml:Assertion ID=\"_e\"></saml:Assertion>",
    );
    assert_eq!(code(&trial.post(&made).await), refused);
    assert_eq!(code(&trial.post("<!DOCTYPE x><a/>").await), (400, "samlsp.unreadable".to_owned()));
    assert_eq!(
        code(&trial.post(&good.replace("InResponseTo=\"_", "InResponseTo=\"_x")).await),
        (400, "samlsp.no_request".to_owned())
    );
    let late = trial.node.clock.now() + 10 * 60 * 1_000_000;
    trial.node.clock.advance(late - trial.node.clock.now());
    assert_eq!(code(&trial.post(&good).await), refused, "ten minutes later");
    let junk = trial.node.as_nobody().post_form("/sign-in/saml/bundid/acs", "SAMLResponse=%21%21").await;
    assert_eq!(code(&junk), (400, "samlsp.unreadable".to_owned()));
    let nothing = trial.node.as_nobody().post_form("/sign-in/saml/bundid/acs", "x=y").await;
    assert_eq!(code(&nothing), (400, "samlsp.unreadable".to_owned()));
    let nowhere = trial.node.as_nobody().get("/sign-in/saml/nowhere/metadata").await;
    assert_eq!(code(&nowhere), (404, "samlsp.no_connection".to_owned()));
    assert!(trial.doorman.arrived.lock().unwrap().is_empty());
}

#[tokio::test]
async fn whoever_gives_up_sees_a_page_and_is_not_sent_round() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    let cancelled = Status {
        code: names::RESPONDER.to_owned(),
        sub_code: Some(names::AUTHN_FAILED.to_owned()),
        ..Status::default()
    };
    let sent = trial.post(&trial.refuse(&request, &cancelled)).await.expect(303);
    let answer = trial.land(&sent, "mine").await.expect(403);
    let page = answer.text();
    assert!(page.contains("nicht abgeschlossen") && page.contains("/sign-in?attempt=a1"), "{page}");
    assert!(
        !page.contains("http-equiv")
            && !page.contains("data-send-at-once")
            && answer.header("location").is_empty()
    );
    // Signed in with the same request afterwards: no.
    assert_eq!(
        code(&trial.post(&trial.answer(&request, ("_r", "_a"))).await),
        (400, "samlsp.no_request".to_owned())
    );
    let missing = Status {
        code: names::RESPONDER.to_owned(),
        sub_code: Some(names::REQUEST_DENIED.to_owned()),
        message: None,
        detail: Some("{\"code\":\"IDP_REQUIRED_ATTRIBUTES_MISSING\"}".to_owned()),
    };
    let request = trial.begin().await;
    let sent = trial.post(&trial.refuse(&request, &missing)).await.expect(303);
    let page = trial.land(&sent, "mine").await.expect(403).text();
    assert!(page.contains("Ergänzen Sie Ihr Konto"), "{page}");
    // Round and round ends.
    for _ in 0..6 {
        trial.begin().await;
    }
    let browser = trial.node.as_nobody().with("cookie", "fachwerk_browser=mine");
    let again = browser.get("/sign-in/saml/bundid?attempt=a1").await;
    assert_eq!(code(&again), (429, "samlsp.too_often".to_owned()));
}

#[tokio::test]
async fn the_page_may_post_to_the_provider_only_there_and_works_without_script() {
    let trial = trial(json!({})).await;
    let browser = trial.node.as_nobody().with("cookie", "fachwerk_browser=mine");
    let page = browser.get("/sign-in/saml/bundid?attempt=a1").await.expect(200);
    assert!(
        page.header("content-security-policy").contains("form-action 'self' https: https://idp.example;")
    );
    let text = page.text();
    assert!(
        text.contains("action=\"https://idp.example/saml\"") && text.contains("Weiter zu BundID"),
        "{text}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn by_redirect_there_is_no_page() {
    let trial = trial(json!({ "binding": "redirect" })).await;
    let browser = trial.node.as_nobody().with("cookie", "fachwerk_browser=mine");
    let sent = browser.get("/sign-in/saml/bundid?attempt=a1").await.expect(303);
    assert!(sent.header("location").starts_with("https://idp.example/saml?SAMLRequest="));
}

#[tokio::test]
async fn a_company_acts_through_a_person() {
    let trial = trial(json!({ "kind": "company_account" })).await;
    let request = trial.begin().await;
    assert!(request.extension.is_err(), "the extension is BundID's alone");
    let said = |name: &str, text: &str| (name.to_owned(), Said::Text(text.to_owned()), None);
    let company = Statement {
        attributes: vec![
            said(muk::PSEUDONYM, "du-1"),
            said(muk::LEVEL, "substanziell"),
            said("Firmenname", "Bäckerei Muster GmbH"),
            said("Rechtsform", "GmbH"),
            said("Vorname", "Erika"),
            said("Geburtsdatum", "12.08.1964"),
        ],
        ..statement()
    };
    let answer = trial.answering(("_r", "_a")).answer(&request, &company).unwrap();
    let taken = trial.post(&answer).await.expect(303);
    trial.land(&taken, "mine").await.expect(303);
    let arrived = trial.doorman.arrived.lock().unwrap();
    let arrival = arrived.first().unwrap();
    let organisation = arrival.organisation.as_ref().unwrap();
    assert_eq!((organisation.subject.as_str(), organisation.name.as_str()), ("du-1", "Bäckerei Muster GmbH"));
    assert_eq!(organisation.facts["legal_form"], "GmbH");
    assert_eq!(arrival.claims["birthdate"], "1964-08-12");
    assert!(!arrival.claims.contains_key("organisation"));
}

#[tokio::test]
async fn without_a_lasting_name_nobody_arrives() {
    let plain = trial(json!({ "kind": "saml" })).await;
    let request = plain.begin().await;
    let taken = plain.post(&plain.answer(&request, ("_r", "_a"))).await;
    assert_eq!(code(&taken), (422, "samlsp.no_subject".to_owned()));
    let named =
        trial(json!({ "kind": "saml", "subject_attribute": "urn:oid:1.3.6.1.4.1.25484.494450.3" })).await;
    let request = named.begin().await;
    let taken = named.post(&named.answer(&request, ("_r", "_a"))).await.expect(303);
    named.land(&taken, "mine").await.expect(303);
    let arrived = named.doorman.arrived.lock().unwrap();
    assert_eq!(arrived[0].subject, "BPK2-erika");
    assert_eq!(arrived[0].claims["given_name"], "Erika");
}

#[tokio::test]
async fn what_has_ended_is_removed_and_nothing_personal_lies_readable() {
    let trial = trial(json!({})).await;
    let request = trial.begin().await;
    trial.post(&trial.answer(&request, ("_r", "_a"))).await.expect(303);
    let data = std::fs::read_dir(trial.node.folder.path()).unwrap();
    for file in data.filter_map(Result::ok).filter(|it| it.path().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(10).any(|it| it == b"BPK2-erika" || it == b"Mustermann"), "{:?}", file.path());
    }
    trial.node.settle().await;
    trial.node.clock.advance(2 * kernel::HOUR);
    trial.node.settle().await;
    assert_eq!(
        code(&trial.post(&trial.answer(&request, ("_r", "_a"))).await),
        (400, "samlsp.no_request".to_owned())
    );
}
