//! The log tells what went wrong, and nothing about people, tokens and secrets.

use crate::shop;
use serde_json::json;
use std::{
    io::Write,
    sync::{Arc, Mutex},
};

/// What was logged so far.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_and_no_secret_is_logged() {
    const NAME: &str = "Mustermann-7431";
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().json().with_env_filter("debug").with_writer(move || writer.clone()).init();
    let shop = shop::open().await;
    let (id, secret) = shop.client("sender");
    let token = shop.token("sender").await;
    let admin = shop.house.admin.as_str().to_owned();
    let form = "application/x-www-form-urlencoded";
    let wrong = format!("grant_type=client_credentials&client_id={id}&client_secret=wrong-{NAME}");
    shop.ask(None, "POST", "/token", form, &wrong).await;
    shop.ask(Some("wrong-Mustermann-7431"), "GET", "/v1/submissions", "", "").await;
    shop.ask(None, "GET", &format!("/?q={NAME}&place={NAME}"), "", "").await;
    shop.ask(None, "GET", &format!("/account/first?code={NAME}"), "", "").await;
    let guess = format!("attempt={NAME}&code={NAME}");
    shop.ask(None, "POST", "/sign-in/recovery", form, &guess).await;
    let invited = format!(r#"{{"name":"{NAME}"}}"#);
    shop.ask(Some(&admin), "POST", "/api/v1/identity/people", "application/json", &invited).await;
    let odd = json!({ "destinationId": NAME, "name": NAME }).to_string();
    for path in [
        "/v1/submissions",
        "/api/v1/forms/submissions",
        "/api/v1/directory/offices",
        "/api/v1/delivery/clients",
    ] {
        for token in [&token, &admin] {
            shop.ask(Some(token), "POST", path, "application/json", &odd).await;
        }
    }
    let (submission, _, attachment) = shop.submission().await;
    let path = format!("/v1/submissions/{submission}/attachments/{attachment}");
    shop.ask(Some(&token), "PUT", &path, "application/jose", NAME).await;
    tracing::info!("the log is read");
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("the log is read"), "nothing is logged at all, so this proves nothing");
    for (what, text) in
        [("a name", NAME), ("a secret", &secret), ("a token", &token), ("the operator's token", &admin)]
    {
        let line = log.lines().find(|it| it.contains(text));
        assert!(line.is_none(), "{what} is in the log: {}", line.unwrap_or_default());
    }
}
