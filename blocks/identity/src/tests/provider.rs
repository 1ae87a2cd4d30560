//! The OpenID Provider, used as it should be.

use super::relying::{BACK, ISSUER, World, address, key, pairs, parameter};
use axum::{body::Body, http::Request};
use kernel::{HOUR, Level, MINUTE, http::PeerCertificates};
use oidc::{Jwks, id_token, jws::FAPI, logout, metadata::Metadata};
use serde_json::json;
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn it_says_what_it_offers() {
    let world = World::open().await;
    let found = world.node.as_nobody().get("/.well-known/openid-configuration").await.expect(200).json();
    let metadata: Metadata = serde_json::from_value(found.clone()).unwrap();
    assert_eq!(metadata.check(ISSUER, true), Ok(()));
    assert_eq!(found["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(found["authorization_response_iss_parameter_supported"], json!(true));
    let offered = found["token_endpoint_auth_signing_alg_values_supported"].to_string();
    assert!(!offered.contains("none") && !offered.contains("RS256") && !offered.contains("HS"), "{offered}");
    let other =
        world.node.as_nobody().get("/.well-known/oauth-authorization-server").await.expect(200).json();
    assert_eq!(other, found);
}

#[tokio::test]
async fn a_person_signs_in_to_a_client() {
    let world = World::ready(json!({})).await;
    let end = world.end("casework", &[]).await;
    assert!(end.starts_with(BACK));
    // Whom the answer is from is said, against mix-up (RFC 9207).
    assert_eq!(parameter(&end, "iss").as_deref(), Some(ISSUER));
    assert_eq!(parameter(&end, "state").as_deref(), Some("st"));
    let code = parameter(&end, "code").unwrap();
    let tokens = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    assert_eq!(tokens["token_type"], "DPoP");
    let keys = world.node.as_nobody().get("/oidc/jwks").await.expect(200).json();
    let access = tokens["access_token"].as_str().unwrap();
    let expected = id_token::Expected {
        issuer: ISSUER,
        client_id: "casework",
        nonce: Some("no"),
        access_token: Some(access),
        max_age: Some(60),
        acr: &["http://eidas.europa.eu/LoA/substantial"],
        now: world.now(),
        code: None,
    };
    let id_token = tokens["id_token"].as_str().unwrap();
    let claims = id_token::verify(id_token, &Jwks::read(&keys).unwrap(), &FAPI, expected).unwrap();
    let about = world.show("/oidc/userinfo", "DPoP", access, Some(&world.dpop)).await.expect(200).json();
    assert_eq!(about["sub"].as_str(), claims.text("sub"));
    assert_eq!(about["given_name"], "Erika");
    // The second time nobody is asked.
    let shown = world.browse(&world.push("casework", &[]).await).await;
    assert!(shown.expect(303).header("location").contains("code="));
}

#[tokio::test]
async fn tokens_are_looked_into_renewed_and_revoked() {
    let world = World::ready(json!({})).await;
    let code = world.code("casework").await;
    let first = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let refresh = first["refresh_token"].as_str().unwrap().to_owned();
    let renew = || {
        [world.proven("casework"), pairs(&[("grant_type", "refresh_token"), ("refresh_token", &refresh)])]
            .concat()
    };
    let second = world.post("/oidc/token", &renew()).await.expect(200).json();
    // Bound to a key of the client: it stays (FAPI 2.0).
    assert_eq!(second["refresh_token"].as_str(), Some(refresh.as_str()));
    let access = second["access_token"].as_str().unwrap();
    let look = |token: &str| [world.proven("casework"), pairs(&[("token", token)])].concat();
    let seen = world.post("/oidc/introspect", &look(access)).await.expect(200).json();
    assert_eq!((&seen["active"], &seen["client_id"]), (&json!(true), &json!("casework")));
    assert_eq!(seen["cnf"]["jkt"], json!(world.dpop.public().thumbprint()));
    let seen = world.post("/oidc/introspect", &look(&refresh)).await.expect(200).json();
    assert_eq!(seen["active"], true);
    world.post("/oidc/revoke", &look(&refresh)).await.expect(200);
    world.post("/oidc/revoke", &look("unknown")).await.expect(200);
    for token in [access, &refresh, "garbage"] {
        let seen = world.post("/oidc/introspect", &look(token)).await.expect(200).json();
        assert_eq!(seen, json!({ "active": false }));
    }
    world.show("/oidc/userinfo", "DPoP", access, Some(&world.dpop)).await.expect(401);
    assert_eq!(world.post("/oidc/token", &renew()).await.expect(400).json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_machine_gets_what_it_is_registered_for() {
    let world = World::ready(json!({ "scopes": ["trial.open"] })).await;
    let ask = |scope: &str| {
        let more = [("grant_type", "client_credentials"), ("scope", scope)];
        [world.proven("casework"), pairs(&more)].concat()
    };
    let found = world.post("/oidc/token", &ask("trial.open")).await.expect(200).json();
    let token = found["access_token"].as_str().unwrap();
    let seen = world.show("/trial", "DPoP", token, Some(&world.dpop)).await.expect(200).json();
    assert_eq!(seen, json!({ "name": "casework", "tenant": "kassel", "person": false }));
    world.show("/trial", "Bearer", token, None).await.expect(401);
    world.show("/trial", "Bearer", token, Some(&world.dpop)).await.expect(401);
    world.show("/trial", "DPoP", token, Some(&key())).await.expect(401);
    let refused = world.post("/oidc/token", &ask("identity.manage_people")).await.expect(400);
    assert_eq!(refused.json()["error"], "invalid_scope");
    // Removing the client voids its tokens at once.
    world.node.as_admin().delete("/api/v1/identity/clients/casework").await.expect(204);
    world.show("/trial", "DPoP", token, Some(&world.dpop)).await.expect(401);
    world.post("/oidc/token", &ask("trial.open")).await.expect(401);
}

#[tokio::test]
async fn in_a_persons_name_a_client_may_no_more_than_the_person() {
    let world = World::ready(json!({ "scopes": ["trial.open"] })).await;
    let end = world.end("casework", &[("scope", "openid trial.open")]).await;
    let code = parameter(&end, "code").unwrap();
    let found = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let token = found["access_token"].as_str().unwrap();
    // The client was given the permission, but this person has not got it.
    world.show("/trial", "DPoP", token, Some(&world.dpop)).await.expect(403);
}

#[tokio::test]
async fn a_certificate_proves_a_client_and_binds_its_tokens() {
    let world = World::open().await;
    let kept = oidc::certificate_thumbprint(b"certificate");
    let settings = json!({ "fapi": true, "certificate": kept, "scopes": ["trial.open"] });
    world.register("a-machine", "self_signed_tls_client_auth", &settings).await.expect(201);
    let ask = |shown: Option<&[u8]>| {
        let mut request = Request::builder()
            .method("POST")
            .uri("/oidc/token")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(shown) = shown {
            request = request.extension(PeerCertificates(Arc::new(vec![shown.to_vec()])));
        }
        let body = Body::from("grant_type=client_credentials&client_id=a-machine");
        let visitor = world.node.as_nobody();
        async move { visitor.send(request, body).await }
    };
    ask(None).await.expect(401);
    ask(Some(b"another")).await.expect(401);
    let found = ask(Some(b"certificate")).await.expect(200).json();
    assert_eq!(found["token_type"], "Bearer");
    let token = found["access_token"].as_str().unwrap();
    world.show("/trial", "Bearer", token, None).await.expect(401);
    let request = Request::builder()
        .uri("/trial")
        .header("authorization", format!("Bearer {token}"))
        .extension(PeerCertificates(Arc::new(vec![b"certificate".to_vec()])));
    world.node.as_nobody().send(request, Body::empty()).await.expect(200);
}

#[tokio::test]
async fn a_client_can_ask_for_more_certainty() {
    let mut world = World::ready(json!({})).await;
    let high = r#"{"id_token":{"acr":{"essential":true,"value":"http://eidas.europa.eu/LoA/high"}}}"#;
    let path = world.push("casework", &[("claims", high)]).await;
    let there = world.browse(&path).await.expect(303).header("location").to_owned();
    assert!(there.starts_with("/sign-in?attempt="), "{there}");
    // Whoever comes back no surer than before is not sent round again.
    let attempt = there.split('=').nth(1).unwrap().to_owned();
    let ctx = super::arriving::browser(&world.node, "a-mark-of-more-than-thirty-two-letters");
    let begun = world.identity.begun(&ctx, &attempt).await.unwrap();
    assert_eq!(begun.level, Level::High);
    let back = world.browse(&begun.destination).await.expect(200);
    assert!(back.header("refresh").contains("error=unmet_authentication_requirements"));
    // Surer, it goes on.
    world.sign_in("erika", Level::High).await;
    let end = world.end("casework", &[("claims", high)]).await;
    assert!(end.contains("code="), "{end}");
    let unknown = r#"{"id_token":{"acr":{"essential":true,"value":"urn:nobody:knows"}}}"#;
    let fields = [World::asked(&[("claims", unknown)]), world.proven("casework")].concat();
    let refused = world.post("/oidc/par", &fields).await.expect(400);
    assert_eq!(refused.json()["error"], "unmet_authentication_requirements");
}

#[tokio::test]
async fn silence_and_freshness_are_kept() {
    let mut world = World::ready(json!({})).await;
    let silent = world.browse(&world.push("casework", &[("prompt", "none")]).await).await.expect(303);
    assert!(silent.header("location").contains("error=consent_required"), "{}", silent.header("location"));
    world.code("casework").await;
    let silent = world.browse(&world.push("casework", &[("prompt", "none")]).await).await.expect(303);
    assert!(silent.header("location").contains("code="));
    world.node.clock.advance(2 * MINUTE);
    for again in [("max_age", "60"), ("prompt", "login")] {
        let shown = world.browse(&world.push("casework", &[again]).await).await.expect(303);
        assert!(shown.header("location").starts_with("/sign-in?attempt="), "{again:?}");
    }
    world.session = String::new();
    let silent = world.browse(&world.push("casework", &[("prompt", "none")]).await).await.expect(303);
    assert!(silent.header("location").contains("error=login_required"));
}

#[tokio::test]
async fn each_sector_knows_a_person_by_another_name() {
    let world = World::ready(json!({})).await;
    let far = json!({ "redirectUris": ["https://far.example/back"] });
    world.register("far-away-client", "private_key_jwt", &far).await.expect(201);
    let near = json!({ "redirectUris": ["https://casework.example/other"] });
    world.register("neighbouring-client", "private_key_jwt", &near).await.expect(201);
    let mut names = Vec::new();
    for (id, to) in [
        ("casework", BACK),
        ("far-away-client", "https://far.example/back"),
        ("neighbouring-client", "https://casework.example/other"),
    ] {
        let end = world.end(id, &[("redirect_uri", to)]).await;
        let mut fields = world.exchange(id, &parameter(&end, "code").unwrap());
        fields.retain(|it| it.0 != "redirect_uri");
        let found = world.post("/oidc/token", &fields).await.expect(200).json();
        let token = found["access_token"].as_str().unwrap();
        let about = world.show("/oidc/userinfo", "DPoP", token, Some(&world.dpop)).await.expect(200).json();
        names.push(about["sub"].as_str().unwrap().to_owned());
    }
    assert_ne!(names[0], names[1]);
    assert_eq!(names[0], names[2], "two clients of one host");
}

#[tokio::test]
async fn what_was_agreed_to_can_be_taken_back() {
    let world = World::ready(json!({})).await;
    let code = world.code("casework").await;
    let found = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let token = found["access_token"].as_str().unwrap();
    let page = world.browse("/account/consents").await.expect(200).text();
    assert!(page.contains("Fachverfahren"));
    world.send_page("/account/consents/withdraw", &[("client", "casework")], "same-origin").await.expect(303);
    world.show("/oidc/userinfo", "DPoP", token, Some(&world.dpop)).await.expect(401);
    let shown = world.browse(&world.push("casework", &[]).await).await.expect(200);
    assert!(shown.text().contains("Zustimmen"));
}

#[tokio::test]
async fn signing_out_ends_tokens_and_tells_clients() {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let uri = format!("http://{}/bye", listener.local_addr().unwrap());
    let keep = Arc::clone(&heard);
    let hear = move |body: String| async move { keep.lock().unwrap().push(body) };
    let router = axum::Router::new().route("/bye", axum::routing::post(hear));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let world = World::ready(json!({ "backchannelLogoutUri": uri, "scopes": ["profile"] })).await;
    let code = parameter(&world.end("casework", &[("scope", "openid profile")]).await, "code").unwrap();
    let found = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let token = found["access_token"].as_str().unwrap();
    let hint = found["id_token"].as_str().unwrap();
    let ask = |uri: &str| {
        let all = [("id_token_hint", hint), ("post_logout_redirect_uri", uri), ("state", "x")];
        address(&all).replace("/oidc/authorize?", "/oidc/logout?")
    };
    // Nobody is sent to an address that is not registered.
    let page = world.browse(&ask("https://evil.example")).await.expect(200).text();
    assert!(!page.contains("=\"https://evil.example"));
    let page = world.browse(&ask("https://casework.example/bye")).await.expect(200).text();
    assert!(page.contains("https://casework.example/bye"));
    let fields = [
        ("client_id", "casework"),
        ("post_logout_redirect_uri", "https://casework.example/bye"),
        ("state", "x"),
    ];
    let done = world.send_page("/oidc/logout/confirm", &fields, "same-origin").await.expect(200);
    assert_eq!(done.header("refresh"), "0;url=https://casework.example/bye?state=x");
    world.show("/oidc/userinfo", "DPoP", token, Some(&world.dpop)).await.expect(401);
    world.node.settle().await;
    let body = heard.lock().unwrap().first().cloned().unwrap();
    let told = body.strip_prefix("logout_token=").unwrap();
    let keys = Jwks::read(&world.node.as_nobody().get("/oidc/jwks").await.expect(200).json()).unwrap();
    let claims = logout::verify(told, &keys, &FAPI, ISSUER, "casework", world.now()).unwrap();
    assert!(claims.text("sid").is_some());
    world.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 1, "told once");
}

#[tokio::test]
async fn a_client_that_does_not_answer_is_told_again() {
    let uri = "http://127.0.0.1:9/bye";
    let world = World::ready(json!({ "backchannelLogoutUri": uri })).await;
    let code = world.code("casework").await;
    world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200);
    // Not by the person here, but by the other side of the way in.
    let ctx = world.node.system("");
    let mut tx = ctx.write(crate::names::may::RECOGNISE).await.unwrap();
    let hash = crate::rules::secrets::hash(world.session.split_once('=').unwrap().1);
    let session = crate::store::session::by_token(&mut tx, &hash).await.unwrap().unwrap();
    crate::store::session::revoke(&mut tx, &session.id, ctx.now()).await.unwrap();
    tx.commit(crate::names::did::DEPARTED, "").await.unwrap();
    world.node.settle().await;
    let waiting = |until: i64| {
        let ctx = world.node.system("");
        async move {
            let mut tx = ctx.read(crate::names::may::RECOGNISE).await.unwrap();
            crate::store::consent::due_farewells(&mut tx, until, 9).await.unwrap().len()
        }
    };
    assert_eq!(waiting(i64::MAX).await, 1, "put off");
    for _ in 0..8 {
        world.node.clock.advance(HOUR);
        world.node.settle().await;
    }
    assert_eq!(waiting(i64::MAX).await, 0, "given up after a while");
}

#[tokio::test]
async fn silence_is_for_the_person_that_the_client_means() {
    let mut world = World::ready(json!({})).await;
    let code = world.code("casework").await;
    let found = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let hint = [("prompt", "none"), ("id_token_hint", found["id_token"].as_str().unwrap())];
    assert!(world.browse(&world.push("casework", &hint).await).await.header("location").contains("code="));
    world.sign_in("max", Level::Substantial).await;
    world.code("casework").await;
    let refused = world.browse(&world.push("casework", &hint).await).await;
    assert!(refused.header("location").contains("error=login_required"));
}

#[tokio::test]
async fn only_the_employers_own_people_are_not_asked() {
    let world = World::ready(json!({ "trusted": true })).await;
    world.browse(&world.push("casework", &[]).await).await.expect(200);
    let ctx = world.node.system("");
    let session = crate::rules::secrets::hash(world.session.split_once('=').unwrap().1);
    let mut tx = ctx.write(crate::names::may::RECOGNISE).await.unwrap();
    let session = crate::store::session::by_token(&mut tx, &session).await.unwrap().unwrap();
    let membership = crate::model::Membership {
        person: session.person,
        tenant: "kassel".to_owned(),
        role: "clerk".to_owned(),
        given_by: "test".to_owned(),
        given_at: 0,
        until: None,
    };
    crate::store::membership::give(&mut tx, &membership).await.unwrap();
    tx.commit(crate::names::did::TIDIED, "").await.unwrap();
    world.browse(&world.push("casework", &[]).await).await.expect(303);
}
