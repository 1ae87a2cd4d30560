//! One public service: its rate, over time, on the map and as a table by Kreis, its submissions.

use super::frame::{Asked, View, descending, encode, level};
use crate::{
    names::fault,
    operations::{Definition, Followed, MonthLine, RegionLine, Rollout},
    rules,
};
use axum::{extract::State, response::Redirect};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query},
};
use rates::{COMPETENT, Day, Level, Rate, Tally};
use serde::Deserialize;
use ui::{
    Alert, Choice, Column, Markup, Shell, Table, Tone, button,
    chart::{Chart, Span, Unit},
    code, description_list,
    germany::{Area, Germany, Outlines},
    html, link, link_button, row, section, select, text_field, title,
};

/// The page.
pub(super) async fn show(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let followed = view.opened.followed(&key)?.clone();
    let points = view.opened.series(&key, &view.chosen)?;
    let tally = points.last().map(|it| it.1).unwrap_or_default();
    let submissions = rollout.submissions(&ctx, &view.opened, &key).await?;
    let by = if followed.level == Level::State { Level::State } else { Level::District };
    let mut regions = match followed.level {
        Level::Federation => Vec::new(),
        _ => view.opened.regions(&key, &view.chosen, by)?,
    };
    sort(&view, &mut regions)?;
    let here = format!("/rollout/services/{}", encode(&key));
    let page =
        shell.draw(&*followed.name).trail(shell.t("Rollout", "Roll-out"), view.path("/rollout")).wide();
    Ok(page.body(html! {
        (title(&followed.name))
        p.kern-body { (code(&key)) }
        (view.choice(&here, &html! {}))
        (facts(&view, &followed, &tally))
        (row(html! {
            (link_button(view.path(&format!("{here}/DE")), shell.t("Alle Stellen", "All authorities")))
            (link_button(view.path(&format!("/rollout/compare?one={}", encode(&key))), shell.t("Vergleichen", "Compare")))
            (link_button(view.path(&format!("/api/v1/rollout/export?format=csv&service={}", encode(&key))), "CSV").icon("download"))
            (link_button(view.path(&format!("/api/v1/rollout/export?format=parquet&service={}", encode(&key))), "Parquet").icon("download"))
        }))
        (section(shell.t("Im Zeitverlauf", "Over time"), time(&view, &points)))
        @if !regions.is_empty() { (places(&view, &here, by, &regions)) }
        (submitted(&view, &submissions))
        (view.base_line())
        @if view.opened.keeps { (definition(&view, &here, &followed)) }
    }))
}

fn facts(view: &View<'_>, followed: &Followed, tally: &Tally) -> Markup {
    let part = |it: rates::Part| {
        html! { (view.number(it.authorities)) " (" (view.share(it, tally)) ")" }
    };
    let items = [
        (view.t("Quote", "Rate"), html! { strong { (view.rate(tally)) } }),
        (
            view.t("Zuständig", "Competent"),
            html! { (view.number(tally.all().authorities)) " " (level(view.shell, followed.level)) },
        ),
        (view.t("Selbst angeschlossen", "Connected by themselves"), part(tally.own)),
        (
            view.t("Geerbt von Land, Bund oder Kreis", "Inherited from state, federation or district"),
            part(tally.inherited),
        ),
        (view.t("In Bearbeitung", "In progress"), part(tally.in_progress)),
        (view.t("Geplant", "Planned"), part(tally.planned)),
        (view.t("Nicht angeschlossen", "Not connected"), part(tally.none)),
        (view.t("Keine Angabe", "Not stated"), part(tally.unstated)),
    ];
    let remark = Rate::of(tally).remark(tally);
    html! {
        (description_list(&items))
        @if let Some(remark) = remark { (Alert::new(Tone::Warning, view.t(&remark.de, &remark.en))) }
    }
}

/// A rate in tenths of a per cent, where one can be said.
fn span(tally: &Tally) -> Option<Span> {
    let (low, high) = Rate::of(tally).range();
    let tenths = |it: u64| i64::try_from(it / 10).unwrap_or(i64::MAX);
    match Rate::of(tally) {
        Rate::Exact(_) => Some(Span::exactly(tenths(low))),
        Rate::AtMost(_) | Rate::AtLeast(_) => Some(Span::between(tenths(low), tenths(high))),
        Rate::Unsaid | Rate::Empty => None,
    }
}

fn time(view: &View<'_>, points: &[(Day, Tally)]) -> Markup {
    let months: Vec<String> = points.iter().map(|it| it.0.month().to_string()).collect();
    let without = |it: &Tally| {
        // The rate as if nobody inherited anything.
        let unstated = it.unstated.plus(it.inherited);
        span(&Tally { inherited: rates::Part::default(), unstated, ..*it })
    };
    let title = match view.shell.lang() {
        kernel::Lang::De => format!("Quote am Monatsende, Basis: {}", view.chosen.base.title),
        kernel::Lang::En => format!("Rate at the end of the month, base: {}", view.chosen.base.title),
    };
    let chart = Chart::lines(view.shell, "over-time", &title, Unit::Percent)
        .labels(view.t("Monat", "Month"), months.iter().map(String::as_str))
        .series(view.t("angeschlossen", "connected"), points.iter().map(|it| span(&it.1)))
        .series(view.t("davon selbst", "of these by themselves"), points.iter().map(|it| without(&it.1)));
    html! { (chart) }
}

fn sort(view: &View<'_>, regions: &mut [RegionLine]) -> Result<()> {
    let territory = &view.opened.ready.world.territory;
    let (key, reverse) = descending(&view.asked.sort);
    match key {
        "" | "key" => regions.sort_by_key(|it| it.place),
        "name" => regions.sort_by(|one, other| territory.name(one.place).cmp(territory.name(other.place))),
        "rate" => regions.sort_by_cached_key(|it| Rate::of(&it.tally).range()),
        other => return Err(fault::BAD_ORDER.with("sort", other).with("known", "key, name, rate")),
    }
    if reverse {
        regions.reverse();
    }
    Ok(())
}

fn places(view: &View<'_>, here: &str, by: Level, regions: &[RegionLine]) -> Markup {
    let (shell, territory) = (view.shell, &view.opened.ready.world.territory);
    let path = |it: &RegionLine| view.path(&format!("{here}/{}", territory.key_text(it.place)));
    let areas = regions.iter().map(|it| Area {
        key: territory.key_text(it.place).into(),
        class: rules::class_of(&it.tally),
        value: view.rate(&it.tally).into(),
        path: Some(path(it).into()),
    });
    let states = by == Level::State;
    let heading =
        if states { view.t("Nach Ländern", "By state") } else { view.t("Nach Kreisen", "By district") };
    let title = match shell.lang() {
        kernel::Lang::De => {
            format!("{heading}: Quote am {}, Basis: {}", view.chosen.day, view.chosen.base.title)
        }
        kernel::Lang::En => {
            format!("{heading}: rate on {}, base: {}", view.chosen.day, view.chosen.base.title)
        }
    };
    let outlines = if states { Outlines::States } else { Outlines::Districts };
    let map = Germany::new(shell, "places", &title, outlines)
        .classes(rules::CLASSES.map(|it| it.get(shell.lang())))
        .unknown(shell.t("nicht bestimmbar", "cannot be said"))
        .areas(areas);
    section(heading, html! { (map) (table(view, heading, regions, path)) })
}

fn table(
    view: &View<'_>,
    heading: &str,
    regions: &[RegionLine],
    path: impl Fn(&RegionLine) -> String,
) -> Markup {
    let (shell, territory) = (view.shell, &view.opened.ready.world.territory);
    let sorted = if view.asked.sort.is_empty() { "key" } else { &view.asked.sort };
    let columns = [
        Column::new(view.t("Region", "Region")).sortable(shell, "name", sorted),
        Column::new(view.t("Regionalschlüssel", "Region key")).sortable(shell, "key", sorted),
        Column::new(view.t("Quote", "Rate")).numeric().sortable(shell, "rate", sorted),
        Column::new(view.t("Zuständige Stellen", "Competent authorities")).numeric(),
        Column::new(view.t("Selbst", "By themselves")).numeric(),
        Column::new(view.t("Geerbt", "Inherited")).numeric(),
        Column::new(view.t("In Bearbeitung", "In progress")).numeric(),
        Column::new(view.t("Keine Angabe", "Not stated")).numeric(),
    ];
    let rows = regions.iter().map(|it| {
        vec![
            link(&path(it), territory.name(it.place)),
            code(&territory.key_text(it.place)),
            html! { (view.rate(&it.tally)) },
            html! { (view.number(it.tally.all().authorities)) },
            html! { (view.number(it.tally.own.authorities)) },
            html! { (view.number(it.tally.inherited.authorities)) },
            html! { (view.number(it.tally.in_progress.authorities)) },
            html! { (view.number(it.tally.unstated.authorities)) },
        ]
    });
    html! { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
}

fn submitted(view: &View<'_>, months: &[MonthLine]) -> Markup {
    let heading = view.t("Anträge", "Submissions");
    let columns = [
        Column::new(view.t("Monat", "Month")),
        Column::new(view.t("Anzahl", "Count")).numeric(),
        Column::new(view.t("Gezählt von", "Counted by")),
    ];
    let rows = months.iter().map(|it| {
        let source = it.source.as_deref().unwrap_or_else(|| view.t("dieser Knoten", "this node"));
        vec![html! { (it.month) }, html! { (view.number(it.count)) }, html! { (source) }]
    });
    section(
        heading,
        html! {
            @if months.is_empty() { p.kern-body { (view.t("Keine gezählt und keine importiert.", "None counted and none imported.")) } }
            @else { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
        },
    )
}

fn definition(view: &View<'_>, here: &str, followed: &Followed) -> Markup {
    let levels = COMPETENT.map(|it| Choice::new(it.name(), level(view.shell, it)));
    section(
        view.t("Name und Zuständigkeit ändern", "Change name and competence"),
        html! {
            form.app-form action=(here) method="post" {
                (text_field("name", view.t("Name", "Name")).value(followed.name.as_str()).required())
                (select("level", view.t("Zuständige Ebene", "Competent level"), &levels).value(followed.level.name()))
                (text_field("note", view.t("Warum", "Why")).optional())
                (text_field("decision", view.t("Beschluss", "Decision")).optional())
                (row(button(view.t("Speichern", "Save")).secondary()))
            }
        },
    )
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    name: String,
    level: String,
    note: String,
    decision: String,
}

/// Gives a public service another name or level.
pub(super) async fn define(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Redirect> {
    let Sent { name, level, note, decision } = sent;
    let here = format!("/rollout/services/{}", encode(&key));
    rollout.define(&ctx, Definition { key, name, level, note, decision }).await?;
    Ok(Redirect::to(&here))
}
