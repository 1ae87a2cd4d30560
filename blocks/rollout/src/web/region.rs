//! The authorities of a public service within a region, with the statement behind each.

use super::frame::{Asked, View, encode, stage};
use crate::{
    api::stage_named,
    operations::{Authority, Rollout},
};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use rates::{Stage, Tally};
use ui::{Choice, Column, Markup, Paging, Shell, Table, code, format, html, lead, pagination, select, title};

/// How many are shown at once.
const PAGE: usize = 50;

/// The page.
pub(super) async fn show(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Path((key, region)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let followed = view.opened.followed(&key)?;
    let place = view.opened.region(&region)?;
    let wanted = stage_named(&view.asked.state)?;
    let all = rollout.authorities(&ctx, &view.opened, &key, &view.chosen, (place, wanted)).await?;
    let above = format!("/rollout/services/{}", encode(&key));
    let heading = view.opened.ready.world.territory.name(place);
    let stages = Stage::ALL.map(|it| Choice::new(it.name(), shell.t(it.german(), it.english())));
    let filter = select("state", shell.t("Stand", "State"), &stages).empty_choice(shell.t("alle", "all"));
    let page = shell
        .draw(heading)
        .trail(shell.t("Rollout", "Roll-out"), view.path("/rollout"))
        .trail(followed.name.as_str(), view.path(&above))
        .wide();
    Ok(page.body(html! {
        (title(heading))
        (lead(&followed.name))
        (view.choice(&format!("{above}/{}", encode(&region)), &html! { (filter.value(view.asked.state.as_str())) }))
        (sum(&view, &all))
        (table(&view, heading, &all))
        (view.base_line())
    }))
}

fn sum(view: &View<'_>, all: &[Authority]) -> Markup {
    let mut tally = Tally::default();
    for it in all {
        tally.add(it.place, it.standing, it.value);
    }
    html! {
        p.kern-body role="status" {
            (view.number(all.len())) " " (view.t("zuständige Stellen", "competent authorities"))
            @if view.asked.state.is_empty() { ". " (view.t("Quote: ", "Rate: ")) (view.rate(&tally)) }
        }
    }
}

fn table(view: &View<'_>, heading: &str, all: &[Authority]) -> Markup {
    let territory = &view.opened.ready.world.territory;
    let columns = [
        Column::new(view.t("Stelle", "Authority")),
        Column::new(view.t("Regionalschlüssel", "Region key")),
        Column::new(view.t("Stand", "State")),
        Column::new(view.t("Seit", "Since")),
        Column::new(view.t("Angeschlossen durch", "Connected by")),
        Column::new(view.chosen.base.title.as_str()).numeric(),
        Column::new(view.t("Quelle", "Source")),
    ];
    let (offset, limit) = (view.asked.offset, view.asked.limit.unwrap_or(PAGE).clamp(1, 500));
    let rows = all.iter().skip(offset).take(limit).map(|it| {
        let line = it.line.as_ref();
        vec![
            html! { (territory.name(it.place)) },
            code(&territory.key_text(it.place)),
            stage(view.shell, it.standing.map(|it| it.stage)),
            html! { @if let Some(it) = it.standing { (it.since) } @else { "–" } },
            html! { (by(view, it)) },
            html! { (value(view, it.value)) },
            html! {
                (line.map_or("–", |it| it.source.as_str()))
                @if let Some(note) = line.map(|it| it.note.as_str()).filter(|it| !it.is_empty()) { " (" (note) ")" }
            },
        ]
    });
    let whole = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: whole(offset), limit: whole(limit), total: whole(all.len()) };
    html! {
        (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
        (pagination(view.shell, paging))
    }
}

/// By whom an authority has what it has: itself, or a region above it.
fn by(view: &View<'_>, it: &Authority) -> String {
    let Some(standing) = it.standing else { return "–".to_owned() };
    if standing.by != it.place {
        let name = view.opened.ready.world.territory.name(standing.by);
        return format!("{name} ({})", view.t("geerbt", "inherited"));
    }
    match standing.connection {
        rates::Connection::Own => view.t("selbst", "itself"),
        rates::Connection::State => view.t("Land (geerbt)", "state (inherited)"),
        rates::Connection::Federation => view.t("Bund (geerbt)", "federation (inherited)"),
    }
    .to_owned()
}

fn value(view: &View<'_>, value: Option<u64>) -> String {
    let Some(value) = value else { return view.t("kein Wert", "no value").to_owned() };
    let thousandths = i64::try_from(value).unwrap_or(i64::MAX);
    if thousandths % 1000 == 0 {
        view.number(value / 1000)
    } else {
        format::decimal(view.shell.lang(), thousandths, 3)
    }
}
