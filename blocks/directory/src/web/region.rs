//! Regions: searched, and one by one with what lies above and below.

use super::{
    address,
    browse::{Listed, paging, whole},
};
use crate::{
    names::may,
    operations::{Directory, Index},
};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use places::Place;
use regions::RegionKey;
use ui::{
    Column, Markup, Shell, Table, button, code, description_list, empty_state, format, html, link, note,
    pagination, row, search_field, search_form, section, title,
};

/// Municipalities by name or postcode; the states where nothing was typed.
pub(super) async fn search(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Query(listed): Query<Listed>,
) -> Result<Markup> {
    const MOST: usize = 500;
    ctx.require(may::READ)?;
    let index = directory.index();
    let found: Vec<Place<'_>> = if listed.q.trim().is_empty() {
        index.places.children(RegionKey::FEDERATION)
    } else {
        index.places.search(&listed.q, MOST).into_iter().map(|it| it.place).collect()
    };
    let (offset, limit, paging) = paging(listed.offset, listed.limit, found.len());
    let heading = shell.t("Regionen", "Regions");
    Ok(shell.draw(heading).trail(shell.t("Verzeichnis", "Directory"), "/directory").wide().body(html! {
        (title(heading))
        (search_form(
            "/directory/regions",
            search_field("q", shell.t("Gemeinde oder Postleitzahl", "Municipality or postcode")).value(listed.q.as_str()),
            button(shell.t("Suchen", "Search")).icon("search"),
            html! {},
        ))
        @if found.is_empty() {
            (empty_state(
                shell.t("Keine Gemeinde gefunden", "No municipality found"),
                shell.t("Prüfen Sie die Schreibweise, oder geben Sie nur den Anfang des Namens ein.", "Check the spelling, or enter only the beginning of the name."),
                None,
            ))
        } @else {
            (table(&shell, heading, found.get(offset.min(found.len())..).unwrap_or_default().iter().take(limit)))
            (pagination(&shell, paging))
        }
        (notice(&index))
    }))
}

fn notice(index: &Index) -> Markup {
    note(html! { (regions::NOTICE) " (" (index.places.as_of()) "). " (regions::POSTCODE_NOTICE) "." })
}

fn table<'a>(shell: &Shell, caption: &str, places: impl Iterator<Item = &'a Place<'a>>) -> Markup {
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new(shell.t("Art", "Kind")),
        Column::new(shell.t("Regionalschlüssel", "Region key")),
        Column::new(shell.t("Einwohner", "Population")).numeric(),
    ];
    let rows = places.map(|it| {
        vec![
            html! { (link(&format!("/directory/regions/{}", it.key), it.name)) },
            html! { (kind(shell, it)) },
            html! { (code(&it.key.to_string())) },
            html! { (format::number(shell.lang(), i64::from(it.population))) },
        ]
    });
    html! { (Table::new(caption, columns).quiet_caption().rows(rows)) }
}

fn kind(shell: &Shell, it: &Place<'_>) -> &'static str {
    match shell.t(it.kind.german(), it.kind.english()) {
        "" => match shell.lang() {
            kernel::Lang::De => it.key.level().german(),
            kernel::Lang::En => it.key.level().english(),
        },
        _ => match shell.lang() {
            kernel::Lang::De => it.kind.german(),
            kernel::Lang::En => it.kind.english(),
        },
    }
}

/// One region.
pub(super) async fn show(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(ars): Path<String>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let key = index.read_region(&ars)?;
    let name = index.region_name(key);
    let place = index.places.get(key);
    let below = index.places.children(key);
    let mut page = shell
        .draw(name.clone())
        .trail(shell.t("Verzeichnis", "Directory"), "/directory")
        .trail(shell.t("Regionen", "Regions"), "/directory/regions")
        .wide();
    // A city that is its own district stands once in the way down.
    let above: Vec<RegionKey> = key
        .climb()
        .skip(1)
        .filter(|it| index.places.get(*it).is_some_and(|upper| upper.name != name))
        .collect();
    for upper in above.iter().rev() {
        page = page.trail(index.region_name(*upper), format!("/directory/regions/{upper}"));
    }
    let shown_below = below.len().min(600);
    Ok(page.body(html! {
        (title(&name))
        @if let Some(place) = &place { (description_list(&facts(&shell, &index, place))) }
        (row(html! {
            (ui::link_button(address("/directory/offices", &[("region", &key.to_string())]), shell.t("Stellen für diese Region", "Offices for this region")))
            (ui::link_button(address("/", &[("region", &key.to_string())]), shell.t("Leistung finden", "Find a public service")).tertiary())
        }))
        @if !below.is_empty() {
            (section(shell.t("Darin", "Within"), html! {
                (table(&shell, shell.t("Regionen darin", "Regions within"), below.iter().take(shown_below)))
            }))
        }
        (notice(&index))
    }))
}

fn facts<'a>(shell: &'a Shell, index: &Index, it: &Place<'_>) -> Vec<(&'a str, Markup)> {
    let postcodes: Vec<String> = index.places.postcodes(it.key).map(|it| format!("{it:05}")).collect();
    let mut items = vec![
        (shell.t("Art", "Kind"), html! { (kind(shell, it)) }),
        (shell.t("Regionalschlüssel (ARS)", "Region key (ARS)"), html! { (code(&it.key.to_string())) }),
    ];
    if !it.ags.is_empty() {
        items.push((shell.t("Gemeindeschlüssel (AGS)", "Municipality key (AGS)"), html! { (code(&it.ags)) }));
    }
    items.push((
        shell.t("Einwohner", "Population"),
        html! { (format::number(shell.lang(), i64::from(it.population))) },
    ));
    items.push((
        shell.t("Fläche", "Area"),
        html! { (format::number(shell.lang(), i64::from(it.area))) " ha" },
    ));
    if !postcodes.is_empty() {
        items.push((shell.t("Postleitzahlen", "Postcodes"), html! { (postcodes.join(", ")) }));
    }
    items.push((shell.t("Stellen", "Offices"), html! {
        (format::number(shell.lang(), whole(index.find_offices(&crate::operations::OfficeFilter { region: it.key.to_string(), ..Default::default() }).len())))
    }));
    items
}
