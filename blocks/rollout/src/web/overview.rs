//! All public services with their rates, on one base and one day.

use super::frame::{Asked, View, descending, encode, level};
use crate::{
    model::Keeper,
    names::{fault, may},
    operations::{Rollout, ServiceLine},
};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use rates::Rate;
use ui::{
    Column, Markup, Paging, Shell, Table, empty_state, html, lead, link, link_button, pagination, row,
    search_field, section, title,
};

/// How many are shown at once.
const PAGE: usize = 50;

/// The list.
pub(super) async fn list(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let mut lines = rollout.overview(&view.opened, &view.chosen).await?;
    let keepers = rollout.keepers(&ctx).await?;
    let wanted = view.asked.q.trim().to_lowercase();
    lines.retain(|it| it.name.to_lowercase().contains(&wanted) || it.key.contains(&wanted));
    sort(&mut lines, &view.asked.sort)?;
    let heading = shell.t("Rollout", "Roll-out");
    let feed = view.path("/rollout/feed");
    let page = shell.draw(heading).wide().feed(shell.t("Neue Fassungen", "New versions"), feed);
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t(
            "Wie weit Verwaltungsleistungen angeschlossen sind: nach Stellen, nach Bevölkerung oder nach einer anderen Basis. Jede Quote nennt ihre Basis; eigene und geerbte Anschlüsse stehen getrennt.",
            "How far public services are connected: by authorities, by population or by another base. Each rate names its base; what an authority has by itself and what it inherits stand apart.",
        )))
        (ways(&view, &ctx))
        @if view.opened.ready.public_services.is_empty() { (nothing(&view)) }
        @else {
            (view.choice("/rollout", &html! { (search_field("q", shell.t("Leistung", "Public service")).value(view.asked.q.as_str())) }))
            (table(&view, &lines))
            (view.base_line())
        }
        (published(&shell))
        (others(&view, &keepers))
    }))
}

fn ways(view: &View<'_>, ctx: &Ctx) -> Markup {
    row(html! {
        (link_button(view.path("/rollout/compare"), view.t("Leistungen vergleichen", "Compare public services")))
        (link_button(view.path("/rollout/history"), view.t("Verlauf", "History")))
        (link_button(view.path("/api/v1/rollout/export?format=csv"), "CSV").icon("download"))
        (link_button(view.path("/api/v1/rollout/export?format=parquet"), "Parquet").icon("download"))
        @if ctx.may(may::EDIT) { (link_button("/rollout/import", view.t("Importieren", "Import")).primary()) }
    })
}

fn nothing(view: &View<'_>) -> Markup {
    let action = view
        .opened
        .keeps
        .then(|| link_button("/rollout/import", view.t("Datei importieren", "Import a file")));
    empty_state(
        view.t("Noch keine Anschlüsse eingetragen", "No connections entered yet"),
        view.t(
            "Wer diesen Knoten betreibt, importiert Anschlüsse als CSV. Bis dahin gibt es hier nur die Zahlen, die andere veröffentlicht haben.",
            "Whoever runs this node imports connections as CSV. Until then there are only the figures that others published.",
        ),
        action,
    )
}

fn sort(lines: &mut [ServiceLine], by: &str) -> Result<()> {
    let (key, reverse) = descending(by);
    match key {
        "" | "name" => lines.sort_by(|one, other| (&one.name, &one.key).cmp(&(&other.name, &other.key))),
        "key" => lines.sort_by(|one, other| one.key.cmp(&other.key)),
        "rate" => lines.sort_by_cached_key(|it| Rate::of(&it.tally).range()),
        "own" => lines.sort_by_key(|it| it.tally.own.authorities),
        "inherited" => lines.sort_by_key(|it| it.tally.inherited.authorities),
        other => {
            return Err(fault::BAD_ORDER
                .with("sort", other)
                .with("known", "name, key, rate, own, inherited"));
        }
    }
    if reverse {
        lines.reverse();
    }
    Ok(())
}

fn table(view: &View<'_>, lines: &[ServiceLine]) -> Markup {
    let (shell, sorted) = (view.shell, if view.asked.sort.is_empty() { "name" } else { &view.asked.sort });
    let columns = [
        Column::new(view.t("Leistung", "Public service")).sortable(shell, "name", sorted),
        Column::new(view.t("Schlüssel", "Key")).sortable(shell, "key", sorted),
        Column::new(view.t("Zuständig", "Competent")),
        Column::new(view.t("Quote", "Rate")).numeric().sortable(shell, "rate", sorted),
        Column::new(view.t("Vor einem Jahr", "A year before")).numeric(),
        Column::new(view.t("Selbst angeschlossen", "Connected by themselves"))
            .numeric()
            .sortable(shell, "own", sorted),
        Column::new(view.t("Geerbt", "Inherited")).numeric().sortable(shell, "inherited", sorted),
        Column::new(view.t("In Bearbeitung", "In progress")).numeric(),
        Column::new(view.t("Keine Angabe", "Not stated")).numeric(),
    ];
    let (offset, limit) = (view.asked.offset, view.asked.limit.unwrap_or(PAGE).clamp(1, 200));
    let rows = lines.iter().skip(offset).take(limit).map(|it| {
        let before = it.months.len().checked_sub(13).and_then(|at| it.months.get(at));
        vec![
            link(&view.path(&format!("/rollout/services/{}", encode(&it.key))), &it.name),
            html! { (it.key) },
            html! { (level(shell, it.level)) },
            html! { (view.rate(&it.tally)) },
            html! { (before.map_or_else(|| "–".to_owned(), |it| view.rate(it))) },
            html! { (view.number(it.tally.own.authorities)) },
            html! { (view.number(it.tally.inherited.authorities)) },
            html! { (view.number(it.tally.in_progress.authorities)) },
            html! { (view.number(it.tally.unstated.authorities)) },
        ]
    });
    let caption = match shell.lang() {
        kernel::Lang::De => format!("Quoten am {}, Basis: {}", view.chosen.day, view.chosen.base.title),
        kernel::Lang::En => format!("Rates on {}, base: {}", view.chosen.day, view.chosen.base.title),
    };
    let whole = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: whole(offset), limit: whole(limit), total: whole(lines.len()) };
    html! {
        p.kern-body role="status" { (view.number(lines.len())) " " (view.t("Leistungen", "public services")) }
        (Table::new(&caption, columns).rows(rows.collect::<Vec<_>>()))
        (pagination(shell, paging))
    }
}

fn published(shell: &Shell) -> Markup {
    section(
        shell.t("Von anderen veröffentlicht", "Published by others"),
        html! {
            p.kern-body { (shell.t(
                "VITAKO hat am 13. Februar 2026 Zahlen zu sechs Leistungen veröffentlicht. Sie haben verschiedene Basen und stehen deshalb für sich, nie zwischen den Quoten von hier.",
                "On 13 February 2026 VITAKO published figures about six public services. Their bases differ, so they stand by themselves, never among the rates from here.",
            )) }
            (row(link_button("/rollout/published", shell.t("Veröffentlichte Zahlen ansehen", "See the published figures"))))
        },
    )
}

fn others(view: &View<'_>, keepers: &[Keeper]) -> Markup {
    let others: Vec<&Keeper> =
        keepers.iter().filter(|it| it.tenant != view.opened.ready.keeper.tenant).collect();
    if others.is_empty() {
        return html! {};
    }
    let named = |it: &Keeper| {
        if it.tenant.is_empty() {
            view.t("Betrieb dieses Knotens", "Operator of this node").to_owned()
        } else {
            it.tenant.clone()
        }
    };
    section(
        view.t("Weitere Rollouts auf diesem Knoten", "Further roll-outs on this node"),
        html! {
            ul.kern-list {
                @for it in others { li { (link(&format!("/rollout?tenant={}", encode(&it.tenant)), &named(it))) } }
            }
        },
    )
}
