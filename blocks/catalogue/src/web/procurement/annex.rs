//! The annex on the page, to read and to print.

use crate::web::frame::View;
use procurement::{Annex, Demand, Direction, Interface, Source, Topic};
use ui::{Column, Markup, Table, code, html, link, link_button, row, section};

/// The whole annex.
pub(super) fn annex(view: &View<'_>, annex: &Annex) -> Markup {
    let german = view.german();
    let download = |format: &str| view.shell.here_with(&[("format", format)]);
    html! {
        (section(view.t("Anlage: Anforderungen", "Annex: requirements"), html! {
            @if !annex.request.title.is_empty() { p.kern-body { strong { (annex.request.title) } } }
            p.kern-body {
                @if !annex.request.buyer.is_empty() { (view.t("Auftraggeber: ", "Buyer: ")) (annex.request.buyer) ". " }
                (view.t("Stand: ", "As of: ")) (annex.request.date) ". "
                (view.t("Anforderungssätze: ", "Sets of requirements: "))
                @for (place, it) in annex.sets.iter().enumerate() { @if place > 0 { ", " } (it.title.get(german)) " (" (it.date) ")" }
                "."
            }
            p.kern-body { (view.t(
                "Diese Anlage gibt wieder, was die genannten Sätze und die Karte sagen. Sie ist kein Rechtstext und ersetzt keine Prüfung durch die Vergabestelle. Eigene Anforderungssätze sind nicht dabei.",
                "This annex repeats what the named sets and the map say. It is no legal text and does not replace a review by the buyer. Sets of your own are not among them.",
            )) }
            div.app-no-print { (row(html! {
                (link_button(download("html"), view.t("Als HTML-Datei", "As an HTML file")).icon("download"))
                (link_button(download("markdown"), view.t("Als Markdown-Datei", "As a Markdown file")).icon("download"))
            })) }
            (elements(view, annex))
        }))
        (demands(view, annex, Topic::General, view.t("Was verlangt wird", "What is required")))
        (interfaces(view, &annex.interfaces))
        (demands(view, annex, Topic::Exit, view.t("Ausstieg", "Exit")))
        (demands(view, annex, Topic::Audit, view.t("Prüfrecht und Ort der Daten", "Right to audit and place of the data")))
        (evidence(view, annex))
        @if !annex.remarks.is_empty() {
            (section(view.t("Was dazu zu wissen ist", "What to know about it"), html! {
                ul.kern-list { @for it in &annex.remarks { li { (it.get(german)) } } }
            }))
        }
    }
}

fn elements(view: &View<'_>, annex: &Annex) -> Markup {
    let unknown = view.t("nicht bekannt", "not known");
    let german = view.german();
    let columns = [
        Column::new(view.t("Baustein", "Element")),
        Column::new(view.t("Art", "Kind")),
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Lizenz", "Licence")),
        Column::new(view.t("Karte", "Map")),
    ];
    let rows = annex.elements.iter().map(|it| {
        vec![
            link(&view.path(landkarte::Section::Elements, &it.element), it.title.get(german)),
            html! { (it.kind.as_ref().map_or(unknown, |it| it.get(german))) },
            html! { (it.version.as_deref().unwrap_or(unknown)) },
            html! { (it.licence.as_ref().map_or(unknown, |it| it.get(german))) },
            html! { (it.map_title.get(german)) },
        ]
    });
    let caption = view.t("Worum es geht", "What it is about");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

fn demands(view: &View<'_>, annex: &Annex, topic: Topic, heading: &str) -> Markup {
    let german = view.german();
    let columns = [
        Column::new(view.t("Anforderung", "Requirement")),
        Column::new(view.t("Stufe", "Level")),
        Column::new(view.t("Für", "For")),
        Column::new(view.t("Nachweis", "Evidence")),
        Column::new(view.t("Quelle", "Source")),
    ];
    let found: Vec<&Demand> = annex.of_topic(topic).collect();
    let rows = found.iter().map(|it| {
        let elements: Vec<&str> = it.elements.iter().map(|it| it.get(german)).collect();
        vec![
            html! { (it.text.get(german)) " " (code(&it.requirement)) @if let Some(note) = &it.note { br; small { (note.get(german)) } } },
            html! { (it.level_title.get(german)) @if it.conditional { " " (view.t("(nur für Bestehendes)", "(only for what exists)")) } },
            html! { (elements.join(", ")) },
            html! { (it.evidence.get(german)) },
            source(view, &it.source),
        ]
    });
    section(
        heading,
        html! {
            @if found.is_empty() { p.kern-body { (view.t("Die Anforderungssätze verlangen dazu nichts.", "The sets of requirements ask for nothing here.")) } }
            @else { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
        },
    )
}

fn source(view: &View<'_>, it: &Source) -> Markup {
    let words = it.shown(view.german());
    let web = it.url.as_deref().filter(|it| it.starts_with("https://") || it.starts_with("http://"));
    html! { @match web { Some(url) => (link(url, &words)), None => (words) } }
}

fn interfaces(view: &View<'_>, found: &[Interface]) -> Markup {
    let unknown = view.t("nicht bekannt", "not known");
    let german = view.german();
    let columns = [
        Column::new(view.t("Baustein", "Element")),
        Column::new(view.t("Richtung", "Direction")),
        Column::new(view.t("Schnittstelle", "Interface")),
        Column::new(view.t("Vertrag", "Contract")),
        Column::new(view.t("Standards", "Standards")),
    ];
    let rows = found.iter().map(|it| {
        let direction = match it.direction {
            Direction::Offers => view.t("bietet an", "offers"),
            Direction::Needs => view.t("braucht", "needs"),
        };
        let standards: Vec<&str> = it.standards.iter().map(|it| it.get(german)).collect();
        let said = |it: &Option<procurement::Words>| it.as_ref().map_or(unknown.to_owned(), |it| it.get(german).to_owned());
        vec![
            html! { (it.element.get(german)) },
            html! { (direction) @if let Some(from) = &it.from { " " (view.t("von ", "from ")) (from.get(german)) } },
            html! { (said(&it.name)) @if let Some(version) = &it.version { " " (version) } ", " (said(&it.kind)) },
            html! { @match it.contract.as_deref() { Some(url) => (crate::web::value::text(url)), None => (unknown) } },
            html! { (if standards.is_empty() { unknown.to_owned() } else { standards.join(", ") }) },
        ]
    });
    let heading = view.t("Schnittstellen", "Interfaces");
    section(
        heading,
        html! {
            @if found.is_empty() { p.kern-body { (view.t("Die Karte nennt für diese Bausteine keine Schnittstelle.", "The map names no interface of these elements.")) } }
            @else { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
        },
    )
}

fn evidence(view: &View<'_>, annex: &Annex) -> Markup {
    let german = view.german();
    let columns = [
        Column::new(view.t("Was vorzulegen ist", "What to hand over")),
        Column::new(view.t("Belegt", "Proves")),
    ];
    let rows = annex.evidence.iter().map(|it| {
        vec![
            html! { (it.text.get(german)) },
            html! { @for (place, id) in it.requirements.iter().enumerate() { @if place > 0 { ", " } (code(id)) } },
        ]
    });
    let heading = view.t("Nachweise", "Evidence");
    section(heading, Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
}
