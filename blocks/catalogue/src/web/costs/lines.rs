//! Every counted item with its source, every assumption, and what was already spent.

use super::{Asked, result::money};
use costs::{Line, Origin, Outlook};
use landkarte::Section;
use ui::{Column, Markup, Table, details, format, html, link, note, subheading};

/// How many lines stand on the page; the interface gives all.
const MOST: usize = 500;

/// Every item that was counted.
pub(super) fn lines(asked: &Asked<'_>, outlook: &Outlook) -> Markup {
    let unknown = asked.t("nicht angegeben", "not stated");
    let german = asked.german();
    let columns = [
        Column::new(asked.t("Posten", "Item")),
        Column::new(asked.t("Kostenart", "Kind of cost")),
        Column::new(asked.t("Wer zahlt", "Who pays")),
        Column::new(asked.t("Wie gerechnet", "How counted")),
        Column::new(asked.t("Zusammen", "Together")).numeric(),
        Column::new(asked.t("Woher die Zahl kommt", "Where the figure comes from")),
    ];
    let rows = outlook.lines.iter().take(MOST).map(|it| {
        vec![
            html! { (link(&asked.view.path(Section::Elements, &it.element), it.title.get(german))) ": " (it.name.get(german)) },
            html! { (it.kind.map_or(unknown, |it| it.title(german))) },
            html! { (it.bearer.map_or(unknown, |it| it.title(german))) },
            html! { (counted(asked, it)) },
            money(asked, it.total),
            origin(asked, &it.origin),
        ]
    });
    let caption = format!("{} – {}", asked.t("Alle Posten", "All items"), outlook.scenario);
    html! {
        @if outlook.lines.is_empty() { p.kern-body { (asked.t("Zu den gewählten Bausteinen ist kein Betrag angegeben.", "No amount is stated for the chosen elements.")) } }
        @else { (Table::new(&caption, columns).rows(rows.collect::<Vec<_>>())) }
        @if outlook.lines.len() > MOST { (note(asked.t("Gezeigt werden die ersten 500 Posten; alle gibt die Schnittstelle.", "The first 500 items are shown; the interface gives all."))) }
    }
}

/// Each amount, times how many, how often, in which years.
fn counted(asked: &Asked<'_>, it: &Line) -> String {
    let german = asked.german();
    let quantity = format::number(asked.view.shell.lang(), i64::try_from(it.quantity).unwrap_or(i64::MAX));
    let times = if it.quantity == 1 { String::new() } else { format!(" × {quantity}") };
    let years = if it.from == it.until { it.from.to_string() } else { format!("{}–{}", it.from, it.until) };
    format!(
        "{} ({}){times}, {}, {years}",
        it.each.shown(german),
        it.unit.title(german),
        it.period.title(german)
    )
}

/// Who says a figure, and what was assumed.
fn origin(asked: &Asked<'_>, it: &Origin) -> Markup {
    let german = asked.german();
    let source = it
        .source
        .as_ref()
        .map_or_else(|| asked.t("keine Quelle angegeben", "no source stated"), |it| it.get(german));
    let web = it.url.as_deref().filter(|it| it.starts_with("https://") || it.starts_with("http://"));
    html! {
        @match web { Some(url) => (link(url, source)), None => (source) }
        @if let Some(date) = &it.date { ", " (date) }
        @if let Some(kind) = &it.kind { ", " (crate::rules::kind_title(kind, asked.view.shell.lang())) }
        @if let Some(assumption) = &it.assumption { ". " (asked.t("Annahme: ", "Assumption: ")) (assumption.get(german)) }
        @if let Some(words) = &it.note { ". " (words.get(german)) }
    }
}

/// What every figure rests on.
pub(super) fn assumptions(asked: &Asked<'_>, outlook: &Outlook) -> Markup {
    html! {
        @if !outlook.assumptions.is_empty() {
            (subheading(asked.t("Worauf die Zahlen beruhen", "What the figures rest on")))
            ul.kern-list { @for it in outlook.assumptions.iter().take(MOST) { li { (asked.t(&it.de, &it.en)) } } }
        }
    }
}

/// What was already spent: in no sum, with its book value.
pub(super) fn sunk(asked: &Asked<'_>, outlook: &Outlook) -> Markup {
    let german = asked.german();
    let columns = [
        Column::new(asked.t("Posten", "Item")),
        Column::new(asked.t("Ausgegeben", "Spent")).numeric(),
        Column::new(asked.t("Im Jahr", "In the year")),
        Column::new(asked.t("Buchwert zu Beginn", "Book value at the beginning")).numeric(),
        Column::new(asked.t("In Worten", "In words")),
    ];
    let unknown = asked.t("nicht angegeben", "not stated");
    let rows = outlook.sunk.iter().take(MOST).map(|it| {
        vec![
            html! { (it.title.get(german)) ": " (it.name.get(german)) },
            money(asked, it.amount),
            html! { (it.spent.map_or_else(|| unknown.to_owned(), |it| it.to_string())) },
            money(asked, it.book_value),
            html! { (asked.t(&it.de, &it.en)) @if !it.book.is_empty() { (book(asked, it)) } },
        ]
    });
    let caption = format!("{} – {}", asked.t("Schon ausgegeben", "Already spent"), outlook.scenario);
    html! {
        @if !outlook.sunk.is_empty() {
            (Table::new(&caption, columns).rows(rows.collect::<Vec<_>>()))
            p.kern-body {
                (asked.t("Diese Beträge stecken in keiner Summe: Sie sind in jedem Fall ausgegeben. Buchwert zusammen: ", "These amounts are in no sum: they are spent in any case. Book value together: "))
                (outlook.sunk_book_value.shown(german)) "."
            }
        }
    }
}

/// How the book value goes down.
fn book(asked: &Asked<'_>, it: &costs::Sunk) -> Markup {
    details(
        asked.t("Buchwert je Jahr", "Book value by year"),
        html! { ul.kern-list { @for year in &it.book { li { (year.year) ": " (year.amount.shown(asked.german())) } } } },
    )
}
