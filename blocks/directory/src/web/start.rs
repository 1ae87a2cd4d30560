//! The start page: a place, a public service, and who is competent.

use super::address;
use crate::{
    names::{fault, may},
    operations::{Directory, Index},
};
use axum::extract::State;
use kernel::{Ctx, Error, Result, http::Query};
use ports::directory::{Competence, Directory as _};
use regions::RegionKey;
use serde::Deserialize;
use ui::{
    Alert, Markup, Shell, Tone, button, card, check_list, description_list, details, grid, hero, html, lead,
    link_button, note, paragraph, row, search_field, search_form, section, stepper, text_field, title,
};

/// What the start page was asked.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Asked {
    place: String,
    region: String,
    public_service: String,
    q: String,
}

/// The start page in its three steps.
pub(super) async fn show(
    State(directory): State<Directory>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let index = directory.index();
    if asked.region.is_empty() {
        return Ok(choose_place(&shell, &index, &asked));
    }
    let region = index.read_region(&asked.region)?;
    if asked.public_service.is_empty() {
        return Ok(choose_public_service(&shell, &ctx, &index, region, &asked.q));
    }
    let found = directory.competence(&ctx, &asked.public_service, &asked.region).await;
    result(&shell, &index, region, &asked.public_service, found)
}

fn steps(shell: &Shell, current: usize) -> Markup {
    let names = [
        shell.t("Ort", "Place"),
        shell.t("Leistung", "Public service"),
        shell.t("Zuständige Stelle", "Competent office"),
    ];
    stepper(shell.lang(), &names, current)
}

fn place_form(shell: &Shell, asked: &Asked) -> Markup {
    html! {
        form.app-search role="search" action="/" method="get" {
            @if !asked.public_service.is_empty() { input type="hidden" name="publicService" value=(asked.public_service); }
            (text_field("place", shell.t("Ort oder Postleitzahl", "Place or postcode"))
                .value(asked.place.as_str())
                .hint(shell.t("Zum Beispiel Kassel oder 34117", "For example Kassel or 34117"))
                .autocomplete("off")
                .attribute("data-places-url", "/api/v1/directory/places"))
            (button(shell.t("Weiter", "Continue")))
        }
    }
}

fn choose_place(shell: &Shell, index: &Index, asked: &Asked) -> Markup {
    let heading = shell.t("Wer ist für Ihr Anliegen zuständig?", "Which office handles your request?");
    let text = shell.t(
        "Nennen Sie Ihren Ort und die Leistung. Sie erfahren, welche Stelle zuständig ist und warum, und können Ihren Antrag gleich verschlüsselt senden.",
        "Name your place and the public service. You learn which office is competent and why, and can send your request right away, encrypted.",
    );
    shell.draw(shell.t("Leistung finden", "Find a public service")).script("places").body(html! {
        (hero(heading, text, place_form(shell, asked)))
        @if asked.place.is_empty() { (how_it_works(shell)) } @else { (hits(shell, index, asked)) }
        (note(html! { (regions::NOTICE) ". " (regions::POSTCODE_NOTICE) "." }))
    })
}

fn how_it_works(shell: &Shell) -> Markup {
    section(
        shell.t("So geht es", "How it works"),
        grid(html! {
            (card(shell.t("Ort nennen", "Name your place")).above(shell.t("Schritt 1", "Step 1")).text(shell.t(
                "Gemeinde oder Postleitzahl. Ein Tippfehler schadet nicht.",
                "Municipality or postcode. A typo does no harm.",
            )))
            (card(shell.t("Leistung wählen", "Choose the public service")).above(shell.t("Schritt 2", "Step 2")).text(shell.t(
                "Aus dem Verzeichnis der Verwaltungsleistungen, mit Ihren eigenen Worten gesucht.",
                "From the catalogue of public services, searched with your own words.",
            )))
            (card(shell.t("Antrag senden", "Send your submission")).above(shell.t("Schritt 3", "Step 3")).text(shell.t(
                "Ihr Browser verschlüsselt alles für die zuständige Stelle. Niemand sonst kann es lesen.",
                "Your browser encrypts everything for the competent office. Nobody else can read it.",
            )))
        }),
    )
}

fn hits(shell: &Shell, index: &Index, asked: &Asked) -> Markup {
    const MOST: usize = 20;
    let hits = index.places.search(&asked.place, MOST);
    if hits.is_empty() {
        return Alert::new(Tone::Warning, shell.t("Kein Ort gefunden", "No place found"))
            .text(shell.t(
                "Prüfen Sie die Schreibweise, oder geben Sie nur den Anfang des Namens oder die Postleitzahl ein.",
                "Check the spelling, or enter only the beginning of the name or the postcode.",
            ))
            .done();
    }
    section(
        shell.t("Welchen Ort meinen Sie?", "Which place do you mean?"),
        html! {
            ul.kern-list {
                @for hit in &hits {
                    li {
                        a.kern-link href=(chosen(hit.place.key, &asked.public_service)) { (hit.place.name) }
                        " (" @if hit.place.district != hit.place.name { (hit.place.district) ", " } (hit.place.state) ")"
                    }
                }
            }
        },
    )
}

/// The start page with a place, and the public service that was chosen before it.
fn chosen(region: RegionKey, public_service: &str) -> String {
    let region = region.to_string();
    if public_service.is_empty() {
        return address("/", &[("region", &region)]);
    }
    address("/", &[("region", &region), ("publicService", public_service)])
}

fn choose_public_service(shell: &Shell, ctx: &Ctx, index: &Index, region: RegionKey, typed: &str) -> Markup {
    const MOST: usize = 30;
    let name = short(&index.region_name(region));
    let heading = match shell.lang() {
        kernel::Lang::De => format!("Was möchten Sie in {name} erledigen?"),
        kernel::Lang::En => format!("What do you want to get done in {name}?"),
    };
    let key = region.to_string();
    let offered = index.offered_in(region, ctx.now(), true);
    let found = if typed.is_empty() { Vec::new() } else { index.find_public_services(typed) };
    let to = |public_service: &str| address("/", &[("region", &key), ("publicService", public_service)]);
    shell.draw(heading.clone()).trail(shell.t("Leistung finden", "Find a public service"), "/").body(html! {
        (steps(shell, 1))
        (title(&heading))
        @if typed.is_empty() && !offered.is_empty() {
            (section(shell.t("Hier online möglich", "Possible online here"), grid(html! {
                @for offer in offered.iter().take(MOST) {
                    (card(&index.public_service_label(shell.lang(), offer)).link(&to(offer)))
                }
            })))
        }
        (section(shell.t("Leistung suchen", "Search for a public service"), html! {
            (search_form(
                "/",
                search_field("q", shell.t("Worum geht es?", "What is it about?")).value(typed)
                    .hint(shell.t("Zum Beispiel Wohnsitz, Personalausweis, Gewerbe", "In German, for example Wohnsitz, Personalausweis, Gewerbe")),
                button(shell.t("Suchen", "Search")).icon("search"),
                html! { input type="hidden" name="region" value=(key); },
            ))
            @if !typed.is_empty() && found.is_empty() {
                (Alert::new(Tone::Warning, shell.t("Keine Leistung gefunden", "No public service found")).text(shell.t(
                    "Versuchen Sie es mit einem anderen Wort, oder nur mit dem Anfang eines Wortes.",
                    "Try another word, or only the beginning of a word.",
                )).live())
            }
            @if !found.is_empty() {
                ul.kern-list {
                    @for it in found.iter().take(MOST) {
                        li {
                            a.kern-link href=(to(&it.key)) { (it.name) }
                            @if offered.contains(&it.key.as_str()) { " " (ui::badge(Tone::Success, shell.t("online möglich", "possible online"))) }
                        }
                    }
                }
                (note(shell.t("Verzeichnis der Leistungen: LeiKa, Stand 2019, und eigene Einträge.", "Catalogue of public services: LeiKa, state 2019, and own entries.")))
            }
        }))
        (row(link_button("/", shell.t("Anderer Ort", "Another place")).tertiary()))
    })
}

fn result(
    shell: &Shell,
    index: &Index,
    region: RegionKey,
    public_service: &str,
    found: Result<Competence>,
) -> Result<Markup> {
    let key = region.to_string();
    let name = short(&index.region_name(region));
    let back = address("/", &[("region", &key)]);
    let body = match &found {
        Ok(it) => competent(shell, index, it),
        Err(error) if error.code() == fault::NO_RULE || error.code() == fault::CONFLICT => {
            nobody(shell, error)
        }
        Err(_) => return found.map(|_| html! {}),
    };
    let asked = crate::operations::read_public_service(public_service)?;
    let heading = format!("{}, {name}", index.public_service_label(shell.lang(), &asked));
    Ok(shell
        .draw(heading.clone())
        .trail(shell.t("Leistung finden", "Find a public service"), "/")
        .trail(name, back.clone())
        .body(html! {
            (steps(shell, 2))
            (title(&heading))
            (body)
            (row(link_button(&back, shell.t("Andere Leistung", "Another public service")).tertiary()))
        }))
}

/// The name as people say it: the register adds "Stadt" and the like after a comma.
fn short(name: &str) -> String {
    name.split(',').next().unwrap_or(name).to_owned()
}

fn nobody(shell: &Shell, error: &Error) -> Markup {
    let lang = shell.lang();
    let notice = Alert::new(Tone::Warning, error.code().title.get(lang));
    if error.issues().is_empty() {
        return notice.text(&error.detail(lang)).done();
    }
    notice
        .body(html! {
            (paragraph(shell.t(
                "Nach dem Verzeichnis kommen mehrere Stellen gleichermaßen in Frage. Fragen Sie eine davon; der Betrieb sieht diesen Widerspruch und muss ihn klären.",
                "By the directory several offices are competent alike. Ask one of them; the operator sees this contradiction and has to settle it.",
            )))
            ul.kern-list { @for it in error.issues() { li { (it.detail) } } }
        })
        .done()
}

fn competent(shell: &Shell, index: &Index, it: &Competence) -> Markup {
    let id = it.office_id.as_deref().or(it.destination_id.as_ref().map(ports::ids::DestinationId::as_str));
    let office = id.and_then(|id| index.body(id)).map(|it| &it.office);
    let why = index.say_why(shell.lang(), it);
    let form = address("/forms", &[("publicService", &it.public_service), ("region", &it.region)]);
    html! {
        (lead(&why))
        @if let Some(office) = office { (description_list(&contact(shell, office))) }
        @if it.destination_id.is_some() {
            (row(link_button(form, shell.t("Antrag online stellen", "Make a submission online")).primary()))
        } @else {
            (Alert::new(Tone::Info, shell.t("Kein Antrag über dieses Portal", "No submission by this portal")).text(shell.t(
                "Diese Stelle nimmt für diese Leistung hier keine Anträge entgegen. Wenden Sie sich bitte direkt an sie.",
                "This office takes no submissions for this public service here. Please contact it directly.",
            )))
        }
        (details(shell.t("Wie wurde das ermittelt?", "How was this found?"), asked_levels(shell, it)))
    }
}

fn asked_levels(shell: &Shell, it: &Competence) -> Markup {
    let texts: Vec<(Tone, String)> = it
        .climbed
        .iter()
        .map(|region| {
            let level = crate::operations::level_name(shell.lang(), region.level);
            let won = region.ars == it.rule_region;
            let outcome =
                if won { shell.t("Regel gefunden", "rule found") } else { shell.t("keine Regel", "no rule") };
            (if won { Tone::Success } else { Tone::Info }, format!("{level} {}: {outcome}", region.name))
        })
        .collect();
    let lines: Vec<(Tone, &str)> = texts.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
    html! {
        (paragraph(shell.t(
            "Gefragt wird von der kleinsten zur größten Ebene. Die erste Regel gilt.",
            "Levels are asked from the smallest to the largest. The first rule holds.",
        )))
        (check_list(shell.lang(), &lines))
        (note(html! { (shell.t("Kennung der Regel: ", "Identifier of the rule: ")) (ui::code(&it.rule)) }))
    }
}

/// How to reach an office.
pub(super) fn contact<'a>(shell: &'a Shell, office: &crate::model::Office) -> Vec<(&'a str, Markup)> {
    let mut items: Vec<(&str, Markup)> = Vec::new();
    let mut add = |label, value: &str, shown: Markup| {
        if !value.is_empty() {
            items.push((label, shown));
        }
    };
    add(shell.t("Anschrift", "Address"), &office.address, html! { (office.address) });
    add(shell.t("Telefon", "Telephone"), &office.phone, html! { (office.phone) });
    add("E-Mail", &office.email, html! { a.kern-link href={ "mailto:" (office.email) } { (office.email) } });
    add(shell.t("Internet", "Web"), &office.web, html! { a.kern-link href=(office.web) { (office.web) } });
    add(shell.t("Öffnungszeiten", "Opening hours"), &office.opening_hours, html! { (office.opening_hours) });
    add(shell.t("Hinweis", "Note"), &office.note, html! { (office.note) });
    items
}
