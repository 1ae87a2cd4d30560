//! People, roles, stand-ins, approvals, settings and certificates.

use super::{
    arriving::{arrival, browser, identity},
    visit::{Browser, operator, signed_in},
};
use crate::{
    Config, Identity,
    config::Anchor,
    operations::people::{Invitation, PeopleSought},
};
use kernel::{Actor, Approvals, DAY, HOUR, Level, Permission};
use ports::identity::{ArrivedOrganisation, Identity as _};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber,
};
use testkit::Node;

#[tokio::test]
async fn a_tenants_administrator_sees_and_touches_their_own_people_only() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (admin, _) = signed_in(&node, &identity, "Kassel Chefin", "kassel", "admin").await;
    let (_, kim) = signed_in(&node, &identity, "Kim_Klerk", "kassel", "clerk").await;
    let (bonn, bo) = signed_in(&node, &identity, "Bo Bonn", "bonn", "clerk").await;
    let list = admin.get("/admin/people").await.expect(200).text();
    assert!(list.contains("Kim_Klerk") && !list.contains("Bo Bonn"));
    assert!(admin.get("/admin/people?q=m_k&sort=-seen").await.text().contains("Kim_Klerk"));
    assert!(!admin.get("/admin/people?q=m%25k").await.text().contains("Kim_Klerk"), "% is no joker");
    admin.get(&format!("/admin/people/{kim}")).await.expect(200);
    for path in ["lock", "link", "end-sessions", "remove", "roles"] {
        let refused = admin.form(&format!("/admin/people/{bo}/{path}"), "role=clerk").await;
        assert_eq!(refused.status(), 404, "{path}");
    }
    // Clerks read, but change nothing.
    let refused = bonn.form(&format!("/admin/people/{bo}/roles"), "role=admin").await.expect(403);
    assert_eq!(refused.code(), "kernel.forbidden");
    bonn.form("/admin/people/new", "name=x").await.expect(403);
    let made = admin.form("/admin/people/new", "name=Neu&tenant=bonn&role=clerk").await.expect(200).text();
    assert!(made.contains("/account/invitation?code="));
    let (_, found) = identity
        .people(&operator(&node), &PeopleSought { words: "neu".into(), limit: 5, ..PeopleSought::default() })
        .await
        .unwrap();
    assert_eq!(found[0].tenant, "kassel", "the tenant is the inviter's, whatever the form says");
}

#[tokio::test]
async fn rights_count_at_once_and_no_more_is_given_than_one_has() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (admin, _) = signed_in(&node, &identity, "Chefin", "kassel", "admin").await;
    let (kim, id) = signed_in(&node, &identity, "Kim", "kassel", "").await;
    kim.form("/account/tenant", "tenant=kassel").await.expect(404);
    admin.form(&format!("/admin/people/{id}/roles"), "role=clerk").await.expect(303);
    kim.form("/account/tenant", "tenant=kassel").await.expect(303);
    kim.get("/admin/people").await.expect(200);
    admin.form(&format!("/admin/people/{id}/roles/take"), "role=clerk&tenant=kassel").await.expect(303);
    kim.get("/admin/people").await.expect(403);

    let role = "name=desk&title=Postfach&permission=identity.read_people&permission=identity.manage_clients";
    admin.form("/admin/roles", role).await.expect(303);
    assert!(admin.get("/admin/roles").await.text().contains("Postfach"));
    admin.get("/admin/roles/desk").await.expect(200);
    admin.form(&format!("/admin/people/{id}/roles"), "role=desk").await.expect(303);
    kim.get("/admin/people").await.expect(200);
    for bad in [
        "name=desk&title=x&permission=identity.break_glass",
        "name=desk&title=x&permission=identity.recognise",
        "name=desk&title=x&permission=nonsense",
    ] {
        assert_eq!(admin.form("/admin/roles", bad).await.expect(403).code(), "kernel.forbidden", "{bad}");
    }
    for bad in ["name=admin&title=x", "name=A&title=x", "name=desk&title="] {
        assert_eq!(admin.form("/admin/roles", bad).await.expect(422).code(), "identity.bad_value", "{bad}");
    }
    admin.form("/admin/roles/desk/remove", "").await.expect(303);
    kim.get("/admin/people").await.expect(403);
    admin.form("/admin/roles/desk/remove", "").await.expect(404);

    admin.form(&format!("/admin/people/{id}/lock"), "").await.expect(303);
    kim.get("/account").await.expect(401);
    let made = identity.link_for(&operator(&node), &id).await.unwrap();
    assert_eq!(Browser::new(&node).enter(&made.url).await.expect(403).code(), "identity.locked");
    admin.form(&format!("/admin/people/{id}/unlock"), "").await.expect(303);
    let made = identity.link_for(&operator(&node), &id).await.unwrap();
    kim.enter(&made.url).await.expect(303);
    admin.form(&format!("/admin/people/{id}/end-sessions"), "").await.expect(303);
    kim.get("/account").await.expect(401);
    admin.get(&format!("/admin/people/{id}/remove")).await.expect(200);
    admin.form(&format!("/admin/people/{id}/remove"), "").await.expect(303);
    admin.get(&format!("/admin/people/{id}")).await.expect(404);
}

#[tokio::test]
async fn nobody_lets_themselves_into_a_citizens_account() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let mark = "a-mark-of-more-than-thirty-two-letters";
    let ctx = browser(&node, mark);
    let begin = crate::operations::attempt::Begin { tenant: "kassel".into(), ..Default::default() };
    let (attempt, _) = identity.begin(&ctx, begin).await.unwrap();
    identity.arrive(&ctx, arrival(&attempt, "erika", Level::High)).await.unwrap();
    let sought = PeopleSought { words: "erika".into(), limit: 5, ..PeopleSought::default() };
    let (_, found) = identity.people(&operator(&node), &sought).await.unwrap();
    assert!(identity.link_for(&operator(&node), &found[0].id).await.is_err());
    let (admin, _) = signed_in(&node, &identity, "Chefin", "kassel", "admin").await;
    admin.get(&format!("/admin/people/{}", found[0].id)).await.expect(404);
}

#[tokio::test]
async fn a_stand_in_ends_by_itself_and_lends_nothing_on() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (clerk, clerk_id) = signed_in(&node, &identity, "Klara", "kassel", "clerk").await;
    let (_, idle) = signed_in(&node, &identity, "Ida", "kassel", "").await;
    let lend = |days: i64| format!("person={idle}&role=clerk&days={days}");
    clerk.get("/admin/lending").await.expect(200);
    assert_eq!(clerk.form("/admin/lending", &lend(0)).await.expect(422).code(), "identity.bad_value");
    assert_eq!(clerk.form("/admin/lending", &format!("person={idle}&role=admin&days=3")).await.status(), 404);
    clerk.form("/admin/lending", &lend(3)).await.expect(303);
    let stand_in = Browser::new(&node);
    stand_in.enter(&identity.link_for(&operator(&node), &idle).await.unwrap().url).await.expect(303);
    stand_in.form("/account/tenant", "tenant=kassel").await.expect(303);
    stand_in.get("/admin/people").await.expect(200);
    let on = format!("person={clerk_id}&role=clerk&days=3");
    stand_in.form("/admin/lending", &on).await.expect(404);
    assert!(clerk.get("/admin/lending").await.text().contains("Ida"));
    clerk
        .form("/admin/lending/take-back", &format!("person={idle}&tenant=kassel&role=clerk"))
        .await
        .expect(303);
    stand_in.get("/admin/people").await.expect(403);
    clerk.form("/admin/lending", &lend(1)).await.expect(303);
    node.clock.advance(HOUR);
    stand_in.get("/admin/people").await.expect(200);
    node.clock.advance(DAY);
    let again = Browser::new(&node);
    again.enter(&identity.link_for(&operator(&node), &idle).await.unwrap().url).await.expect(303);
    again.get("/admin/people").await.expect(403);
}

const ACT: Permission = crate::names::may::MANAGE_ROLES;

#[tokio::test]
async fn a_second_person_agrees_to_this_act_once_and_for_an_hour() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (one, _) = signed_in(&node, &identity, "Eins", "kassel", "admin").await;
    let (two, _) = signed_in(&node, &identity, "Zwei", "kassel", "clerk").await;
    let role = "name=desk&title=Postfach&permission=identity.read_people";
    one.form("/admin/roles", role).await.expect(303);
    one.form("/admin/settings", "level=normal&accent=standard&four_eyes=true&open_accounts=true")
        .await
        .expect(303);
    let wider = "name=desk&title=Postfach&permission=identity.manage_clients";
    let refused = one.form("/admin/roles", wider).await.expect(403);
    assert_eq!(refused.code(), "identity.second_person_needed");
    let page = one.get("/admin/approvals").await.expect(200).text();
    assert!(page.contains("Rolle ändern: desk (kassel)") && !page.contains("Change a role"), "one language");
    assert!(page.contains("Eins <small>"), "who asked has a name");
    let english = one.get("/admin/approvals?lang=en").await.expect(200).text();
    assert!(english.contains("Rolle ändern") != english.contains("Change a role: desk (kassel)"));
    assert!(refused.text().contains("Rolle ändern: desk") && !refused.text().contains("Change a role"));
    let id = node_id(&page)
        .unwrap_or_else(|| refused.text().split_once('#').unwrap().1.chars().take(36).collect());
    let (approve, decline) =
        (format!("/admin/approvals/{id}/approve"), format!("/admin/approvals/{id}/decline"));
    assert_eq!(one.form(&approve, "").await.expect(403).code(), "identity.not_yourself");
    assert_eq!(
        two.form(&approve, "").await.expect(403).code(),
        "kernel.forbidden",
        "who may not do it cannot agree to it"
    );
    let stranger = signed_in(&node, &identity, "Bonn", "bonn", "admin").await.0;
    stranger.form(&approve, "").await.expect(404);
    assert_eq!(
        identity.decide(&operator(&node), &id.parse().unwrap(), true).await.unwrap_err().code().code,
        "identity.not_yourself"
    );
    let second = signed_in(&node, &identity, "Drei", "kassel", "admin").await.0;
    second.form(&approve, "").await.expect(303);
    assert_eq!(second.form(&decline, "").await.expect(409).code(), "identity.not_waiting");
    // What was agreed to is this act, nothing else.
    let other = "name=desk&title=Postfach&permission=identity.manage_people";
    assert_eq!(one.form("/admin/roles", other).await.expect(403).code(), "identity.second_person_needed");
    assert_eq!(
        second.form("/admin/roles", wider).await.expect(403).code(),
        "identity.second_person_needed",
        "nor anybody else"
    );
    one.form("/admin/roles", wider).await.expect(303);
    assert_eq!(
        one.form("/admin/roles", wider).await.expect(403).code(),
        "identity.second_person_needed",
        "nor twice"
    );
    let page = one.get("/admin/approvals").await.text();
    assert!(page.contains("zugestimmt und ausgeführt"));
    node.clock.advance(HOUR);
    assert!(second.get("/admin/approvals").await.text().contains("verfallen"));
}

fn node_id(page: &str) -> Option<String> {
    page.split_once("/admin/approvals/")?.1.split_once("/approve").map(|it| it.0.to_owned())
}

#[tokio::test]
async fn an_expired_or_declined_request_opens_nothing() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, one) = signed_in(&node, &identity, "Eins", "", "admin").await;
    let (two, _) = signed_in(&node, &identity, "Zwei", "", "admin").await;
    let ctx = || {
        let actor = Actor {
            person: Some(one),
            session: Some(one),
            ..Actor::new(one.to_string(), "", kernel::Role::Admin)
        };
        node.ctx(actor)
    };
    // Two administer the node: neither makes a third alone.
    let invitation = Invitation { name: "Drei".into(), role: "admin".into(), ..Invitation::default() };
    let refused = identity.invite(&ctx(), &invitation).await.unwrap_err();
    assert_eq!(refused.code().code, "identity.second_person_needed");
    let id = |error: &kernel::Error| error.parameter("link").unwrap().split_once('#').unwrap().1.to_owned();
    two.form(&format!("/admin/approvals/{}/decline", id(&refused)), "").await.expect(303);
    let again = identity.invite(&ctx(), &invitation).await.unwrap_err();
    assert_ne!(id(&refused), id(&again), "a new request");
    two.form(&format!("/admin/approvals/{}/approve", id(&again)), "").await.expect(303);
    node.clock.advance(HOUR);
    let late = identity.invite(&ctx(), &invitation).await.unwrap_err();
    assert_eq!(late.code().code, "identity.second_person_needed", "an approval ends");
    node.clock.advance(HOUR);
    // Elsewhere four eyes are off unless somebody switches them on.
    assert!(identity.approved(&ctx(), ACT, &"x".into()).await.is_ok());
    let waits = format!("/admin/approvals/{}/approve", id(&late));
    let three = Browser::new(&node);
    three.enter(&identity.link_for(&operator(&node), &one).await.unwrap().url).await.expect(303);
    assert_eq!(three.form(&waits, "").await.status(), 403);
}

#[tokio::test]
async fn a_tenants_settings_decide_who_gets_in_and_what_is_kept() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (admin, _) = signed_in(&node, &identity, "Chefin", "kassel", "admin").await;
    let try_in = async |subject: &str, level: Level| {
        let ctx = browser(&node, "a-mark-of-more-than-thirty-two-letters");
        let begin = crate::operations::attempt::Begin { tenant: "kassel".into(), ..Default::default() };
        let (attempt, _) = identity.begin(&ctx, begin).await.unwrap();
        let mut arrival = arrival(&attempt, subject, level);
        arrival.claims.insert("birthdate".into(), "1964-08-12".into());
        arrival.organisation = Some(ArrivedOrganisation {
            subject: "hrb-1".into(),
            name: "Muster GmbH".into(),
            facts: [("legalForm".to_owned(), "GmbH".to_owned())].into(),
        });
        identity.arrive(&ctx, arrival).await.map(|_| ()).map_err(|it| it.code().code)
    };
    let set = async |body: &str| admin.form("/admin/settings", body).await;
    admin.get("/admin/settings").await.expect(200);
    set("level=substantial&accent=blue&open_accounts=true&claim=given_name&name=Stadt+Kassel")
        .await
        .expect(303);
    assert_eq!(try_in("erika", Level::Normal).await, Err("identity.level_not_reached"));
    assert_eq!(try_in("erika", Level::Substantial).await, Ok(()));
    let sought = PeopleSought { words: "erika".into(), limit: 5, ..PeopleSought::default() };
    let (_, found) = identity.people(&operator(&node), &sought).await.unwrap();
    let known = identity.person(&operator(&node), &found[0].id).await.unwrap();
    assert_eq!(
        known.person.claims,
        serde_json::json!({ "given_name": "Erika" }),
        "the birth date was not to be kept"
    );
    assert_eq!(known.organisations[0].name, "Muster GmbH");
    assert!(admin.get("/admin/organisations").await.expect(200).text().contains("Muster GmbH"));
    let page = Browser::new(&node);
    let attempt = page.begin("?tenant=kassel").await;
    assert!(page.get(&format!("/sign-in?attempt={attempt}")).await.text().contains("Stadt Kassel"));
    set("level=normal&accent=blue&claim=given_name").await.expect(303);
    assert_eq!(try_in("hans", Level::High).await, Err("identity.unknown_person"));
    assert_eq!(try_in("erika", Level::High).await, Ok(()), "who has an account gets in");
    set("level=normal&accent=blue&way=passkey").await.expect(303);
    assert_eq!(try_in("erika", Level::High).await, Err("identity.way_off"));
    assert_eq!(set("level=nonsense&accent=blue").await.expect(422).code(), "identity.bad_value");
}

struct Authority {
    params: CertificateParams,
    key: KeyPair,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self { params, key: KeyPair::generate().unwrap() }
    }

    fn issue(&self, key: &KeyPair, serial: u64) -> Vec<u8> {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "Kim Klerk");
        params.serial_number = Some(SerialNumber::from(serial));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.signed_by(key, &Issuer::from_params(&self.params, &self.key)).unwrap().der().to_vec()
    }

    fn revoke(&self, serial: u64, now: i64) -> Vec<u8> {
        let at = |seconds: i64| time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let params = CertificateRevocationListParams {
            this_update: at(now - 60),
            next_update: at(now + 86_400),
            crl_number: SerialNumber::from(1u64),
            issuing_distribution_point: None,
            revoked_certs: vec![RevokedCertParams {
                serial_number: SerialNumber::from(serial),
                revocation_time: at(now - 60),
                reason_code: None,
                invalidity_date: None,
            }],
            key_identifier_method: rcgen::KeyIdMethod::Sha256,
        };
        params.signed_by(&Issuer::from_params(&self.params, &self.key)).unwrap().der().to_vec()
    }
}

#[tokio::test]
async fn a_certificate_lets_in_whom_its_key_belongs_to() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, foreign) = (Authority::new("Haus-CA"), Authority::new("Haus-CA"));
    let (file, lists) = (folder.path().join("ca.der"), folder.path().join("ca.crl"));
    std::fs::write(&file, ours.params.clone().self_signed(&ours.key).unwrap().der()).unwrap();
    let now = testkit::NOON / 1_000_000;
    std::fs::write(&lists, ours.revoke(99, now)).unwrap();
    let anchor = Anchor { file, revocation_lists: vec![lists], level: "substantial".into(), tenant: None };
    let config = Config { certificate_anchors: vec![anchor], ..Config::default() };
    let identity = Identity::new(config, [7; 32], Vec::new());
    let node = testkit::node(vec![identity.block()]).await;
    let (kim, id) = signed_in(&node, &identity, "Kim", "kassel", "clerk").await;
    assert!(kim.get("/sign-in?attempt=none").await.status() == 400);
    let key = KeyPair::generate().unwrap();
    let try_in = async |certificate: Vec<u8>| {
        let ctx = browser(&node, "a-mark-of-more-than-thirty-two-letters");
        let (attempt, _) = identity.begin(&ctx, crate::operations::attempt::Begin::default()).await.unwrap();
        let asker = crate::operations::throttle::Asker {
            address: node.system("").id().to_string(),
            device: String::new(),
        };
        identity.sign_in_by_certificate(&ctx, &asker, &attempt, &[certificate]).await
    };
    let good = ours.issue(&key, 42);
    let unknown = try_in(good.clone()).await.unwrap_err();
    assert_eq!(unknown.code().code, "identity.certificate_unknown");
    let fingerprint = unknown.parameter("fingerprint").unwrap().to_owned();
    let admin = signed_in(&node, &identity, "Chefin", "kassel", "admin").await.0;
    let bind = format!("/admin/people/{id}/certificates");
    assert_eq!(admin.form(&bind, "certificate=nonsense").await.expect(422).code(), "identity.bad_value");
    admin.form(&bind, &format!("certificate={fingerprint}")).await.expect(303);
    let (_, other) = signed_in(&node, &identity, "Ida", "kassel", "clerk").await;
    let taken = admin
        .form(&format!("/admin/people/{other}/certificates"), &format!("certificate={fingerprint}"))
        .await;
    assert_eq!(taken.expect(409).code(), "identity.login_taken");
    try_in(good).await.unwrap();
    // A renewed certificate for the same key is the same person; the same name with another key is not.
    try_in(ours.issue(&key, 43)).await.unwrap();
    let namesake = try_in(ours.issue(&KeyPair::generate().unwrap(), 44)).await.unwrap_err();
    assert_eq!(namesake.code().code, "identity.certificate_unknown");
    let revoked = try_in(ours.issue(&key, 99)).await.unwrap_err();
    let said = (revoked.detail(kernel::Lang::De), revoked.detail(kernel::Lang::En));
    assert!(
        said.0.contains("wurde am ") && said.0.contains("gesperrt") && !said.0.contains("epoch"),
        "{said:?}"
    );
    assert!(said.1.contains("it was revoked on ") && !said.1.contains("epoch"), "{said:?}");
    for bad in [foreign.issue(&key, 42), ours.issue(&key, 99), b"nonsense".to_vec()] {
        assert_eq!(try_in(bad).await.unwrap_err().code().code, "identity.certificate_refused");
    }
    let page = admin.get(&format!("/admin/people/{id}")).await.text();
    let login = page.split("/logins/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    admin.form(&format!("/admin/people/{id}/logins/{login}/remove"), "").await.expect(303);
    assert!(try_in(ours.issue(&key, 45)).await.is_err());
    without_one(&node).await;
}

#[tokio::test]
async fn an_authority_of_one_tenant_is_offered_to_that_tenant_only() {
    let anchor = Anchor {
        file: "ca.der".into(),
        revocation_lists: Vec::new(),
        level: "substantial".into(),
        tenant: Some("kassel".into()),
    };
    let config = Config { certificate_anchors: vec![anchor], ..Config::default() };
    let identity = Identity::new(config, [7; 32], Vec::new());
    let node = testkit::node(vec![identity.block()]).await;
    for (query, offered) in [("", false), ("?tenant=bonn", false), ("?tenant=kassel", true)] {
        let browser = Browser::new(&node);
        let attempt = browser.begin(query).await;
        let page = browser.get(&format!("/sign-in?attempt={attempt}")).await.expect(200).text();
        assert_eq!(page.contains("/sign-in/certificate"), offered, "{query}");
    }
}

#[tokio::test]
async fn the_account_says_for_which_organisation_one_acts() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let mark = "a-mark-of-more-than-thirty-two-letters";
    let ctx = browser(&node, mark);
    let (attempt, _) = identity.begin(&ctx, crate::operations::attempt::Begin::default()).await.unwrap();
    let mut arrival = arrival(&attempt, "ada", Level::Normal);
    arrival.organisation = Some(ArrivedOrganisation {
        subject: "hrb-1".into(),
        name: "Muster GmbH".into(),
        facts: std::collections::BTreeMap::default(),
    });
    let arrived = identity.arrive(&ctx, arrival).await.unwrap();
    let cookie = arrived.cookies.first().unwrap().split(';').next().unwrap().to_owned();
    let page = node.as_nobody().with("cookie", cookie).get("/account").await.expect(200).text();
    let known = page.split("Handelt für").nth(1).unwrap().split("</dd>").next().unwrap();
    assert!(known.contains("Muster GmbH"), "{known}");
    let (ada, _) = signed_in(&node, &identity, "Ada", "kassel", "clerk").await;
    assert!(!ada.get("/account").await.text().contains("Handelt für"));
}

#[tokio::test]
async fn permissions_are_shown_in_words() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (admin, _) = signed_in(&node, &identity, "Chefin", "kassel", "admin").await;
    admin.form("/admin/roles", "name=desk&title=Postfach&permission=identity.read_people").await.expect(303);
    let page = admin.get("/admin/roles").await.expect(200).text();
    assert_eq!(page.matches("Personen und Rechte: Personen und Rollen sehen").count(), 2, "role and form");
}

/// Without a certificate the page says where to go.
async fn without_one(node: &Node) {
    let browser = Browser::new(node);
    let attempt = browser.begin("").await;
    let page = browser.get(&format!("/sign-in/certificate?attempt={attempt}")).await.expect(200).text();
    assert!(page.contains("https://localhost:8443/sign-in/certificate?attempt="));
}

#[tokio::test]
async fn people_over_the_api() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let admin = node.as_admin();
    let body =
        serde_json::json!({ "name": "Ada", "tenant": "kassel", "role": "clerk", "level": "substantial" });
    let made = admin.post("/api/v1/identity/people", &body).await.expect(201).json();
    let id = made["person"].as_str().unwrap().to_owned();
    assert!(made["link"].as_str().unwrap().starts_with("http://localhost:8080/account/invitation?code="));
    assert_eq!(admin.get("/api/v1/identity/people?words=ada").await.expect(200).json()["total"], 1);
    for what in ["lock", "unlock"] {
        admin.post(&format!("/api/v1/identity/people/{id}/{what}"), &serde_json::json!({})).await.expect(204);
    }
    admin.post(&format!("/api/v1/identity/people/{id}/link"), &serde_json::json!({})).await.expect(201);
    let high = serde_json::json!({ "name": "Ada", "level": "high" });
    assert_eq!(admin.post("/api/v1/identity/people", &high).await.expect(422).code(), "identity.bad_value");
    let reason = serde_json::json!({ "reason": "Probe für den Ernstfall" });
    node.as_clerk("kassel").post("/api/v1/identity/break-glass", &reason).await.expect(403);
    node.as_nobody()
        .post("/api/v1/identity/break-glass", &serde_json::json!({ "reason": "" }))
        .await
        .expect(401);
    admin.post("/api/v1/identity/break-glass", &reason).await.expect(201);
    node.clock.advance(40 * DAY);
    node.settle().await;
}
