//! Permissions have words, and the page of the operator is for whoever works here.

use crate::shop;

#[tokio::test(flavor = "multi_thread")]
async fn every_permission_of_the_wired_blocks_has_words() {
    let shop = shop::open().await;
    let mut without: Vec<&str> = shop.house.frame.permissions().collect();
    assert!(without.len() > 30, "{without:?}");
    without.retain(|it| identity::permission_words(it).is_none());
    assert!(without.is_empty(), "add words to blocks/identity/src/rules/permission.rs: {without:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lacks_the_right_learns_so_and_is_not_sent_to_sign_in_again() {
    let shop = shop::open().await;
    assert_eq!(shop.ask(None, "GET", "/admin", "", "").await.status, 303);
    let sender = shop.token("sender").await;
    let refused = shop.ask(Some(&sender), "GET", "/admin", "", "").await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("kernel.forbidden"), "{}", refused.body);
    let clerk = shop.house.admin.for_tenant("demo");
    let page = shop.ask(Some(&clerk), "GET", "/admin", "", "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("href=\"/delivery\"") && !page.body.contains("href=\"/record\""));
}
