//! What is the same on every page of one node.

use kernel::{Nav, Text};
use std::sync::{Arc, atomic::AtomicI64};

/// The content security policy that the pages keep to: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A link with its words.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub path: String,
    /// What it says.
    pub label: Text,
}

impl Link {
    /// A link.
    pub fn new(path: impl Into<String>, label: Text) -> Self {
        Self { path: path.into(), label }
    }
}

/// What is the same on every page of one node: name, navigation, legal links. Shared as `Arc<Site>` in the request.
#[derive(Debug, Clone)]
pub struct Site {
    /// The name of the product or of the portal, also at the end of every title.
    pub name: String,
    /// What it is, beside the name.
    pub line: Text,
    /// The line at the very top. Never claims to be an official site: that is for the operator to say.
    pub headline: Text,
    /// The navigation, in order.
    pub nav: Vec<Nav>,
    /// Whether this is a demo; then every page says so.
    pub demo: bool,
    /// Links at the foot: imprint, privacy, accessibility statement, documentation, API.
    pub links: Vec<Link>,
    /// Where clerks sign in, if they can.
    pub sign_in: Option<String>,
    /// Where clerks sign out (by POST), if they can.
    pub sign_out: Option<String>,
    /// Where somebody signed in finds their own account, if there are accounts.
    pub account: Option<String>,
    /// Until when an emergency lasts, microseconds; until then every page for administrators says so.
    pub emergency: Arc<AtomicI64>,
    /// The version at the foot.
    pub version: String,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "Fachwerk".to_owned(),
            line: Text {
                de: "Basisdienste für die Verwaltung",
                en: "Base services for public administration",
            },
            headline: Text {
                de: "Freie Software für die öffentliche Verwaltung",
                en: "Free software for public administration",
            },
            nav: Vec::new(),
            demo: false,
            links: Self::legal("/imprint", "/privacy", "/accessibility"),
            sign_in: None,
            sign_out: None,
            account: None,
            emergency: Arc::default(),
            version: String::new(),
        }
    }
}

impl Site {
    /// The three links that the law asks for.
    pub fn legal(imprint: &str, privacy: &str, accessibility: &str) -> Vec<Link> {
        vec![
            Link::new(imprint, Text { de: "Impressum", en: "Imprint" }),
            Link::new(privacy, Text { de: "Datenschutz", en: "Privacy" }),
            Link::new(
                accessibility,
                Text { de: "Erklärung zur Barrierefreiheit", en: "Accessibility statement" },
            ),
        ]
    }
}
