//! The rows, filtered, and the way to export them.

use super::elsewhere;
use crate::{
    Record,
    model::{Asked, RecordedEvent},
    names::may,
    rules::words,
};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use maud::{Markup, html};
use ui::{
    Choice, Column, Shell, Table, button, date_field, details, empty_state, format, lead, link_button,
    select, text_field, title,
};

pub(super) async fn page(
    State(record): State<Record>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let found = record.events(&ctx, &asked).await?;
    let heading = shell.t("Protokoll", "Record");
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Was hier getan wurde, von wem und womit. Jeder Eintrag ist versiegelt: Wer ihn ändert, löscht oder verschiebt, fällt auf.",
            "What was done here, by whom and to what. Every entry is sealed: whoever changes, deletes or moves one is found out.",
        )))
        (elsewhere(&shell))
        (filters(&shell, &asked, shell.is_clerk()))
        @if found.events.is_empty() {
            (empty_state(
                shell.t("Keine Einträge", "No entries"),
                shell.t("Zu diesem Filter gibt es nichts. Neue Einträge erscheinen etwa eine Sekunde nach dem Ereignis.", "There is nothing for this filter. New entries appear about a second after the event."),
                None,
            ))
        } @else {
            (table(&shell, &asked, &found.events))
            (ui::row(html! {
                @if asked.after.is_some() { (link_button(shell.here_with(&[("after", "")]), shell.t("Zum Anfang", "To the beginning")).secondary()) }
                @if let Some(next) = found.next { (link_button(shell.here_with(&[("after", &next.to_string())]), shell.t("Weitere Einträge", "More entries")).secondary()) }
            }))
            (export(&shell))
        }
    };
    Ok(shell.draw(heading).wide().body(body))
}

fn filters(shell: &Shell, asked: &Asked, operator: bool) -> Markup {
    let known: Vec<(&str, &str)> = words::known().map(|(name, text)| (name, shell.text(text))).collect();
    let choices: Vec<Choice<'_>> = known.iter().map(|(name, text)| Choice::new(name, text)).collect();
    let used =
        [&asked.from, &asked.to, &asked.tenant, &asked.actor, &asked.event, &asked.subject, &asked.request];
    let open = used.iter().any(|it| !it.is_empty());
    let form = html! {
        form.app-stack method="get" action="/record" {
            (ui::grid(html! {
                (date_field("from", shell.t("Von Tag", "From day")).value(asked.from.as_str()).optional())
                (date_field("to", shell.t("Bis Tag", "To day")).value(asked.to.as_str()).optional())
                (select("event", shell.t("Ereignis", "Event"), &choices).value(asked.event.as_str()).empty_choice(shell.t("alle", "all")))
                (text_field("actor", shell.t("Wer (Kennung)", "Who (id)")).value(asked.actor.as_str()).optional())
                (text_field("subject", shell.t("Womit (Kennung)", "To what (id)")).value(asked.subject.as_str()).optional())
                (text_field("request", shell.t("Anfragenummer", "Request id")).value(asked.request.as_str()).optional())
                @if operator { (text_field("tenant", shell.t("Mandant", "Tenant")).value(asked.tenant.as_str()).optional()) }
            }))
            (ui::row(html! {
                (button(shell.t("Filtern", "Filter")).icon("search"))
                (link_button("/record", shell.t("Filter aufheben", "Clear filter")).tertiary())
            }))
        }
    };
    html! {
        @if open { (form) } @else { (details(shell.t("Filtern", "Filter"), form)) }
    }
}

fn table<'a>(shell: &'a Shell, asked: &Asked, rows: &[RecordedEvent]) -> Table<'a> {
    let sorted = if asked.sort.is_empty() { "-time" } else { &asked.sort };
    let columns = [
        Column::new(shell.t("Zeit", "Time")).sortable(shell, "time", sorted),
        Column::new(shell.t("Ereignis", "Event")),
        Column::new(shell.t("Wer", "Who")),
        Column::new(shell.t("Womit", "To what")),
        Column::new(shell.t("Mandant", "Tenant")),
        Column::new(shell.t("Nummer", "Number")).numeric(),
    ];
    let gone = shell.t("gelöscht", "deleted");
    let personal = |it: &RecordedEvent, text: &str| if it.erased { gone.to_owned() } else { text.to_owned() };
    Table::new(shell.t("Einträge", "Entries"), columns).quiet_caption().rows(rows.iter().map(|it| {
        vec![
            html! { a.kern-link href=(format!("/record/entries/{}", it.id)) { (format::time(shell.lang(), it.at)) } },
            html! { (it.words) " " (ui::code(&it.event)) },
            html! { (personal(it, &it.actor)) },
            html! { (personal(it, &it.subject)) },
            html! { (it.tenant) },
            html! { @if let Some(seq) = it.seq { (format::number(shell.lang(), seq)) } },
        ]
    }))
}

fn export(shell: &Shell) -> Markup {
    let query = shell.here_with(&[("after", "")]);
    let query = query.split_once('?').map_or("", |it| it.1);
    let to = |form: &str| format!("/api/v1/record/export?{query}&format={form}");
    html! {
        section.app-section {
            h2.kern-heading-medium { (shell.t("Export", "Export")) }
            p { (shell.t("Alle Einträge zu diesem Filter als Datei. Der Export selbst wird protokolliert.", "All entries for this filter as a file. The export itself is recorded.")) }
            (ui::row(html! {
                (link_button(to("csv"), shell.t("CSV herunterladen", "Download CSV")).secondary())
                (link_button(to("jsonl"), shell.t("JSON Lines herunterladen", "Download JSON Lines")).secondary())
            }))
        }
    }
}
