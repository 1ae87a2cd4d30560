//! All maps, and what keepers do with theirs.

use super::frame::count;
use crate::{model::KeptMap, names::may, operations::Catalogue, rules};
use axum::{extract::State, response::Redirect};
use kernel::{Ctx, Result, http::Path};
use ports::catalogue::{Catalogue as _, MapSummary};
use ui::{
    Column, Markup, Shell, Table, Tone, badge, button, confirm_page, format, html, lead, link, link_button,
    post_button, row, section, title,
};

/// All maps that can be read.
pub(super) async fn list(State(catalogue): State<Catalogue>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    let maps = catalogue.maps(&ctx).await?;
    let kept = catalogue.kept_maps(&ctx).await?;
    let heading = shell.t("Landkarte", "Map");
    let deleted: Vec<&KeptMap> = kept.iter().filter(|it| it.deleted_at.is_some()).collect();
    Ok(shell.draw(heading).wide().body(html! {
        (title(heading))
        (lead(shell.t(
            "Welche Bausteine es gibt, was sie können, was für sie gilt, und wer das sagt. Jede Angabe hat eine Quelle und einen Stand; was niemand weiß, steht als unbekannt da.",
            "Which building blocks there are, what they can do, what holds for them, and who says so. Every fact has a source and a date; what nobody knows stands there as unknown.",
        )))
        p.kern-body { (shell.t(
            "Öffnen Sie eine Karte und darin eine Fähigkeit oder einen Baustein: Seine Seite sagt, was er erfüllen muss und ob er es erfüllt.",
            "Open a map, and in it a capability or an element: its page says what it must fulfil and whether it does.",
        )) }
        (table(&shell, &maps, &kept))
        (row(link_button("/catalogue/overlay", shell.t("Karten übereinanderlegen", "Lay maps over each other"))))
        @if ctx.may(may::EDIT) {
            (row(link_button("/catalogue/import", shell.t("Karte importieren", "Import a map")).primary()))
            @if !deleted.is_empty() { (bin(&shell, &deleted)) }
        }
    }))
}

fn table<'a>(shell: &'a Shell, maps: &'a [MapSummary], kept: &[KeptMap]) -> Table<'a> {
    let unknown = shell.t("nicht angegeben", "not stated");
    let row_of = |it: &MapSummary| kept.iter().find(|kept| rules::address(&kept.tenant, &kept.id) == it.id);
    let readers = |row: Option<&KeptMap>| {
        html! {
            @match row {
                None => (badge(Tone::Info, shell.t("mitgeliefert", "shipped"))),
                Some(row) if row.published_at.is_some() => (badge(Tone::Success, shell.t("öffentlich", "public"))),
                Some(_) => (badge(Tone::Warning, shell.t("nur der Mandant", "tenant only"))),
            }
        }
    };
    let columns = [
        Column::new(shell.t("Karte", "Map")),
        Column::new(shell.t("Herausgeber", "Publisher")),
        Column::new(shell.t("Stand", "As of")),
        Column::new(shell.t("Lizenz", "Licence")),
        Column::new(shell.t("Bausteine", "Elements")).numeric(),
        Column::new(shell.t("Standards", "Standards")).numeric(),
        Column::new(shell.t("Fassung", "Version")).numeric(),
        Column::new(shell.t("Geändert", "Changed")),
        Column::new(shell.t("Wer sie sieht", "Who sees it")),
    ];
    let rows = maps.iter().map(|it| {
        vec![
            link(&format!("/catalogue/{}", rules::encode(&it.id)), &it.title),
            html! { (it.publisher.as_deref().unwrap_or(unknown)) },
            html! { (it.date.as_deref().unwrap_or(unknown)) },
            html! { (it.licence.as_deref().unwrap_or(unknown)) },
            html! { (count(shell, it.elements)) },
            html! { (count(shell, it.standards)) },
            html! { @if it.version > 0 { (format::number(shell.lang(), it.version)) } @else { "–" } },
            html! { @if let Some(row) = row_of(it) { (format::day(shell.lang(), row.changed_at)) } @else { (shell.t("mit dem Programm", "with the program")) } },
            readers(row_of(it)),
        ]
    });
    Table::new(shell.t("Karten", "Maps"), columns).rows(rows.collect::<Vec<_>>())
}

/// Deleted maps, to be taken back.
fn bin(shell: &Shell, deleted: &[&KeptMap]) -> Markup {
    let columns = [
        Column::new(shell.t("Karte", "Map")),
        Column::new(shell.t("Gelöscht", "Deleted")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    let rows = deleted.iter().map(|it| {
        let address = rules::encode(&rules::address(&it.tenant, &it.id));
        let restore = button(shell.t("Wiederherstellen", "Restore")).secondary();
        vec![
            html! { (shell.t(&it.face.title_de, &it.face.title_en)) },
            html! { @if let Some(at) = it.deleted_at { (format::time(shell.lang(), at)) } },
            post_button(&format!("/catalogue/{address}/restore"), &[], restore),
        ]
    });
    let heading = shell.t("Gelöschte Karten", "Deleted maps");
    section(heading, Table::new(heading, columns).quiet_caption().rows(rows))
}

/// Lets everyone read a map.
pub(super) async fn publish(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Redirect> {
    catalogue.publish(&ctx, &map, true).await?;
    Ok(Redirect::to(&format!("/catalogue/{}", rules::encode(&map))))
}

/// Lets only its keepers read a map.
pub(super) async fn hide(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Redirect> {
    catalogue.publish(&ctx, &map, false).await?;
    Ok(Redirect::to(&format!("/catalogue/{}", rules::encode(&map))))
}

/// Asks before a map is deleted.
pub(super) async fn ask_delete(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
) -> Result<Markup> {
    ctx.require(may::EDIT)?;
    let opened = catalogue.open(&ctx, &map).await?;
    let summary = opened.summary(ctx.lang());
    let question = match ctx.lang() {
        kernel::Lang::De => format!("Karte „{}“ löschen?", summary.title),
        kernel::Lang::En => format!("Delete the map “{}”?", summary.title),
    };
    Ok(confirm_page(
        &shell,
        &question,
        shell.t(
            "Niemand kann sie dann mehr lesen. Ihre Fassungen bleiben; in der Liste der Karten können Sie sie wiederherstellen.",
            "Nobody can read it then. Its versions stay; you can restore it in the list of maps.",
        ),
        &opened.path("/delete"),
        &button(shell.t("Löschen", "Delete")),
        &opened.path(""),
    ))
}

/// Deletes a map.
pub(super) async fn delete(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Redirect> {
    catalogue.delete(&ctx, &map).await?;
    Ok(Redirect::to("/catalogue"))
}

/// Takes a deleted map back.
pub(super) async fn restore(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Redirect> {
    catalogue.restore(&ctx, &map).await?;
    Ok(Redirect::to(&format!("/catalogue/{}", rules::encode(&map))))
}
