//! Which maps were laid over each other, what should be looked at, and where they say different things.

use super::{View, ranked::statement};
use ::overlay::Cluster;
use ui::{Alert, Column, Markup, Table, Tone, code, html, link, note, section, subheading};

/// How many contradicting elements stand on a page.
const MOST: usize = 200;

/// The maps of the picture.
pub(super) fn maps(view: &View<'_>) -> Markup {
    let unknown = view.t("nicht angegeben", "not stated");
    let columns = [
        Column::new(view.t("Karte", "Map")),
        Column::new(view.t("Bausteine", "Elements")).numeric(),
        Column::new(view.t("Stand", "As of")),
        Column::new(view.t("Herausgeber", "Publisher")),
        Column::new(view.t("Lizenz", "Licence")),
        Column::new("SHA-256"),
    ];
    let rows = view.picture().maps.iter().zip(&view.laid.addresses).map(|(it, address)| {
        let title = it.title.get(view.german());
        vec![
            html! {
                @match address {
                    Some(address) => (link(&format!("/catalogue/{}", crate::rules::encode(address)), title)),
                    None => { (title) " " (code(&it.file)) },
                }
                @if let Some(notice) = &it.notice { br; small { (notice.get(view.german())) } }
            },
            html! { (super::super::frame::count(view.shell, it.elements)) },
            html! { (it.date.as_deref().unwrap_or(unknown)) },
            html! { (it.publisher.as_ref().map_or(unknown, |it| it.get(view.german()))) },
            html! { (it.licence.as_ref().map_or(unknown, |it| it.get(view.german()))) },
            html! { (code(it.sha256.get(..16).unwrap_or_default())) "…" },
        ]
    });
    let caption = view.t("Karten in diesem Bild", "Maps in this picture");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

/// What should be looked at.
pub(super) fn remarks(view: &View<'_>) -> Markup {
    const SHOWN: usize = 50;
    let remarks = &view.picture().remarks;
    html! {
        @if !remarks.is_empty() {
            (Alert::new(Tone::Warning, view.t("Worauf zu achten ist", "What to look at")).body(html! {
                ul.kern-list { @for it in remarks.iter().take(SHOWN) { li { (it.sentence.get(view.german())) } } }
                @if remarks.len() > SHOWN { p.kern-body { (view.t("und weitere: ", "and more: ")) (remarks.len() - SHOWN) } }
            }))
        }
    }
}

/// Where maps say different things about the same element.
pub(super) fn contradictions(view: &View<'_>) -> Markup {
    let found = || {
        view.picture().clusters.iter().filter(|it| !it.contradictions.is_empty() || !it.versions.is_empty())
    };
    let total = found().count();
    section(
        view.t("Wo Karten einander widersprechen", "Where maps contradict each other"),
        html! {
            @if total == 0 { p.kern-body { (view.t("Nirgends.", "Nowhere.")) } }
            @for it in found().take(MOST) { (subheading(it.name.get(view.german()))) (said_differently(view, it)) }
            @if total > MOST { (note(view.t("Gezeigt werden die ersten 200; alle stehen in der Ausgabe als JSON.", "The first 200 are shown; all are in the output as JSON."))) }
        },
    )
}

/// What the maps say about one element.
pub(super) fn said_differently(view: &View<'_>, cluster: &Cluster) -> Markup {
    html! {
        ul.kern-list {
            @for it in &cluster.contradictions {
                li { strong { (it.title.get(view.german())) } ": "
                    @for (place, each) in it.statements.iter().enumerate() { @if place > 0 { "; " } (statement(view, each)) }
                }
            }
            @if !cluster.versions.is_empty() {
                li { strong { (view.t("Fassung", "Version")) } ": "
                    @for (place, it) in cluster.versions.iter().enumerate() {
                        @if place > 0 { "; " } (it.version) " (" (view.map_title(it.map)) ")"
                    }
                }
            }
        }
    }
}
