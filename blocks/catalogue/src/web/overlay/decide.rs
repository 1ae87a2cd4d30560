//! What could be the same: a person says so, or says that it is not.

use super::{HERE, Pairs, View, percent, value, without};
use crate::{names::may, operations::Catalogue};
use axum::{
    extract::{Request, State},
    response::Redirect,
};
use kernel::{
    Ctx, Result,
    http::{Form, SentForm},
};
use ui::{
    Cell, Column, Markup, Shell, Table, Tone, badge, button, code, file_field, html, lead, link_button,
    post_button, row, section, text_field, title,
};

/// How many suggestions stand on a page.
const MOST: usize = 100;

/// Pairs that could be the same, the likeliest first.
pub(super) fn suggestions(view: &View<'_>) -> Markup {
    let all = &view.picture().suggestions;
    let mut columns = vec![
        Column::new(view.t("Baustein", "Element")),
        Column::new(view.t("und dieser", "and this one")),
        Column::new(view.t("Wie sicher", "How sure")).numeric(),
        Column::new(view.t("Warum", "Why")),
    ];
    if view.decides {
        columns.push(Column::new(view.t("Entscheidung", "Decision")));
    }
    let rows = all.iter().take(MOST).enumerate().map(|(place, it)| {
        let sure = it.confidence * 100.0;
        let mut cells = vec![
            html! { (it.one_name.get(view.german())) " " (code(&it.one)) },
            html! { (it.other_name.get(view.german())) " " (code(&it.other)) },
            html! { (percent(view.shell, sure, sure)) },
            html! { @for each in &it.evidence { (each.reason.get(view.german())) " " } },
        ];
        if view.decides {
            cells.push(asked(view, place, &it.one, &it.other));
        }
        cells
    });
    let heading = view.t("Vielleicht dasselbe", "Perhaps the same");
    section(
        heading,
        html! {
            p.kern-body { (view.t(
                "Diese Paare ähneln sich, aber nicht genug, um sie für dasselbe zu halten. Eine Entscheidung gilt für alle Bilder Ihres Mandanten.",
                "These pairs are alike, but not enough to take them for the same. A decision holds for all pictures of your tenant.",
            )) }
            @if all.is_empty() { p.kern-body { (view.t("Keine.", "None.")) } }
            @else { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
        },
    )
}

/// A reason and two answers.
fn asked(view: &View<'_>, place: usize, one: &str, other: &str) -> Cell {
    let id = format!("reason-{place}");
    html! {
        form.app-stack action={ (HERE) "/decisions/decide" } method="post" {
            (pair(view, one, other))
            (text_field("reason", view.t("Begründung", "Reason")).id(id).optional())
            div.app-row {
                (button(view.t("Dasselbe", "The same")).secondary().sends("same", "yes"))
                (button(view.t("Nicht dasselbe", "Not the same")).secondary().sends("same", "no"))
            }
        }
    }
}

/// A button to say that two joined elements are not the same.
pub(super) fn refuse(view: &View<'_>, one: &str, other: &str) -> Markup {
    let back = view.back.unwrap_or_default();
    let hidden = [("one", one), ("other", other), ("same", "no"), ("back", back)];
    let words = view.t("Nicht dasselbe", "Not the same");
    post_button(&format!("{HERE}/decisions/decide"), &hidden, button(words).tertiary())
}

fn pair(view: &View<'_>, one: &str, other: &str) -> Markup {
    html! {
        input type="hidden" name="one" value=(one);
        input type="hidden" name="other" value=(other);
        input type="hidden" name="back" value=(view.back.unwrap_or_default());
    }
}

/// Keeps a decision, and leads back to the picture.
pub(in crate::web) async fn decide(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Form(sent): Form<Pairs>,
) -> Result<Redirect> {
    let pair = (value(&sent, "one"), value(&sent, "other"));
    catalogue.decide(&ctx, pair, value(&sent, "same") == "yes", value(&sent, "reason")).await?;
    Ok(back(value(&sent, "back")))
}

/// To the picture of a query. Anything else in it than an address has is left out.
fn back(query: &str) -> Redirect {
    let plain = |it: &char| it.is_ascii_alphanumeric() || "-._~%=&+,:/".contains(*it);
    let query: String = query.chars().filter(plain).collect();
    let query = without(&query, &["lang"]);
    if query.is_empty() {
        Redirect::to(&format!("{HERE}/decisions"))
    } else {
        Redirect::to(&format!("{HERE}?{query}"))
    }
}

/// All decisions of the tenant, to look at, to give away and to take over.
pub(in crate::web) async fn decisions(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
) -> Result<Markup> {
    let kept = catalogue.match_decisions(&ctx).await?;
    let columns = [
        Column::new(shell.t("Baustein", "Element")),
        Column::new(shell.t("und dieser", "and this one")),
        Column::new(shell.t("Entscheidung", "Decision")),
        Column::new(shell.t("Begründung", "Reason")),
        Column::new(shell.t("Wann", "When")),
        Column::new(shell.t("Von (Kennung)", "By (id)")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    let rows = kept.entries.iter().map(|it| {
        let hidden = [("one", it.one.as_str()), ("other", it.other.as_str())];
        let forget = button(shell.t("Zurücknehmen", "Take back")).tertiary();
        vec![
            code(&it.one),
            code(&it.other),
            if it.same {
                badge(Tone::Success, shell.t("dasselbe", "the same"))
            } else {
                badge(Tone::Info, shell.t("nicht dasselbe", "not the same"))
            },
            html! { (it.reason) },
            html! { (it.date) },
            code(&it.by),
            post_button(&format!("{HERE}/decisions/forget"), &hidden, forget),
        ]
    });
    let heading = shell.t("Was dasselbe ist", "What is the same");
    let page = shell.draw(heading).trail(shell.t("Landkarte", "Map"), "/catalogue");
    Ok(page.trail(shell.t("Karten übereinanderlegen", "Lay maps over each other"), HERE).wide().body(html! {
        (title(heading))
        (lead(shell.t(
            "Was Menschen Ihres Mandanten über Bausteine verschiedener Karten entschieden haben. Als Datei lässt es sich weitergeben, auch an das Programm auf der Kommandozeile.",
            "What people of your tenant decided about elements of different maps. As a file it can be given away, also to the program on the command line.",
        )))
        @if kept.entries.is_empty() { p.kern-body { (shell.t("Noch keine Entscheidung.", "No decision yet.")) } }
        @else { (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>())) }
        (row(link_button("/api/v1/catalogue/overlay/decisions", shell.t("Als Datei", "As a file")).icon("download")))
        (section(shell.t("Entscheidungen übernehmen", "Take decisions over"), html! {
            form.app-form action={ (HERE) "/decisions" } method="post" enctype="multipart/form-data" {
                (file_field("file", shell.t("Datei (overlay_decisions: 1)", "File (overlay_decisions: 1)")).required())
                (row(button(shell.t("Übernehmen", "Take over"))))
            }
        }))
    }))
}

/// Takes decisions from a file beside those that are there.
pub(in crate::web) async fn take(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    request: Request,
) -> Result<Redirect> {
    ctx.require(may::EDIT)?;
    let sent = SentForm::read(request, catalogue.config().largest_map).await?;
    catalogue.take_decisions(&ctx, &sent.file().content, false).await?;
    Ok(Redirect::to(&format!("{HERE}/decisions")))
}

/// Takes a decision back.
pub(in crate::web) async fn forget(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Form(sent): Form<Pairs>,
) -> Result<Redirect> {
    catalogue.forget_decision(&ctx, value(&sent, "one"), value(&sent, "other")).await?;
    Ok(Redirect::to(&format!("{HERE}/decisions")))
}
