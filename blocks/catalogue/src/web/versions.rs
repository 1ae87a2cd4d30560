//! The versions of a map: the list, what changed between any two, setting back.

use super::{differences::sentences, frame::View};
use crate::{
    model::{Changes, Reason, Version},
    names::fault,
    operations::{Between, Catalogue, Comparison},
    rules,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Form, Path, Query},
};
use serde::Deserialize;
use ui::{
    Alert, Cell, Choice, Column, Markup, Shell, Table, Tone, badge, button, code, date_field, details,
    format, html, lead, link, link_button, note, row, section, select, text_field,
};

/// Which two versions a reader wants to compare.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    since: String,
    to: String,
}

/// All versions, the newest first, with a form to compare any two of them.
pub(super) async fn list(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let number = |it: &str| it.parse::<i64>().ok();
    if !asked.from.is_empty() || !asked.since.is_empty() {
        let between =
            Between { from: number(&asked.from), since: asked.since.clone(), to: number(&asked.to) };
        match catalogue.compared(&ctx, &opened, &between).await {
            Ok(found) => {
                let path = opened.path(&format!("/versions/{}/{}", found.from, found.to));
                return Ok(Redirect::to(&path).into_response());
            }
            Err(error) if error.code() != fault::BAD_DATE => return Err(error),
            Err(_) => {}
        }
    }
    let view = View { shell: &shell, opened: &opened };
    let versions = catalogue.versions(&ctx, &opened).await?;
    let bad = (!asked.since.is_empty()).then(|| fault::BAD_DATE.with("date", &asked.since));
    let heading = shell.t("Fassungen", "Versions");
    Ok(view.page_with_feed(heading, &html! {
        @if opened.kept.is_none() {
            (lead(shell.t(
                "Diese Karte kommt mit dem Programm; eine neue Fassung kommt mit einer neuen Fassung des Programms.",
                "This map comes with the program; a new version comes with a new version of the program.",
            )))
        } @else {
            (lead(shell.t(
                "Jede Änderung macht eine neue Fassung. Rückgängig gemacht wird, indem eine alte als neue gilt; verloren geht nichts.",
                "Every change makes a new version. A change is undone by making an older version the newest; nothing is lost.",
            )))
        }
        p.kern-body { (link(&opened.path("/feed"), shell.t("Änderungen abonnieren (Atom)", "Subscribe to changes (Atom)"))) }
        @if versions.len() > 1 { (chooser(&view, &versions, &asked, bad.as_ref())) }
        (table(&view, &versions))
        (note(shell.t(
            "Der SHA-256 führt zur Datei, die genau diesen Hash hat: so lässt sich ein Stand zitieren und nachprüfen.",
            "The SHA-256 leads to the file that has exactly this hash: that is how a state can be cited and verified.",
        )))
    }).into_response())
}

/// Two versions to choose, or a day to begin with.
fn chooser(view: &View<'_>, versions: &[Version], asked: &Asked, bad: Option<&Error>) -> Markup {
    let numbers: Vec<(String, String)> = versions.iter().map(|it| named(view, it)).collect();
    let choices: Vec<Choice<'_>> = numbers.iter().map(|(number, words)| Choice::new(number, words)).collect();
    let newest = numbers.first().map_or("", |it| it.0.as_str());
    let to = if asked.to.is_empty() { newest } else { asked.to.as_str() };
    let fault = bad.map(|it| it.detail(view.shell.lang()));
    section(
        view.t("Was hat sich geändert?", "What has changed?"),
        html! {
            form.app-form method="get" action=(view.opened.path("/versions")) {
                (select("from", view.t("Von Fassung", "From version"), &choices).empty_choice(view.t("– oder einen Tag wählen –", "– or choose a day –")).value(asked.from.as_str()).optional())
                (date_field("since", view.t("oder seit dem Tag", "or since the day")).value(asked.since.as_str()).error(fault.as_deref()).optional())
                (select("to", view.t("Bis Fassung", "To version"), &choices).value(to))
                (row(button(view.t("Vergleichen", "Compare"))))
            }
        },
    )
}

/// A version's number, and how it is called in a choice.
fn named(view: &View<'_>, it: &Version) -> (String, String) {
    let day = format::date(view.shell.lang(), it.made_at);
    (it.number.to_string(), format!("{} – {day}", it.number))
}

fn table(view: &View<'_>, versions: &[Version]) -> Markup {
    let current = view.opened.index().version;
    let mut columns = vec![
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Gemacht", "Made")),
        Column::new(view.t("Beschluss", "Decision")),
        Column::new(view.t("Anmerkung", "Note")),
        Column::new(view.t("Geändert", "Changed")),
        Column::new(view.t("Bausteine", "Elements")).numeric(),
        Column::new("SHA-256"),
    ];
    if view.opened.keeps {
        columns.push(Column::new(view.t("Von (Kennung)", "By (id)")));
        columns.push(Column::new(view.t("Handlung", "Action")));
    }
    let before = versions.iter().skip(1).map(Some).chain(std::iter::once(None));
    let rows = versions.iter().zip(before).map(|(it, before)| {
        let mut cells = vec![
            html! { (it.number) @if it.number == current { " " (badge(Tone::Success, view.t("gilt", "current"))) } },
            made(view, it),
            decision(view, &it.reason),
            html! { (it.reason.note) },
            changed(view, it, before.map(|it| it.number)),
            html! { (format::number(view.shell.lang(), it.elements)) },
            snapshot(view, it),
        ];
        if view.opened.keeps {
            let path = view.opened.path(&format!("/versions/{}/reinstate", it.number));
            cells.push(code(&it.made_by));
            cells.push(html! { @if it.number != current { (link(&path, view.t("Wieder gelten lassen", "Make current again"))) } });
        }
        cells
    });
    let heading = view.t("Fassungen", "Versions");
    let table = Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

fn made(view: &View<'_>, it: &Version) -> Cell {
    html! {
        @if it.made_at > 0 { (format::time(view.shell.lang(), it.made_at)) }
        @else { (view.t("mit dem Programm", "with the program")) }
    }
}

fn decision(view: &View<'_>, reason: &Reason) -> Cell {
    html! { @if reason.decision.is_empty() { (view.t("keiner genannt", "none named")) } @else { (reason.decision) } }
}

/// How much a version changed, with its first sentences; it leads to all of them.
fn changed(view: &View<'_>, it: &Version, before: Option<i64>) -> Cell {
    let words = match &it.changes {
        Some(changes) => number_of(view, changes),
        None => view.t("zur vorigen", "to the one before").to_owned(),
    };
    html! {
        @match before {
            Some(before) => (link(&view.opened.path(&format!("/versions/{before}/{}", it.number)), &words)),
            None => { @if it.changes.is_some() { (words) } @else { (view.t("die erste hier", "the first one here")) } }
        }
    }
}

fn number_of(view: &View<'_>, changes: &Changes) -> String {
    let words = if changes.count == 1 {
        view.t("Unterschied", "difference")
    } else {
        view.t("Unterschiede", "differences")
    };
    format!("{} {words}", super::frame::count(view.shell, changes.count))
}

fn snapshot(view: &View<'_>, it: &Version) -> Cell {
    let path =
        format!("/api/v1/catalogue/maps/{}/snapshots/{}", rules::encode(&view.opened.address), it.sha256);
    let short = it.sha256.get(..16).unwrap_or_default();
    html! { a.kern-link href=(path) { span.kern-sr-only { (view.t("Datei mit dem SHA-256 ", "File with the SHA-256 ")) } (code(short)) "…" } }
}

/// What changed from one version to another, by whom, and on which decision.
pub(super) async fn differences(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, from, to)): Path<(String, i64, i64)>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let between = Between { from: Some(from), to: Some(to), ..Between::default() };
    let found = catalogue.compared(&ctx, &opened, &between).await?;
    let heading = match ctx.lang() {
        kernel::Lang::De => format!("Von Fassung {from} zu Fassung {to}"),
        kernel::Lang::En => format!("From version {from} to version {to}"),
    };
    let above = (shell.t("Fassungen", "Versions"), opened.path("/versions"));
    let undo = opened.path(&format!("/versions/{from}/reinstate"));
    Ok(view.page(
        &heading,
        Some(above),
        &html! {
            (sentences(&shell, &found.differences))
            @if !found.steps.is_empty() { (steps(&view, &found)) }
            @if opened.keeps && from < to && to == opened.index().version {
                (row(link_button(undo, shell.t("Rückgängig machen", "Undo"))))
            }
        },
    ))
}

/// The versions made on the way.
fn steps(view: &View<'_>, found: &Comparison) -> Markup {
    let mut columns = vec![
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Gemacht", "Made")),
        Column::new(view.t("Beschluss", "Decision")),
        Column::new(view.t("Anmerkung", "Note")),
        Column::new(view.t("Was sie änderte", "What it changed")),
    ];
    if view.opened.keeps {
        columns.push(Column::new(view.t("Von (Kennung)", "By (id)")));
    }
    let rows = found.steps.iter().map(|it| {
        let mut cells = vec![
            html! { (it.number) },
            made(view, it),
            decision(view, &it.reason),
            html! { (it.reason.note) },
            html! { @if let Some(changes) = &it.changes { (first_sentences(view, changes)) } @else { (view.t("nicht vermerkt", "not recorded")) } },
        ];
        if view.opened.keeps {
            cells.push(code(&it.made_by));
        }
        cells
    });
    let heading = view.t(
        "Wer das wann und auf welchen Beschluss geändert hat",
        "Who changed it, when and on which decision",
    );
    section(heading, Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
}

fn first_sentences(view: &View<'_>, changes: &Changes) -> Markup {
    let list = html! { ul.kern-list { @for (de, en) in &changes.first { li { (view.t(de, en)) } } } };
    html! {
        @if changes.first.len() <= 1 && changes.count <= 1 { (list) }
        @else { (details(&number_of(view, changes), html! { (list) @if changes.count > changes.first.len() { p.kern-body { "…" } } })) }
    }
}

/// Asks before an older version becomes the newest one again, and why.
pub(super) async fn ask_reinstate(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, number)): Path<(String, i64)>,
) -> Result<Markup> {
    let opened = catalogue.editable(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let between = Between { from: Some(opened.index().version), to: Some(number), ..Between::default() };
    let found = catalogue.compared(&ctx, &opened, &between).await?;
    let heading = match ctx.lang() {
        kernel::Lang::De => format!("Fassung {number} wieder gelten lassen?"),
        kernel::Lang::En => format!("Make version {number} current again?"),
    };
    let above = (shell.t("Fassungen", "Versions"), opened.path("/versions"));
    Ok(view.page(&heading, Some(above), &html! {
        (Alert::new(Tone::Info, shell.t("Es entsteht eine neue Fassung", "A new version is made")).text(shell.t(
            "Sie sagt, was die alte sagte. Alle Fassungen dazwischen bleiben.",
            "It says what the old one said. All versions in between stay.",
        )))
        form.app-form method="post" action=(opened.path(&format!("/versions/{number}/reinstate"))) {
            (reason_fields(&shell, &Reason::default()))
            (row(html! {
                (button(shell.t("Wieder gelten lassen", "Make current again")))
                (link_button(opened.path("/versions"), shell.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
        (section(shell.t("Was sich ändert", "What changes"), sentences(&shell, &found.differences)))
    }))
}

/// Why, and on which decision: the same two fields wherever a version is made.
pub(super) fn reason_fields(shell: &Shell, reason: &Reason) -> Markup {
    html! {
        (text_field("note", shell.t("Warum (steht bei der Fassung)", "Why (stands beside the version)")).value(reason.note.as_str()).optional())
        (text_field("decision", shell.t("Auf welchen Beschluss", "On which decision")).value(reason.decision.as_str())
            .hint(shell.t("Nummer oder Titel, zum Beispiel B-2026/03-IT.", "Number or title, for example B-2026/03-IT.")).optional())
    }
}

/// What a form says about why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Why {
    note: String,
    decision: String,
}

/// Makes an older version the newest one again.
pub(super) async fn reinstate(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, number)): Path<(String, i64)>,
    Form(why): Form<Why>,
) -> Result<Redirect> {
    let reason = Reason::new(&why.note, &why.decision);
    catalogue.reinstate(&ctx, &map, number, &reason).await?;
    Ok(Redirect::to(&format!("/catalogue/{}/versions", rules::encode(&map))))
}
