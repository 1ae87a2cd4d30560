//! Maps laid over each other: what is the same, who serves what, what can be reused.

mod chooser;
mod decide;
mod matrix;
mod ranked;
mod told;

pub(super) use decide::{decide, decisions, forget, take};

use crate::{
    names::fault,
    operations::{Catalogue, Laid, Laying, Report, SentMap, axis_named},
    rules,
};
use ::overlay::{PartKind, Picture};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Query, SentForm},
};
use landkarte::Section;
use ui::{Alert, Markup, Shell, Tone, code, html, lead, link, title};

const HERE: &str = "/catalogue/overlay";

/// What is asked, as names and values: some names stand more than once.
pub(super) type Pairs = Vec<(String, String)>;

/// One value of a name.
pub(super) fn value<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}

/// All values of a name that are not empty.
pub(super) fn values<'p>(pairs: &'p [(String, String)], name: &'p str) -> impl Iterator<Item = &'p str> {
    pairs.iter().filter(move |it| it.0 == name && !it.1.is_empty()).map(|it| it.1.as_str())
}

/// A picture and the page that shows it.
#[derive(Clone, Copy)]
struct View<'v> {
    shell: &'v Shell,
    laid: &'v Laid,
    /// Whether the reader may say what is the same.
    decides: bool,
    /// Where to come back to after a decision; nothing for sent files.
    back: Option<&'v str>,
    /// How many lines come before, in the part that is paged.
    offset: usize,
}

impl View<'_> {
    fn t<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        self.shell.t(de, en)
    }

    fn german(&self) -> bool {
        self.shell.lang() == kernel::Lang::De
    }

    fn picture(&self) -> &Picture {
        &self.laid.picture
    }

    /// An element by its name, as a link where its map has a page.
    fn element(&self, map: usize, id: &str, name: &str) -> Markup {
        if let Some(Some(address)) = self.laid.addresses.get(map) {
            link(&rules::path_of(address, Section::Elements, id), name)
        } else {
            html! { (name) " " (code(id)) }
        }
    }

    fn map_title(&self, map: usize) -> &str {
        self.picture().maps.get(map).map_or("", |it| it.title.get(self.german()))
    }
}

/// A range of per cents in words: the same bounds once.
fn percent(shell: &Shell, low: f64, high: f64) -> String {
    let (low, high) = (format!("{low:.0}"), format!("{high:.0}"));
    if low == high {
        format!("{low}\u{a0}%")
    } else {
        format!("{low} {} {high}\u{a0}%", shell.t("bis", "to"))
    }
}

/// The parts of the picture, each on a page of its own.
const PARTS: [(&str, &str, &str); 6] = [
    ("", "Nachnutzung", "Reuse"),
    ("matrix", "Wer bedient was", "Who serves what"),
    ("duplicates", "Mehrfaches", "Built more than once"),
    ("gaps", "Lücken", "Gaps"),
    ("contradictions", "Widersprüche", "Contradictions"),
    ("suggestions", "Vielleicht dasselbe", "Perhaps the same"),
];

/// The form, and the picture once maps are chosen.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let chosen = values(&pairs, "map").next().is_some();
    if !chosen {
        return Ok(page(&catalogue, &ctx, &shell, &pairs, html! {}).await?.into_response());
    }
    let laid = match laying(&pairs, Vec::new()) {
        Ok(laying) => catalogue.lay(&ctx, laying).await,
        Err(error) => Err(error),
    };
    let laid = match laid {
        Ok(laid) => laid,
        Err(error) => return refused(&catalogue, &ctx, &shell, &pairs, error).await,
    };
    let back = shell.here_with(&[]);
    let view = View {
        shell: &shell,
        laid: &laid,
        decides: ctx.may(crate::names::may::EDIT),
        back: back.split_once('?').map(|it| it.1),
        offset: value(&pairs, "offset").parse().unwrap_or(0),
    };
    let part = value(&pairs, "view");
    let body = html! { (exports(&view)) (parts(&view, part)) (told::maps(&view)) (told::remarks(&view)) (tabs(&view, part)) (one_part(&view, part)) };
    Ok(page(&catalogue, &ctx, &shell, &pairs, body).await?.into_response())
}

/// Lays sent files over chosen maps; without files it leads to the address of the picture.
pub(super) async fn lay(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    request: Request,
) -> Result<Response> {
    let sent = SentForm::read(request, catalogue.config().largest_map).await?;
    let names = ["map", "by", "format"].into_iter().chain(PartKind::ALL.map(PartKind::name));
    let pairs: Pairs = names
        .flat_map(|name| sent.all(name).map(move |it| (name.to_owned(), it.to_owned())))
        .filter(|it| !it.1.is_empty())
        .collect();
    let files: Vec<SentMap> =
        sent.files.iter().map(|it| SentMap { name: it.name.clone(), content: it.content.to_vec() }).collect();
    if files.is_empty() {
        let query: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", rules::encode(value))).collect();
        let format = value(&pairs, "format");
        let path = if format.is_empty() { HERE } else { "/api/v1/catalogue/overlay" };
        return Ok(Redirect::to(&format!("{path}?{}", query.join("&"))).into_response());
    }
    let laid = match laying(&pairs, files) {
        Ok(laying) => catalogue.lay(&ctx, laying).await,
        Err(error) => Err(error),
    };
    let laid = match laid {
        Ok(laid) => laid,
        Err(error) => return refused(&catalogue, &ctx, &shell, &pairs, error).await,
    };
    if !value(&pairs, "format").is_empty() {
        return file(&ctx, &laid, Report::named(value(&pairs, "format"))?).await;
    }
    let view = View { shell: &shell, laid: &laid, decides: false, back: None, offset: 0 };
    let note = shell.t(
        "Gesendete Dateien werden nicht aufbewahrt. Alle Teile des Bildes stehen auf dieser Seite; für andere Gewichte senden Sie die Dateien noch einmal.",
        "Sent files are not kept. All parts of the picture stand on this page; for other weights send the files again.",
    );
    let body = html! {
        (Alert::new(Tone::Info, shell.t("Mit gesendeten Dateien", "With sent files")).text(note))
        (told::maps(&view)) (told::remarks(&view))
        @for (part, ..) in PARTS { (one_part(&view, part)) }
    };
    Ok(page(&catalogue, &ctx, &shell, &pairs, body).await?.into_response())
}

/// What the form asks for.
fn laying(pairs: &[(String, String)], files: Vec<SentMap>) -> Result<Laying> {
    let maps = values(pairs, "map").map(str::to_owned).collect();
    let mut laying = Laying { maps, files, by: axis_named(value(pairs, "by"))?, ..Laying::default() };
    for kind in PartKind::ALL {
        let text = value(pairs, kind.name());
        if !text.is_empty() {
            laying.weigh(kind, text)?;
        }
    }
    Ok(laying)
}

/// The picture as a file to keep.
pub(crate) async fn file(ctx: &Ctx, laid: &Laid, report: Report) -> Result<Response> {
    let content = report.write(std::sync::Arc::clone(&laid.picture), ctx.lang()).await?;
    let disposition = format!("attachment; filename=\"overlay.{}\"", report.name());
    let headers =
        [(header::CONTENT_TYPE, report.media().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, content).into_response())
}

/// The form again, with what is wrong above it.
async fn refused(
    catalogue: &Catalogue,
    ctx: &Ctx,
    shell: &Shell,
    pairs: &[(String, String)],
    error: Error,
) -> Result<Response> {
    let shown = [
        fault::BAD_MAP,
        fault::TOO_MANY_MAPS,
        fault::NO_MAPS_CHOSEN,
        fault::BAD_WEIGHTS,
        fault::BAD_MATCHES,
        fault::BAD_AXIS,
    ];
    if !shown.contains(&error.code()) {
        return Err(error);
    }
    let body = html! {
        (super::exchange::faults(shell, &error))
        @if error.code() == fault::BAD_MATCHES {
            p.kern-body { (link(&format!("{HERE}/decisions"), shell.t("Zu den Entscheidungen", "To the decisions"))) }
        }
    };
    let page = page(catalogue, ctx, shell, pairs, body).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    catalogue: &Catalogue,
    ctx: &Ctx,
    shell: &Shell,
    pairs: &[(String, String)],
    body: Markup,
) -> Result<Markup> {
    let chosen = !body.0.is_empty();
    let form = chooser::form(catalogue, ctx, shell, pairs).await?;
    let heading = shell.t("Karten übereinanderlegen", "Lay maps over each other");
    Ok(shell.draw(heading).trail(shell.t("Landkarte", "Map"), "/catalogue").wide().body(html! {
        (title(heading))
        (lead(shell.t(
            "Welche Bausteine gibt es in mehreren Karten, wer bedient welche Fähigkeit, was ist mehrfach gebaut, was fehlt, und was lässt sich nachnutzen.",
            "Which elements stand in several maps, who serves which capability, what is built more than once, what is missing, and what can be reused.",
        )))
        @if chosen { (ui::details(shell.t("Karten und Gewichte ändern", "Change maps and weights"), form)) (body) }
        @else { (form) }
    }))
}

/// The picture in other forms.
fn exports(view: &View<'_>) -> Markup {
    let back = view.back.unwrap_or_default();
    ui::row(html! {
        @for report in Report::ALL {
            @let (name, words) = match report {
                Report::Json => ("JSON", "JSON"),
                Report::Csv => ("CSV", "CSV"),
                Report::Html => (view.t("Bericht zum Drucken (HTML)", "Report to print (HTML)"), "HTML"),
            };
            @let path = format!("/api/v1/catalogue/overlay?{}&format={}", without(back, &["format", "view", "offset"]), report.name());
            (ui::link_button(path, name).icon("download").attribute("data-report", words))
        }
    })
}

/// A query without some names.
fn without(query: &str, names: &[&str]) -> String {
    let kept = query.split('&').filter(|it| !names.contains(&it.split('=').next().unwrap_or_default()));
    kept.collect::<Vec<_>>().join("&")
}

fn parts(view: &View<'_>, part: &str) -> Markup {
    let clusters = &view.picture().clusters;
    let shared = clusters.iter().filter(|it| it.maps() > 1).count();
    let number = |it: usize| super::frame::count(view.shell, it);
    html! {
        p.kern-body role="status" {
            (number(clusters.len())) " " (view.t("verschiedene Bausteine, davon in mehreren Karten: ", "different elements, of these in several maps: ")) (number(shared)) "."
            @if !part.is_empty() && !PARTS.iter().any(|it| it.0 == part) {
                " " (view.t("Diese Ansicht gibt es nicht; gezeigt wird die Rangliste.", "There is no such view; the ranked list is shown."))
            }
        }
    }
}

fn tabs(view: &View<'_>, part: &str) -> Markup {
    html! {
        nav.app-tabs aria-label=(view.t("Teile des Bildes", "Parts of the picture")) {
            ul {
                @for (name, de, en) in PARTS {
                    li { a href=(view.shell.here_with(&[("view", name), ("offset", "0")])) aria-current=[(name == part).then_some("page")] { (view.t(de, en)) } }
                }
            }
        }
    }
}

fn one_part(view: &View<'_>, part: &str) -> Markup {
    match part {
        "matrix" => matrix::matrix(view),
        "duplicates" => matrix::duplicates(view),
        "gaps" => matrix::gaps(view),
        "contradictions" => told::contradictions(view),
        "suggestions" => decide::suggestions(view),
        _ => ranked::ranked(view),
    }
}
