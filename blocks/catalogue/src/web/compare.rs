//! Two elements side by side.

use super::{frame::View, value};
use crate::{operations::Catalogue, rules};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use landkarte::{Entry, Fact, Group, Key, Section, vocabulary};
use ports::catalogue::Wanted;
use serde::Deserialize;
use ui::{Column, Markup, Shell, Table, button, grid, html, lead, link, row, search_field, section};

/// What is compared: ids, or words to search for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    a: String,
    b: String,
}

/// How many elements are offered to choose from.
const MOST: usize = 20;

/// The pickers, and the table once both are chosen.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(pair): Query<Pair>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let element = |id: &str| opened.index().map.entry(Section::Elements, id);
    let (a, b) = (element(&pair.a), element(&pair.b));
    Ok(view.page(
        shell.t("Zwei Bausteine vergleichen", "Compare two elements"),
        None,
        &html! {
            (lead(shell.t(
                "Nennen Sie zwei Bausteine mit ihrer Kennung, oder suchen Sie sie mit einem Wort.",
                "Name two elements by their ids, or search for them by a word.",
            )))
            form.app-stack role="search" method="get" action=(opened.path("/compare")) {
                (grid(html! {
                    (search_field("a", shell.t("Erster Baustein", "First element")).value(pair.a.as_str()))
                    (search_field("b", shell.t("Zweiter Baustein", "Second element")).value(pair.b.as_str()))
                }))
                (row(button(shell.t("Vergleichen", "Compare"))))
            }
            @if a.is_none() { (offers(&view, "a", &pair.a)) }
            @if b.is_none() { (offers(&view, "b", &pair.b)) }
            @if let (Some(a), Some(b)) = (a, b) { (table(&view, a, b)) }
        },
    ))
}

/// Elements that fit the words, to choose from.
fn offers(view: &View<'_>, name: &str, words: &str) -> Markup {
    if words.is_empty() {
        return html! {};
    }
    let index = view.opened.index();
    let wanted = Wanted { q: words.to_owned(), ..Wanted::default() };
    let found = rules::find(index, Section::Elements, &wanted).unwrap_or_default();
    let heading = match name {
        "a" => view.t("Welcher ist der erste?", "Which one is the first?"),
        _ => view.t("Welcher ist der zweite?", "Which one is the second?"),
    };
    section(
        heading,
        html! {
            @if found.is_empty() { p.kern-body { (view.t("Kein Baustein passt zu: ", "No element fits: ")) (words) } }
            ul.kern-list {
                @for entry in found.iter().take(MOST).filter_map(|it| index.at(Section::Elements, *it)) {
                    li { (link(&view.shell.here_with(&[(name, &entry.id)]), entry.title(view.german()))) }
                }
            }
            @if found.len() > MOST { p.kern-body { (view.t("Es gibt mehr; suchen Sie genauer.", "There are more; search more precisely.")) } }
        },
    )
}

fn table(view: &View<'_>, a: &Entry, b: &Entry) -> Markup {
    let (first, second) = (a.title(view.german()), b.title(view.german()));
    let columns = [
        Column::new(view.t("Angabe", "Fact")),
        Column::new(first),
        Column::new(second),
        Column::new(view.t("Unterschied", "Difference")),
    ];
    let keys = vocabulary(Section::Elements).iter().filter(|it| it.group != Group::Provenance);
    let rows = keys.filter(|it| a.fact(it.name).is_some() || b.fact(it.name).is_some()).map(|key| {
        vec![
            html! { (key.title(view.german())) },
            cell(view, a, key),
            cell(view, b, key),
            html! { (difference(view, a, b, key)) },
        ]
    });
    let caption = format!("{first} – {second}");
    let table = Table::new(&caption, columns).rows(rows.collect::<Vec<_>>());
    html! {
        p.kern-body {
            (view.t("Wo keine andere Quelle dabeisteht, gilt die des Eintrags.", "Where no other source stands beside a fact, that of the entry holds."))
            @for entry in [a, b] { br; (view.link(Section::Elements, &entry.id)) ": " (said_by(view, entry, &whole())) "." }
        }
        (table)
    }
}

/// The entry as a whole, to ask for its origin.
fn whole() -> Fact {
    Fact::new("", "")
}

/// The kind of a fact, its source and its date, as far as they are said.
fn said_by(view: &View<'_>, entry: &Entry, fact: &Fact) -> String {
    let origin = rules::origin(view.opened.index(), entry, fact, view.shell.lang());
    let kind = origin.kind.as_deref().map(|it| rules::kind_title(it, view.shell.lang()));
    let said: Vec<&str> =
        [kind, origin.source.as_deref(), origin.date.as_deref()].into_iter().flatten().collect();
    if said.is_empty() {
        view.t("keine Quelle angegeben", "no source stated").to_owned()
    } else {
        said.join(", ")
    }
}

fn cell(view: &View<'_>, entry: &Entry, key: &Key) -> Markup {
    let Some(fact) = entry.fact(key.name) else { return html! { (view.t("nicht angegeben", "not stated")) } };
    let said = said_by(view, entry, fact);
    html! {
        (value::shown(view, Some(&key.shape), &fact.value))
        @if said != said_by(view, entry, &whole()) { br; small { (said) } }
    }
}

/// What is different, in words.
fn difference<'t>(view: &View<'t>, a: &Entry, b: &Entry, key: &Key) -> &'t str {
    match (a.fact(key.name), b.fact(key.name)) {
        (Some(a), Some(b)) if a.is_unknown() && b.is_unknown() => view.t("beide unbekannt", "both unknown"),
        (Some(a), Some(b)) if a.value == b.value => view.t("gleich", "same"),
        (Some(_), Some(_)) => view.t("verschieden", "different"),
        (Some(_), None) => view.t("nur beim ersten angegeben", "only stated for the first"),
        _ => view.t("nur beim zweiten angegeben", "only stated for the second"),
    }
}
