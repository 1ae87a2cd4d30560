//! The simulators seen from their doors, asked by a provider of the tests.

use crate::{SimulatedAccounts, connections, model::Account, prepare_files, rules, store};
use saml::{
    DecryptionKey, ErrorCode, Expected, Extension, Fault, Level, Method, Policy, Request, Requested,
    SigningKey, Status, bundid, metadata::IdentityProvider, muk, names,
};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::OnceLock};
use tempfile::TempDir;
use testkit::{Answer, NOON, Node};

const BASE: &str = "http://localhost:8080";

/// Keys cost time, so all tests share one folder.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        prepare_files(folder.path(), BASE).unwrap();
        folder
    });
    folder.path()
}

async fn node() -> Node {
    testkit::node(vec![SimulatedAccounts::new(folder(), BASE, true).unwrap().block()]).await
}

fn extension() -> Extension {
    let asked = |name: &str, required| Requested { name: bundid::oid(name).unwrap().to_owned(), required };
    Extension {
        methods: Method::ALL.to_vec(),
        attributes: vec![
            asked("given_name", false),
            asked("family_name", true),
            asked("bpk2", true),
            asked("level", true),
        ],
        organisation: "Stadt Musterhausen".to_owned(),
        lang: "de".to_owned(),
        back_url: BASE.to_owned(),
        online_service: "BMI-1".to_owned(),
    }
}

fn connection_of(account: &str) -> &'static str {
    if account == "bundid" { "bundid" } else { "company-account" }
}

fn request(account: &str, level: Option<Level>, extension: Option<&Extension>) -> String {
    let key = SigningKey::from_pem(&fs::read_to_string(folder().join("sp.key")).unwrap()).unwrap();
    signed_by(&key, account, level, extension)
}

fn signed_by(key: &SigningKey, account: &str, level: Option<Level>, extension: Option<&Extension>) -> String {
    let connection = connection_of(account);
    let request = Request {
        id: "_r",
        issuer: &format!("{BASE}/sign-in/saml/{connection}/metadata"),
        destination: &format!("{BASE}/simulator/accounts/{account}/saml"),
        answer_to: &format!("{BASE}/sign-in/saml/{connection}/acs"),
        level,
        force: false,
        extension,
        now: NOON,
    };
    request.post(key, key.algorithm(), None).unwrap()
}

/// Posts a request and follows to the page; what it says.
async fn page_for(node: &Node, request: &str) -> Answer {
    let fields = form(&[("SAMLRequest", request), ("RelayState", "s1")]);
    let sent = node.as_nobody().post_form("/simulator/accounts/bundid/saml", &fields).await.expect(303);
    node.as_nobody().get(sent.header("location")).await
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The response in a page, verified as the adapter does.
fn verified(account: &str, page: &str) -> Result<saml::Answer, Fault> {
    let field = page.split("name=\"SAMLResponse\" value=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
    let field = field.split('"').next().unwrap();
    let there = fs::read_to_string(folder().join(format!("{account}-idp.xml"))).unwrap();
    let there = IdentityProvider::read(&there).unwrap();
    let key = fs::read_to_string(folder().join("sp-decryption.key")).unwrap();
    let connection = connection_of(account);
    saml::verify(
        &saml::from_post(field).unwrap(),
        Expected {
            issuer: &there.entity_id,
            certificates: &there.certificates,
            audience: &format!("{BASE}/sign-in/saml/{connection}/metadata"),
            recipient: &format!("{BASE}/sign-in/saml/{connection}/acs"),
            request: "_r",
            keys: &[DecryptionKey::from_pem(&key).unwrap()],
            policy: &Policy::default(),
            now: NOON,
        },
    )
}

async fn choose(
    node: &Node,
    account: &str,
    request: &str,
    choice: Option<&str>,
) -> Result<saml::Answer, Fault> {
    let mut pairs = vec![("post", request), ("state", "s1")];
    pairs.extend(choice.map(|it| ("choice", it)));
    let address = format!("/simulator/accounts/{account}/answer");
    let page = node.as_nobody().post_form(&address, &form(&pairs)).await.expect(200).text();
    assert!(page.contains("name=\"RelayState\" value=\"s1\"") && page.contains("SIMULATOR"), "{page}");
    verified(account, &page)
}

fn status(result: Result<saml::Answer, Fault>) -> Status {
    match result {
        Err(Fault::Refused(status)) => *status,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn somebody_signs_in_on_each_level() {
    let node = node().await;
    let asked = extension();
    for (who, level) in [("erika", Level::High), ("max", Level::Substantial), ("lena", Level::Normal)] {
        let request = request("bundid", Some(level), Some(&asked));
        let answer = choose(&node, "bundid", &request, Some(who)).await.unwrap();
        let person = bundid::person(&answer).unwrap();
        assert_eq!(person.level, level);
        assert!(
            !answer.attributes.iter().any(|it| it.name == bundid::oid("email").unwrap()),
            "was not asked for"
        );
        let names: Vec<_> = person.values.iter().map(|it| it.0).collect();
        assert_eq!(names, ["given_name", "family_name"]);
    }
}

#[tokio::test]
async fn the_page_says_what_it_is_and_who_asks() {
    let node = node().await;
    let asked = extension();
    let request = request("bundid", Some(Level::Substantial), Some(&asked));
    let page = page_for(&node, &request).await.expect(200).text();
    for part in [
        "das ist nicht BundID",
        "Stadt Musterhausen",
        "Als Erika Mustermann anmelden",
        "Als Max Beispiel anmelden",
        "Abbrechen",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Als Lena Muster anmelden"), "her level is too low");
    let about = node.as_nobody().get("/simulator/accounts").await.expect(200).text();
    assert!(about.contains("SIMULATOR") && about.contains("Jana Handwerk"));
    let metadata = node.as_nobody().get("/simulator/accounts/company/metadata").await.expect(200).text();
    assert_eq!(
        IdentityProvider::read(&metadata).unwrap().entity_id,
        store::entity_id(BASE, Account::Company)
    );
    assert_eq!(
        node.as_nobody().get("/simulator/accounts/other/metadata").await.code(),
        "simulated_accounts.no_account"
    );
}

#[tokio::test]
async fn refusals_are_those_of_the_real_one() {
    let node = node().await;
    let asked = extension();
    let low = request("bundid", Some(Level::High), Some(&asked));
    let said = status(choose(&node, "bundid", &low, Some("lena")).await);
    assert_eq!(said.sub_code.as_deref(), Some(names::NO_AUTHN_CONTEXT));
    let any = request("bundid", None, Some(&asked));
    let said = status(choose(&node, "bundid", &any, Some("karim")).await);
    assert_eq!(ErrorCode::find(&said), Some(ErrorCode::RequiredAttributesMissing));
    let said = status(choose(&node, "bundid", &any, None).await);
    assert_eq!(said.sub_code.as_deref(), Some(names::AUTHN_FAILED));
    let only_card = Extension { methods: vec![Method::Eid], ..asked };
    let request_card = request("bundid", None, Some(&only_card));
    let said = status(choose(&node, "bundid", &request_card, Some("max")).await);
    assert_eq!(said.sub_code.as_deref(), Some(names::NO_AUTHN_CONTEXT));
    let bare = request("bundid", None, None);
    let page = page_for(&node, &bare).await.expect(200).text();
    assert_eq!(ErrorCode::find(&status(verified("bundid", &page))), Some(ErrorCode::ExtensionMissing));
    let nobody = node
        .as_nobody()
        .post_form("/simulator/accounts/bundid/answer", &form(&[("post", &any), ("choice", "x")]))
        .await;
    assert_eq!(nobody.code(), "simulated_accounts.bad_choice");
}

#[tokio::test]
async fn only_the_known_provider_may_ask() {
    let node = node().await;
    let key = SigningKey::from_pem(&fs::read_to_string(folder().join("sp-decryption.key")).unwrap()).unwrap();
    let asked = extension();
    let foreign = signed_by(&key, "bundid", None, Some(&asked));
    let refused = page_for(&node, &foreign).await;
    assert_eq!((refused.status(), refused.code().as_str()), (422, "simulated_accounts.bad_request"));
    let unsigned = node.as_nobody().get("/simulator/accounts/bundid/saml?SAMLRequest=x").await.expect(303);
    let unsigned = node.as_nobody().get(unsigned.header("location")).await.expect(422);
    assert!(unsigned.text().contains("saml-request-not-signed"), "{}", unsigned.text());
}

#[tokio::test]
async fn a_company_is_described_whole() {
    let node = node().await;
    let request = request("company", None, None);
    let answer = choose(&node, "company", &request, Some("bakery")).await.unwrap();
    let account = muk::account(&answer).unwrap();
    assert!(account.pseudonym.starts_with("du-") && !account.natural);
    assert!(account.values.contains(&("organisation", "Bäckerei Muster GmbH".to_owned())));
    assert!(account.values.contains(&("street", "Backgasse".to_owned())));
    let answer = choose(&node, "company", &request, Some("jana")).await.unwrap();
    let account = muk::account(&answer).unwrap();
    assert!(account.natural && account.values.contains(&("birthdate", "1991-08-12".to_owned())));
}

#[test]
fn the_pseudonym_depends_on_the_host_alone() {
    let part = &Account::Bundid.parts()[0];
    let name = |provider| rules::pseudonym(Account::Bundid, part, provider);
    assert_eq!(name("https://amt.example/a"), name("https://amt.example/b"));
    assert_ne!(name("https://amt.example/a"), name("https://neu.example/a"));
    assert_ne!(
        name("https://amt.example/a"),
        rules::pseudonym(Account::Bundid, &Account::Bundid.parts()[1], "https://amt.example/a")
    );
}

#[test]
fn outside_the_demo_there_are_none() {
    let refused = SimulatedAccounts::new(folder(), BASE, false).err().unwrap();
    assert_eq!(refused.code().code, "simulated_accounts.only_in_demo");
    let empty = TempDir::new().unwrap();
    assert_eq!(
        SimulatedAccounts::new(empty.path(), BASE, true).err().unwrap().code().code,
        "simulated_accounts.files"
    );
}

#[test]
fn the_connections_are_plain_text_and_keys_stay() {
    let text = connections(folder(), BASE).unwrap();
    assert!(text.contains("kind = \"bundid\"") && text.contains("kind = \"company_account\""), "{text}");
    assert!(text.matches("[[connections]]").count() == 2, "{text}");
    let before = fs::read(folder().join("sp.key")).unwrap();
    prepare_files(folder(), BASE).unwrap();
    assert_eq!(fs::read(folder().join("sp.key")).unwrap(), before);
    assert_eq!(fs::metadata(folder().join("sp.key")).unwrap().permissions().mode() & 0o777, 0o600);
}
