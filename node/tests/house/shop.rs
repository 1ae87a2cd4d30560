//! A whole demo node in a temporary folder, and people who ask it.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use node::{Config, House};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// A whole demo node.
pub struct Shop {
    pub router: Router,
    pub folder: TempDir,
    pub house: House,
}

/// Opens one.
pub async fn open() -> Shop {
    let folder = TempDir::with_prefix("fachwerk-house-").unwrap();
    let house = House::open(Config::default(), folder.path(), true).await.unwrap();
    Shop { router: house.router.clone(), folder, house }
}

/// An answer: status and body.
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

impl Shop {
    /// Asks with or without a token.
    pub async fn ask(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        media: &str,
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("content-type", media);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// A demo client's id and secret.
    pub fn client(&self, role: &str) -> (String, String) {
        let text = std::fs::read(self.folder.path().join("demo/clients.json")).unwrap();
        let clients: Value = serde_json::from_slice(&text).unwrap();
        let found = clients["clients"].as_array().unwrap().iter().find(|it| it["role"] == role).unwrap();
        let text = |name: &str| found[name].as_str().unwrap().to_owned();
        (text("client_id"), text("client_secret"))
    }

    /// A demo client's access token.
    pub async fn token(&self, role: &str) -> String {
        let (id, secret) = self.client(role);
        let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
        let answer = self.ask(None, "POST", "/token", "application/x-www-form-urlencoded", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// The destination of the demo office.
    pub fn destination(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("demo/office/desk.toml")).unwrap();
        let line = text.lines().find(|it| it.starts_with("destination_id")).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    }

    /// A submission of the demo sender, with one attachment announced: submission, case, attachment.
    pub async fn submission(&self) -> (String, String, String) {
        let attachment = "3f7b9a10-0000-4000-8000-000000000001";
        let body = json!({
            "destinationId": self.destination(),
            "announcedAttachments": [attachment],
            "serviceType": { "name": "", "identifier": "urn:de:fim:leika:leistung:99115005104000" },
        });
        let token = self.token("sender").await;
        let answer =
            self.ask(Some(&token), "POST", "/v1/submissions", "application/json", &body.to_string()).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let made = answer.json();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        (text("submissionId"), text("caseId"), attachment.to_owned())
    }
}
