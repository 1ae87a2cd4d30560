//! Attempts to become more than one is, alone.

use super::{
    arriving::{arrival, browser, identity},
    relying::{BACK, World, pairs, parameter},
    visit::signed_in,
};
use crate::{names::may, operations::attempt::Begin, store};
use kernel::{Actor, Level, Role};
use ports::identity::Identity as _;
use serde_json::json;
use testkit::Node;
use uuid::Uuid;

const FINGERPRINT: &str = "certificate=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

async fn role(node: &Node, person: Uuid, tenant: &str, role: &str) {
    let ctx = node.system(tenant);
    let mut tx = ctx.write(may::RECOGNISE).await.unwrap();
    let it = crate::model::Membership {
        person,
        tenant: tenant.to_owned(),
        role: role.to_owned(),
        given_by: String::new(),
        given_at: 0,
        until: None,
    };
    store::membership::give(&mut tx, &it).await.unwrap();
    tx.commit(crate::names::did::ROLE_GIVEN, "").await.unwrap();
}

#[tokio::test]
async fn whoever_manages_people_makes_nobody_more_than_they_are() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (admin, boss) = signed_in(&node, &identity, "Chefin", "kassel", "admin").await;
    let desk = "name=desk&title=Personal&permission=identity.read_people&permission=identity.manage_people";
    admin.form("/admin/roles", desk).await.expect(303);
    let (kim, id) = signed_in(&node, &identity, "Kim", "kassel", "desk").await;
    kim.get("/admin/people").await.expect(200);
    for more in ["clerk", "auditor", "admin"] {
        let refused = kim.form(&format!("/admin/people/{id}/roles"), &format!("role={more}")).await;
        assert_eq!(refused.expect(403).code(), "kernel.forbidden", "{more}");
        let invited = kim.form("/admin/people/new", &format!("name=Puppe&role={more}")).await;
        assert_eq!(invited.expect(403).code(), "kernel.forbidden", "{more}");
    }
    // Nor do they step into the shoes of somebody who may more, or take those away.
    for (what, body) in [("link", ""), ("certificates", FINGERPRINT), ("lock", ""), ("end-sessions", "")] {
        kim.form(&format!("/admin/people/{boss}/{what}"), body).await.expect(403);
    }
    kim.form(&format!("/admin/people/{boss}/roles/take"), "role=admin&tenant=kassel").await.expect(403);
    let (_, clerk) = signed_in(&node, &identity, "Klara", "kassel", "clerk").await;
    kim.form(&format!("/admin/people/{clerk}/link"), "").await.expect(403);
    kim.form(&format!("/admin/people/{clerk}/certificates"), FINGERPRINT).await.expect(403);
    // What they have themselves, they give.
    let (_, idle) = signed_in(&node, &identity, "Ida", "kassel", "").await;
    kim.form(&format!("/admin/people/{idle}/roles"), "role=desk").await.expect(303);
    kim.form(&format!("/admin/people/{idle}/link"), "").await.expect(200);
    admin.form(&format!("/admin/people/{idle}/roles"), "role=auditor").await.expect(303);
}

#[tokio::test]
async fn one_administrator_alone_does_not_become_two() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (one, _) = signed_in(&node, &identity, "Eins", "kassel", "admin").await;
    let (_, two) = signed_in(&node, &identity, "Zwei", "kassel", "admin").await;
    let needs = |it: testkit::Answer| assert_eq!(it.expect(403).code(), "identity.second_person_needed");
    // Not by a role that is as good, ...
    let desk = "name=desk&title=x&permission=identity.give_admin&permission=identity.approve";
    needs(one.form("/admin/roles", desk).await);
    let ctx = node.system("kassel");
    let mut tx = ctx.write(may::RECOGNISE).await.unwrap();
    let kept = crate::model::OwnRole {
        tenant: "kassel".into(),
        name: "desk".into(),
        title: "x".into(),
        permissions: vec![may::GIVE_ADMIN.0.into()],
        changed_at: 0,
    };
    store::role::save(&mut tx, &kept).await.unwrap();
    tx.commit(crate::names::did::ROLE_SAVED, "").await.unwrap();
    needs(one.form("/admin/people/new", "name=Puppe&role=desk").await);
    // ... nor as the other one, ...
    needs(one.form(&format!("/admin/people/{two}/link"), "").await);
    needs(one.form(&format!("/admin/people/{two}/certificates"), FINGERPRINT).await);
    // ... nor, where four eyes are asked for, with any second account.
    one.form("/admin/people/new", "name=Puppe&role=clerk").await.expect(200);
    one.form("/admin/settings", "level=normal&accent=standard&four_eyes=true").await.expect(303);
    needs(one.form("/admin/people/new", "name=Puppe&role=clerk").await);
    needs(one.form("/admin/people/new", "name=Puppe&role=").await);
}

#[tokio::test]
async fn a_program_is_no_pair_of_eyes() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, one) = signed_in(&node, &identity, "Eins", "kassel", "admin").await;
    let (_, two) = signed_in(&node, &identity, "Zwei", "kassel", "admin").await;
    let rights = |person: Option<Uuid>, name: String| {
        let names = [may::MANAGE_PEOPLE, may::GIVE_ADMIN, may::APPROVE, may::READ_PEOPLE];
        let rights = names.iter().map(|it| it.0.to_owned()).collect::<std::collections::BTreeSet<_>>();
        Actor {
            person,
            rights: rights.into(),
            ..Actor::with_roles(name, "kassel".to_owned(), vec![Role::Everyone])
        }
    };
    let puppet = crate::operations::people::Invitation {
        name: "Puppe".into(),
        role: "admin".into(),
        ..Default::default()
    };
    // In its own name, or in that of the one who made it.
    for actor in [rights(None, "a-machine".into()), rights(Some(one), one.to_string())] {
        let refused = identity.invite(&node.ctx(actor), &puppet).await.unwrap_err();
        assert_eq!(refused.code().code, "kernel.forbidden");
    }
    let at_browser = Actor { session: Some(one), ..rights(Some(one), one.to_string()) };
    let waits = identity.invite(&node.ctx(at_browser), &puppet).await.unwrap_err();
    assert_eq!(waits.code().code, "identity.second_person_needed");
    let id: Uuid = waits.parameter("link").unwrap().split_once('#').unwrap().1.parse().unwrap();
    let by_token = node.ctx(rights(Some(two), two.to_string()));
    assert_eq!(identity.decide(&by_token, &id, true).await.unwrap_err().code().code, "identity.not_yourself");
    let herself = node.ctx(Actor { session: Some(two), ..rights(Some(two), two.to_string()) });
    identity.decide(&herself, &id, true).await.unwrap();
}

#[tokio::test]
async fn no_program_gets_into_an_account_or_passes_for_a_person() {
    let mut world = World::ready(json!({})).await;
    let clerk = world.node.as_person(Uuid::from_u128(5), "kassel", &[Role::Clerk], Level::Substantial);
    let new = |id: &str, settings: serde_json::Value| json!({ "clientId": id, "tenant": "kassel", "name": "x", "authMethod": "none", "settings": settings });
    let path = "/api/v1/identity/clients";
    // Everybody has this permission; a program with it could add a passkey of its own.
    let own_account = json!({ "redirectUris": [BACK], "scopes": ["identity.own_account"] });
    clerk.post(path, &new("a-program", own_account)).await.expect(400);
    let trusted = json!({ "redirectUris": [BACK], "trusted": true });
    clerk.post(path, &new("a-program", trusted)).await.expect(403);
    let (_, person) = signed_in(&world.node, &world.identity, "Kim", "kassel", "admin").await;
    let passing = clerk.post(path, &new(&person.to_string(), json!({ "redirectUris": [BACK] }))).await;
    assert_eq!(passing.expect(409).code(), "identity.client_exists");
    // One that was registered with it before gets nothing by it, and nothing in another tenant.
    world.register("elsewhere", "private_key_jwt", &json!({ "scopes": ["trial.open"] })).await.expect(201);
    let end = world.end("elsewhere", &[("scope", "openid trial.open")]).await;
    let code = parameter(&end, "code").unwrap();
    let found = world.post("/oidc/token", &world.exchange("elsewhere", &code)).await.expect(200).json();
    let token = found["access_token"].as_str().unwrap();
    let hash = crate::rules::secrets::hash(world.session.split_once('=').unwrap().1);
    let session = {
        let ctx = world.node.system("");
        let mut tx = ctx.read(may::RECOGNISE).await.unwrap();
        store::session::by_token(&mut tx, &hash).await.unwrap().unwrap()
    };
    for (tenant, status) in [("fulda", 403), ("kassel", 200)] {
        role(&world.node, session.person, tenant, "clerk").await;
        let ctx = world.node.system("");
        let mut tx = ctx.write(may::RECOGNISE).await.unwrap();
        store::session::act_for(&mut tx, &session.id, tenant).await.unwrap();
        tx.commit(crate::names::did::TENANT_CHANGED, "").await.unwrap();
        world.show("/trial", "DPoP", token, Some(&world.dpop)).await.expect(status);
    }
    world.sign_in("max", Level::Normal).await;
}

#[tokio::test]
async fn two_tenants_never_know_a_person_by_the_same_name() {
    let world = World::open().await;
    let of = |tenant: &str| {
        let client = crate::model::Client {
            id: "same".into(),
            tenant: tenant.into(),
            name: String::new(),
            roles: Vec::new(),
            auth_method: "none".into(),
            secret_hash: String::new(),
            settings: json!({}),
            created_at: 0,
            rotated_at: 0,
        };
        let registration =
            crate::model::client::Registration { redirect_uris: vec![BACK.into()], ..Default::default() };
        let party = crate::model::client::Party {
            client,
            method: crate::model::client::AuthMethod::None,
            registration,
        };
        world.identity.pseudonym(&party, &Uuid::from_u128(1))
    };
    assert_ne!(of("kassel"), of("fulda"));
    assert_eq!(of("kassel"), of("kassel"));
}

#[tokio::test]
async fn a_weaker_proof_does_not_refresh_a_stronger_one() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let prove = async |actor: Actor, level: Level| {
        let ctx = browser(&node, "a-mark-of-more-than-thirty-two-letters").acting(actor);
        let (attempt, _) = identity.begin(&ctx, Begin::default()).await.unwrap();
        let arrived = identity.arrive(&ctx, arrival(&attempt, "erika", level)).await.unwrap();
        let cookie = arrived.cookies[0].split(';').next().unwrap().to_owned();
        let hash = crate::rules::secrets::hash(cookie.split_once('=').unwrap().1);
        let ctx = node.system("");
        let mut tx = ctx.read(may::RECOGNISE).await.unwrap();
        store::session::by_token(&mut tx, &hash).await.unwrap().unwrap()
    };
    let strong = prove(Actor::nobody(), Level::High).await;
    node.clock.advance(kernel::MINUTE);
    let actor = Actor {
        person: Some(strong.person),
        session: Some(strong.id),
        ..Actor::with_roles(strong.person.to_string(), "", vec![Role::Person])
    };
    let weak = prove(actor, Level::Normal).await;
    assert_eq!(weak.id, strong.id);
    assert!(weak.proved_at > strong.proved_at && weak.level == Level::Normal);
}

#[tokio::test]
async fn a_way_in_is_added_by_the_one_who_asked_for_it() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, eve) = signed_in(&node, &identity, "Eva", "kassel", "").await;
    let (_, max) = signed_in(&node, &identity, "Max", "kassel", "").await;
    let person = |id: Uuid| Actor {
        person: Some(id),
        session: Some(id),
        ..Actor::with_roles(id.to_string(), "", vec![Role::Person])
    };
    let mark = "a-mark-of-more-than-thirty-two-letters";
    let hers = browser(&node, mark).acting(person(eve));
    let begin = Begin { adds_to: Some(eve), ..Begin::default() };
    let (attempt, _) = identity.begin(&hers, begin).await.unwrap();
    let his = browser(&node, mark).acting(person(max));
    let refused = identity.arrive(&his, arrival(&attempt, "max", Level::High)).await.unwrap_err();
    assert_eq!(refused.code().code, "identity.no_attempt");
    identity.arrive(&hers, arrival(&attempt, "eva", Level::High)).await.unwrap();
}

#[tokio::test]
async fn whoever_asks_for_less_keeps_what_may_ask_for_all() {
    let mut world = World::open().await;
    world.register("a-phone-app", "none", &json!({})).await.expect(201);
    world.sign_in("erika", Level::Substantial).await;
    let asked = World::asked(&[("client_id", "a-phone-app")]);
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
    let code = parameter(&world.walk(&super::relying::address(&asked)).await, "code").unwrap();
    let fields = pairs(&[
        ("client_id", "a-phone-app"),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", BACK),
        ("code_verifier", super::relying::VERIFIER),
    ]);
    let first = world.post_with("/oidc/token", &fields, &[]).await.expect(200).json();
    let renew = |token: &str, scope: &str| {
        pairs(&[
            ("client_id", "a-phone-app"),
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("scope", scope),
        ])
    };
    let token = first["refresh_token"].as_str().unwrap();
    let narrow = world.post_with("/oidc/token", &renew(token, "openid"), &[]).await.expect(200).json();
    assert_eq!(narrow["scope"], "openid");
    let next = narrow["refresh_token"].as_str().unwrap();
    let wide = world.post_with("/oidc/token", &renew(next, "openid profile"), &[]).await.expect(200).json();
    assert_eq!(wide["scope"], "openid profile");
    let more = renew(wide["refresh_token"].as_str().unwrap(), "openid profile email");
    world.post_with("/oidc/token", &more, &[]).await.expect(400);
}

#[tokio::test]
async fn what_one_tenant_vouches_for_counts_in_that_tenant() {
    let mut world = World::open().await;
    world.register("casework", "private_key_jwt", &json!({ "level": "substantial" })).await.expect(201);
    for (tenant, status) in [("kassel", 200), ("fulda", 303)] {
        let cookie = {
            let (invited, _) = signed_in(&world.node, &world.identity, "Max", tenant, "").await;
            invited.cookie("fachwerk_account")
        };
        world.session = format!("fachwerk_account={cookie}");
        let path = world.push("casework", &[]).await;
        world.browse(&path).await.expect(status);
    }
}
