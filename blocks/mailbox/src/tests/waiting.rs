//! Waiting for news. The longest wait in these tests ends by news or by its own bound, never by luck.

use super::{address, case, house, house_with};
use crate::Config;

#[tokio::test]
async fn nothing_new_is_204() {
    let house = house().await;
    let version = house.version().await;
    let known = |after: i64, wait: u64| address(&format!("?after={after}&wait={wait}"));
    assert_eq!(house.citizen().get(&known(version, 0)).await.status(), 204);
    assert_eq!(house.citizen().get(&known(version, 1)).await.status(), 204);
    assert_eq!(house.citizen().get(&known(version - 1, 20)).await.status(), 200);
    for bad in ["?after=x", "?wait=-1"] {
        assert_eq!(house.citizen().get(&address(bad)).await.status(), 400);
    }
}

#[tokio::test]
async fn news_wake_who_waits() {
    let house = house().await;
    let version = house.version().await;
    let path = address(&format!("?after={version}&wait=25"));
    let citizen = house.citizen();
    let (answer, ()) = tokio::join!(citizen.get(&path), async {
        tokio::task::yield_now().await;
        house.log_grows(case(), "event-1").await;
    });
    assert_eq!(answer.expect(200).json()["version"], version + 1);
}

#[tokio::test]
async fn only_so_many_wait_at_once() {
    let house = house_with(Config { waiting: 0, ..Config::default() }).await;
    let version = house.version().await;
    let answer = house.citizen().get(&address(&format!("?after={version}&wait=5"))).await.expect(429);
    assert_eq!(answer.code(), "mailbox.too_many_waiting");
    assert_eq!(house.citizen().get(&address(&format!("?after={version}"))).await.status(), 204);
}
