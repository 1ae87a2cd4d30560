//! The wallet as a page: who asks for what, whose identity data are shown, yes or no. Every page says that it is a simulator.

use crate::{
    model::{Condition, Format, PERSONS, Person},
    names::fault,
    operations::{Outcome, PATH, STATUS, SimulatedWallet},
    rules::request::Checked,
};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kernel::{
    Ctx, Result,
    http::{Form, Query},
};
use maud::{Markup, html};
use openid4vp::dcql::{ClaimQuery, CredentialQuery, PathPart};
use serde::Deserialize;
use ui::{Cell, Choice, Column, Shell, Table, Tone};

/// The parameters with which a verifier calls a wallet (OpenID4VP 1.0, section 5.2).
#[derive(Deserialize)]
struct Call {
    client_id: Option<String>,
    request_uri: Option<String>,
    request_uri_method: Option<String>,
}

/// What the tester decided.
#[derive(Deserialize)]
struct Decision {
    client_id: String,
    /// The request as it was fetched; it is checked again.
    request: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    format: String,
    act: String,
}

pub(crate) fn router(wallet: SimulatedWallet) -> Router {
    Router::new().route(PATH, get(open).post(decide)).route(STATUS, get(status_list)).with_state(wallet)
}

async fn open(
    State(wallet): State<SimulatedWallet>,
    shell: Shell,
    ctx: Ctx,
    Query(call): Query<Call>,
) -> Result<Markup> {
    let (Some(client_id), Some(address)) = (&call.client_id, &call.request_uri) else {
        return Ok(introduction(&shell));
    };
    let post = call.request_uri_method.as_deref() == Some("post");
    let (compact, checked) = wallet.fetch(&ctx, client_id, address, post).await?;
    let formats: Vec<Format> = Format::ALL
        .into_iter()
        .filter(|format| {
            PERSONS.first().is_some_and(|it| wallet.preview(&ctx, it, *format, &checked).is_some())
        })
        .collect();
    Ok(question(&shell, &compact, &checked, &formats))
}

async fn decide(
    State(wallet): State<SimulatedWallet>,
    shell: Shell,
    ctx: Ctx,
    Form(decision): Form<Decision>,
) -> Result<Response> {
    let checked = wallet.check(&ctx, &decision.request, &decision.client_id)?;
    let outcome = if decision.act == "decline" {
        wallet.decline(&ctx, &checked).await?
    } else {
        let person = Person::find(&decision.person).ok_or_else(|| fault::BAD_CHOICE.at("person"))?;
        let format = Format::parse(&decision.format).ok_or_else(|| fault::BAD_CHOICE.at("format"))?;
        wallet.present(&ctx, person, format, &checked).await?
    };
    Ok(match outcome {
        Outcome::Follow(address) => Redirect::to(&address).into_response(),
        Outcome::Done => done(&shell).into_response(),
        Outcome::Refused(reason) => refused(&shell, &reason).into_response(),
    })
}

async fn status_list(State(wallet): State<SimulatedWallet>, ctx: Ctx) -> Result<Response> {
    let list = wallet.status_list(&ctx)?;
    let headers = [(header::CONTENT_TYPE, sdjwt::status::MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, headers, list).into_response())
}

/// What every page of the simulator begins with.
fn marked(shell: &Shell) -> Markup {
    ui::alert(
        Tone::Warning,
        shell.t("SIMULATOR – keine echte Wallet", "SIMULATOR – not a real wallet"),
        html! {
            p.kern-body {
                (shell.t(
                    "Diese Seite spielt Wallet und Ausweisbehörde, damit Sie die Anmeldung ohne Handy ausprobieren können. Alle Personen sind erfunden. Außerhalb des Demobetriebs gibt es diese Seite nicht.",
                    "This page plays the wallet and the authority behind it, so that you can try signing in without a phone. All persons are invented. Outside the demo this page does not exist.",
                ))
            }
        },
    )
}

fn page(shell: &Shell, title: &str, body: &Markup) -> Markup {
    shell.page(title, html! { (marked(shell)) (ui::title(title)) (body) })
}

fn introduction(shell: &Shell) -> Markup {
    let rows = PERSONS.iter().map(|it| {
        let cell = |text: &str| -> Cell {
            html! { (text) }
        };
        vec![cell(&it.name()), cell(&born(shell, it)), cell(condition(shell, it.condition))]
    });
    let columns = [
        shell.t("Person", "Person"),
        shell.t("Geburtsdatum", "Date of birth"),
        shell.t("Besonderheit", "What is special"),
    ];
    let body = html! {
        (ui::lead(shell.t(
            "Beginnen Sie auf der Anmeldeseite mit „EUDI-Wallet“; von dort kommen Sie hierher zurück.",
            "Begin on the sign-in page with “EUDI wallet”; it leads back here.",
        )))
        (ui::row(ui::link_button("/sign-in", shell.t("Zur Anmeldung", "To the sign-in page")).primary()))
        (Table::new(shell.t("Erfundene Personen", "Invented persons"), columns.map(Column::new)).rows(rows))
    };
    page(shell, shell.t("Entwicklungs-Wallet", "Development wallet"), &body)
}

fn question(shell: &Shell, compact: &str, checked: &Checked, formats: &[Format]) -> Markup {
    let request = &checked.request;
    let persons: Vec<(String, Option<&str>)> = PERSONS
        .iter()
        .map(|it| {
            (it.name(), Some(condition(shell, it.condition)).filter(|_| it.condition != Condition::Valid))
        })
        .collect();
    let persons: Vec<Choice<'_>> = PERSONS
        .iter()
        .zip(&persons)
        .map(|(it, (name, hint))| Choice { value: it.id, label: name, hint: *hint })
        .collect();
    let choices: Vec<Choice<'_>> =
        formats.iter().map(|it| Choice::new(it.name(), format_name(*it))).collect();
    let chosen = formats.first().map(|it| it.name()).unwrap_or_default();
    let body = html! {
        (ui::lead(shell.t("Jemand möchte Ihre Identitätsdaten sehen.", "Somebody wants to see your identity data.")))
        (who(shell, checked))
        (asked(shell, checked))
        form.app-stack method="post" action=(PATH) {
            input type="hidden" name="client_id" value=(request.client_id);
            input type="hidden" name="request" value=(compact);
            @if formats.is_empty() {
                (ui::alert(Tone::Danger, shell.t("Nichts passt", "Nothing fits"), html! {
                    p.kern-body { (shell.t("Diese Wallet hat nicht, wonach gefragt wird. Sie können nur ablehnen.", "This wallet does not have what is asked for. You can only decline.")) }
                }))
            } @else {
                (ui::radios("person", shell.t("Wer sind Sie?", "Who are you?"), &persons).value("erika"))
                (ui::radios("format", shell.t("In welchem Format?", "In which format?"), &choices).value(chosen))
            }
            div.app-row {
                @if !formats.is_empty() {
                    (ui::button(shell.t("Zustimmen und zeigen", "Agree and show")).sends("act", "consent"))
                }
                (ui::button(shell.t("Ablehnen", "Decline")).secondary().sends("act", "decline"))
            }
        }
    };
    page(shell, shell.t("Daten zeigen?", "Show data?"), &body)
}

/// Who asks: what the certificate says, not what the request says of itself.
fn who(shell: &Shell, checked: &Checked) -> Markup {
    let own = checked.request.client_metadata.client_name.as_deref();
    let mut items = vec![
        (shell.t("Organisation", "Organisation"), html! { (checked.organisation) }),
        (shell.t("Dienst", "Name"), html! { (checked.name) }),
    ];
    if let Some(own) = own {
        items.push((shell.t("Nennt sich selbst", "Calls itself"), html! { (own) }));
    }
    items.push((shell.t("Fingerabdruck", "Fingerprint"), ui::code(&checked.request.client_id)));
    let registered =
        checked.request.verifier_info.iter().flatten().any(|it| it.format == "registration_cert");
    let words = if registered {
        shell.t("liegt bei (hier nicht geprüft)", "enclosed (not checked here)")
    } else {
        shell.t("liegt nicht bei", "not enclosed")
    };
    items.push((shell.t("Registrierungszertifikat", "Registration certificate"), html! { (words) }));
    html! {
        (ui::heading(shell.t("Wer fragt", "Who asks")))
        (ui::description_list(&items))
    }
}

/// What is asked for, a card for each credential of the query.
fn asked(shell: &Shell, checked: &Checked) -> Markup {
    let several = checked.request.dcql_query.credential_sets.is_some();
    html! {
        (ui::heading(shell.t("Wonach gefragt wird", "What is asked for")))
        @if several {
            (ui::paragraph(shell.t("Je nach Format; gezeigt wird nur eines davon.", "By format; only one of them is shown.")))
        }
        @for credential in &checked.request.dcql_query.credentials {
            @let format = Format::parse(&credential.format);
            (ui::subheading(match format { Some(it) => format_name(it), None => &credential.format }))
            ul.kern-list.kern-list--bullet {
                @for claim in credential.claims.iter().flatten() {
                    li {
                        (claim_name(shell, claim.path.parts()))
                        @if is_optional(credential, claim) { " " (shell.t("(wenn vorhanden)", "(where there is one)")) }
                        @if claim.intent_to_retain == Some(true) {
                            " " (ui::badge(Tone::Info, shell.t("wird gespeichert", "will be kept")))
                        }
                    }
                }
            }
        }
    }
}

/// Whether one of the alternatives goes without a claim.
fn is_optional(credential: &CredentialQuery, claim: &ClaimQuery) -> bool {
    let lacks = |set: &Vec<String>| claim.id.as_ref().is_none_or(|id| !set.contains(id));
    credential.claim_sets.as_ref().is_some_and(|it| it.iter().any(lacks))
}

fn done(shell: &Shell) -> Markup {
    let title = shell.t("Antwort gesendet", "Answer sent");
    page(
        shell,
        title,
        &ui::paragraph(shell.t("Sie können dieses Fenster schließen.", "You can close this window.")),
    )
}

fn refused(shell: &Shell, reason: &str) -> Markup {
    let body = html! {
        (ui::lead(shell.t(
            "Die Gegenstelle hat die Antwort der Wallet nicht angenommen.",
            "The verifier did not accept the wallet's answer.",
        )))
        (ui::description_list(&[(shell.t("Grund", "Reason"), html! { (reason) })]))
        (ui::row(ui::link_button("/sign-in", shell.t("Zur Anmeldung", "To the sign-in page"))))
    };
    page(shell, shell.t("Nicht angenommen", "Not accepted"), &body)
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::SdJwt => "SD-JWT VC",
        Format::Mdoc => "mdoc (ISO/IEC 18013-5)",
    }
}

fn condition(shell: &Shell, condition: Condition) -> &'static str {
    match condition {
        Condition::Valid => shell.t("gültig", "valid"),
        Condition::Revoked => shell.t("Die Daten sind gesperrt.", "The data are revoked."),
        Condition::Expired => shell.t("Die Daten sind abgelaufen.", "The data have expired."),
    }
}

/// `12.08.1964` or `1964-08-12`.
fn born(shell: &Shell, person: &Person) -> String {
    let mut parts: Vec<&str> = person.birth_date.split('-').collect();
    if shell.lang() == kernel::Lang::En {
        return person.birth_date.to_owned();
    }
    parts.reverse();
    parts.join(".")
}

/// A claim in words where there are some, with its name on the wire.
fn claim_name(shell: &Shell, path: &[PathPart]) -> Markup {
    let wire = crate::rules::answer::words(path);
    let words = match wire.as_str() {
        "family_name" => shell.t("Familienname", "Family name"),
        "given_name" => shell.t("Vornamen", "Given names"),
        "birthdate" | "birth_date" => shell.t("Geburtsdatum", "Date of birth"),
        "birth_family_name" | "family_name_birth" => shell.t("Geburtsname", "Family name at birth"),
        "place_of_birth" | "place_of_birth/locality" => shell.t("Geburtsort", "Place of birth"),
        "address" | "resident_address" | "address/formatted" => shell.t("Anschrift", "Address"),
        "address/street_address" | "resident_street" => shell.t("Straße", "Street"),
        "resident_house_number" => shell.t("Hausnummer", "House number"),
        "address/postal_code" | "resident_postal_code" => shell.t("Postleitzahl", "Postal code"),
        "address/locality" | "resident_city" => shell.t("Wohnort", "Town"),
        "address/country" | "resident_country" => shell.t("Staat", "Country"),
        "nationalities" | "nationality" | "nationalities/*" => shell.t("Staatsangehörigkeit", "Nationality"),
        "sex" => shell.t("Geschlecht", "Sex"),
        "issuing_country" => shell.t("Ausstellender Staat", "Issuing country"),
        "personal_administrative_number" => {
            shell.t("Persönliche Kennnummer", "Personal administrative number")
        }
        "age_equal_or_over/18" | "age_over_18" => shell.t("Volljährigkeit", "Being of age"),
        _ => "",
    };
    html! { @if !words.is_empty() { (words) " " } (ui::code(&wire)) }
}
