//! The gallery as a file to look at, labels everywhere, the frame, and the served files.

use crate::*;
use kernel::{Actor, Lang, Nav, Role, Text};
use std::sync::Arc;

fn site() -> Arc<Site> {
    let nav = vec![
        Nav { path: "/", label: Text { de: "Anträge", en: "Submissions" }, admin: false },
        Nav { path: "/mailbox", label: Text { de: "Postfach", en: "Mailbox" }, admin: false },
        Nav { path: "/api", label: Text { de: "Schnittstellen", en: "Interfaces" }, admin: false },
        Nav { path: "/admin", label: Text { de: "Verwaltung", en: "Administration" }, admin: true },
    ];
    Arc::new(Site {
        nav,
        demo: true,
        version: "0.1.0".to_owned(),
        sign_in: Some("/sign-in".to_owned()),
        ..Site::default()
    })
}

fn shell(lang: Lang, path: &str) -> Shell {
    Shell::new(site(), lang, Actor::nobody(), path)
}

/// Writes the gallery where `GALLERY` says; for people who change styles.
#[test]
fn gallery_to_look_at() {
    let Some(folder) = option_env!("GALLERY") else { return };
    for (name, lang) in [("de", Lang::De), ("en", Lang::En)] {
        let text = gallery(&shell(lang, "/ui?q=1")).0;
        std::fs::write(format!("{folder}/{name}.html"), text).unwrap();
    }
}
