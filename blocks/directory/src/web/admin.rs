//! The keeper's overview, and the certificates that come to their end.

use super::{browse::whole, office::validity};
use crate::{
    names::may,
    operations::{Directory, Index, Noun},
    rules,
};
use axum::extract::State;
use kernel::{Ctx, Result};
use ui::{
    Alert, Column, Markup, Shell, Table, Task, Tone, code, empty_state, format, html, lead, link, row,
    task_list, title,
};

/// Everything a keeper can do, and what waits.
pub(super) async fn overview(State(directory): State<Directory>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let conflicts = index.competences.conflicts().len();
    let ending = index
        .certificates(ctx.actor())
        .iter()
        .filter_map(|it| it.certificate.as_ref())
        .filter(|it| rules::days_left(it.not_after, ctx.now()) < 90)
        .count();
    let (conflict_text, ending_text) =
        (format::number(shell.lang(), whole(conflicts)), format::number(shell.lang(), whole(ending)));
    let tone = |number: usize| if number == 0 { Tone::Success } else { Tone::Warning };
    let waiting = [
        Task {
            title: shell.t("Konflikte", "Conflicts"),
            path: Some("/directory/admin/conflicts"),
            status: (tone(conflicts), &conflict_text),
        },
        Task {
            title: shell.t("Zertifikate, die bald enden", "Certificates that end soon"),
            path: Some("/directory/admin/certificates"),
            status: (tone(ending), &ending_text),
        },
        Task {
            title: shell.t("Stand der Regionen", "Edition of the regions"),
            path: ctx.may(may::ACTIVATE).then_some("/directory/admin/regions"),
            status: (
                if index.trouble.is_some() { Tone::Danger } else { Tone::Success },
                index.places.as_of(),
            ),
        },
    ];
    let heading = shell.t("Zuständigkeiten pflegen", "Maintain competences");
    Ok(shell.draw(heading).trail(shell.t("Verzeichnis", "Directory"), "/directory").body(html! {
        (title(heading))
        (lead(shell.t(
            "Leistungen und Regionen aktiver Zustellpunkte sind sofort Zuständigkeiten. Hier ergänzen Sie eigene Regeln und Stellen.",
            "Public services and regions of active destinations are competences at once. Here you add rules and offices of your own.",
        )))
        @if let Some(trouble) = index.trouble { (Alert::new(Tone::Danger, shell.t("Eingeschränkt", "Limited")).text(trouble.get(shell.lang()))) }
        (task_list(shell.t("Was wartet", "What waits"), &waiting))
        (entries(&shell, &index, &ctx))
    }))
}

/// The sorts of entries, with how many there are.
fn entries(shell: &Shell, index: &Index, ctx: &Ctx) -> Markup {
    let count = |noun: Noun| format::number(shell.lang(), whole(index.kept(ctx.actor(), noun).len()));
    let counts =
        [Noun::Rule, Noun::Office, Noun::Organisation, Noun::Channel, Noun::PublicService].map(count);
    let [rules, offices, organisations, channels, public_services] = &counts;
    let task = |title, path, number| Task { title, path: Some(path), status: (Tone::Info, number) };
    let tasks = [
        task(shell.t("Regeln", "Rules"), "/directory/admin/entries/rules", rules),
        task(shell.t("Stellen", "Offices"), "/directory/admin/entries/offices", offices),
        task(
            shell.t("Organisationen", "Organisations"),
            "/directory/admin/entries/organisations",
            organisations,
        ),
        task(
            shell.t("Kanäle und Zertifikate", "Channels and certificates"),
            "/directory/admin/entries/channels",
            channels,
        ),
        task(
            shell.t("Eigene Leistungen", "Own public services"),
            "/directory/admin/entries/public-services",
            public_services,
        ),
        task(shell.t("Einlesen und ausgeben", "Import and export"), "/directory/admin/exchange", "CSV, JSON"),
    ];
    task_list(shell.t("Einträge", "Entries"), &tasks)
}

/// Certificates, the one that ends first first.
pub(super) async fn certificates(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let found = index.certificates(ctx.actor());
    let heading = shell.t("Zertifikate", "Certificates");
    let columns = [
        Column::new(shell.t("Zertifikat für", "Certificate for")),
        Column::new(shell.t("Kanal", "Channel")),
        Column::new(shell.t("Gültig bis", "Valid until")),
        Column::new(shell.t("Fingerabdruck", "Fingerprint")),
    ];
    let rows = found.iter().filter_map(|it| {
        let facts = it.certificate.as_ref()?;
        Some(vec![
            html! { (facts.subject) },
            html! { (link(&format!("/directory/admin/entries/channels/edit/{}", it.channel.id), &it.channel.kind)) },
            html! { (format::day(shell.lang(), facts.not_after)) " " (validity(&shell, facts.not_after, ctx.now())) },
            html! { (code(facts.fingerprint.get(..16).unwrap_or_default())) "…" },
        ])
    });
    let page =
        shell.draw(heading).trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin").wide();
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t("Gewarnt wird 90, 30 und 7 Tage vor dem Ende und danach.", "Warnings come 90, 30 and 7 days before the end, and after it.")))
        @if found.is_empty() {
            (empty_state(shell.t("Noch kein Zertifikat", "No certificate yet"), shell.t("Tragen Sie es bei einem Kanal ein.", "Enter it with a channel."), None))
        } @else { (Table::new(heading, columns).quiet_caption().rows(rows)) }
        (row(ui::link_button("/directory/admin/entries/channels", shell.t("Zu den Kanälen", "To the channels"))))
    }))
}
