//! The pages: what they show, what they refuse, and to whom.

use super::{
    office::Office,
    town::{destination, open, subscriber},
};
use crate::Config;
use serde_json::json;
use testkit::{Node, Visitor};

async fn node() -> Node {
    testkit::node(vec![super::stand_in::delivery(Config::default()).block()]).await
}

async fn make_client(clerk: &Visitor<'_>, form: &str) -> (String, String) {
    let page = clerk.post_form("/delivery/clients/new", form).await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
    let text = page.text();
    let value = |id: &str| {
        let at = text.split(&format!("id=\"{id}\"")).nth(1).unwrap();
        at.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    (value("client-id"), value("client-secret"))
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn destination_form(services: &str) -> String {
    let body = destination();
    form(&[
        ("legalName", "Stadt Beispiel"),
        ("email", "post@beispiel.example"),
        ("publicServices", services),
        ("metadataVersions", "2.1.0, 1.0.0"),
        ("encryptionKey", &body["encryptionPublicKey"].to_string()),
        ("signingKey", &body["signingPublicKey"].to_string()),
    ])
}

#[tokio::test]
async fn a_destination_is_made_in_a_form_and_kept() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    let empty = clerk.get("/delivery/destinations").await.expect(200).text();
    assert!(empty.contains("Noch kein Zustellpunkt"));
    let line = "99115005104000; 06611 DE06435; https://schema.example/a.json";
    let made = clerk.post_form("/delivery/destinations/new", &destination_form(line)).await.expect(303);
    let path = made.header("location").to_owned();
    let page = clerk.get(&path).await.expect(200).text();
    for words in [
        "Stadt Beispiel",
        "urn:de:fim:leika:leistung:99115005104000",
        "DE06611, DE06435",
        "encryption-key-1",
        "angelegt",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("<script>") && !page.contains(" style=") && !page.contains("onclick"));
    let path = path.split('?').next().unwrap();
    let _ = clerk.post_form(&format!("{path}/status"), "status=active").await.expect(303);
    let _ = clerk.post_form(&format!("{path}/status"), "status=created").await.expect(409);
    let edit = clerk.get(&format!("{path}/edit")).await.expect(200).text();
    assert!(edit.contains("99115005104000; DE06611 DE06435; https://schema.example/a.json"));
    let changed = form(&[
        ("name", "Rathaus"),
        ("legalName", "Stadt"),
        ("email", "a@b.example"),
        ("publicServices", line),
        ("metadataVersions", "2.1.0"),
        ("callbackUrl", "http://intern.example"),
    ]);
    let refused = clerk.post_form(&format!("{path}/edit"), &changed).await.expect(422).text();
    assert!(refused.contains("href=\"#callbackUrl\"") && refused.contains("callbackSecret-error"));
    let _ = clerk
        .post_form(&format!("{path}/edit"), &changed.replace("http%3A%2F%2Fintern.example", ""))
        .await
        .expect(303);
    assert!(clerk.get("/delivery/destinations?q=rathaus").await.expect(200).text().contains("Rathaus"));
    assert!(
        clerk.get("/delivery/destinations?q=nichts").await.expect(200).text().contains("Nichts gefunden")
    );
    assert!(clerk.get(&format!("{path}/delete")).await.expect(200).text().contains("Rathaus: löschen?"));
    let _ = clerk.post_form(&format!("{path}/delete"), "").await.expect(303);
    let _ = clerk.get(path).await.expect(404);
}

#[tokio::test]
async fn faults_stand_at_their_fields() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    let check = async |form: String, id: &str| {
        let page = clerk.post_form("/delivery/destinations/new", &form).await.expect(422).text();
        assert!(
            page.contains(&format!("href=\"#{id}\"")) && page.contains(&format!("id=\"{id}-error\"")),
            "{id}"
        );
    };
    check(destination_form("99115005104000; 06x; https://schema.example/a.json"), "publicServices").await;
    check(destination_form(""), "publicServices").await;
    check(form(&[("encryptionKey", "no json")]), "encryptionKey").await;
    // Everything wrong is told at once.
    for id in ["signingKey", "legalName", "email", "publicServices"] {
        check(form(&[]), id).await;
    }
    check(
        destination_form("99115005104000; DE; https://schema.example/a.json")
            .replace("post%40beispiel.example", "x"),
        "email",
    )
    .await;
    let english = clerk.get("/delivery/destinations/new?lang=en").await.expect(200).text();
    assert!(english.contains("Make a destination") && english.contains("fachwerk delivery keygen"));
}

#[tokio::test]
async fn a_client_is_made_linked_rotated_and_deleted() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    assert!(clerk.get("/delivery/clients").await.expect(200).text().contains("Noch kein Client"));
    let refused = clerk.post_form("/delivery/clients/new", "name=").await.expect(422).text();
    assert!(refused.contains("href=\"#name\"") && refused.contains("href=\"#tasks\""));
    let (id, secret) = make_client(&clerk, "name=Fachverfahren&subscriber=true").await;
    let page = clerk.get(&format!("/delivery/clients/{id}")).await.expect(200).text();
    assert!(page.contains("Noch nirgends verbunden") && !page.contains(&secret));
    let destination = open(&subscriber(&node, "owner-1", "kassel")).await;
    let links = format!("/delivery/destinations/{destination}/clients");
    let _ = clerk.post_form(&links, &form(&[("client", &id)])).await.expect(303);
    let _ = clerk.post_form(&links, "client=unknown").await.expect(404);
    assert!(
        clerk.get(&format!("/delivery/destinations/{destination}")).await.expect(200).text().contains(&id)
    );
    assert!(clerk.get(&format!("/delivery/clients/{id}")).await.expect(200).text().contains(&destination));
    let _ = clerk.post_form(&format!("{links}/remove"), &form(&[("client", &id)])).await.expect(303);
    assert!(
        !clerk.get(&format!("/delivery/destinations/{destination}")).await.expect(200).text().contains(&id)
    );
    assert!(
        clerk
            .get(&format!("/delivery/clients/{id}/secret"))
            .await
            .expect(200)
            .text()
            .contains("neues Geheimnis?")
    );
    let rotated = clerk.post_form(&format!("/delivery/clients/{id}/secret"), "").await.expect(200);
    assert_eq!(rotated.header("cache-control"), "no-store");
    assert!(!rotated.text().contains(&secret));
    assert!(
        clerk.get(&format!("/delivery/clients/{id}/delete")).await.expect(200).text().contains("löschen?")
    );
    let _ = clerk.post_form(&format!("/delivery/clients/{id}/delete"), "").await.expect(303);
    let _ = clerk.get(&format!("/delivery/clients/{id}")).await.expect(404);
}

#[tokio::test]
async fn keys_are_added_and_used_on_the_page() {
    let node = node().await;
    let clerk = node.as_clerk("kassel");
    let destination = open(&subscriber(&node, "owner-1", "kassel")).await;
    let path = format!("/delivery/destinations/{destination}");
    let key = json!(super::town::key("encryption-key-2", fitconnect::jwk::KeyUse::Encrypt, 20)).to_string();
    let _ = clerk.get(&format!("{path}/keys")).await.expect(200);
    let _ = clerk.post_form(&format!("{path}/keys"), &form(&[("key", &key)])).await.expect(303);
    let refused = clerk.post_form(&format!("{path}/keys"), "key=no+json").await.expect(422).text();
    assert!(refused.contains("id=\"key-error\""));
    let _ = clerk.post_form(&format!("{path}/encryption-key"), "kid=encryption-key-2").await.expect(303);
    let page = clerk.get(&path).await.expect(200).text();
    assert!(page.contains("endet bald") && page.contains("nur durch den Testschalter"));
    let seen = node
        .as_nobody()
        .get(&format!("/submission-api/v2/destinations/{destination}"))
        .await
        .expect(200)
        .json();
    assert_eq!(seen["encryptionKid"], "encryption-key-2");
}

#[tokio::test]
async fn a_case_is_shown_without_its_content() {
    let office = Office::open().await;
    let sent = office.send().await;
    let clerk = office.node.as_clerk("a");
    let list =
        clerk.get(&format!("/delivery/cases?destination={}", office.destination)).await.expect(200).text();
    assert!(list.contains(&sent.case));
    let page = clerk.get(&format!("/delivery/cases/{}", sent.case)).await.expect(200).text();
    assert!(page.contains("Einreichung gesendet") && page.contains("vom Knoten"));
    assert!(!page.contains(&sent.metadata) && !page.contains(&sent.data));
    let other = office.node.as_clerk("b");
    let _ = other.get(&format!("/delivery/cases/{}", sent.case)).await.expect(404);
    assert!(other.get("/delivery/cases").await.expect(200).text().contains("Noch kein Vorgang"));
    assert!(clerk.get("/delivery").await.expect(200).text().contains("wartet auf Abholung: 1"));
    assert!(other.get("/delivery").await.expect(200).text().contains("Noch keine Einreichung"));
}

#[tokio::test]
async fn pages_are_for_clerks_of_the_tenant() {
    let office = Office::open().await;
    let sent = office.send().await;
    let (id, _) = make_client(&office.node.as_clerk("a"), "name=x&subscriber=true").await;
    let destination = format!("/delivery/destinations/{}", office.destination);
    let client = format!("/delivery/clients/{id}");
    let own = [
        "/delivery",
        "/delivery/destinations",
        "/delivery/destinations/new",
        "/delivery/clients",
        "/delivery/clients/new",
        "/delivery/cases",
    ];
    let foreign = [
        destination.clone(),
        format!("{destination}/edit"),
        format!("{destination}/status"),
        format!("{destination}/delete"),
        format!("{destination}/keys"),
        client.clone(),
        format!("{client}/secret"),
        format!("{client}/delete"),
        format!("/delivery/cases/{}", sent.case),
    ];
    let posts = [
        (format!("{destination}/status"), "status=inactive"),
        (format!("{destination}/edit"), "name=x"),
        (format!("{destination}/delete"), ""),
        (format!("{destination}/keys"), "key=%7B%7D"),
        (format!("{destination}/encryption-key"), "kid=x"),
        (format!("{destination}/clients"), "client=x"),
        (format!("{destination}/clients/remove"), "client=x"),
        (format!("{client}/secret"), ""),
        (format!("{client}/delete"), ""),
    ];
    let (nobody, stranger, other) = (office.node.as_nobody(), office.subscriber(), office.node.as_clerk("b"));
    for path in own.iter().map(|it| (*it).to_owned()).chain(foreign.clone()) {
        let _ = nobody.get(&path).await.expect(401);
        let _ = stranger.get(&path).await.expect(403);
    }
    for path in foreign {
        let _ = other.get(&path).await.expect(404);
    }
    for (path, body) in posts {
        let _ = nobody.post_form(&path, body).await.expect(401);
        let _ = stranger.post_form(&path, body).await.expect(403);
        let _ = other.post_form(&path, body).await.expect(404);
    }
    for path in ["/delivery/destinations/new", "/delivery/clients/new"] {
        let _ = nobody.post_form(path, "").await.expect(401);
        let _ = stranger.post_form(path, "").await.expect(403);
    }
}
