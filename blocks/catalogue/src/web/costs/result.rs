//! The answer: what is paid when, beside each other, what is missing, what it rests on.

use super::{Asked, lines, span};
use crate::operations::Reckoning;
use costs::{Amount, Crossing, Curve, Gap, Kind, Outlook};
use ui::{
    Alert, Column, Markup, Table, Tone,
    chart::{Chart, Unit},
    html, note, section, subheading,
};

/// How many gaps are listed.
const MOST: usize = 200;

/// Everything that the page says about costs.
pub(super) fn result(asked: &Asked<'_>, it: &Reckoning) -> Markup {
    let outlooks: Vec<&Outlook> = std::iter::once(&it.one).chain(it.other.as_ref()).collect();
    let curve = it.comparison.as_ref().map(|it| &it.own);
    html! {
        (section(asked.t("Was Sie zahlen", "What you pay"), html! {
            @for outlook in &outlooks { p.kern-body.kern-body--large role="status" { strong { (outlook.scenario) ": " } (asked.t(&outlook.de, &outlook.en)) } }
            @if let Some(curve) = curve { (crossing(asked, curve)) }
            (over_time(asked, &outlooks, curve))
            (by_kind(asked, &outlooks))
            (horizons(asked, &outlooks))
        }))
        @for (place, outlook) in outlooks.iter().enumerate() {
            (section(&outlook.scenario, html! {
                (missing(asked, outlook))
                (by_bearer(asked, outlook, place))
                (lines::lines(asked, outlook))
                (lines::assumptions(asked, outlook))
                (lines::sunk(asked, outlook))
            }))
        }
        (method(asked, &it.one))
    }
}

/// Whether and when one scenario overtakes the other, in words.
fn crossing(asked: &Asked<'_>, curve: &Curve) -> Markup {
    let tone = match curve.crossing {
        Crossing::Open | Crossing::Overlap => Tone::Warning,
        _ => Tone::Info,
    };
    Alert::new(tone, asked.t("Die beiden Szenarien im Vergleich", "The two scenarios compared"))
        .body(html! {
            p.kern-body { (asked.t(&curve.de, &curve.en)) }
            @if !curve.because.is_empty() { ul.kern-list { @for it in &curve.because { li { (it.get(asked.german())) } } } }
        })
        .done()
}

/// The year from which on it is sure, else possible.
const fn overtaken(crossing: Crossing) -> Option<(u16, bool)> {
    match crossing {
        Crossing::Between { latest, .. } => Some((latest, true)),
        Crossing::NotBefore { earliest, .. } => Some((earliest, false)),
        _ => None,
    }
}

/// What is paid until the end of each year.
fn over_time(asked: &Asked<'_>, outlooks: &[&Outlook], curve: Option<&Curve>) -> Markup {
    let Some(first) = outlooks.first() else { return html! {} };
    let years: Vec<String> = first.own.years.iter().map(|it| it.year.to_string()).collect();
    let title = asked
        .t("Was Sie bis zum Ende jedes Jahres gezahlt haben", "What you have paid by the end of each year");
    let mut chart = Chart::lines(asked.view.shell, "over-time", title, Unit::Euros)
        .summary(asked.t(
            "Die Fläche reicht vom niedrigsten zum höchsten Betrag; ein Pfeil nach oben heißt „mindestens“.",
            "The area reaches from the lowest to the highest amount; an arrow upwards means “at least”.",
        ))
        .labels(asked.t("Jahr", "Year"), years.iter().map(String::as_str));
    for outlook in outlooks {
        chart = chart.series(&outlook.scenario, outlook.own.years.iter().map(|it| Some(span(it.cumulative))));
    }
    if let Some((year, sure)) = curve.and_then(|it| overtaken(it.crossing)) {
        let place = first.own.years.iter().position(|it| it.year == year);
        let words = if sure {
            asked.t("überholt", "overtaken")
        } else {
            asked.t("frühestens überholt", "overtaken at the earliest")
        };
        if let Some(place) = place {
            chart = chart.mark(place, words);
        }
    }
    let columns = std::iter::once(Column::new(asked.t("Jahr", "Year")))
        .chain(outlooks.iter().map(|it| Column::new(&it.scenario).numeric()));
    let rows = first.own.years.iter().enumerate().map(|(place, year)| {
        let due = outlooks.iter().map(|it| it.own.years.get(place).map_or(Amount::default(), |it| it.amount));
        std::iter::once(html! { (year.year) }).chain(due.map(|it| money(asked, it))).collect::<Vec<_>>()
    });
    let caption = asked.t("Was in jedem Jahr fällig wird", "What falls due in each year");
    html! {
        (chart)
        (Table::new(caption, columns).rows(rows.collect::<Vec<_>>()))
    }
}

/// An amount in words.
pub(super) fn money(asked: &Asked<'_>, amount: Amount) -> Markup {
    html! { (amount.shown(asked.german())) }
}

fn by_kind(asked: &Asked<'_>, outlooks: &[&Outlook]) -> Markup {
    let mut kinds: Vec<Option<Kind>> = Vec::new();
    for kind in outlooks.iter().flat_map(|it| &it.own.kinds) {
        if !kinds.contains(&kind.kind) {
            kinds.push(kind.kind);
        }
    }
    let label = |it: &Option<Kind>| {
        it.map_or(asked.t("nicht angegeben", "not stated"), |it| it.title(asked.german()))
    };
    let title = asked.t("Was Sie zahlen, nach Kostenart", "What you pay, by kind of cost");
    let mut chart = Chart::bars(asked.view.shell, "by-kind", title, Unit::Euros)
        .labels(asked.t("Kostenart", "Kind of cost"), kinds.iter().map(label));
    for outlook in outlooks {
        let of = |kind: &Option<Kind>| {
            let found = outlook.own.kinds.iter().find(|it| it.kind == *kind);
            Some(span(found.map_or(Amount::default(), |it| it.amount)))
        };
        chart = chart.series(&outlook.scenario, kinds.iter().map(of));
    }
    html! { @if !kinds.is_empty() { (chart) } }
}

/// Short, middle and long term.
fn horizons(asked: &Asked<'_>, outlooks: &[&Outlook]) -> Markup {
    let columns = [
        Column::new(asked.t("Szenario", "Scenario")),
        Column::new(asked.t("Zeitraum", "Horizon")),
        Column::new(asked.t("Jahre", "Years")),
        Column::new(asked.t("Sie zahlen", "You pay")).numeric(),
    ];
    let rows = outlooks.iter().flat_map(|outlook| {
        outlook.own.horizons.iter().map(|it| {
            vec![
                html! { (outlook.scenario) },
                html! { (it.horizon.title(asked.german())) },
                html! { (it.from) "–" (it.until) },
                money(asked, it.amount),
            ]
        })
    });
    let caption = asked.t("Kurz-, mittel- und langfristig", "Short, middle and long term");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

/// What is not known: because of it the sums say "at least".
fn missing(asked: &Asked<'_>, outlook: &Outlook) -> Markup {
    let list = |gaps: &[Gap]| {
        html! {
            ul.kern-list { @for it in gaps.iter().take(MOST) { li { (it.wording(asked.german())) } } }
            @if gaps.len() > MOST { p.kern-body { (asked.t("und weitere: ", "and more: ")) (gaps.len() - MOST) } }
        }
    };
    html! {
        @if !outlook.missing.is_empty() {
            (Alert::new(Tone::Warning, asked.t("Was fehlt: darum heißt es „mindestens“", "What is missing: hence “at least”")).body(list(&outlook.missing)))
        }
        @if !outlook.remarks.is_empty() {
            (Alert::new(Tone::Info, asked.t("Was noch zu wissen ist", "What else to know")).body(list(&outlook.remarks)))
        }
    }
}

/// Who bears how much of everything.
fn by_bearer(asked: &Asked<'_>, outlook: &Outlook, place: usize) -> Markup {
    let title = format!("{} – {}", asked.t("Wer was trägt", "Who bears what"), outlook.scenario);
    let label = |it: &costs::BearerSum| {
        it.bearer.map_or(asked.t("nicht angegeben", "not stated"), |it| it.title(asked.german()))
    };
    let id = format!("bearers-{place}");
    let chart = Chart::bars(asked.view.shell, &id, &title, Unit::Euros)
        .summary(asked.t(
            "Feste Beträge anderer sind der ganze Betrag, nicht der Anteil für Ihre Gemeinde.",
            "Fixed amounts of others are the whole amount, not your municipality's share.",
        ))
        .labels(asked.t("Wer", "Who"), outlook.bearers.iter().map(label))
        .series(&outlook.scenario, outlook.bearers.iter().map(|it| Some(span(it.amount))));
    html! { @if !outlook.bearers.is_empty() { (chart) } }
}

/// How was counted.
fn method(asked: &Asked<'_>, outlook: &Outlook) -> Markup {
    html! {
        (section(asked.t("Wie gerechnet wurde", "How was counted"), html! {
            ul.kern-list { @for it in &outlook.method { li { (it.get(asked.german())) } } }
            (subheading(asked.t("Zum Weitergeben", "To pass on")))
            (note(asked.t("Die Adresse dieser Seite enthält alle Angaben: Wer sie öffnet, sieht dieselbe Rechnung. Die Seite lässt sich drucken.", "The address of this page holds all entries: whoever opens it sees the same calculation. The page can be printed.")))
        }))
    }
}
