//! The versions of a map: the list, what changed between two, setting back.

use super::{differences::sentences, frame::View};
use crate::{model::Version, operations::Catalogue, rules};
use axum::{extract::State, response::Redirect};
use kernel::{Ctx, Result, http::Path};
use ui::{Column, Markup, Shell, Table, Tone, badge, button, code, format, html, lead, link, post_button};

/// All versions, the newest first.
pub(super) async fn list(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let versions = catalogue.versions(&ctx, &opened).await?;
    let heading = shell.t("Fassungen", "Versions");
    Ok(view.page(heading, None, &html! {
        @if opened.kept.is_none() {
            (lead(shell.t(
                "Diese Karte kommt mit dem Programm; eine neue Fassung kommt mit einer neuen Fassung des Programms.",
                "This map comes with the program; a new version comes with a new version of the program.",
            )))
        } @else {
            (lead(shell.t(
                "Jede Änderung macht eine neue Fassung. Zurückgesetzt wird, indem eine alte als neue gilt; verloren geht nichts.",
                "Every change makes a new version. An older one is set back by making it the newest; nothing is lost.",
            )))
        }
        (table(&view, &versions))
    }))
}

fn table(view: &View<'_>, versions: &[Version]) -> Markup {
    let (lang, current) = (view.shell.lang(), view.opened.index().version);
    let mut columns = vec![
        Column::new(view.t("Fassung", "Version")),
        Column::new(view.t("Gemacht", "Made")),
        Column::new(view.t("Bausteine", "Elements")).numeric(),
        Column::new(view.t("Anmerkung", "Note")),
        Column::new("SHA-256"),
        Column::new(view.t("Unterschiede", "Differences")),
    ];
    if view.opened.keeps {
        columns.push(Column::new(view.t("Von (Kennung)", "By (id)")));
        columns.push(Column::new(view.t("Handlung", "Action")));
    }
    let before = versions.iter().skip(1).map(Some).chain(std::iter::once(None));
    let rows = versions.iter().zip(before).map(|(it, before)| {
        let mut cells = vec![
            html! { (it.number) @if it.number == current { " " (badge(Tone::Success, view.t("gilt", "current"))) } },
            html! { @if it.made_at > 0 { (format::time(lang, it.made_at)) } @else { (view.t("mit dem Programm", "with the program")) } },
            html! { (format::number(lang, it.elements)) },
            html! { (it.note) },
            html! { (code(it.sha256.get(..16).unwrap_or_default())) "…" },
            html! { @if let Some(before) = before {
                (link(&view.opened.path(&format!("/versions/{}/{}", before.number, it.number)), view.t("zur vorigen", "to the one before")))
            } },
        ];
        if view.opened.keeps {
            let action = view.opened.path(&format!("/versions/{}/reinstate", it.number));
            cells.push(code(&it.made_by));
            cells.push(html! { @if it.number != current {
                (post_button(&action, &[], button(view.t("Wieder gelten lassen", "Make current again")).secondary()))
            } });
        }
        cells
    });
    let heading = view.t("Fassungen", "Versions");
    let table = Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

/// What changed from one version to another.
pub(super) async fn differences(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, from, to)): Path<(String, i64, i64)>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let found = catalogue.differences(&ctx, &opened, (from, to)).await?;
    let heading = match ctx.lang() {
        kernel::Lang::De => format!("Von Fassung {from} zu Fassung {to}"),
        kernel::Lang::En => format!("From version {from} to version {to}"),
    };
    let above = (shell.t("Fassungen", "Versions"), opened.path("/versions"));
    Ok(view.page(&heading, Some(above), &sentences(&shell, &found)))
}

/// Makes an older version the newest one again.
pub(super) async fn reinstate(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, number)): Path<(String, i64)>,
) -> Result<Redirect> {
    catalogue.reinstate(&ctx, &map, number).await?;
    Ok(Redirect::to(&format!("/catalogue/{}/versions", rules::encode(&map))))
}
