//! Programs are registered, seen and removed on pages.

use super::{
    relying::{BACK, World, key},
    visit::{Browser, operator, signed_in},
};
use oidc::SigningKey;
use serde_json::json;

const NEW: &str = "/admin/programs/new";

fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn jwks(key: &SigningKey) -> String {
    json!({ "keys": [key.public()] }).to_string()
}

async fn registered(browser: &Browser<'_>, fields: &[(&str, &str)]) -> String {
    let made = browser.form(NEW, &encoded(fields)).await.expect(303);
    let id = made.header("location").strip_prefix("/admin/programs/").unwrap();
    id.strip_suffix("?done=made").unwrap().to_owned()
}

#[tokio::test]
async fn a_program_is_registered_by_a_form_and_works() {
    let world = World::open().await;
    let (clerk, _) = signed_in(&world.node, &world.identity, "Klara", "kassel", "clerk").await;
    assert!(clerk.get("/admin/programs").await.expect(200).text().contains("Noch kein Programm"));
    let form = clerk.get(NEW).await.expect(200).text();
    assert!(form.contains("Nur für ältere Programme.") && form.contains("value=\"trial.open\""));
    assert!(!form.contains("name=\"tenant\"") && !form.contains("name=\"trusted\""));
    let keys = jwks(&world.key);
    let two = format!("{BACK}\r\n\r\n  https://casework.example/other \r\n");
    let fields = [
        ("name", "Fachverfahren <Wohnen>"),
        ("tenant", "bonn"),
        ("method", "private_key_jwt"),
        ("jwks", keys.as_str()),
        ("redirects", &two),
        ("logouts", "https://casework.example/bye"),
        ("scope", "openid"),
        ("scope", "profile"),
        ("permission", "trial.open"),
        ("level", "substantial"),
        ("fapi", "true"),
    ];
    let id = registered(&clerk, &fields).await;
    let party = world.identity.party(&operator(&world.node), &id).await.unwrap().unwrap();
    assert_eq!(party.client.tenant, "kassel", "the tenant is the asker's, whatever the form says");
    let kept = &party.registration;
    assert_eq!(kept.redirect_uris, [BACK, "https://casework.example/other"]);
    assert_eq!(kept.logout_uris, ["https://casework.example/bye"]);
    assert_eq!(kept.scopes, ["openid", "profile", "trial.open"]);
    assert!(kept.fapi && !kept.signed_requests && !kept.trusted && kept.keys().keys.len() == 1);
    assert_eq!(kept.level.as_deref(), Some("substantial"));
    let page = clerk.get(&format!("/admin/programs/{id}?done=made")).await.expect(200).text();
    assert!(page.contains("Das Programm ist eingetragen") && page.contains("Fachverfahren &lt;Wohnen&gt;"));
    assert!(page.contains(BACK) && page.contains("private_key_jwt") && page.contains("trial.open"));
    // What the form made is what the interface makes: the program proves itself with its key.
    let mut asks = world.proven(&id);
    asks.push(("grant_type".to_owned(), "client_credentials".to_owned()));
    asks.push(("scope".to_owned(), "trial.open".to_owned()));
    world.post("/oidc/token", &asks).await.expect(200);

    let plain = [("name", "Altes Register"), ("method", "none"), ("redirects", BACK)];
    registered(&clerk, &plain).await;
    let list = clerk.get("/admin/programs?limit=1").await.expect(200).text();
    assert!(list.contains("offset=1"), "there is a second page");
    let found = clerk.get("/admin/programs?q=wohnen").await.expect(200).text();
    assert!(found.contains(&id) && found.contains(BACK) && !found.contains("Altes Register"));
    assert!(clerk.get("/admin/programs?q=nirgends").await.text().contains("Nichts gefunden"));
}

#[tokio::test]
async fn a_secret_is_shown_once_and_whom_people_are_not_asked_about_is_for_administrators() {
    let world = World::open().await;
    let (clerk, _) = signed_in(&world.node, &world.identity, "Klara", "kassel", "clerk").await;
    let old = [("name", "Altes Register"), ("method", "client_secret_post"), ("redirects", BACK)];
    let made = clerk.form(NEW, &encoded(&old)).await.expect(200);
    assert_eq!(made.header("cache-control"), "no-store");
    let page = made.text();
    let shown = |label: &str| {
        let rest = page.split_once(&format!("id=\"{label}\"")).unwrap().1;
        rest.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let (id, secret) = (shown("client-id"), shown("client-secret"));
    assert_eq!(secret.len(), 43);
    let later = clerk.get(&format!("/admin/programs/{id}")).await.expect(200).text();
    assert!(!later.contains(&secret) && !later.contains(&crate::rules::secrets::hash(&secret)));
    let trusted = encoded(&[&old[..], &[("trusted", "true")]].concat());
    assert_eq!(clerk.form(NEW, &trusted).await.expect(403).code(), "kernel.forbidden");
    let (admin, _) = signed_in(&world.node, &world.identity, "Chefin", "kassel", "admin").await;
    assert!(admin.get(NEW).await.expect(200).text().contains("name=\"trusted\""));
    admin.form(NEW, &trusted).await.expect(200);
}

#[tokio::test]
async fn bad_input_stays_and_its_field_is_named() {
    let world = World::open().await;
    let (clerk, _) = signed_in(&world.node, &world.identity, "Klara", "kassel", "clerk").await;
    let refused = async |fields: &[(&str, &str)], field: &str| {
        let page = clerk.form(NEW, &encoded(fields)).await.expect(422).text();
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field}: {page}");
        assert!(page.contains(&format!("id=\"{field}\"")), "{field} is there to be led to");
        page
    };
    let keys = jwks(&key());
    let good = [("name", "Amt"), ("method", "private_key_jwt"), ("jwks", keys.as_str())];
    let with = |more: &[(&'static str, &'static str)]| [&good[..], more].concat();
    let page =
        refused(&with(&[("redirects", "https://a.example/x\nhttp://b.example/#y")]), "redirects").await;
    assert!(page.contains("http://b.example/#y: Die Rücksprungadresse"), "the line is named");
    assert!(page.contains("value=\"Amt\"") && page.contains(&keys.replace('"', "&quot;")), "input stays");
    refused(&with(&[("logouts", "nowhere")]), "logouts").await;
    refused(&with(&[("scope", "everything")]), "scope").await;
    refused(&with(&[("scope", "openid"), ("permission", "identity.own_account")]), "permission").await;
    refused(&with(&[("level", "highest")]), "level").await;
    refused(&[("name", " "), ("method", "none")], "name").await;
    refused(&[("name", "Amt"), ("method", "by_word_of_honour")], "method").await;
    let fapi = [("name", "Amt"), ("method", "client_secret_post"), ("fapi", "true"), ("scope", "email")];
    let page = refused(&fapi, "method").await;
    assert!(page.contains("value=\"client_secret_post\" checked"), "what was chosen stays chosen");
    assert!(page.contains("value=\"email\" checked"));
    for bad in ["", "no json", "{\"keys\": []}"] {
        refused(&[("name", "Amt"), ("method", "private_key_jwt"), ("jwks", bad)], "jwks").await;
    }
    refused(&[("name", "Amt"), ("method", "none"), ("signed", "true")], "jwks").await;
    let own =
        [("name", "Amt"), ("method", "self_signed_tls_client_auth"), ("certificate", "-----BEGIN nothing")];
    refused(&own, "certificate").await;
    refused(&[("name", "Amt"), ("method", "tls_client_auth"), ("authorities", "x")], "subject").await;
    refused(&[("name", "Amt"), ("method", "tls_client_auth"), ("subject", "CN=x")], "authorities").await;
    let too_much = "x".repeat(300 * 1024);
    clerk.form(NEW, &format!("name={too_much}")).await.expect(413);
    assert!(clerk.get("/admin/programs").await.text().contains("Noch kein Programm"), "nothing was stored");
    // The operator says whose program it is.
    let (node_admin, _) = signed_in(&world.node, &world.identity, "Betrieb", "", "admin").await;
    let page = node_admin.form(NEW, "name=Amt&method=none").await.expect(422).text();
    assert!(page.contains("href=\"#tenant\"") && page.contains("name=\"tenant\""));
    node_admin.form(NEW, "name=Amt&method=none&tenant=bonn").await.expect(303);
    assert!(node_admin.get("/admin/programs").await.text().contains("bonn"));
}

#[tokio::test]
async fn certificates_are_read_by_the_form() {
    let world = World::open().await;
    let (clerk, _) = signed_in(&world.node, &world.identity, "Klara", "kassel", "clerk").await;
    let made = rcgen::generate_simple_self_signed(vec!["casework.example".to_owned()]).unwrap();
    let pem = made.cert.pem();
    let own = [("name", "Amt"), ("method", "self_signed_tls_client_auth"), ("certificate", pem.as_str())];
    let id = registered(&clerk, &own).await;
    let party = world.identity.party(&operator(&world.node), &id).await.unwrap().unwrap();
    assert_eq!(party.registration.certificate, Some(oidc::certificate_thumbprint(made.cert.der())));
    let fields = [
        ("name", "Amt"),
        ("method", "tls_client_auth"),
        ("authorities", pem.as_str()),
        ("subject", " CN=x "),
    ];
    let id = registered(&clerk, &fields).await;
    let party = world.identity.party(&operator(&world.node), &id).await.unwrap().unwrap();
    assert_eq!(party.registration.certificate.as_deref(), Some("CN=x"));
    assert!(party.registration.authorities.is_some());
}

#[tokio::test]
async fn programs_of_others_are_not_there_and_removing_asks_first() {
    let world = World::open().await;
    let (admin, _) = signed_in(&world.node, &world.identity, "Chefin", "kassel", "admin").await;
    let (other, _) = signed_in(&world.node, &world.identity, "Bonn", "bonn", "admin").await;
    let (nobody, _) = signed_in(&world.node, &world.identity, "Erika", "kassel", "").await;
    let id = registered(&admin, &[("name", "Fachverfahren"), ("method", "none"), ("redirects", BACK)]).await;
    let (path, remove) = (format!("/admin/programs/{id}"), format!("/admin/programs/{id}/remove"));
    assert!(!other.get("/admin/programs").await.expect(200).text().contains(&id));
    for strange in [&path, &remove] {
        assert_eq!(other.get(strange).await.expect(404).code(), "identity.client_not_found");
    }
    assert_eq!(other.form(&remove, "").await.expect(404).code(), "identity.client_not_found");
    for path in ["/admin/programs", NEW, &path, &remove] {
        nobody.get(path).await.expect(403);
    }
    nobody.form(&remove, "").await.expect(403);
    nobody.form(NEW, "name=Amt&method=none").await.expect(403);
    assert!(admin.get("/admin/people").await.text().contains("href=\"/admin/programs\""));

    assert!(admin.get(&remove).await.expect(200).text().contains("Fachverfahren: löschen?"));
    admin.get(&path).await.expect(200);
    let two_pairs = "level=normal&accent=standard&four_eyes=true";
    admin.form("/admin/settings", two_pairs).await.expect(303);
    let waits = admin.form(&remove, "").await.expect(403);
    assert_eq!(waits.code(), "identity.second_person_needed");
    let (second, _) = signed_in(&world.node, &world.identity, "Zwei", "kassel", "admin").await;
    let page = second.get("/admin/approvals").await.expect(200).text();
    let waiting = page.split_once("/admin/approvals/").unwrap().1.split_once("/approve").unwrap().0;
    second.form(&format!("/admin/approvals/{waiting}/approve"), "").await.expect(303);
    let gone = admin.form(&remove, "").await.expect(303);
    assert!(admin.get(gone.header("location")).await.expect(200).text().contains("wurde gelöscht"));
    admin.get(&path).await.expect(404);
}
