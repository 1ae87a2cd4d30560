//! One entry: why each fact is believed, what refers to it, what it refers to.

use super::{
    capabilities::servers,
    element,
    frame::View,
    graph::{drawn, listed},
    value,
};
use crate::{
    operations::{Catalogue, Opened},
    rules,
};
use axum::extract::State;
use kernel::{Ctx, Result, http::Path};
use landkarte::{Entry, Group, Key, Section, key, vocabulary};
use ui::{Cell, Column, Markup, Shell, Table, code, html, link, link_button, section, subheading};

/// How many relations a page shows in each direction.
const MOST: usize = 100;

/// An entry of any section; an element with its findings and claims.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, section, id)): Path<(String, String, String)>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let (section, entry) = opened.entry(&section, &id)?;
    if section == Section::Elements {
        return element::show(&catalogue, &ctx, &shell, &opened, entry).await;
    }
    Ok(plain(&shell, &opened, section, entry))
}

fn plain(shell: &Shell, opened: &Opened, section: Section, entry: &Entry) -> Markup {
    let view = View { shell, opened };
    let index = opened.index();
    let list = opened.path(&format!("/{}", section.name()));
    view.page(entry.title(view.german()), Some((section.title(view.german()), list)), &html! {
        @if opened.keeps { (ui::row(edit_button(&view, section, &entry.id))) }
        @if section == Section::Capabilities {
            p.kern-body { (servers(&view, &index.elements_by("capabilities", section, &entry.id))) }
            @if !index.below(section, &entry.id).is_empty() {
                (subheading(shell.t("Darin", "Within it")))
                ul.kern-list {
                    @for id in index.below(section, &entry.id) {
                        li { (view.link(section, id)) " – " (servers(&view, &index.elements_by("capabilities", section, id))) }
                    }
                }
            }
        }
        (facts(&view, section, entry))
        (neighbours(&view, section, entry))
    })
}

/// Leads to the form that changes an entry.
pub(super) fn edit_button(view: &View<'_>, section: Section, id: &str) -> Markup {
    html! { (link_button(format!("{}/edit", view.path(section, id)), view.t("Bearbeiten", "Edit"))) }
}

/// Every fact with source, date and kind, by what it is about.
pub(super) fn facts(view: &View<'_>, of: Section, entry: &Entry) -> Markup {
    let groups = Group::ALL.into_iter().filter(|it| *it != Group::Provenance);
    let own: Vec<Vec<Cell>> = entry
        .facts
        .iter()
        .filter(|it| key(of, &it.key).is_none())
        .map(|it| row(view, entry, None, it))
        .collect();
    html! {
        @for group in groups {
            @let keys = vocabulary(of).iter().filter(|it| it.group == group && it.name != "claims");
            @let rows: Vec<Vec<Cell>> = keys.filter_map(|key| Some(row(view, entry, Some(key), entry.fact(key.name)?))).collect();
            @if !rows.is_empty() { (table(view, group.title(view.german()), rows)) }
        }
        @if !own.is_empty() { (table(view, view.t("Weitere Angaben dieser Karte", "Further facts of this map"), own)) }
        (provenance(view, entry))
    }
}

fn table(view: &View<'_>, heading: &str, rows: Vec<Vec<Cell>>) -> Markup {
    let columns = [
        Column::new(view.t("Angabe", "Fact")),
        Column::new(view.t("Wert", "Value")),
        Column::new(view.t("Quelle", "Source")),
        Column::new(view.t("Stand", "As of")),
        Column::new(view.t("Art der Angabe", "Kind of fact")),
    ];
    section(heading, Table::new(heading, columns).quiet_caption().rows(rows))
}

fn row(view: &View<'_>, entry: &Entry, key: Option<&Key>, fact: &landkarte::Fact) -> Vec<Cell> {
    let note = fact.note.as_ref().and_then(|it| landkarte::words(it, view.german()));
    vec![
        html! { (key.map_or(fact.key.as_str(), |it| it.title(view.german()))) },
        html! { (value::shown(view, key.map(|it| &it.shape), &fact.value)) @if let Some(note) = note { br; (note) } },
        source(view, entry, fact),
        date(view, entry, fact),
        kind(view, entry, fact),
    ]
}

/// Who says a fact: the source by its title, with its own address beside it.
pub(super) fn source(view: &View<'_>, entry: &Entry, fact: &landkarte::Fact) -> Markup {
    let origin = view.opened.index().map.origin(entry, fact);
    html! {
        @match origin.source_id {
            None => (view.t("keine Quelle angegeben", "no source stated")),
            Some(id) => {
                (view.link(Section::Sources, id))
                @if let Some(url) = origin.source.and_then(|it| it.text("url")).filter(|it| it.starts_with("https://") || it.starts_with("http://")) {
                    " (" (link(url, view.t("Original", "original"))) ")"
                }
            }
        }
    }
}

fn date(view: &View<'_>, entry: &Entry, fact: &landkarte::Fact) -> Markup {
    let origin = view.opened.index().map.origin(entry, fact);
    let of_source = origin.source.and_then(|it| it.text("date"));
    html! {
        @match (origin.date, of_source) {
            (Some(date), _) => (date),
            (None, Some(date)) => { (date) " " (view.t("(Quelle)", "(source)")) }
            (None, None) => (view.t("nicht angegeben", "not stated")),
        }
    }
}

fn kind(view: &View<'_>, entry: &Entry, fact: &landkarte::Fact) -> Markup {
    let origin = view.opened.index().map.origin(entry, fact);
    html! {
        @match origin.kind {
            Some(kind) => (kind.title(view.german())),
            None => (view.t("nicht angegeben", "not stated")),
        }
    }
}

/// Where the entry as a whole comes from, and how to name exactly this state of it.
fn provenance(view: &View<'_>, entry: &Entry) -> Markup {
    let index = view.opened.index();
    let note = entry.words("note", view.german());
    let whole = landkarte::Fact::new("", "");
    let licence = rules::origin(index, entry, &whole, view.shell.lang()).licence;
    html! {
        (section(view.t("Herkunft des Eintrags", "Where the entry comes from"), html! {
            p.kern-body {
                (view.t("Quelle: ", "Source: ")) (source(view, entry, &whole)) ". "
                (view.t("Lizenz der Quelle: ", "Licence of the source: "))
                (licence.filter(|it| it != landkarte::UNKNOWN).as_deref().unwrap_or_else(|| view.t("unbekannt", "unknown"))) ". "
                (view.t("Stand: ", "As of: ")) (date(view, entry, &whole)) ". "
                (view.t("Kennung: ", "Id: ")) (code(&entry.id)) "."
            }
            @if let Some(note) = note { p.kern-body { (note) } }
        }))
    }
}

/// The relations as a picture and as lists.
pub(super) fn neighbours(view: &View<'_>, of: Section, entry: &Entry) -> Markup {
    let relations = rules::relations(view.opened.index(), of, &entry.id, view.shell.lang(), MOST);
    section(
        view.t("Beziehungen", "Relations"),
        html! {
            @if relations.is_empty() {
                p.kern-body { (view.t("Die Karte nennt keine Beziehung zu anderen Einträgen.", "The map states no relation to other entries.")) }
            } @else {
                (drawn(view, entry.title(view.german()), &relations))
                (listed(view, &relations))
            }
        },
    )
}
