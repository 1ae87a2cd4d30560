//! Somebody arrives by a way in.

use crate::{Config, Identity};
use kernel::{Actor, Ctx, HOUR, Level};
use ports::identity::{Arrival, Identity as _, Way, WayKind};
use std::{collections::BTreeMap, sync::Arc};
use testkit::Node;

pub fn identity() -> Identity {
    let way = Way {
        id: "trial".to_owned(),
        label: ("Probe".to_owned(), "Trial".to_owned()),
        hint: (String::new(), String::new()),
        level: Level::High,
        path: "/sign-in/trial".to_owned(),
        tenant: None,
        kind: WayKind::Person,
    };
    Identity::new(Config::default(), [7; 32], vec![way])
}

/// A context of a browser with this mark.
pub fn browser(node: &Node, mark: &str) -> Ctx {
    node.ctx(Actor::nobody()).in_browser(Some(Arc::from(mark)))
}

pub fn arrival(attempt: &str, subject: &str, level: Level) -> Arrival {
    Arrival {
        attempt: attempt.to_owned(),
        way: "trial".to_owned(),
        issuer: "https://idp.example".to_owned(),
        subject: subject.to_owned(),
        level,
        claims: BTreeMap::from([("given_name".to_owned(), "Erika".to_owned())]),
        organisation: None,
        upstream_session: None,
    }
}

const MARK: &str = "a-mark-of-more-than-thirty-two-letters";

#[tokio::test]
async fn an_attempt_works_once_and_only_in_its_browser() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let ctx = browser(&node, MARK);
    let (id, cookie) = identity.begin(&ctx, crate::operations::attempt::Begin::default()).await.unwrap();
    assert!(cookie.is_none(), "the browser has a mark already");
    let stranger = browser(&node, "another-mark-of-more-than-thirty-two");
    let refused = identity.arrive(&stranger, arrival(&id, "erika", Level::High)).await.unwrap_err();
    assert_eq!(refused.code().code, "identity.no_attempt");
    let arrived = identity.arrive(&ctx, arrival(&id, "erika", Level::High)).await.unwrap();
    assert_eq!(arrived.location, "/account");
    let again = identity.arrive(&ctx, arrival(&id, "erika", Level::High)).await.unwrap_err();
    assert_eq!(again.code().code, "identity.no_attempt");
}

#[tokio::test]
async fn a_session_is_known_by_its_cookie_until_it_ends() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let ctx = browser(&node, MARK);
    let (id, _) = identity.begin(&ctx, crate::operations::attempt::Begin::default()).await.unwrap();
    let arrived = identity.arrive(&ctx, arrival(&id, "erika", Level::High)).await.unwrap();
    let cookie = arrived.cookies.first().unwrap().split(';').next().unwrap().to_owned();
    let who = || async { recognised(&identity, &node, &cookie).await };
    let actor = who().await.unwrap();
    assert_eq!(actor.level, Some(Level::High));
    node.clock.advance(3 * HOUR);
    assert!(who().await.is_none(), "idle for too long");
}

async fn recognised(identity: &Identity, node: &Node, cookie: &str) -> Option<Actor> {
    use kernel::{Check, Shown, http::Credentials};
    let (parts, ()) = axum::http::Request::builder().body(()).unwrap().into_parts();
    let authorization = format!("Session {}", cookie.split_once('=').unwrap().1);
    let shown = Shown { authorization: &authorization, by: Credentials::Cookie, request: &parts };
    identity.check(&node.frame, &shown).await.unwrap()
}

#[tokio::test]
async fn the_level_asked_for_must_be_reached() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let ctx = browser(&node, MARK);
    let begin = crate::operations::attempt::Begin { level: Some(Level::Substantial), ..Default::default() };
    let (id, _) = identity.begin(&ctx, begin).await.unwrap();
    let refused = identity.arrive(&ctx, arrival(&id, "erika", Level::Normal)).await.unwrap_err();
    assert_eq!(refused.code().code, "identity.level_not_reached");
}
