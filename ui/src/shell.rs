//! What a page knows of its request, and the page being made.

use crate::{Link, Site, frame, tag::Attributes};
use axum::{
    extract::FromRequestParts,
    http::{Extensions, Uri, request::Parts},
};
use kernel::{Actor, Error, Frame, Lang, Nav, Role, Text, fault, http::RequestId};
use maud::{Markup, Render};
use std::{
    borrow::Cow,
    fmt::Write as _,
    sync::{Arc, atomic::Ordering},
};

/// What a page knows of its request: the site, the reader's language, who asks, and where.
#[derive(Debug, Clone)]
pub struct Shell {
    site: Arc<Site>,
    lang: Lang,
    actor: Actor,
    path: String,
    query: String,
    request: Option<RequestId>,
    emergency: bool,
}

impl Shell {
    /// A shell without a request: for pages made elsewhere, and for tests.
    pub fn new(site: Arc<Site>, lang: Lang, actor: Actor, path_and_query: &str) -> Self {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        Self {
            site,
            lang,
            actor,
            path: path.to_owned(),
            query: query.to_owned(),
            request: None,
            emergency: false,
        }
    }

    /// The shell of a request, from what the middleware put into it: `Arc<Site>`, language, actor, request id.
    ///
    /// # Errors
    /// When there is no `Arc<Site>` in the request.
    pub fn of(extensions: &Extensions, uri: &Uri) -> Result<Self, Error> {
        let site = extensions.get::<Arc<Site>>().cloned();
        let site = site.ok_or_else(|| fault::INTERNAL.because("the request carries no ui::Site"))?;
        let lang = extensions.get::<Lang>().copied().unwrap_or_default();
        let actor = extensions.get::<Actor>().cloned().unwrap_or_else(Actor::nobody);
        let mut shell = Self::new(site, lang, actor, uri.path());
        uri.query().unwrap_or_default().clone_into(&mut shell.query);
        shell.request = extensions.get::<RequestId>().copied();
        let now = extensions.get::<Arc<Frame>>().map_or(0, |it| it.clock().now());
        shell.emergency = now < shell.site.emergency.load(Ordering::Relaxed);
        Ok(shell)
    }

    /// The same with a request id.
    #[must_use]
    pub fn with_request(mut self, request: RequestId) -> Self {
        self.request = Some(request);
        self
    }

    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text in the reader's language.
    pub fn t<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(de, en)
    }

    /// The text in the reader's language.
    pub fn text(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// What is the same on every page.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whether clerks' entries are shown.
    pub fn is_clerk(&self) -> bool {
        self.actor.is(Role::Clerk) || self.actor.is(Role::Admin)
    }

    /// Whether an entry of the navigation leads anywhere for the reader: the record is for auditors, all other work for clerks.
    pub fn leads_on(&self, entry: &Nav) -> bool {
        let audits = self.actor.is(Role::Auditor) || self.actor.is(Role::Admin);
        !entry.admin || if entry.path == "/record" { audits } else { self.is_clerk() }
    }

    /// Whether administrators are to see that an emergency lasts.
    pub(crate) fn shows_emergency(&self) -> bool {
        self.emergency && self.is_clerk()
    }

    /// This page's address, to come back to.
    pub fn here(&self) -> String {
        with_parameters(&self.path, &self.query, &[])
    }

    /// Where to sign in, coming back to this page; nothing where nobody can.
    pub fn sign_in_path(&self) -> Option<String> {
        let path = self.site.sign_in.as_deref()?;
        let to = if self.path.starts_with("/sign-") { "/".to_owned() } else { self.here() };
        Some(if to == "/" { path.to_owned() } else { format!("{path}?to={}", encode(&to)) })
    }

    /// The path of the request.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query of the request, as it was written.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The id of the request.
    pub fn request_id(&self) -> Option<String> {
        self.request.map(|it| it.0.to_string())
    }

    /// This page's address with some parameters of the query replaced and all others kept; values are encoded here.
    pub fn here_with(&self, parameters: &[(&str, &str)]) -> String {
        with_parameters(&self.path, &self.query, parameters)
    }

    /// A whole page.
    pub fn page(&self, title: &str, body: impl Render) -> Markup {
        self.draw(title).body(body)
    }

    /// A page with more than a title: `shell.draw("…").script("places").body(html! { … })`.
    pub fn draw<'a>(&'a self, title: impl Into<Cow<'a, str>>) -> Page<'a> {
        Page {
            shell: self,
            title: title.into(),
            scripts: Vec::new(),
            trail: Vec::new(),
            main: Attributes::new(),
            id: "main".into(),
            wide: false,
            feed: None,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Shell {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Self::of(&parts.extensions, &parts.uri)
    }
}

/// A page being made; [`Page::body`] ends it.
#[must_use]
pub struct Page<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) title: Cow<'a, str>,
    pub(crate) scripts: Vec<&'a str>,
    pub(crate) trail: Vec<Step<'a>>,
    pub(crate) main: Attributes<'a>,
    pub(crate) id: Cow<'a, str>,
    pub(crate) wide: bool,
    pub(crate) feed: Option<Step<'a>>,
}

/// A step of the way to a page.
pub(crate) type Step<'a> = (Cow<'a, str>, Cow<'a, str>);

impl<'a> Page<'a> {
    /// Loads a script of the web folder: `places` is `/static/app/places.js`.
    pub fn script(mut self, name: &'a str) -> Self {
        self.scripts.push(name);
        self
    }

    /// A step of the way to this page, the first one first: label and path.
    pub fn trail(mut self, label: impl Into<Cow<'a, str>>, path: impl Into<Cow<'a, str>>) -> Self {
        self.trail.push((label.into(), path.into()));
        self
    }

    /// Another id of `<main>` than `main`; the skip link follows.
    pub fn main_id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.id = id.into();
        self
    }

    /// An attribute of `<main>`, for the page's script.
    pub fn data(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.main.add(name, value);
        self
    }

    /// Uses the whole width, for tables and charts.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// A feed of what changes here (Atom), so that readers of feeds find it: title and path.
    pub fn feed(mut self, title: impl Into<Cow<'a, str>>, path: impl Into<Cow<'a, str>>) -> Self {
        self.feed = Some((title.into(), path.into()));
        self
    }

    /// The finished page.
    pub fn body(self, body: impl Render) -> Markup {
        frame::page(&self, &body.render())
    }
}

impl Shell {
    /// Makes a link of the site current or not: exactly this page, or one above it.
    pub(crate) fn current(&self, path: &str) -> Option<&'static str> {
        if self.path == path {
            Some("page")
        } else if path != "/" && self.path.strip_prefix(path).is_some_and(|it| it.starts_with('/')) {
            Some("true")
        } else {
            None
        }
    }

    /// The foot's links.
    pub(crate) fn links(&self) -> &[Link] {
        &self.site.links
    }
}

/// An address with some parameters of its query replaced.
pub(crate) fn with_parameters(path: &str, query: &str, parameters: &[(&str, &str)]) -> String {
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && !parameters.iter().any(|(it, _)| *it == name)
    });
    let given = parameters.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    let query: Vec<String> = kept.map(str::to_owned).chain(given).collect();
    // A browser reads what begins with two slashes as the name of another host.
    let path = path.trim_start_matches(['/', '\\']);
    if query.is_empty() { format!("/{path}") } else { format!("/{path}?{}", query.join("&")) }
}

/// Percent-encoding of everything but the unreserved characters (RFC 3986, section 2.3).
fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::with_parameters;

    #[test]
    fn other_parameters_stay() {
        let check = |query, parameters: &[(&str, &str)], expected| {
            assert_eq!(with_parameters("/p", query, parameters), expected);
        };
        check("", &[], "/p");
        check("", &[("lang", "en")], "/p?lang=en");
        check("q=K%C3%B6ln&lang=de", &[("lang", "en")], "/p?q=K%C3%B6ln&lang=en");
        check("a=1&a=2&offset=20", &[("offset", "40")], "/p?a=1&a=2&offset=40");
        check("", &[("q", "Köln & Bonn")], "/p?q=K%C3%B6ln%20%26%20Bonn");
    }

    #[test]
    fn no_link_to_this_page_leads_to_another_host() {
        for path in ["//evil.example/x", "/\\evil.example/x", "///evil.example/x", "\\/evil.example/x"] {
            assert_eq!(with_parameters(path, "", &[("lang", "en")]), "/evil.example/x?lang=en");
        }
        assert_eq!(with_parameters("/", "", &[]), "/");
    }
}
