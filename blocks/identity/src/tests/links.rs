//! One-time links, sessions and what other sites try.

use super::{
    arriving::{arrival, identity},
    visit::{Browser, hidden, operator, signed_in},
};
use crate::{Identity, operations::people::Invitation};
use kernel::{HOUR, Level, MINUTE};
use ports::identity::Identity as _;
use testkit::Node;

async fn first(node: &Node, identity: &Identity) -> String {
    identity.first_link(&node.system("")).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_first_link_makes_one_administrator_once() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (link, second) = (first(&node, &identity).await, first(&node, &identity).await);
    let browser = Browser::new(&node);
    let page = browser.get(&link).await.expect(200).text();
    assert!(page.contains("novalidate"), "the page itself says what is missing, not the browser");
    let sent = format!("attempt={}&code={}&name=+", hidden(&page, "attempt"), hidden(&page, "code"));
    let nameless = browser.form("/account/first", &sent).await.expect(422).text();
    assert!(nameless.contains("app-errors") && nameless.contains("Geben Sie Ihren Namen ein."), "{nameless}");
    let arrived = browser.enter(&link).await.expect(303);
    assert_eq!(arrived.header("location"), "/account/passkeys?fresh=1");
    assert!(browser.get("/admin/people").await.expect(200).text().contains("Erste"));
    let again = Browser::new(&node).get(&link).await.expect(400);
    let wrong = Browser::new(&node).get("/account/first?code=wrong").await.expect(400);
    assert_eq!(
        (again.code(), again.json()["detail"].clone()),
        (wrong.code(), wrong.json()["detail"].clone())
    );
    assert_eq!(Browser::new(&node).enter(&second).await.expect(409).code(), "identity.not_first");
    assert!(identity.first_link(&node.system("")).await.unwrap().is_none());
}

#[tokio::test]
async fn a_link_ends_after_its_time_and_when_there_is_a_newer_one() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let link = first(&node, &identity).await;
    node.clock.advance(HOUR);
    Browser::new(&node).get(&link).await.expect(400);
    let invitation = Invitation { name: "Ada".to_owned(), role: "admin".to_owned(), ..Invitation::default() };
    let made = identity.invite(&operator(&node), &invitation).await.unwrap();
    let newer = identity.link_for(&operator(&node), &made.person).await.unwrap();
    let path = |url: &str| url.trim_start_matches("http://localhost:8080").to_owned();
    Browser::new(&node).get(&path(&made.url)).await.expect(400);
    Browser::new(&node).enter(&newer.url).await.expect(303);
}

#[tokio::test]
async fn guessing_links_is_slowed_down() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let browser = Browser::new(&node);
    for _ in 0..30 {
        browser.get("/account/invitation?code=guess").await.expect(400);
    }
    assert_eq!(browser.get("/account/invitation?code=guess").await.status(), 429);
    node.clock.advance(6 * MINUTE);
    browser.get("/account/invitation?code=guess").await.expect(400);
}

#[tokio::test]
async fn nobody_is_signed_in_to_a_strangers_account_by_another_site() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let invitation = Invitation { name: "Mallory".to_owned(), ..Invitation::default() };
    let made = identity.invite(&operator(&node), &invitation).await.unwrap();
    let mallory = Browser::new(&node);
    let page = mallory.get(made.url.trim_start_matches("http://localhost:8080")).await.text();
    let body = format!("attempt={}&code={}", hidden(&page, "attempt"), hidden(&page, "code"));
    // The victim's browser sends the attacker's form; it has no mark, or another one.
    let victim = Browser::new(&node);
    victim.begin("").await;
    let refused = victim.form_from("cross-site", "/account/invitation", &body).await.expect(400);
    assert_eq!(refused.code(), "identity.no_attempt");
    assert_eq!(victim.cookie("fachwerk_account"), "");
}

#[tokio::test]
async fn other_sites_cannot_act_in_a_session() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, _) = signed_in(&node, &identity, "Ada", "", "admin").await;
    for site in ["cross-site", "same-site", ""] {
        for path in
            ["/account/name", "/account/delete", "/admin/people/new", "/sign-out", "/account/passkeys/begin"]
        {
            let refused = ada.form_from(site, path, "name=Mallory").await.expect(403);
            assert_eq!(refused.code(), "kernel.cross_site", "{site} {path}");
        }
    }
    assert!(ada.get("/account").await.expect(200).text().contains("Ada"));
}

#[tokio::test]
async fn a_session_gets_another_token_when_more_is_proved() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let browser = Browser::new(&node);
    let arrive = async |browser: &Browser<'_>, level: Level| {
        let attempt = browser.begin("?to=/account").await;
        let ctx = kernel::Ctx::new(
            std::sync::Arc::clone(&node.frame),
            actor_of(&node, &identity, browser).await,
            kernel::Lang::De,
            uuid::Uuid::nil(),
        );
        let mark = browser.cookie("fachwerk_browser");
        let ctx = ctx.in_browser(Some(std::sync::Arc::from(mark.as_str())));
        let arrived = identity.arrive(&ctx, arrival(&attempt, "ada", level)).await.unwrap();
        arrived.cookies.first().unwrap().split(';').next().unwrap().split_once('=').unwrap().1.to_owned()
    };
    // What an attacker could have known before is worth nothing after.
    let before = arrive(&browser, Level::Normal).await;
    let old = node.as_nobody().with("cookie", format!("fachwerk_account={before}"));
    old.get("/account").await.expect(200);
    browser.put("fachwerk_account", &before);
    let after = arrive(&browser, Level::High).await;
    assert_ne!(before, after);
    old.get("/account").await.expect(401);
    let new = node.as_nobody().with("cookie", format!("fachwerk_account={after}"));
    let page = new.get("/account").await.expect(200).text();
    assert!(page.contains("hoch"));
    assert!(!page.contains("end-others"), "it is the same session, not a second one");
}

async fn actor_of(node: &Node, identity: &Identity, browser: &Browser<'_>) -> kernel::Actor {
    use kernel::{Check, Shown, http::Credentials};
    let (parts, ()) = axum::http::Request::builder().body(()).unwrap().into_parts();
    let authorization = format!("Session {}", browser.cookie("fachwerk_account"));
    let shown = Shown { authorization: &authorization, by: Credentials::Cookie, request: &parts };
    identity.check(&node.frame, &shown).await.unwrap().unwrap_or_else(kernel::Actor::nobody)
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    for to in
        ["https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:alert(1)", "/%0d%0aa:b"]
    {
        let browser = Browser::new(&node);
        let attempt = browser.begin(&format!("?to={to}")).await;
        let mark = browser.cookie("fachwerk_browser");
        let ctx = super::arriving::browser(&node, &mark);
        let arrived = identity.arrive(&ctx, arrival(&attempt, to, Level::High)).await.unwrap();
        assert_eq!(arrived.location, "/account", "{to}");
    }
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (one, person) = signed_in(&node, &identity, "Ada", "", "admin").await;
    let two = Browser::new(&node);
    let made = identity.link_for(&operator(&node), &person).await.unwrap();
    two.enter(&made.url).await.expect(303);
    let page = two.get("/account").await.expect(200).text();
    assert!(page.contains("end-others"));
    let end = page.split("/account/sessions/").find_map(|it| it.split_once("/end\"")).unwrap().0.to_owned();
    two.form(&format!("/account/sessions/{end}/end"), "").await.expect(303);
    one.get("/account").await.expect(401);
    let made = identity.link_for(&operator(&node), &person).await.unwrap();
    one.enter(&made.url).await.expect(303);
    two.form("/account/sessions/end-others", "").await.expect(303);
    one.get("/account").await.expect(401);
    two.form(&format!("/account/sessions/{}/end", uuid::Uuid::nil()), "").await.expect(404);
    two.form("/sign-out", "").await.expect(303);
    two.get("/account").await.expect(401);
}

#[tokio::test]
async fn a_removed_account_is_gone_but_the_last_administrator_stays() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, _) = signed_in(&node, &identity, "Ada", "", "admin").await;
    ada.get("/account/delete").await.expect(200);
    assert_eq!(ada.form("/account/delete", "").await.expect(409).code(), "identity.last_admin");
    let (grace, _) = signed_in(&node, &identity, "Grace", "", "").await;
    grace.form("/account/name", "name=Grace+Hopper").await.expect(303);
    assert!(grace.get("/account").await.text().contains("Grace Hopper"));
    assert_eq!(grace.form("/account/name", "name=").await.expect(422).code(), "identity.bad_value");
    grace.form("/account/delete", "").await.expect(303);
    grace.get("/account").await.expect(401);
    assert!(!ada.get("/admin/people").await.text().contains("Grace"));
}

#[tokio::test]
async fn an_emergency_is_seen_and_acknowledged_by_somebody_else() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, _) = signed_in(&node, &identity, "Ada", "", "admin").await;
    let (clerk, _) = signed_in(&node, &identity, "Kim", "kassel", "admin").await;
    clerk.get("/admin/alarms").await.expect(403);
    let refused = identity.break_glass(&operator(&node), "kurz").await.unwrap_err();
    assert_eq!(refused.code().code, "identity.bad_value");
    let (link, _) = identity.break_glass(&operator(&node), "Alle Passkeys sind verloren").await.unwrap();
    let emergency = Browser::new(&node);
    assert_eq!(emergency.enter(&link).await.expect(303).header("location"), "/admin");
    emergency.get("/admin/people").await.expect(200);
    Browser::new(&node).get(&link).await.expect(400);
    let page = ada.get("/admin/alarms").await.expect(200).text();
    assert!(page.contains("Alle Passkeys sind verloren"));
    let id = page.split("/admin/alarms/").find_map(|it| it.split_once("/acknowledge")).unwrap().0.to_owned();
    let path = format!("/admin/alarms/{id}/acknowledge");
    assert_eq!(emergency.form(&path, "").await.expect(403).code(), "identity.not_yourself");
    assert_eq!(
        identity.acknowledge(&operator(&node), &id.parse().unwrap()).await.unwrap_err().code().code,
        "identity.not_yourself"
    );
    ada.form(&path, "").await.expect(303);
    assert!(identity.emergency().load(std::sync::atomic::Ordering::Relaxed) > node.clock.now());
    // Another node on the same database says so too, as soon as somebody who administers asks it something.
    let other = super::arriving::identity();
    actor_of(&node, &other, &ada).await;
    assert!(other.emergency().load(std::sync::atomic::Ordering::Relaxed) > node.clock.now());
    node.clock.advance(HOUR + MINUTE);
    emergency.get("/admin/people").await.expect(401);
}

#[tokio::test]
async fn a_session_ends_when_the_other_side_ends_it() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let browser = Browser::new(&node);
    let attempt = browser.begin("").await;
    let ctx = super::arriving::browser(&node, &browser.cookie("fachwerk_browser"));
    let mut arrival = arrival(&attempt, "ada", Level::Normal);
    arrival.upstream_session = Some("session-7".to_owned());
    let arrived = identity.arrive(&ctx, arrival).await.unwrap();
    let cookie = arrived.cookies.first().unwrap().split(';').next().unwrap().to_owned();
    let visitor = node.as_nobody().with("cookie", cookie);
    identity.depart(&ctx, "trial", "https://idp.example", "session-8").await.unwrap();
    visitor.get("/account").await.expect(200);
    identity.depart(&ctx, "trial", "https://idp.example", "session-7").await.unwrap();
    visitor.get("/account").await.expect(401);
}
