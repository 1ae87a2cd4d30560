//! Before anyone builds anew: what exists. And an annex for whoever buys, to print.

mod annex;

use super::{
    frame::View,
    overlay::{Pairs, value, values},
};
use crate::{
    operations::{Catalogue, Existing, Purchase},
    rules,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Lang, Result,
    http::{Path, Query},
};
use landkarte::Section;
use procurement::{Hit, Wish};
use ui::{
    Choice, Column, Markup, Shell, Table, button, checkboxes, details, html, lead, link, note, row,
    search_field, section, select, text_field,
};

/// How many hits are listed.
const MOST_HITS: usize = 50;
/// How many elements can be ticked.
const MOST_ELEMENTS: usize = 1000;

/// The check for what exists, the choice, and the annex once something is chosen.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let purchase = purchase(&pairs);
    let annex = if purchase.elements.is_empty() {
        None
    } else {
        Some(catalogue.annex(&ctx, &opened, purchase).await?)
    };
    if let Some(annex) = &annex
        && let Some(file) = file(ctx.lang(), value(&pairs, "format"), annex)
    {
        return Ok(file);
    }
    let wish = Wish {
        words: value(&pairs, "words").to_owned(),
        capabilities: values(&pairs, "capability").map(str::to_owned).collect(),
        public_services: values(&pairs, "public_service").map(str::to_owned).collect(),
    };
    let asked =
        !(wish.words.trim().is_empty() && wish.capabilities.is_empty() && wish.public_services.is_empty());
    let existing = if asked { Some(catalogue.existing(&ctx, wish).await?) } else { None };
    let heading = shell.t("Beschaffen", "Procure");
    let page = view.page(heading, None, &html! {
        div.app-no-print.app-stack {
            (lead(shell.t(
                "Erst nachsehen, was es schon gibt; dann eine Anlage zum Vertrag: Anforderungen mit Stufe, Schnittstellen, Nachweise, Ausstieg und Prüfrecht, jede mit ihrer Quelle.",
                "First look for what exists; then an annex to the contract: requirements with their level, interfaces, evidence, exit and audit, each with its source.",
            )))
            (wishes(&view, &pairs))
            @if let Some(existing) = &existing { (hits(&view, existing)) }
            (choice(&view, &pairs))
        }
        @if let Some(annex) = &annex { (annex::annex(&view, annex)) }
    });
    Ok(page.into_response())
}

fn purchase(pairs: &[(String, String)]) -> Purchase {
    let line = |name: &str| -> String {
        value(pairs, name).trim().chars().filter(|it| !it.is_control()).take(200).collect()
    };
    Purchase {
        title: line("title"),
        buyer: line("buyer"),
        elements: values(pairs, "element").map(str::to_owned).collect(),
        sets: Vec::new(),
    }
}

/// The annex as a file to go on working with.
fn file(lang: Lang, format: &str, annex: &procurement::Annex) -> Option<Response> {
    let german = lang == Lang::De;
    let (media, name, content) = match format {
        "html" => ("text/html; charset=utf-8", "annex.html", procurement::html(annex, german)),
        "markdown" => ("text/markdown; charset=utf-8", "annex.md", procurement::markdown(annex, german)),
        _ => return None,
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Some((headers, content).into_response())
}

/// What is wanted: words, a capability, a public service.
fn wishes(view: &View<'_>, pairs: &[(String, String)]) -> Markup {
    let map = &view.opened.index().map;
    let all = map.entries(Section::Capabilities);
    let titles: Vec<Choice<'_>> = all.iter().map(|it| Choice::new(&it.id, it.title(view.german()))).collect();
    let kept = pairs.iter().filter(|it| matches!(it.0.as_str(), "element" | "title" | "buyer"));
    section(
        view.t("Gibt es das schon?", "Does it exist already?"),
        html! {
            form.app-form role="search" method="get" action=(view.opened.path("/procurement")) {
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                (search_field("words", view.t("Was es leisten soll, in Worten", "What it shall do, in words")).value(value(pairs, "words")))
                @if !titles.is_empty() {
                    (select("capability", view.t("oder eine Fähigkeit", "or a capability"), &titles).value(value(pairs, "capability")).empty_choice(view.t("keine", "none")).optional())
                }
                (text_field("public_service", view.t("oder eine Verwaltungsleistung (LeiKa-Schlüssel)", "or a public service (LeiKa key)")).value(value(pairs, "public_service")).optional())
                (row(button(view.t("Nachsehen", "Look")).icon("search")))
            }
        },
    )
}

/// What exists in the maps that the reader may read.
fn hits(view: &View<'_>, existing: &Existing) -> Markup {
    let found = &existing.found;
    let unknown = view.t("nicht bekannt", "not known");
    let german = view.german();
    let columns = [
        Column::new(view.t("Baustein", "Element")),
        Column::new(view.t("Karte", "Map")),
        Column::new(view.t("Warum", "Why")),
        Column::new(view.t("Lebenszyklus", "Lifecycle")),
        Column::new(view.t("Lizenz", "Licence")),
        Column::new(view.t("Wer es betreibt", "Who runs it")),
    ];
    let rows = found.hits.iter().take(MOST_HITS).map(|it| {
        let operators: Vec<&str> = it.operators.iter().map(|it| it.get(german)).collect();
        let operators = operators.join(", ");
        vec![
            named(existing, it, it.title.get(german)),
            html! { (it.map_title.get(german)) },
            html! { ul.kern-list { @for reason in &it.reasons { li { (view.t(&reason.de, &reason.en)) } } } },
            html! { (it.lifecycle_title.get(german)) },
            html! { (it.licence.as_ref().map_or(unknown, |it| it.get(german))) },
            html! { (if operators.is_empty() { unknown } else { operators.as_str() }) },
        ]
    });
    let caption = view.t("Was es schon gibt", "What exists already");
    html! {
        p.kern-body role="status" { (view.t(&found.de, &found.en)) }
        @if !found.hits.is_empty() { (Table::new(caption, columns).rows(rows.collect::<Vec<_>>())) }
        @if found.hits.len() > MOST_HITS { (note(view.t("Gezeigt werden die ersten 50; suchen Sie genauer.", "The first 50 are shown; search more precisely."))) }
    }
}

fn named(existing: &Existing, it: &Hit, title: &str) -> Markup {
    let address = existing.addresses.get(&it.map);
    let path = address.map(|address| rules::path_of(address, Section::Elements, &it.element));
    path.map_or_else(|| html! { (title) }, |path| link(&path, title))
}

/// What is bought, by whom.
fn choice(view: &View<'_>, pairs: &[(String, String)]) -> Markup {
    let all = view.opened.index().map.entries(Section::Elements);
    let ticked: Vec<&str> = values(pairs, "element").collect();
    let choices: Vec<Choice<'_>> =
        all.iter().take(MOST_ELEMENTS).map(|it| Choice::new(&it.id, it.title(view.german()))).collect();
    let boxes = html! { (checkboxes("element", view.t("Bausteine dieser Karte", "Elements of this map"), &choices).values(&ticked)) };
    section(
        view.t("Anlage zum Vertrag", "Annex to the contract"),
        html! {
            form.app-form method="get" action=(view.opened.path("/procurement")) {
                (text_field("title", view.t("Was beschafft wird", "What is bought")).value(value(pairs, "title")).optional())
                (text_field("buyer", view.t("Wer beschafft", "Who buys")).value(value(pairs, "buyer")).optional())
                @if all.len() > 12 { (details(view.t("Bausteine wählen", "Choose elements"), boxes)) } @else { (boxes) }
                (row(button(view.t("Anlage zeigen", "Show the annex"))))
            }
        },
    )
}
