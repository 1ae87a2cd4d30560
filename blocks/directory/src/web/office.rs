//! Offices: searched, and one by one with channels and certificates.

use super::{
    address,
    browse::{paging, whole},
    start::contact,
};
use crate::{
    model::ChannelEntry,
    names::{fault, may},
    operations::{Body, Directory, Index, OfficeFilter, Origin},
    rules,
};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use serde::Deserialize;
use ui::{
    Choice, Column, Markup, Shell, Table, Tone, badge, button, code, description_list, empty_state, format,
    html, link, link_button, pagination, row, search_field, section, select, text_field, title,
};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Asked {
    q: String,
    kind: String,
    region: String,
    public_service: String,
    channel: String,
    offset: usize,
    limit: Option<usize>,
}

/// Offices by name, kind, region, public service and channel.
pub(super) async fn search(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let filter = OfficeFilter {
        q: asked.q.clone(),
        kind: asked.kind.clone(),
        region: asked.region.clone(),
        public_service: asked.public_service.clone(),
        channel: asked.channel.clone(),
    };
    let found = index.find_offices(&filter);
    let (offset, limit, paging) = paging(asked.offset, asked.limit, found.len());
    let heading = shell.t("Stellen", "Offices");
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new(shell.t("Art", "Kind")),
        Column::new(shell.t("Region", "Region")),
        Column::new(shell.t("Kanäle", "Channels")),
    ];
    let rows = found.iter().skip(offset).take(limit).map(|it| line(&index, it));
    Ok(shell.draw(heading).trail(shell.t("Verzeichnis", "Directory"), "/directory").wide().body(html! {
        (title(heading))
        (filter_form(&shell, &index, &asked))
        @if found.is_empty() {
            (empty_state(
                shell.t("Keine Stelle gefunden", "No office found"),
                shell.t("Lassen Sie einzelne Felder leer, um mehr zu finden.", "Leave some of the fields empty to find more."),
                Some(link_button("/directory/offices", shell.t("Alle Stellen", "All offices"))),
            ))
        } @else {
            p.kern-body role="status" { (format::number(shell.lang(), whole(found.len()))) " " (shell.t("Stellen", "offices")) }
            (Table::new(heading, columns).quiet_caption().rows(rows))
            (pagination(&shell, paging))
        }
    }))
}

fn line(index: &Index, it: &Body) -> Vec<Markup> {
    let regions: Vec<String> = it.regions.iter().take(3).map(|key| index.region_name(*key)).collect();
    let mut channels: Vec<&str> = it.channels.iter().map(|it| it.channel.kind.as_str()).collect();
    channels.dedup();
    vec![
        html! { (link(&format!("/directory/offices/{}", it.office.id), &it.office.name)) },
        html! { (it.office.kind) },
        html! { (regions.join("; ")) @if it.regions.len() > 3 { " …" } },
        html! { (channels.join(", ")) },
    ]
}

fn filter_form(shell: &Shell, index: &Index, asked: &Asked) -> Markup {
    let kinds: Vec<Choice<'_>> = index.office_kinds().into_iter().map(|it| Choice::new(it, it)).collect();
    let channels: Vec<Choice<'_>> = index.channel_kinds().into_iter().map(|it| Choice::new(it, it)).collect();
    let any = shell.t("Alle", "All");
    html! {
        form.app-form role="search" action="/directory/offices" method="get" {
            (search_field("q", shell.t("Name", "Name")).value(asked.q.as_str()))
            (select("kind", shell.t("Art", "Kind"), &kinds).value(asked.kind.as_str()).empty_choice(any))
            (select("channel", shell.t("Kanal", "Channel"), &channels).value(asked.channel.as_str()).empty_choice(any))
            (text_field("region", shell.t("Regionalschlüssel", "Region key")).value(asked.region.as_str()).optional())
            (text_field("publicService", shell.t("Leistungsschlüssel", "Key of the public service")).value(asked.public_service.as_str()).optional())
            (row(button(shell.t("Suchen", "Search")).icon("search")))
        }
    }
}

/// One office.
pub(super) async fn show(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let body =
        index.body(&id).ok_or_else(|| fault::NO_ENTRY.with("id", id.chars().take(80).collect::<String>()))?;
    let office = &body.office;
    let mut facts = vec![(shell.t("Art", "Kind"), html! { (office.kind) })];
    if let Ok(key) = office.region.parse() {
        facts.push((
            shell.t("Region", "Region"),
            html! { (link(&format!("/directory/regions/{key}"), &index.region_name(key))) },
        ));
    }
    if let Some(organisation) = office.organisation.as_deref().and_then(|id| index.organisation(id)) {
        facts.push((shell.t("Organisation", "Organisation"), html! { (organisation.name) }));
    }
    facts.extend(contact(&shell, office));
    let origin = match body.origin {
        Origin::Entered => shell.t("hier eingetragen", "entered here"),
        Origin::Destination => shell.t("aus einem aktiven Zustellpunkt", "from an active destination"),
    };
    facts.push((shell.t("Herkunft", "Origin"), html! { (origin) }));
    let page = shell
        .draw(office.name.as_str())
        .trail(shell.t("Verzeichnis", "Directory"), "/directory")
        .trail(shell.t("Stellen", "Offices"), "/directory/offices");
    Ok(page.body(html! {
        (title(&office.name))
        (description_list(&facts))
        (section(shell.t("Zuständig für", "Competent for"), offered(&shell, &index, body)))
        (section(shell.t("Kanäle", "Channels"), html! {
            @if body.channels.is_empty() {
                (empty_state(shell.t("Kein Kanal eingetragen", "No channel entered"), shell.t("Diese Stelle hat noch keinen elektronischen Zugang genannt.", "This office has named no electronic access yet."), None))
            }
            @for channel in &body.channels { (channel_facts(&shell, channel, ctx.now())) }
        }))
    }))
}

fn offered(shell: &Shell, index: &Index, body: &Body) -> Markup {
    if body.public_services.is_empty() {
        return empty_state(
            shell.t("Noch keine Leistung", "No public service yet"),
            shell.t("Für diese Stelle gibt es noch keine Regel.", "There is no rule for this office yet."),
            None,
        );
    }
    let columns =
        [Column::new(shell.t("Leistung", "Public service")), Column::new(shell.t("Region", "Region"))];
    let rows = body.public_services.iter().map(|(key, region)| {
        let to = address("/", &[("region", &region.to_string()), ("publicService", key)]);
        vec![
            html! { (link(&to, &index.public_service_label(shell.lang(), key))) },
            html! { (index.region_name(*region)) },
        ]
    });
    html! { (Table::new(shell.t("Zuständig für", "Competent for"), columns).quiet_caption().rows(rows)) }
}

fn channel_facts(shell: &Shell, it: &ChannelEntry, now: i64) -> Markup {
    let mut facts = Vec::new();
    if !it.channel.address.is_empty() {
        facts.push((shell.t("Adresse", "Address"), code(&it.channel.address)));
    }
    if let Some(settings) = it.channel.settings.as_object().filter(|it| !it.is_empty()) {
        let text = serde_json::to_string_pretty(settings).unwrap_or_default();
        facts.push((shell.t("Weitere Angaben", "Further settings"), html! { pre.app-code { (text) } }));
    }
    if let Some(certificate) = &it.certificate {
        facts.push((shell.t("Zertifikat für", "Certificate for"), html! { (certificate.subject) }));
        facts.push((shell.t("Ausgestellt von", "Issued by"), html! { (certificate.issuer) }));
        facts.push((
            shell.t("Fingerabdruck (SHA-256)", "Fingerprint (SHA-256)"),
            code(&certificate.fingerprint),
        ));
        facts.push((shell.t("Gültig bis", "Valid until"), html! {
            (format::day(shell.lang(), certificate.not_after)) " " (validity(shell, certificate.not_after, now))
        }));
    }
    html! {
        h3.kern-heading-small { (it.channel.kind) }
        (description_list(&facts))
    }
}

/// How long a certificate is still good.
pub(super) fn validity(shell: &Shell, not_after: i64, now: i64) -> Markup {
    match rules::days_left(not_after, now) {
        ..0 => badge(Tone::Danger, shell.t("abgelaufen", "expired")),
        days @ 0..30 => badge(Tone::Warning, &left(shell, days)),
        days @ 30..90 => badge(Tone::Info, &left(shell, days)),
        _ => badge(Tone::Success, shell.t("gültig", "valid")),
    }
}

fn left(shell: &Shell, days: i64) -> String {
    match shell.lang() {
        kernel::Lang::De => format!("noch {days} Tage"),
        kernel::Lang::En => format!("{days} days left"),
    }
}
