//! A set, a requirement, and bringing a set of one's own.

use super::level;
use crate::{
    Conformance,
    names::{fault, may},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Result,
    http::{Path, SentForm},
};
use maud::{Markup, html};
use ports::conformance::{RequirementView, SetSummary};
use ui::{
    Alert, Column, Shell, Table, Tone, button, description_list, file_field, lead, link_button, post_button,
    row, section, title,
};

pub(super) async fn page(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let view = conformance.one_set(&ctx, &id).await?;
    let set = &view.set;
    let body = html! {
        (title(&set.title))
        (facts(&shell, set))
        @for name in ["muss", "soll", "kann"] {
            @let of_level: Vec<&RequirementView> = view.requirements.iter().filter(|it| it.level == name).collect();
            @if !of_level.is_empty() { (section(level(&shell, name), table(&shell, name, &of_level))) }
        }
        (row(html! {
            (link_button(format!("/conformance/differences?new={}", set.id), shell.t("Mit einem anderen Satz vergleichen", "Compare with another set")))
            @if shell.is_clerk() && !set.shipped {
                (post_button(&format!("/conformance/sets/{}/withdraw", set.id), &[], button(shell.t("Satz zurückziehen", "Withdraw the set")).secondary()))
            }
        }))
    };
    Ok(shell
        .draw(set.title.clone())
        .trail(shell.t("Anforderungen", "Requirements"), "/conformance")
        .wide()
        .body(body))
}

fn facts(shell: &Shell, set: &SetSummary) -> Markup {
    let unknown = shell.t("unbekannt", "unknown");
    description_list(&[
        (shell.t("Kennung", "Id"), ui::code(&set.id)),
        (shell.t("Fassung", "Version"), html! { (set.version.as_deref().unwrap_or(unknown)) }),
        (
            shell.t("Quelle", "Source"),
            html! {
                (super::source(set))
                @if let Some(date) = &set.date { ", " (date) }
            },
        ),
        (
            shell.t("Lizenz der Quelle", "Licence of the source"),
            html! { (set.licence.as_deref().unwrap_or(unknown)) },
        ),
        (
            shell.t("Erbt von", "Inherits from"),
            html! {
                @if set.extends.is_empty() { (shell.t("keinem Satz", "no set")) }
                @for (index, id) in set.extends.iter().enumerate() {
                    @if index > 0 { ", " }
                    a.kern-link href=(format!("/conformance/sets/{id}")) { (id) }
                }
            },
        ),
        (shell.t("Prüfsumme der Datei (SHA-256)", "Hash of the file (SHA-256)"), ui::code(&set.sha256)),
    ])
}

fn table<'a>(shell: &'a Shell, name: &str, requirements: &'a [&RequirementView]) -> Table<'a> {
    let columns = [
        Column::new(shell.t("Anforderung", "Requirement")),
        Column::new(shell.t("Geprüft durch", "Checked by")),
        Column::new(shell.t("Gilt", "Holds")),
        Column::new(shell.t("Quelle", "Source")),
    ];
    Table::new(level(shell, name), columns).quiet_caption().rows(requirements.iter().map(|it| {
        vec![
            html! { (it.text) br; a.kern-link href=(format!("/conformance/requirements/{}", it.id)) { (ui::code(&it.id)) } },
            html! { (it.how) },
            html! { span.app-nowrap { (period(shell, it)) } },
            html! { (it.source) },
        ]
    }))
}

fn period(shell: &Shell, it: &RequirementView) -> String {
    match (&it.since, &it.until) {
        (None, None) => shell.t("ohne Frist", "without dates").to_owned(),
        (Some(since), None) => format!("{} {since}", shell.t("seit", "since")),
        (None, Some(until)) => format!("{} {until}", shell.t("bis", "until")),
        (Some(since), Some(until)) => format!("{since} – {until}"),
    }
}

/// One requirement with everything that is known of it.
pub(super) async fn requirement(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let (found, terms) = conformance.requirement(&ctx, &id).await?;
    let heading = shell.t("Anforderung", "Requirement");
    let body = html! {
        (title(heading))
        (lead(&found.text))
        (description_list(&[
            (shell.t("Kennung", "Id"), ui::code(&found.id)),
            (shell.t("Verbindlichkeit", "Level"), html! { (level(&shell, &found.level)) }),
            (shell.t("Satz", "Set"), html! { a.kern-link href=(format!("/conformance/sets/{}", found.set)) { (found.set) } }),
            (shell.t("Gilt", "Holds"), html! { (period(&shell, &found)) }),
            (shell.t("Quelle", "Source"), html! { (found.source) }),
            (shell.t("Geprüft durch", "Checked by"), html! { (found.how) }),
            (shell.t("So lässt es sich beheben", "How to mend it"), html! { (found.repair) }),
        ]))
        @if !terms.is_empty() {
            (section(shell.t("Begriffe darin", "Terms in it"), html! {
                dl { @for term in &terms { dt { strong { (term.title) } } dd { (term.meaning) } } }
            }))
        }
    };
    Ok(shell
        .draw(heading)
        .trail(shell.t("Anforderungen", "Requirements"), "/conformance")
        .trail(found.set.clone(), format!("/conformance/sets/{}", found.set))
        .body(body))
}

/// The form for a set of one's own.
pub(super) async fn new(ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::KEEP)?;
    Ok(form(&shell, &html! {}))
}

fn form(shell: &Shell, outcome: &Markup) -> Markup {
    let heading = shell.t("Eigener Anforderungssatz", "A set of your own");
    shell.draw(heading).trail(shell.t("Anforderungen", "Requirements"), "/conformance").body(html! {
        (title(heading))
        (outcome)
        (lead(shell.t(
            "Für alles, was nicht öffentlich ist oder nur bei Ihnen gilt: Stufen der Deutschen Verwaltungscloud, Vorgaben eines Landes, Hausregeln. Der Satz gilt für Ihren Mandanten.",
            "For whatever is not public or holds only with you: levels of the Deutsche Verwaltungscloud, rules of a state, house rules. The set counts for your tenant.",
        )))
        form.app-form action="/conformance/sets/new" method="post" enctype="multipart/form-data" {
            (file_field("file", shell.t("Datei (YAML oder JSON)", "File (YAML or JSON)")).attribute("accept", ".yaml,.yml,.json").required())
            (row(button(shell.t("Einlesen", "Bring"))))
        }
    })
}

/// Takes a set over, or shows every fault with its line.
pub(super) async fn bring(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    ctx.require(may::KEEP)?;
    let sent = SentForm::read(request, conformance.config.largest_file).await?;
    match conformance.bring(&ctx, &sent.file().content).await {
        Ok(id) => Ok(Redirect::to(&format!("/conformance/sets/{id}")).into_response()),
        Err(error) if error.code() == fault::BAD_SET || error.code() == fault::SHIPPED => {
            let detail = error.detail(shell.lang());
            let outcome = Alert::new(Tone::Danger, shell.t("Nichts wurde übernommen", "Nothing was taken over"))
                .body(html! {
                    p.kern-body { (detail) }
                    @if error.issues().len() > 1 {
                        ul.kern-list { @for it in error.issues() { li { (ui::code(&it.pointer)) " " (it.detail) } } }
                    }
                })
                .live()
                .done();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&shell, &outcome)).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Withdraws a set.
pub(super) async fn withdraw(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    conformance.withdraw(&ctx, &id).await?;
    Ok(Redirect::to("/conformance"))
}
