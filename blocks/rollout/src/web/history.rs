//! Versions: the list, what differs between any two, undoing, hiding.

use super::frame::{Asked, View, encode};
use crate::{
    model::Import,
    operations::{Changed, Differences, Rollout, speaking_for},
};
use axum::{extract::State, response::Redirect};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query},
};
use serde::Deserialize;
use ui::{
    Choice, Column, Markup, Shell, Table, Tone, badge, button, code, date_field, details, empty_state,
    format, html, lead, link, note, post_button, row, section, select, title,
};

/// What a version is about, in a word.
pub(super) fn kind(shell: &Shell, kind: &str) -> &'static str {
    let (de, en) = match kind {
        "changes" => ("Anschlüsse", "Connections"),
        "bases" | "base" => ("Basis", "Base"),
        "counts" => ("Antragszahlen", "Submissions"),
        "definition" => ("Name und Zuständigkeit", "Name and competence"),
        _ => ("Rücknahme", "Undoing"),
    };
    shell.lang().pick(de, en)
}

/// All versions, the newest first.
pub(super) async fn list(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let versions = &view.opened.ready.versions;
    let heading = shell.t("Verlauf", "History");
    let feed = view.path("/rollout/feed");
    let page = shell
        .draw(heading)
        .trail(shell.t("Rollout", "Roll-out"), view.path("/rollout"))
        .wide()
        .feed(shell.t("Neue Fassungen", "New versions"), feed.clone());
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t(
            "Jeder Import und jede Änderung macht eine neue Fassung. Zurückgenommen wird durch eine neue Fassung; verloren geht nichts.",
            "Every import and every edit makes a new version. Undoing is a new version too; nothing is lost.",
        )))
        p.kern-body { (link(&feed, shell.t("Als Atom-Feed abonnieren", "Subscribe as an Atom feed"))) }
        @if versions.is_empty() { (empty_state(shell.t("Noch keine Fassung", "No version yet"), shell.t("Mit dem ersten Import beginnt der Verlauf.", "The history begins with the first import."), None)) }
        @else {
            (form(&view))
            (table(&view))
        }
        @if view.opened.keeps && !versions.is_empty() { (visibility(&view)) }
    }))
}

fn form(view: &View<'_>) -> Markup {
    let numbers: Vec<(String, String)> = view
        .opened
        .ready
        .versions
        .iter()
        .rev()
        .filter_map(|it| it.number)
        .map(|it| (it.to_string(), format!("{} {it}", view.t("Fassung", "Version"))))
        .collect();
    let mut all: Vec<Choice<'_>> = numbers.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let newest = numbers.first().map_or("", |it| it.0.as_str());
    let to = select("to", view.t("bis", "to"), &all).value(newest);
    let to = html! { (to) };
    all.push(Choice::new("0", view.t("vor der ersten", "before the first")));
    section(
        view.t("Was hat sich geändert?", "What has changed?"),
        html! {
            form.app-form action="/rollout/history/differences" method="get" {
                @if !view.asked.tenant.is_empty() { input type="hidden" name="tenant" value=(view.asked.tenant); }
                (row(html! {
                    (select("from", view.t("von", "from"), &all).value("0"))
                    (date_field("since", view.t("oder seit dem Tag", "or since the day")).optional())
                    (to)
                }))
                (row(button(view.t("Unterschiede zeigen", "Show the differences")).secondary()))
            }
        },
    )
}

fn table(view: &View<'_>) -> Markup {
    let (shell, ready) = (view.shell, &view.opened.ready);
    let counting = rates::in_force(&ready.numbers(), i64::MAX);
    let mut columns = vec![
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Gemacht", "Made")),
        Column::new(view.t("Inhalt", "Content")),
        Column::new(view.t("Warum", "Why")),
        Column::new(view.t("Beschluss", "Decision")),
        Column::new(view.t("Schnappschuss (SHA-256)", "Snapshot (SHA-256)")),
        Column::new(view.t("Unterschiede", "Differences")),
    ];
    if view.opened.keeps {
        columns.push(Column::new(view.t("Von (Kennung)", "By (id)")));
        columns.push(Column::new(view.t("Handlung", "Action")));
    }
    let rows = ready.versions.iter().rev().map(|it| {
        let number = it.number.unwrap_or(0);
        let counts = counting.contains(&number);
        let (from, snapshot) = (number - 1, it.snapshot.as_deref().unwrap_or_default());
        let mut cells = vec![
            html! { (number) @if !counts { " " (badge(Tone::Warning, view.t("zurückgenommen", "undone"))) } },
            format::time(shell.lang(), it.made_at),
            html! { (about(shell, it)) },
            html! { (it.note) },
            html! { (it.decision) },
            link(&view.path(&format!("/api/v1/rollout/snapshots/{snapshot}")), &format!("{}…", snapshot.get(..16).unwrap_or_default())),
            link(&view.path(&format!("/rollout/history/differences?from={from}&to={number}")), view.t("zur vorigen", "to the one before")),
        ];
        if view.opened.keeps {
            cells.push(code(&it.made_by));
            let hidden = [("tenant", ready.keeper.tenant.as_str())];
            cells.push(html! { @if counts {
                (post_button(&format!("/rollout/history/{number}/undo"), &hidden, button(view.t("Zurücknehmen", "Undo")).secondary()))
            } });
        }
        cells
    });
    let heading = view.t("Fassungen", "Versions");
    html! { (Table::new(heading, columns).rows(rows.collect::<Vec<_>>())) }
}

/// What a version is about: kind, file, lines, or what it undoes.
pub(super) fn about(shell: &Shell, it: &Import) -> String {
    let kind = kind(shell, &it.kind);
    if let Some(undone) = it.undoes {
        return format!("{kind}: {} {undone}", shell.t("Fassung", "version"));
    }
    let lines = format::number(shell.lang(), it.lines);
    format!("{kind}: {} ({lines} {})", it.file_name, shell.t("Zeilen", "lines"))
}

fn visibility(view: &View<'_>) -> Markup {
    let (hidden, tenant) = (
        view.opened.ready.keeper.hidden_at.is_some(),
        [("tenant", view.opened.ready.keeper.tenant.as_str())],
    );
    section(
        view.t("Wer es sieht", "Who sees it"),
        html! {
            @if hidden {
                p.kern-body { (view.t("Nur der Mandant sieht diesen Rollout.", "Only the tenant sees this roll-out.")) }
                (post_button("/rollout/publish", &tenant, button(view.t("Für alle zeigen", "Show to everyone")).secondary()))
            } @else {
                p.kern-body { (view.t("Alle sehen diesen Rollout.", "Everyone sees this roll-out.")) }
                (post_button("/rollout/hide", &tenant, button(view.t("Verbergen", "Hide")).secondary()))
            }
        },
    )
}

/// Which two versions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Between {
    from: i64,
    to: i64,
    /// Instead of `from`: the last version before this day.
    since: String,
}

/// What differs between two versions.
pub(super) async fn differences(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
    Query(between): Query<Between>,
) -> Result<Markup> {
    let view = View::new(&rollout, &ctx, &shell, asked).await?;
    let from =
        if between.since.is_empty() { between.from } else { view.opened.version_before(&between.since)? };
    let found = rollout.differences(&ctx, &view.opened, from, between.to).await?;
    let heading = match shell.lang() {
        kernel::Lang::De => format!("Von Fassung {from} zu Fassung {}", between.to),
        kernel::Lang::En => format!("From version {from} to version {}", between.to),
    };
    let page = shell
        .draw(heading.as_str())
        .trail(shell.t("Rollout", "Roll-out"), view.path("/rollout"))
        .trail(shell.t("Verlauf", "History"), view.path("/rollout/history"))
        .wide();
    Ok(page.body(html! {
        (title(&heading))
        (by_whom(&view, &found))
        @if found.changed.is_empty() { p.kern-body { (shell.t("Kein Unterschied.", "No difference.")) } }
        @for it in &found.changed { (changed(&view, it)) }
    }))
}

fn by_whom(view: &View<'_>, found: &Differences) -> Markup {
    let heading = view.t("Durch wen, auf welchen Beschluss", "By whom, on which decision");
    let mut columns = vec![
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Gemacht", "Made")),
        Column::new(view.t("Inhalt", "Content")),
        Column::new(view.t("Warum", "Why")),
        Column::new(view.t("Beschluss", "Decision")),
    ];
    if view.opened.keeps {
        columns.push(Column::new(view.t("Von (Kennung)", "By (id)")));
    }
    let rows = found.between.iter().map(|it| {
        let mut cells = vec![
            html! { (it.number.unwrap_or(0)) },
            format::time(view.shell.lang(), it.made_at),
            html! { (about(view.shell, it)) },
            html! { (it.note) },
            html! { (it.decision) },
        ];
        if view.opened.keeps {
            cells.push(code(&it.made_by));
        }
        cells
    });
    section(heading, Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
}

/// A page of more sentences is read by nobody; the interface gives all of them.
const MOST: usize = 200;

fn changed(view: &View<'_>, it: &Changed) -> Markup {
    let territory = &view.opened.ready.world.territory;
    let (before, after) = (view.number(it.lines.0), view.number(it.lines.1));
    let heading = format!("{}: {}", kind(view.shell, &it.kind), it.name);
    let all = it.differences.as_deref().unwrap_or_default();
    let list = html! {
        ul.kern-list {
            @for difference in all.iter().take(MOST) {
                @let said = difference.sentence(territory);
                li {
                    (view.t(&said.de, &said.en))
                    @if let Some(line) = &difference.after { " – " (view.t("Fassung", "version")) " " (line.version) }
                }
            }
        }
    };
    section(
        &heading,
        html! {
            p.kern-body { (before) " → " (after) " " (view.t("Zeilen gelten", "lines count")) }
            @if it.differences.is_some() { (details(&format!("{} {}", view.number(all.len()), view.t("Unterschiede", "differences")), list)) }
            @else if it.kind == "changes" { (note(view.t("Zu viele Zeilen für einen Vergleich im Einzelnen.", "Too many lines to compare one by one."))) }
            @if all.len() > MOST { (note(view.t("Gezeigt werden die ersten 200; alle nennt die Schnittstelle.", "The first 200 are shown; the interface names all."))) }
        },
    )
}

/// Whose roll-out a form is about.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Whose {
    tenant: String,
}

/// Takes a version back.
pub(super) async fn undo(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(number): Path<i64>,
    Form(whose): Form<Whose>,
) -> Result<Redirect> {
    rollout.undo(&speaking_for(ctx, &whose.tenant)?, number, "").await?;
    Ok(back(&whose))
}

/// Lets everyone see a roll-out.
pub(super) async fn publish(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Form(whose): Form<Whose>,
) -> Result<Redirect> {
    rollout.show(&speaking_for(ctx, &whose.tenant)?, true).await?;
    Ok(back(&whose))
}

/// Lets only its keeper see a roll-out.
pub(super) async fn hide(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Form(whose): Form<Whose>,
) -> Result<Redirect> {
    rollout.show(&speaking_for(ctx, &whose.tenant)?, false).await?;
    Ok(back(&whose))
}

fn back(whose: &Whose) -> Redirect {
    Redirect::to(&format!("/rollout/history?tenant={}", encode(&whose.tenant)))
}
