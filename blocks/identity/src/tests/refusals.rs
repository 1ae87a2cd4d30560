//! What the OpenID Provider must refuse: each test fails without its guard.

use super::relying::{BACK, ISSUER, VERIFIER, World, address, fresh, key, pairs, parameter};
use axum::http::StatusCode;
use kernel::{HOUR, MINUTE, SECOND};
use oidc::{SigningKey, assertion, dpop, pkce, sha256_base64url};
use serde_json::{Value, json};
use testkit::Answer;

fn error(answer: Answer, status: u16) -> String {
    answer.expect(status).json()["error"].as_str().unwrap().to_owned()
}

fn machine(token: &str) -> Vec<(String, String)> {
    pairs(&[
        ("grant_type", "client_credentials"),
        ("client_assertion_type", assertion::TYPE),
        ("client_assertion", token),
    ])
}

async fn plain_world() -> World {
    World::ready(json!({ "fapi": false, "scopes": ["profile", "offline_access", "trial.open"] })).await
}

#[tokio::test]
async fn forged_and_repeated_assertions() {
    let world = plain_world().await;
    let now = world.now();
    let claims =
        || json!({ "iss": "casework", "sub": "casework", "aud": ISSUER, "jti": fresh(), "exp": now + 60 });
    let header = |more: Value| {
        let mut header = json!({ "alg": "ES256", "kid": world.key.public().kid });
        header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        header
    };
    let good = world.key.sign_with_header(&header(json!({})), &claims()).unwrap();
    world.post_with("/oidc/token", &machine(&good), &[]).await.expect(200);
    assert_eq!(
        error(world.post_with("/oidc/token", &machine(&good), &[]).await, 401),
        "invalid_client",
        "replay"
    );
    let stranger = key();
    let public = serde_json::to_value(stranger.public()).unwrap();
    let unsigned = |alg: &str| {
        let made = world.key.sign_with_header(&header(json!({ "alg": alg })), &claims()).unwrap();
        format!("{}.", made.rsplit_once('.').unwrap().0)
    };
    let by = |signer: &SigningKey, more: Value, claims: Value| {
        signer.sign_with_header(&header(more), &claims).unwrap()
    };
    let but = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        by(&world.key, json!({}), claims)
    };
    for (what, forged) in [
        ("alg none", unsigned("none")),
        ("alg HS256", unsigned("HS256")),
        ("by a stranger's key", by(&stranger, json!({}), claims())),
        ("a stranger's key inside", by(&stranger, json!({ "jwk": public }), claims())),
        (
            "a stranger's address of keys",
            by(&stranger, json!({ "jku": "https://evil.example/jwks" }), claims()),
        ),
        ("a path for a key id", by(&world.key, json!({ "kid": "../../../../dev/null" }), claims())),
        ("SQL for a key id", by(&world.key, json!({ "kid": "x' UNION SELECT 'y" }), claims())),
        ("an extension", by(&world.key, json!({ "crit": ["b64"], "b64": false }), claims())),
        ("an access token's kind", by(&world.key, json!({ "typ": "at+jwt" }), claims())),
        ("for another server", but("aud", json!("https://other.example"))),
        ("expired", but("exp", json!(now - 60))),
        ("for ever", but("exp", json!(now + 86_400))),
        ("from another issuer", but("iss", json!("https://evil.example"))),
        ("without an id", but("jti", Value::Null)),
    ] {
        let answer = world.post_with("/oidc/token", &machine(&forged), &[]).await;
        assert_eq!(error(answer, 401), "invalid_client", "{what}");
    }
    let both = [machine(&but("x", json!(1))), pairs(&[("client_secret", "x")])].concat();
    assert_eq!(error(world.post_with("/oidc/token", &both, &[]).await, 400), "invalid_request", "two proofs");
}

#[tokio::test]
async fn a_fapi_client_takes_no_short_cut() {
    let world = World::ready(json!({})).await;
    let now = world.now();
    // The audience is the issuer and nothing beside it.
    for aud in [json!([ISSUER, "https://other.example"]), json!(format!("{ISSUER}/oidc/token"))] {
        let claims =
            json!({ "iss": "casework", "sub": "casework", "aud": aud, "jti": fresh(), "exp": now + 60 });
        let made = world.key.sign(None, claims.as_object().unwrap()).unwrap();
        assert_eq!(error(world.post("/oidc/token", &machine(&made)).await, 401), "invalid_client");
    }
    let unbound = [world.proven("casework"), pairs(&[("grant_type", "client_credentials")])].concat();
    assert_eq!(
        error(world.post_with("/oidc/token", &unbound, &[]).await, 400),
        "invalid_request",
        "not bound"
    );
    let asked = World::asked(&[("client_id", "casework")]);
    let asked: Vec<(&str, &str)> =
        asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let shown = world.browse(&address(&asked)).await.expect(303);
    assert!(shown.header("location").contains("error=invalid_request"), "not pushed");
    for (method, settings) in
        [("client_secret_post", json!({ "fapi": true })), ("none", json!({ "fapi": true }))]
    {
        world.register("weak-client", method, &settings).await.expect(400);
    }
}

#[tokio::test]
async fn proofs_of_possession() {
    let world = plain_world().await;
    let url = format!("{ISSUER}/oidc/token");
    let nonce = world.identity.nonce(world.node.clock.now());
    let ask = || [world.proven("casework"), pairs(&[("grant_type", "client_credentials")])].concat();
    let without = dpop::make(&world.dpop, "POST", &url, world.now(), &fresh(), None, None).unwrap();
    let refused = world.post_with("/oidc/token", &ask(), &[("dpop", &without)]).await;
    assert_eq!(refused.header("dpop-nonce"), nonce);
    assert_eq!(error(refused, 400), "use_dpop_nonce");
    let make = |method: &str, url: &str, at: i64| {
        dpop::make(&world.dpop, method, url, at, &fresh(), Some(&nonce), None).unwrap()
    };
    let once = make("POST", &url, world.now());
    world.post_with("/oidc/token", &ask(), &[("dpop", &once)]).await.expect(200);
    for (what, proof) in [
        ("replay", once),
        ("for another method", make("GET", &url, world.now())),
        ("for another address", make("POST", &format!("{ISSUER}/oidc/par"), world.now())),
        ("old", make("POST", &url, world.now() - 3600)),
        ("from the future", make("POST", &url, world.now() + 3600)),
        ("garbage", "x.y.z".to_owned()),
    ] {
        let refused = world.post_with("/oidc/token", &ask(), &[("dpop", &proof)]).await;
        assert_eq!(error(refused, 400), "invalid_dpop_proof", "{what}");
    }
    let twice = make("POST", &url, world.now());
    let refused = world.post_with("/oidc/token", &ask(), &[("dpop", &twice), ("dpop", &twice)]).await;
    assert_eq!(error(refused, 400), "invalid_dpop_proof", "two headers");
    world.node.clock.advance(HOUR);
    let stale = dpop::make(&world.dpop, "POST", &url, world.now(), &fresh(), Some(&nonce), None).unwrap();
    assert_eq!(
        error(world.post_with("/oidc/token", &ask(), &[("dpop", &stale)]).await, 400),
        "use_dpop_nonce"
    );
}

#[tokio::test]
async fn stolen_codes() {
    let world = World::ready(json!({})).await;
    let thief = World::register(&world, "another-client", "private_key_jwt", &json!({})).await;
    thief.expect(201);
    let code = world.code("casework").await;
    let wrong = |name: &str, value: &str| {
        let mut fields = world.exchange("casework", &code);
        fields.retain(|it| it.0 != name);
        fields.push((name.to_owned(), value.to_owned()));
        fields
    };
    for (what, fields) in [
        ("another client", world.exchange("another-client", &code)),
        ("no verifier that fits", wrong("code_verifier", &VERIFIER.replace('d', "e"))),
        ("the challenge for a verifier", wrong("code_verifier", &pkce::challenge(VERIFIER))),
        ("another redirect address", wrong("redirect_uri", "https://casework.example/other")),
        ("a guess", wrong("code", "guess")),
    ] {
        assert_eq!(error(world.post("/oidc/token", &fields).await, 400), "invalid_grant", "{what}");
    }
    let mut unproven = world.exchange("casework", &code);
    unproven.retain(|it| it.0 != "code_verifier");
    assert_eq!(error(world.post("/oidc/token", &unproven).await, 400), "invalid_request");
    // A code pushed with a key is good with that key only.
    let other = world.proof(&key(), "POST", "/oidc/token", None);
    let refused =
        world.post_with("/oidc/token", &world.exchange("casework", &code), &[("dpop", &other)]).await;
    assert_eq!(error(refused, 400), "invalid_grant", "another key");
    let tokens = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let access = tokens["access_token"].as_str().unwrap();
    world.show("/oidc/userinfo", "DPoP", access, Some(&world.dpop)).await.expect(200);
    // Used a second time, it takes everything with it.
    assert_eq!(
        error(world.post("/oidc/token", &world.exchange("casework", &code)).await, 400),
        "invalid_grant"
    );
    world.show("/oidc/userinfo", "DPoP", access, Some(&world.dpop)).await.expect(401);
    let late = world.code("casework").await;
    world.node.clock.advance(MINUTE);
    assert_eq!(
        error(world.post("/oidc/token", &world.exchange("casework", &late)).await, 400),
        "invalid_grant"
    );
}

#[tokio::test]
async fn stolen_tokens() {
    let world = World::ready(json!({})).await;
    let code = world.code("casework").await;
    let tokens = world.post("/oidc/token", &world.exchange("casework", &code)).await.expect(200).json();
    let access = tokens["access_token"].as_str().unwrap();
    world.show("/oidc/userinfo", "Bearer", access, None).await.expect(401);
    world.show("/oidc/userinfo", "DPoP", access, None).await.expect(401);
    world.show("/oidc/userinfo", "DPoP", access, Some(&key())).await.expect(401);
    // A proof for another token.
    let ath = world.proof(&world.dpop, "GET", "/oidc/userinfo", Some("another"));
    let visitor = world.node.as_nobody().with("authorization", format!("DPoP {access}")).with("dpop", ath);
    visitor.get("/oidc/userinfo").await.expect(401);
    // A token is no session: it signs in to no other client.
    let path = world.push("casework", &[]).await;
    let there = world.show(&path, "DPoP", access, Some(&world.dpop)).await.expect(303);
    assert!(there.header("location").starts_with("/sign-in?attempt="), "{}", there.header("location"));
    // An ID token is no access token.
    let id_token = tokens["id_token"].as_str().unwrap();
    world.show("/oidc/userinfo", "DPoP", id_token, Some(&world.dpop)).await.expect(401);
    // A refresh token of a bound client needs its key.
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let renew =
        [world.proven("casework"), pairs(&[("grant_type", "refresh_token"), ("refresh_token", refresh)])]
            .concat();
    world.post_with("/oidc/token", &renew, &[]).await.expect(400);
    world.register("another-client", "private_key_jwt", &json!({})).await.expect(201);
    let renew = [
        world.proven("another-client"),
        pairs(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]),
    ];
    assert_eq!(error(world.post("/oidc/token", &renew.concat()).await, 400), "invalid_grant");
    world.node.clock.advance(HOUR);
    world.show("/oidc/userinfo", "DPoP", access, Some(&world.dpop)).await.expect(401);
    assert_eq!(sha256_base64url(b"").len(), 43);
}

#[tokio::test]
async fn a_refresh_token_shown_twice_ends_its_family() {
    let mut world = World::open().await;
    world
        .register("an-app-on-a-phone", "none", &json!({ "redirectUris": ["http://127.0.0.1/back"] }))
        .await
        .expect(201);
    world.sign_in("erika", kernel::Level::Normal).await;
    let back = "http://127.0.0.1:51234/back";
    let asked = World::asked(&[("client_id", "an-app-on-a-phone"), ("redirect_uri", back)]);
    let asked: Vec<(&str, &str)> =
        asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let end = world.walk(&address(&asked)).await;
    let code = parameter(&end, "code").unwrap();
    let base = [("client_id", "an-app-on-a-phone")];
    let fields = [
        pairs(&base),
        pairs(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", back),
            ("code_verifier", VERIFIER),
        ]),
    ];
    let first = world.post_with("/oidc/token", &fields.concat(), &[]).await.expect(200).json();
    let renew = |token: &Value| {
        let more = [("grant_type", "refresh_token"), ("refresh_token", token.as_str().unwrap())];
        [pairs(&base), pairs(&more)].concat()
    };
    let second =
        world.post_with("/oidc/token", &renew(&first["refresh_token"]), &[]).await.expect(200).json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_eq!(
        error(world.post_with("/oidc/token", &renew(&first["refresh_token"]), &[]).await, 400),
        "invalid_grant"
    );
    // The newest has died with it, and so have the access tokens.
    assert_eq!(
        error(world.post_with("/oidc/token", &renew(&second["refresh_token"]), &[]).await, 400),
        "invalid_grant"
    );
    world.show("/oidc/userinfo", "Bearer", second["access_token"].as_str().unwrap(), None).await.expect(401);
    // Who cannot prove anything gets nothing in its own name, and looks into no token.
    let own = [pairs(&base), pairs(&[("grant_type", "client_credentials")])].concat();
    assert_eq!(error(world.post_with("/oidc/token", &own, &[]).await, 400), "unauthorized_client");
    let look = [pairs(&base), pairs(&[("token", "x")])].concat();
    assert_eq!(error(world.post_with("/oidc/introspect", &look, &[]).await, 400), "unauthorized_client");
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = plain_world().await;
    for to in [
        "https://evil.example",
        "https://casework.example/back/../x",
        "https://casework.example.evil.example/back",
        "",
    ] {
        for broken in ["token", "code"] {
            let asked =
                World::asked(&[("client_id", "casework"), ("redirect_uri", to), ("response_type", broken)]);
            let asked: Vec<(&str, &str)> =
                asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let shown = world.browse(&address(&asked)).await;
            assert_eq!(shown.header("location"), "", "{to}");
            assert_eq!(shown.expect(400).code(), "identity.bad_redirect");
        }
    }
    let fields =
        [World::asked(&[("redirect_uri", "https://evil.example")]), world.proven("casework")].concat();
    assert_eq!(error(world.post("/oidc/par", &fields).await, 400), "invalid_request");
    let unknown =
        world.browse(&address(&[("client_id", "nobody"), ("redirect_uri", "https://evil.example")])).await;
    assert_eq!(unknown.expect(400).code(), "identity.no_such_client");
}

#[tokio::test]
async fn pkce_cannot_be_left_out_or_weakened() {
    let world = plain_world().await;
    for more in [
        ("code_challenge", ""),
        ("code_challenge_method", ""),
        ("code_challenge_method", "plain"),
        ("code_challenge", "too-short"),
    ] {
        let asked = World::asked(&[("client_id", "casework"), more]);
        let asked: Vec<(&str, &str)> =
            asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let shown = world.browse(&address(&asked)).await.expect(303);
        let to = shown.header("location");
        assert!(to.starts_with(BACK) && to.contains("error=invalid_request"), "{more:?}: {to}");
        assert_eq!(parameter(to, "iss").as_deref(), Some(ISSUER), "errors say whom they are from, too");
        let fields = [World::asked(&[more]), world.proven("casework")].concat();
        assert_eq!(error(world.post("/oidc/par", &fields).await, 400), "invalid_request", "{more:?}");
    }
}

#[tokio::test]
async fn a_pushed_request_is_for_one_client_one_browser_one_time() {
    let world = World::ready(json!({})).await;
    world.register("another-client", "private_key_jwt", &json!({})).await.expect(201);
    let path = world.push("casework", &[]).await;
    let other = path.replace("client_id=casework", "client_id=another-client");
    assert_eq!(world.browse(&other).await.expect(400).code(), "identity.no_request");
    let page = world.browse(&path).await.expect(200).text();
    assert_eq!(world.browse(&path).await.expect(400).code(), "identity.no_request", "twice");
    let request =
        page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // Another browser cannot go on with it (login CSRF, session fixation), another site cannot answer for the person.
    let there = format!("/oidc/continue?request={request}");
    let stranger = world.browse_as("another-mark-of-more-than-thirty-two", &there).await;
    assert_eq!(stranger.expect(400).code(), "identity.no_request");
    let answer = [("request", request.as_str()), ("answer", "yes")];
    world.send_page("/oidc/consent", &answer, "cross-site").await.expect(403);
    let said_no = [("request", request.as_str()), ("answer", "no")];
    let done = world.send_page("/oidc/consent", &said_no, "same-origin").await.expect(200);
    assert!(done.header("refresh").contains("error=access_denied"));
    assert_eq!(
        world.send_page("/oidc/consent", &answer, "same-origin").await.expect(400).code(),
        "identity.no_request"
    );
    let late = world.push("casework", &[]).await;
    world.node.clock.advance(91 * SECOND);
    assert_eq!(world.browse(&late).await.expect(400).code(), "identity.no_request");
}

#[tokio::test]
async fn signed_requests_count_alone() {
    let world = World::ready(json!({ "signedRequests": true })).await;
    let unsigned = [World::asked(&[]), world.proven("casework")].concat();
    assert_eq!(error(world.post("/oidc/par", &unsigned).await, 400), "invalid_request");
    let object = |signer: &SigningKey, more: &[(&str, &str)]| {
        let mut claims = json!({ "iss": "casework", "client_id": "casework", "aud": ISSUER, "exp": world.now() + 60, "nbf": world.now() });
        for (name, value) in World::asked(more) {
            claims[name] = value.into();
        }
        signer.sign(Some("oauth-authz-req+jwt"), claims.as_object().unwrap()).unwrap()
    };
    // What stands beside the object does not count.
    let signed = object(&world.key, &[]);
    let fields = [pairs(&[("request", &signed), ("state", "other")]), world.proven("casework")].concat();
    let pushed = world.post("/oidc/par", &fields).await.expect(201).json();
    let path =
        address(&[("client_id", "casework"), ("request_uri", pushed["request_uri"].as_str().unwrap())]);
    assert_eq!(parameter(&world.walk(&path).await, "state").as_deref(), Some("st"));
    let forged = object(
        &SigningKey::generate(oidc::Algorithm::Es256, world.key.public().kid.as_deref()).unwrap(),
        &[],
    );
    let nested = object(&world.key, &[("request_uri", "https://evil.example/request")]);
    for (what, object) in [("forged", forged), ("nested", nested)] {
        let fields = [pairs(&[("request", &object)]), world.proven("casework")].concat();
        assert_eq!(error(world.post("/oidc/par", &fields).await, 400), "invalid_request_object", "{what}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_and_locks_nobody_out() {
    let world = World::open().await;
    let made = world
        .register("an-old-program", "client_secret_post", &json!({ "scopes": ["trial.open"] }))
        .await
        .expect(201);
    let secret = made.json()["clientSecret"].as_str().unwrap().to_owned();
    let ask = |id: &str, secret: &str| {
        pairs(&[("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)])
    };
    // Unknown and wrong look alike.
    let unknown = world.post_with("/oidc/token", &ask("nobody-knows-it", "x"), &[]).await.expect(401);
    let wrong = world.post_with("/oidc/token", &ask("an-old-program", "x"), &[]).await.expect(401);
    assert_eq!(unknown.text(), wrong.text());
    for _ in 0..30 {
        world.post_with("/oidc/token", &ask("an-old-program", "guess"), &[]).await;
    }
    let slowed = world.post_with("/oidc/token", &ask("an-old-program", "guess"), &[]).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    world.post_with("/oidc/token", &ask("an-old-program", &secret), &[]).await.expect(200);
    let basic = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("an-old-program:{secret}"),
    );
    let basic = format!("Basic {basic}");
    let fields = pairs(&[("grant_type", "client_credentials")]);
    world.post_with("/oidc/token", &fields, &[("authorization", &basic)]).await.expect(200);
    world.post_with("/oidc/token", &fields, &[("authorization", "Basic !")]).await.expect(401);
}

#[tokio::test]
async fn forms_that_are_no_forms() {
    let world = plain_world().await;
    let visitor = world.node.as_nobody();
    for path in ["/oidc/token", "/oidc/par", "/oidc/introspect", "/oidc/revoke"] {
        assert_eq!(error(visitor.post(path, &json!({})).await, 400), "invalid_request");
        assert_eq!(error(visitor.post_form(path, "a=1&a=2").await, 400), "invalid_request");
        assert_eq!(error(visitor.post_form(path, "a=%00").await, 400), "invalid_request");
        assert_eq!(
            error(visitor.post_form(&format!("{path}?client_secret=x"), "a=1").await, 400),
            "invalid_request"
        );
        assert_eq!(error(visitor.post_form(path, "").await, 401), "invalid_client");
    }
    let other = [world.proven("casework"), pairs(&[("grant_type", "password")])].concat();
    assert_eq!(error(world.post_with("/oidc/token", &other, &[]).await, 400), "unsupported_grant_type");
    let machine = [world.proven("casework"), pairs(&[("grant_type", "client_credentials")])].concat();
    let found = world.post_with("/oidc/token", &machine, &[]).await.expect(200).json();
    let revoke =
        [world.proven("casework"), pairs(&[("token", found["access_token"].as_str().unwrap())])].concat();
    assert_eq!(error(world.post_with("/oidc/revoke", &revoke, &[]).await, 400), "unsupported_token_type");
    assert_eq!(
        visitor.get("/oidc/authorize?client_id=a&client_id=b").await.expect(400).code(),
        "identity.bad_request"
    );
}

#[tokio::test]
async fn nobody_registers_a_program_that_may_more_than_they_do() {
    let world = World::open().await;
    let new = |scopes: Value, tenant: &str| {
        let settings =
            json!({ "scopes": scopes, "redirectUris": [BACK], "jwks": { "keys": [world.key.public()] } });
        json!({ "tenant": tenant, "name": "x", "authMethod": "private_key_jwt", "settings": settings })
    };
    let clerk = world.node.as_clerk("kassel");
    let path = "/api/v1/identity/clients";
    clerk.post(path, &new(json!(["openid", "trial.open"]), "kassel")).await.expect(201);
    clerk.post(path, &new(json!(["identity.break_glass"]), "kassel")).await.expect(400);
    clerk.post(path, &new(json!(["nobody.knows"]), "kassel")).await.expect(400);
    clerk.post(path, &new(json!([]), "fulda")).await.expect(403);
    world.node.as_nobody().post(path, &new(json!([]), "kassel")).await.expect(401);
    let bad = [
        json!({ "redirectUris": ["http://a.example"] }),
        json!({ "redirectUris": ["javascript:alert(1)"] }),
        json!({ "logoutUris": ["ftp://a.example"] }),
        json!({ "backchannelLogoutUri": "x" }),
        json!({ "level": "very" }),
        json!({ "jwks": { "keys": [] } }),
        json!({ "jwks": { "keys": [{ "kty": "oct", "k": "AAAA" }] } }),
    ];
    for settings in bad {
        world.register("a-bad-client", "private_key_jwt", &settings).await.expect(400);
    }
    world.register("a-bad-client", "tls_client_auth", &json!({ "certificate": "CN=x" })).await.expect(400);
    world.register("a-bad-client", "self_signed_tls_client_auth", &json!({})).await.expect(400);
    let roles = json!({ "tenant": "kassel", "name": "x", "roles": ["king"], "authMethod": "none" });
    world.node.as_admin().post(path, &roles).await.expect(400);
}
