//! HTML: parse, call the operation, show.

mod check;
mod differences;
mod evidence;
mod findings;
mod overview;
mod set;
mod terms;

use crate::{Conformance, model::For};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ports::conformance::SetSummary;
use ui::{Shell, Tone};

pub(crate) fn router(conformance: &Conformance) -> Router {
    let largest = usize::try_from(conformance.config.largest_file).unwrap_or(usize::MAX);
    let files = Router::new()
        .route("/conformance/check", get(check::form).post(check::examine))
        .route("/conformance/sets/new", get(set::new).post(set::bring))
        .route("/conformance/evidence", get(evidence::list).post(evidence::keep))
        // The form around a file takes a little room itself.
        .layer(DefaultBodyLimit::max(largest.saturating_add(64 * 1024)));
    Router::new()
        .route("/conformance", get(overview::page))
        .route("/conformance/sets/{id}", get(set::page))
        .route("/conformance/sets/{id}/withdraw", post(set::withdraw))
        .route("/conformance/requirements/{id}", get(set::requirement))
        .route("/conformance/differences", get(differences::page))
        .route("/conformance/terms", get(terms::page))
        .route("/conformance/evidence/{id}", get(evidence::page))
        .route("/conformance/evidence/{id}/remove", post(evidence::remove))
        .route("/conformance/evidence/{id}/restore", post(evidence::restore))
        .route("/conformance/probes", post(evidence::probe))
        .merge(files)
        .with_state(conformance.clone())
}

/// Where else to look.
fn elsewhere(shell: &Shell) -> Markup {
    let mut tabs = vec![
        ("/conformance", shell.t("Anforderungssätze", "Sets of requirements")),
        ("/conformance/differences", shell.t("Vergleichen", "Compare")),
        ("/conformance/terms", shell.t("Begriffe", "Terms")),
    ];
    if shell.is_clerk() {
        tabs.push(("/conformance/check", shell.t("Datei prüfen", "Check a file")));
    }
    ui::tabs(shell, shell.t("Konformität", "Conformity"), &tabs)
}

/// A level in words: how strongly something is required.
fn level(shell: &Shell, name: &str) -> &'static str {
    match name {
        "muss" => shell.t("Muss", "Must"),
        "soll" => shell.t("Soll", "Should"),
        _ => shell.t("Kann", "May"),
    }
}

/// A result as a badge; words and symbol say it, the colour only repeats it.
fn result(shell: &Shell, name: &str) -> Markup {
    match name {
        "met" => ui::badge(Tone::Success, shell.t("erfüllt", "met")),
        "unmet" => ui::badge(Tone::Danger, shell.t("nicht erfüllt", "not met")),
        "unknown" => ui::badge(Tone::Warning, shell.t("unbekannt", "unknown")),
        _ => ui::badge(Tone::Info, shell.t("nicht anwendbar", "not applicable")),
    }
}

/// Where a set comes from; a link only where the address is one of the web, since tenants write it themselves.
fn source(set: &SetSummary) -> Markup {
    let web = |it: &&str| it.starts_with("https://") || it.starts_with("http://");
    html! {
        @match set.url.as_deref().filter(web) {
            Some(url) => a.kern-link href=(url) rel="noreferrer" { (set.source) },
            None => (set.source),
        }
    }
}

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The page of an element in the catalogue; ids can hold any character.
fn element_path(place: &For) -> String {
    let step = |it| utf8_percent_encode(it, RESERVED);
    format!("/catalogue/{}/elements/{}", step(&place.map), step(&place.element))
}
