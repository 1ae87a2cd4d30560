//! The ranked list, and each score opened into its parts.

use super::{View, decide::refuse, percent};
use ::overlay::{Cluster, Part, PartKind, Statement};
use ui::{
    Column, Markup, Paging, Table,
    chart::{Chart, Span, Unit},
    html, note, pagination, section, subheading,
};

/// How many elements stand on a page.
const PAGE: usize = 50;
/// How many are drawn.
const DRAWN: usize = 12;

/// The elements, the highest potential first.
pub(super) fn ranked(view: &View<'_>) -> Markup {
    let clusters = &view.picture().clusters;
    let wide = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: wide(view.offset), limit: wide(PAGE), total: wide(clusters.len()) };
    section(
        view.t("Möglichkeit der Nachnutzung", "Reuse potential"),
        html! {
            p.kern-body { (view.t(
                "Die Spanne zeigt, was bekannt ist: Unbekanntes macht sie weiter, nicht niedriger. Geordnet nach der Mitte der Spanne, dann nach ihrem unteren Ende, dann nach dem Namen. Jede Zeile lässt sich öffnen: Dort steht, woraus sie sich ergibt.",
                "The range shows what is known: what is unknown makes it wider, not lower. Ordered by the middle of the range, then by its lower end, then by name. Each line opens into what it is made of.",
            )) }
            @if view.offset == 0 { (drawn(view)) }
            div.app-list-of-details { @for it in clusters.iter().skip(view.offset).take(PAGE) { (opened(view, it)) } }
            @if view.back.is_some() { (pagination(view.shell, paging)) }
            @else if clusters.len() > PAGE { (note(view.t("Gezeigt werden die ersten 50; alle stehen in der Ausgabe als CSV oder JSON.", "The first 50 are shown; all are in the output as CSV or JSON."))) }
        },
    )
}

/// The first of them as bars.
fn drawn(view: &View<'_>) -> Markup {
    let first: Vec<&Cluster> = view.picture().clusters.iter().take(DRAWN).collect();
    let names = first.iter().map(|it| it.name.get(view.german()));
    let spans =
        first.iter().map(|it| Some(Span::between(tenths(it.potential.low), tenths(it.potential.high))));
    let title = view.t("Die ersten zwölf, in Prozent", "The first twelve, in per cent");
    let words = view.t("von bis", "from to");
    let chart = Chart::bars(view.shell, "ranked", title, Unit::Percent)
        .labels(view.t("Baustein", "Element"), names)
        .series(words, spans);
    html! { (chart) }
}

/// Tenths of a per cent, rounded.
fn tenths(percent: f64) -> i64 {
    format!("{:.0}", percent * 10.0).parse().unwrap_or(0)
}

/// One element, opened into parts, reasons and contradictions.
fn opened(view: &View<'_>, it: &Cluster) -> Markup {
    let maps = it.maps();
    let counted = super::super::frame::count(view.shell, maps);
    let in_maps = if maps == 1 {
        view.t("in einer Karte", "in one map").to_owned()
    } else if view.german() {
        format!("in {counted} Karten")
    } else {
        format!("in {counted} maps")
    };
    let range = percent(view.shell, it.potential.low, it.potential.high);
    let summary = format!("{}. {} – {range}, {in_maps}", it.rank, it.name.get(view.german()));
    ui::details(
        &summary,
        html! {
            (parts(view, it))
            (members(view, it))
            @if !it.links.is_empty() { (links(view, it)) }
            @if !it.contradictions.is_empty() { (super::told::said_differently(view, it)) }
        },
    )
}

fn parts(view: &View<'_>, cluster: &Cluster) -> Markup {
    let columns = [
        Column::new(view.t("Teil", "Part")),
        Column::new(view.t("Gewicht", "Weight")).numeric(),
        Column::new(view.t("Spanne", "Range")).numeric(),
        Column::new(view.t("Warum", "Why")),
        Column::new(view.t("Angaben der Karten", "Facts of the maps")),
    ];
    let rows = cluster.potential.parts.iter().map(|it| {
        vec![
            html! { (it.kind.title(view.german())) },
            html! { (weight(view, it)) },
            html! { (percent(view.shell, it.range.low * 100.0, it.range.high * 100.0)) },
            html! { (it.why.get(view.german())) },
            facts(view, it),
        ]
    });
    let name = cluster.name.get(view.german());
    let caption = format!("{}: {name}", view.t("Woraus sich die Spanne ergibt", "What the range is made of"));
    let total: f64 = PartKind::ALL.iter().map(|it| view.laid.weights.part(*it)).sum();
    html! {
        (Table::new(&caption, columns).rows(rows.collect::<Vec<_>>()))
        (note(html! {
            (view.t("Die Spanne ist das gewichtete Mittel: jede Spanne mal Gewicht, geteilt durch die Summe der Gewichte (", "The range is the weighted mean: each range times its weight, divided by the sum of the weights ("))
            (plain(view, total)) ")."
        }))
    }
}

fn weight(view: &View<'_>, part: &Part) -> String {
    plain(view, part.weight)
}

/// A number with the decimal mark of the language.
fn plain(view: &View<'_>, number: f64) -> String {
    let text = number.to_string();
    if view.german() { text.replace('.', ",") } else { text }
}

fn facts(view: &View<'_>, part: &Part) -> Markup {
    html! {
        @if part.facts.is_empty() { (view.t("keine", "none")) }
        @else { ul.kern-list { @for it in &part.facts { li { (statement(view, it)) } } } }
    }
}

/// What a map says, and who says so.
pub(super) fn statement(view: &View<'_>, it: &Statement) -> Markup {
    html! {
        (it.title(view.german())) ": " (it.value.get(view.german()))
        " (" (view.map_title(it.map))
        @if let Some(source) = &it.source { ", " (source) }
        @if let Some(date) = &it.date { ", " (date) }
        ")"
    }
}

fn members(view: &View<'_>, cluster: &Cluster) -> Markup {
    html! {
        (subheading(view.t("Wo er steht", "Where it stands")))
        ul.kern-list {
            @for it in &cluster.members {
                li { (view.map_title(it.map)) ": " (view.element(it.map, &it.element, it.name.get(view.german()))) }
            }
        }
    }
}

/// Why the elements are taken for the same; somebody may say that they are not.
fn links(view: &View<'_>, cluster: &Cluster) -> Markup {
    html! {
        (subheading(view.t("Warum das dasselbe ist", "Why this is the same")))
        ul.kern-list {
            @for it in &cluster.links {
                li {
                    @for (place, evidence) in it.evidence.iter().enumerate() {
                        @if place > 0 { " " }
                        (evidence.kind.title(view.german())) " (" (percent(view.shell, evidence.confidence * 100.0, evidence.confidence * 100.0)) "): "
                        (evidence.reason.get(view.german()))
                    }
                    @if view.decides { (refuse(view, &it.one, &it.other)) }
                }
            }
        }
    }
}
