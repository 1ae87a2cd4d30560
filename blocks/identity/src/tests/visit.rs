//! Browsers in tests: cookies are kept, forms are sent from our own pages.

use crate::Identity;
use kernel::{Ctx, Level};
use std::sync::Mutex;
use testkit::{Answer, Node};
use uuid::Uuid;

/// A browser with its cookies.
pub struct Browser<'n> {
    node: &'n Node,
    cookies: Mutex<Vec<(String, String)>>,
}

impl<'n> Browser<'n> {
    pub fn new(node: &'n Node) -> Self {
        Self { node, cookies: Mutex::default() }
    }

    pub fn cookie(&self, name: &str) -> String {
        let all = self.cookies.lock().unwrap();
        all.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
    }

    pub fn put(&self, name: &str, value: &str) {
        let mut all = self.cookies.lock().unwrap();
        all.retain(|it| it.0 != name);
        all.push((name.to_owned(), value.to_owned()));
    }

    fn visitor(&self, site: &str) -> testkit::Visitor<'n> {
        let all = self.cookies.lock().unwrap();
        let cookies: Vec<String> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
        let visitor = self.node.as_nobody().with("cookie", cookies.join("; ")).with("user-agent", agent);
        if site.is_empty() { visitor } else { visitor.with("sec-fetch-site", site) }
    }

    fn keep(&self, answer: Answer) -> Answer {
        let mut all = self.cookies.lock().unwrap();
        for value in answer.headers.get_all("set-cookie") {
            let (name, rest) = value.to_str().unwrap().split_once('=').unwrap();
            all.retain(|it| it.0 != name);
            all.push((name.to_owned(), rest.split(';').next().unwrap().to_owned()));
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.keep(self.visitor("same-origin").get(path).await)
    }

    pub async fn form(&self, path: &str, body: &str) -> Answer {
        self.form_from("same-origin", path, body).await
    }

    pub async fn form_from(&self, site: &str, path: &str, body: &str) -> Answer {
        self.keep(self.visitor(site).post_form(path, body).await)
    }

    pub async fn json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.keep(self.visitor("same-origin").post(path, body).await)
    }

    /// Begins to sign in; answers the attempt.
    pub async fn begin(&self, query: &str) -> String {
        let answer = self.get(&format!("/sign-in{query}")).await.expect(303);
        answer.header("location").split_once("attempt=").unwrap().1.to_owned()
    }

    /// Uses a link: opens its page, presses its button.
    pub async fn enter(&self, link: &str) -> Answer {
        let path = link.strip_prefix("http://localhost:8080").unwrap_or(link);
        let page = self.get(path).await.expect(200).text();
        let (attempt, code) = (hidden(&page, "attempt"), hidden(&page, "code"));
        let address = path.split('?').next().unwrap();
        self.form(address, &format!("attempt={attempt}&code={code}&name=Erste")).await
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let rest = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    rest.split('"').next().unwrap().to_owned()
}

/// The operator by the command line.
pub fn operator(node: &Node) -> Ctx {
    node.ctx(kernel::Actor::new("admin", "", kernel::Role::Admin))
}

/// Somebody with a role, signed in by a link.
pub async fn signed_in<'n>(
    node: &'n Node,
    identity: &Identity,
    name: &str,
    tenant: &str,
    role: &str,
) -> (Browser<'n>, Uuid) {
    let invitation = crate::operations::people::Invitation {
        name: name.to_owned(),
        tenant: tenant.to_owned(),
        role: role.to_owned(),
        level: Some(Level::Substantial),
    };
    let made = identity.invite(&operator(node), &invitation).await.unwrap();
    let browser = Browser::new(node);
    browser.enter(&made.url).await.expect(303);
    (browser, made.person)
}
