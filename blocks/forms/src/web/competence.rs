//! Who is competent, and why; and the search for a place.

use crate::operations::Routed;
use maud::{Markup, html};
use ports::directory::{Competence, Level, Region};
use ui::{Shell, Tone};

/// The competent office with the rule that says so, or why there is none.
pub(super) fn view(shell: &Shell, routed: &Routed) -> Markup {
    let lang = shell.lang();
    let place = place(shell, &routed.region);
    match &routed.competence {
        Ok(found) => html! {
            div.app-stack {
                (ui::description_list(&[
                    (shell.t("Zuständige Stelle", "Competent office"), html! { strong { (found.office) } }),
                    (shell.t("Ort", "Place"), html! { (place) }),
                    (shell.t("Warum", "Why"), html! { (why(shell, found)) }),
                ]))
                (ui::details(shell.t("Wie die Stelle gefunden wurde", "How the office was found"), climbed(shell, found)))
                @if found.destination_id.is_none() {
                    (ui::Alert::new(Tone::Warning, crate::names::fault::NO_DESTINATION.title.get(lang)).text(
                        &crate::names::fault::NO_DESTINATION.with("office", &found.office).detail(lang)))
                }
            }
        },
        Err(error) => html! {
            p.kern-body { (shell.t("Ort: ", "Place: ")) (place) }
            (ui::Alert::new(Tone::Warning, error.code().title.get(lang)).text(&error.detail(lang)))
        },
    }
}

/// A place with what tells it from others of its name.
pub(super) fn place(shell: &Shell, region: &Region) -> String {
    let around = [&region.district, &region.state].into_iter().flatten().filter(|it| **it != region.name);
    let around: Vec<&str> = around.map(String::as_str).collect();
    if around.is_empty() {
        format!("{} ({})", region.name, level(shell, region.level))
    } else {
        format!("{} ({})", region.name, around.join(", "))
    }
}

fn why(shell: &Shell, found: &Competence) -> String {
    let (level, region) = (level(shell, found.level), &found.rule_region_name);
    match shell.lang() {
        kernel::Lang::De => format!("Für {region} (Ebene {level}) ist diese Stelle eingetragen."),
        kernel::Lang::En => format!("This office is entered for {region} (level {level})."),
    }
}

fn climbed(shell: &Shell, found: &Competence) -> Markup {
    html! {
        p.kern-body { (shell.t(
            "Gesucht wird von der Gemeinde aufwärts. Die erste Ebene mit einer passenden Regel entscheidet.",
            "The search climbs from the municipality. The first level with a fitting rule decides.",
        )) }
        ol.kern-list.kern-list--number {
            @for region in &found.climbed { li { (region.name) " (" (level(shell, region.level)) ")" } }
        }
        dl.app-summary {
            div { dt.kern-body { (shell.t("Leistung", "Public service")) } dd.kern-body { (ui::code(&found.public_service)) } }
            div { dt.kern-body { (shell.t("Regel", "Rule")) } dd.kern-body { (ui::code(&found.rule)) } }
            div { dt.kern-body { (shell.t("Herkunft der Regel", "Origin of the rule")) } dd.kern-body { (origin(shell, &found.origin)) } }
            @if let Some(destination) = &found.destination_id {
                div { dt.kern-body { (shell.t("Zustellpunkt", "Destination")) } dd.kern-body { (ui::code(destination.as_str())) } }
            }
        }
    }
}

fn origin<'f>(shell: &Shell, origin: &'f str) -> &'f str {
    match origin {
        "entered" => shell.t("von der Verwaltung eingetragen", "entered by the administration"),
        "destination" => shell.t("vom Zustellpunkt angeboten", "offered by the destination"),
        other => other,
    }
}

fn level(shell: &Shell, level: Level) -> &'static str {
    match level {
        Level::Municipality => shell.t("Gemeinde", "municipality"),
        Level::Association => shell.t("Gemeindeverband", "association of municipalities"),
        Level::District => shell.t("Kreis", "district"),
        Level::Province => shell.t("Regierungsbezirk", "province"),
        Level::State => shell.t("Land", "state"),
        Level::Federation => shell.t("Bund", "federation"),
    }
}

/// A search for a place that comes back to `action` with `region`. Without scripts the start page does it.
pub(super) fn place_search(shell: &Shell, action: &str, hidden: &Markup) -> Markup {
    let field = ui::text_field("place", shell.t("Ort oder Postleitzahl", "Place or postcode"))
        .id("place")
        .hint(shell.t(
            "Wo Sie wohnen oder wohnen werden, zum Beispiel Kassel oder 34117",
            "Where you live or will live, for example Kassel or 34117",
        ))
        .attribute("autocomplete", "off")
        .attribute("data-places-url", "/api/v1/directory/places");
    html! {
        p.kern-body { (shell.t(
            "Welche Stelle zuständig ist, hängt vom Ort ab.",
            "Which office is competent depends on the place.",
        )) }
        form.app-stack action=(action) method="get" {
            (hidden)
            (field)
            div { (ui::button(shell.t("Weiter", "Next"))) }
        }
        (ui::needs_script(shell.lang(), shell.t(
            "Die Ortssuche auf dieser Seite braucht JavaScript. Ohne geht es über die Startseite: Suchen Sie dort Ihren Ort.",
            "The search for a place on this page needs JavaScript. Without it, use the start page: search for your place there.",
        )))
    }
}
