//! Who asks, and what is chosen.

use super::{Asked, SCENARIOS};
use crate::operations::{Offer, counted_cases, municipalities};
use costs::{DEFAULT_YEARS, Municipality};
use landkarte::Section;
use ui::{
    Choice, Column, Markup, Table, button, checkboxes, code, details, fieldset, format, grid, html, link,
    note, number_field, row, search_field, search_form, section, text_field,
};

/// How many elements without stated costs are offered.
const MOST: usize = 500;

/// The municipality, or the search for one. Every other answer is kept.
pub(super) fn place(asked: &Asked<'_>, chosen: Option<&Municipality>) -> Markup {
    let words = asked.value("place");
    let others = asked.pairs.iter().filter(|it| it.0 != "place" && it.0 != "ars" && it.0 != "lang");
    let kept = html! { @for (name, value) in others { input type="hidden" name=(name) value=(value); } };
    let lang = asked.view.shell.lang();
    let number = |it: u64| format::number(lang, i64::try_from(it).unwrap_or(i64::MAX));
    html! {
        @if let Some(it) = chosen {
            p.kern-body {
                strong { (it.name) } " " (code(&it.region_key))
                @if let Some(people) = it.population { ", " (number(people)) " " (asked.t("Menschen", "people")) }
                ". " (link(&asked.view.shell.here_with(&[("ars", "")]), asked.t("Andere Gemeinde wählen", "Choose another municipality")))
            }
        } @else {
            @if !asked.value("ars").is_empty() { p.kern-body { (asked.t("Diesen Regionalschlüssel hat keine Gemeinde: ", "No municipality has this region key: ")) (code(asked.value("ars"))) } }
            (search_form(
                &asked.opened().path("/costs"),
                search_field("place", asked.t("Gemeinde (Name oder Regionalschlüssel)", "Municipality (name or region key)")).value(words),
                button(asked.t("Suchen", "Search")).icon("search"),
                kept,
            ))
            @if !words.is_empty() { (found(asked, words)) }
        }
        (note(regions::NOTICE))
    }
}

fn found(asked: &Asked<'_>, words: &str) -> Markup {
    let (found, total) = municipalities(words);
    let lang = asked.view.shell.lang();
    html! {
        p.kern-body role="status" {
            (super::super::frame::count(asked.view.shell, total)) " " (asked.t("Gemeinden passen.", "municipalities fit."))
            @if total > found.len() { " " (asked.t("Gezeigt werden die größten; suchen Sie genauer.", "The largest are shown; search more precisely.")) }
        }
        ul.kern-list {
            @for it in &found {
                li {
                    (link(&asked.view.shell.here_with(&[("ars", &it.region_key), ("place", "")]), &it.name))
                    " " (code(&it.region_key))
                    @if let Some(people) = it.population { ", " (format::number(lang, i64::try_from(people).unwrap_or(i64::MAX))) " " (asked.t("Menschen", "people")) }
                }
            }
        }
    }
}

/// The elements of both scenarios, the years, and what figures are multiplied by.
pub(super) fn choice(asked: &Asked<'_>, municipality: &Municipality, offer: &Offer) -> Markup {
    html! {
        (section(asked.t("Was Sie wählen", "What you choose"), html! {
            @if !offer.mandatory.is_empty() { (mandatory(asked, offer)) }
            form.app-form.app-form--wide method="get" action=(asked.opened().path("/costs")) {
                input type="hidden" name="asked" value="1";
                input type="hidden" name="ars" value=(municipality.region_key);
                div.app-pair { @for scenario in SCENARIOS { (elements(asked, scenario, offer)) } }
                (years(asked))
                (multipliers(asked, municipality))
                (row(button(asked.t("Rechnen", "Calculate"))))
            }
        }))
    }
}

/// What is mandatory, since when, for whom and by which decision.
fn mandatory(asked: &Asked<'_>, offer: &Offer) -> Markup {
    let columns = [
        Column::new(asked.t("Baustein", "Element")),
        Column::new(asked.t("Seit", "Since")),
        Column::new(asked.t("Beschluss", "Decision")),
        Column::new(asked.t("Was das heißt", "What that means")),
    ];
    let unknown = asked.t("nicht angegeben", "not stated");
    let rows = offer.mandatory.iter().map(|it| {
        let decision = match (&it.decision, &it.decision_title) {
            (Some(id), Some(title)) => link(&asked.view.path(Section::Decisions, id), title.get(asked.german())),
            (Some(id), None) => code(id),
            (None, _) => html! { (unknown) },
        };
        vec![
            link(&asked.view.path(Section::Elements, &it.element), it.title.get(asked.german())),
            html! { (it.since.as_deref().unwrap_or(unknown)) },
            decision,
            html! { (asked.t(&it.de, &it.en)) @if it.ticked { " " (asked.t("Unten von Anfang an angekreuzt.", "Ticked below from the start.")) } },
        ]
    });
    let caption = asked.t("Verbindliche Bausteine dieser Karte", "Mandatory elements of this map");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    details(caption, html! { (table) })
}

/// The elements of one scenario, to be ticked.
fn elements(asked: &Asked<'_>, scenario: &'static str, offer: &Offer) -> Markup {
    let map = &asked.opened().index().map;
    let ticked = if asked.sent() {
        asked.ticked(scenario)
    } else {
        let first = offer.mandatory.iter().filter(|it| it.ticked && scenario == "a");
        first.map(|it| it.element.as_str()).collect()
    };
    let german = asked.german();
    let mandatory = |id: &str| offer.mandatory.iter().find(|it| it.element == id);
    let stated = |id: &str| offer.with_costs.iter().any(|it| it == id);
    let label = |id: &str, title: &str| match mandatory(id) {
        Some(it) if it.ticked => {
            let since = it
                .since
                .as_deref()
                .map(|it| format!(", {} {it}", asked.t("seit", "since")))
                .unwrap_or_default();
            format!("{title} ({}{since})", asked.t("verbindlich", "mandatory"))
        }
        _ => title.to_owned(),
    };
    let all = map.entries(Section::Elements);
    let first = |id: &str| stated(id) || mandatory(id).is_some_and(|it| it.ticked) || ticked.contains(&id);
    let labelled = |wanted: bool| -> Vec<(&str, String)> {
        let fitting = all.iter().filter(|it| first(&it.id) == wanted).take(MOST);
        fitting.map(|it| (it.id.as_str(), label(&it.id, it.title(german)))).collect()
    };
    let (near, far) = (labelled(true), labelled(false));
    let choices = |of: &'_ [(&'_ str, String)]| -> Vec<(String, String)> {
        of.iter().map(|(id, label)| ((*id).to_owned(), label.clone())).collect()
    };
    let (near, far) = (choices(&near), choices(&far));
    let near: Vec<Choice<'_>> = near.iter().map(|(id, label)| Choice::new(id, label)).collect();
    let far: Vec<Choice<'_>> = far.iter().map(|(id, label)| Choice::new(id, label)).collect();
    let name = format!("{scenario}.name");
    let legend = asked.name(scenario);
    let body = html! {
        (text_field(&name, asked.t("Wie es heißt", "What it is called")).value(asked.value(&name)).optional())
        @if scenario == "b" {
            (note(asked.t("Lassen Sie es leer, wenn Sie nicht vergleichen wollen. Zum Vergleich: im ersten auf das gemeinsame Verfahren wechseln, hier das bisherige behalten.", "Leave it empty if you do not want to compare. To compare: move to the shared system in the first one, keep the present one here.")))
        }
        @if near.is_empty() { p.kern-body { (asked.t("Zu keinem Baustein dieser Karte ist bisher ein Betrag angegeben.", "No amount is stated for any element of this map so far.")) } }
        @else { (checkboxes(scenario, asked.t("Bausteine mit Kostenangaben oder Pflicht", "Elements with stated costs or an obligation"), &near).values(&ticked).id(format!("{scenario}-near"))) }
        @if !far.is_empty() {
            (details(asked.t("Bausteine ohne Kostenangaben", "Elements without stated costs"), html! {
                (checkboxes(scenario, &format!("{legend}: {}", asked.t("ohne Kostenangaben", "without stated costs")), &far).values(&ticked).id(format!("{scenario}-far")))
            }))
        }
        (when(asked, scenario))
    };
    html! { (fieldset(&format!("scenario-{scenario}"), &legend, body)) }
}

/// From when until when each ticked element is used.
fn when(asked: &Asked<'_>, scenario: &str) -> Markup {
    let ticked = if asked.sent() { asked.ticked_of(scenario) } else { Vec::new() };
    let map = &asked.opened().index().map;
    html! {
        @if !ticked.is_empty() {
            (details(asked.t("Ab wann und bis wann", "From when until when"), html! {
                @for id in ticked {
                    @let title = map.entry(Section::Elements, id).map_or(id, |it| it.title(asked.german()));
                    @let (from, until) = (format!("{scenario}.from.{id}"), format!("{scenario}.until.{id}"));
                    @let (from_label, until_label) = (format!("{title}: {}", asked.t("ab Jahr", "from year")), format!("{title}: {}", asked.t("bis Jahr", "until year")));
                    (grid(html! {
                        (number_field(&from, &from_label).value(asked.value(&from)).narrow(6).optional())
                        (number_field(&until, &until_label).value(asked.value(&until)).narrow(6).optional())
                    }))
                }
            }))
        }
    }
}

fn years(asked: &Asked<'_>) -> Markup {
    let usual = |name: &str, usual: u16| {
        let said = asked.value(name);
        if said.is_empty() { usual.to_string() } else { said.to_owned() }
    };
    html! {
        (grid(html! {
            (number_field("first", asked.t("Erstes Jahr", "First year")).value(usual("first", asked.this_year)).narrow(6))
            (number_field("years", asked.t("Wie viele Jahre", "How many years")).value(usual("years", DEFAULT_YEARS)).attribute("min", "1").attribute("max", "50").narrow(6))
        }))
    }
}

/// Workplaces and cases: only figures that somebody gives are counted with.
fn multipliers(asked: &Asked<'_>, municipality: &Municipality) -> Markup {
    let map = &asked.opened().index().map;
    let ticked = SCENARIOS.iter().flat_map(|it| asked.ticked_of(it));
    let cases = counted_cases(map, ticked);
    let workplaces = municipality.workplaces.map(|it| it.to_string()).unwrap_or_default();
    html! {
        (number_field("workplaces", asked.t("Arbeitsplätze in Ihrer Verwaltung", "Workplaces of your administration")).value(workplaces).attribute("min", "0").narrow(9)
            .hint(asked.t("Für Beträge je Arbeitsplatz. Ohne die Zahl heißt es dort „mindestens“.", "For amounts per workplace. Without the figure it says “at least” there.")).optional())
        @for key in &cases {
            @let name = format!("case.{key}");
            @let label = format!("{} {key}", asked.t("Fälle im Jahr, Verwaltungsleistung (LeiKa)", "Cases a year, public service (LeiKa)"));
            (number_field(&name, &label).value(asked.value(&name)).attribute("min", "0").narrow(9).optional())
        }
    }
}
