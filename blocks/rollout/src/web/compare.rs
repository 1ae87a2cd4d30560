//! Public services side by side, only on equal bases; otherwise it says why not.

use super::frame::{Asked, View, encode, level};
use crate::operations::{Rollout, ServiceLine};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use rates::{Rate, Reason};
use serde::Deserialize;
use ui::{
    Alert, Choice, Column, Markup, Shell, Table, Tone, button,
    chart::{Chart, Span, Unit},
    date_field, html, lead, link, row, select, title,
};

/// Which public services, on which bases.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    one: String,
    other: String,
    /// The base of the other one; the same where nothing is said.
    other_base: String,
}

/// The page.
pub(super) async fn show(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
    Query(pair): Query<Pair>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let wanted =
        if pair.other_base.is_empty() { view.chosen.base.name.clone() } else { pair.other_base.clone() };
    let other = view.opened.choose(&ctx, &wanted, &view.asked.date)?;
    let keys: Vec<String> =
        [&pair.one, &pair.other].into_iter().filter(|it| !it.is_empty()).cloned().collect();
    let bases = [view.chosen.clone(), other.clone()];
    let found = match keys.len() {
        2 => Some(view.opened.comparison(&keys, &bases)?),
        _ => None,
    };
    let heading = shell.t("Leistungen vergleichen", "Compare public services");
    let page = shell.draw(heading).trail(shell.t("Rollout", "Roll-out"), view.path("/rollout"));
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t(
            "Verglichen wird nur, was gleich gezählt ist: eine Basis, ein Tag, und wo Stellen gezählt werden, Stellen derselben Ebene.",
            "Only what is counted in the same way is compared: one base, one day, and where authorities are counted, authorities of one level.",
        )))
        (form(&view, &pair, &other.base.name))
        @if let Some((lines, reasons)) = &found {
            @if reasons.is_empty() { (chart(&view, lines)) } @else { (refusal(&view, reasons)) }
            (table(&view, lines, [&view.chosen.base.title, &other.base.title]))
            (view.base_line())
        }
    }))
}

fn form(view: &View<'_>, pair: &Pair, other_base: &str) -> Markup {
    let all: Vec<Choice<'_>> =
        view.opened.ready.public_services.iter().map(|(key, it)| Choice::new(key, &it.name)).collect();
    let bases: Vec<Choice<'_>> = view.bases.iter().map(|it| Choice::new(&it.name, &it.title)).collect();
    let choose = view.t("bitte wählen", "please choose");
    html! {
        form.app-form action="/rollout/compare" method="get" {
            @if !view.asked.tenant.is_empty() { input type="hidden" name="tenant" value=(view.asked.tenant); }
            (select("one", view.t("Erste Leistung", "First public service"), &all).empty_choice(choose).value(pair.one.as_str()))
            (select("base", view.t("Basis", "Base"), &bases).value(view.chosen.base.name.as_str()))
            (select("other", view.t("Zweite Leistung", "Second public service"), &all).empty_choice(choose).value(pair.other.as_str()))
            (select("other_base", view.t("Basis der zweiten", "Base of the second"), &bases).value(other_base))
            (date_field("date", view.t("Stand", "As of")).value(view.chosen.day.to_string()))
            (row(button(view.t("Vergleichen", "Compare"))))
        }
    }
}

fn refusal(view: &View<'_>, reasons: &[Reason]) -> Markup {
    let said: Vec<rates::Wording> = reasons.iter().map(Reason::sentence).collect();
    let list = html! { ul.kern-list { @for it in &said { li { (view.t(&it.de, &it.en)) } } } };
    html! { (Alert::new(Tone::Warning, view.t("Diese Quoten lassen sich nicht vergleichen", "These rates cannot be compared")).body(list).live()) }
}

fn chart(view: &View<'_>, lines: &[ServiceLine]) -> Markup {
    let title = match view.shell.lang() {
        kernel::Lang::De => format!("Quote am {}, Basis: {}", view.chosen.day, view.chosen.base.title),
        kernel::Lang::En => format!("Rate on {}, base: {}", view.chosen.day, view.chosen.base.title),
    };
    let tenths = |it: &ServiceLine| {
        let (low, _) = Rate::of(&it.tally).range();
        i64::try_from(low / 10).ok().map(Span::exactly)
    };
    let chart = Chart::bars(view.shell, "comparison", &title, Unit::Percent)
        .labels(view.t("Leistung", "Public service"), lines.iter().map(|it| it.name.as_str()))
        .series(view.t("angeschlossen", "connected"), lines.iter().map(tenths));
    html! { (chart) }
}

fn table(view: &View<'_>, lines: &[ServiceLine], bases: [&str; 2]) -> Markup {
    let heading = view.t("Die beiden Leistungen", "The two public services");
    let columns = [
        Column::new(view.t("Leistung", "Public service")),
        Column::new(view.t("Zuständig", "Competent")),
        Column::new(view.t("Basis", "Base")),
        Column::new(view.t("Quote", "Rate")).numeric(),
        Column::new(view.t("Selbst", "By themselves")).numeric(),
        Column::new(view.t("Geerbt", "Inherited")).numeric(),
    ];
    let rows = lines.iter().zip(bases).map(|(it, base)| {
        vec![
            link(&view.path(&format!("/rollout/services/{}", encode(&it.key))), &it.name),
            html! { (view.number(it.tally.all().authorities)) " " (level(view.shell, it.level)) },
            html! { (base) },
            html! { (view.rate(&it.tally)) },
            html! { (view.share(it.tally.own, &it.tally)) },
            html! { (view.share(it.tally.inherited, &it.tally)) },
        ]
    });
    html! { (Table::new(heading, columns).rows(rows.collect::<Vec<_>>())) }
}
