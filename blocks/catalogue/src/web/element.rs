//! One element: what it is, what it must fulfil, whether it does, who says so and since when.

use super::{
    entry::{edit_button, facts, neighbours, source},
    findings::findings,
    frame::View,
    value,
};
use crate::{
    operations::{Catalogue, Opened},
    rules,
};
use kernel::{Ctx, Result};
use landkarte::{Entry, Fact, FactKind, Group, Key, Section, Shape, key, vocabulary};
use maps::Remark;
use serde_json::Value;
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, html, lead, link, link_button, note, row, section,
};

/// The page of an element.
pub(super) async fn show(
    catalogue: &Catalogue,
    ctx: &Ctx,
    shell: &Shell,
    opened: &Opened,
    element: &Entry,
) -> Result<Markup> {
    let view = View { shell, opened };
    let remarks = catalogue.remarks(ctx, opened).await?;
    let own: Vec<&Remark> = remarks
        .iter()
        .filter(|it| it.entry.as_ref().is_some_and(|it| it.0 == Section::Elements && it.1 == element.id))
        .collect();
    let found = catalogue.findings(ctx, opened, &element.id).await?;
    let compare = format!("{}?a={}", opened.path("/compare"), rules::encode(&element.id));
    let description = element.words("description", view.german());
    let above = (shell.t("Liste", "List"), opened.path("/list"));
    Ok(view.page(
        element.title(view.german()),
        Some(above),
        &html! {
            @if let Some(text) = description { (lead(text)) }
            (summary(&view, element))
            (row(html! {
                (link_button(compare, shell.t("Mit einem anderen vergleichen", "Compare with another one")))
                @if opened.keeps { (edit_button(&view, Section::Elements, &element.id)) }
            }))
            (findings(&view, &element.id, found.as_ref()))
            (claims(&view, element, &own))
            (oddities(&view, &own))
            (facts(&view, Section::Elements, element))
            (missing(&view, element))
            (neighbours(&view, Section::Elements, element))
        },
    ))
}

/// The answer in short: which capability, which obligation, which state.
fn summary(view: &View<'_>, element: &Entry) -> Markup {
    let shown = |name: &str| {
        if let (Some(key), Some(fact)) = (key(Section::Elements, name), element.fact(name)) {
            value::shown(view, Some(&key.shape), &fact.value)
        } else {
            html! { (view.t("nicht angegeben", "not stated")) }
        }
    };
    let keys = ["kind", "layer", "field", "capabilities", "obligation", "lifecycle", "owner", "operators"];
    let items: Vec<(&str, Markup)> = keys
        .iter()
        .filter_map(|it| key(Section::Elements, it))
        .map(|it| (it.title(view.german()), shown(it.name)))
        .collect();
    ui::description_list(&items)
}

/// Published ratings: claims of somebody, with what the map's own check says about them.
fn claims(view: &View<'_>, element: &Entry, remarks: &[&Remark]) -> Markup {
    let Some(fact) = element.fact("claims") else { return html! {} };
    let columns = [
        Column::new(view.t("Kriterium", "Criterion")),
        Column::new(view.t("Stufe", "Level")).numeric(),
        Column::new(view.t("Prozent", "Per cent")).numeric(),
        Column::new(view.t("Wer das sagt", "Who says so")),
        Column::new(view.t("Art der Angabe", "Kind of fact")),
    ];
    let rows = element.list("claims").into_iter().map(|claim| {
        let text = |part: &str| claim.get(part).and_then(Value::as_str);
        let shape = |part: &str| claim_part(part).map(|it| &it.shape);
        let cell = |part: &str| {
            if let Some(it) = claim.get(part) {
                value::shown(view, shape(part), it)
            } else {
                html! { (view.t("nicht angegeben", "not stated")) }
            }
        };
        let stated = Fact { source: text("source").map(str::to_owned).or_else(|| fact.source.clone()), ..fact.clone() };
        let origin = view.opened.index().map.origin(element, &stated);
        let kind = text("kind").and_then(FactKind::named).or(origin.kind);
        vec![
            cell("criterion"),
            cell("level"),
            cell("percent"),
            source(view, element, &stated),
            html! { (kind.map_or_else(|| view.t("nicht angegeben", "not stated"), |it| it.title(view.german()))) },
        ]
    });
    let heading = view.t("Veröffentlichte Bewertungen", "Published ratings");
    let doubts: Vec<&&Remark> = remarks.iter().filter(|it| is_about_claims(it)).collect();
    section(
        heading,
        html! {
            p.kern-body { (view.t(
                "Diese Werte sind Behauptungen der genannten Quelle. Hier hat sie niemand geprüft.",
                "These values are claims of the named source. Nobody has checked them here.",
            )) }
            (Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>()))
            @if !doubts.is_empty() {
                (Alert::new(Tone::Warning, view.t("Was die Prüfung der Karte dazu sagt", "What the check of the map says about it")).body(html! {
                    ul.kern-list { @for it in doubts { li { (it.wording(view.german())) } } }
                }))
            }
        },
    )
}

fn claim_part(part: &str) -> Option<&'static Key> {
    match &key(Section::Elements, "claims")?.shape {
        Shape::Records(parts) => parts.iter().find(|it| it.name == part),
        _ => None,
    }
}

fn is_about_claims(remark: &Remark) -> bool {
    remark.key.as_deref().is_some_and(|it| it == "claims" || it == "stated_mean")
}

/// What else is odd about it.
fn oddities(view: &View<'_>, remarks: &[&Remark]) -> Markup {
    let others: Vec<&&Remark> = remarks.iter().filter(|it| !is_about_claims(it)).collect();
    html! {
        @if !others.is_empty() {
            (section(view.t("Auffälligkeiten in der Karte", "What is odd in the map"), html! {
                ul.kern-list { @for it in others { li { (severity(view, it)) " " (it.wording(view.german())) } } }
                (note(link(&view.opened.path("/lint"), view.t("Alle Auffälligkeiten der Karte", "Everything that is odd in the map"))))
            }))
        }
    }
}

/// How grave a remark is, in colour and in a word.
pub(super) fn severity(view: &View<'_>, remark: &Remark) -> Markup {
    let tone = match remark.severity {
        maps::Severity::Error => Tone::Danger,
        maps::Severity::Warning => Tone::Warning,
        maps::Severity::Hint => Tone::Info,
    };
    badge(tone, remark.severity.title(view.german()))
}

/// What nobody knows, and what nobody has said.
fn missing(view: &View<'_>, element: &Entry) -> Markup {
    let keys = || vocabulary(Section::Elements).iter().filter(|it| it.group != Group::Provenance);
    let unknown: Vec<&str> =
        keys().filter(|it| element.is_unknown(it.name)).map(|it| it.title(view.german())).collect();
    let unsaid: Vec<&str> =
        keys().filter(|it| element.fact(it.name).is_none()).map(|it| it.title(view.german())).collect();
    section(
        view.t("Was fehlt", "What is missing"),
        html! {
            @if !unknown.is_empty() {
                p.kern-body { strong { (view.t("Ausdrücklich unbekannt: ", "Said to be unknown: ")) } (unknown.join(", ")) "." }
            }
            @if unsaid.is_empty() { p.kern-body { (view.t("Zu allem anderen steht etwas da.", "Something is said about everything else.")) } }
            @else { p.kern-body { strong { (view.t("Dazu sagt die Karte nichts: ", "The map says nothing about: ")) } (unsaid.join(", ")) "." } }
        },
    )
}
