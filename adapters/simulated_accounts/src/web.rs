//! The pages of the simulators; each says what it is.

use crate::{
    SimulatedAccounts,
    model::{Account, Message, Part, Reply, Shown},
};
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result, Text,
    http::{Form, Path, Query},
};
use maud::{Markup, html};
use saml::{Level, Method, bundid};
use serde::Deserialize;
use ui::{Alert, Shell, Tone};
use url::form_urlencoded::{self, Serializer};

pub fn router(accounts: &SimulatedAccounts) -> Router {
    Router::new()
        .route("/simulator/accounts", get(about))
        .route("/simulator/accounts/{account}/saml", get(by_redirect).post(by_post))
        .route("/simulator/accounts/{account}/choose", get(choose))
        .route("/simulator/accounts/{account}/answer", post(answer))
        .route("/simulator/accounts/{account}/metadata", get(metadata))
        .with_state(accounts.clone())
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "SAMLRequest", default)]
    request: String,
    #[serde(rename = "RelayState", default)]
    state: String,
}

/// The page is shown at an address, so that it can be read in both languages.
async fn by_post(Path(account): Path<String>, Form(asked): Form<Asked>) -> Redirect {
    let pairs = [("post", &asked.request), ("state", &asked.state)];
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    Redirect::to(&format!("/simulator/accounts/{account}/choose?{query}"))
}

/// The signature covers the query as it came, so it goes on as one value.
async fn by_redirect(Path(account): Path<String>, RawQuery(query): RawQuery) -> Redirect {
    let came = query.unwrap_or_default();
    let state = form_urlencoded::parse(came.as_bytes()).find(|(name, _)| name == "RelayState");
    let state = state.map(|(_, it)| it.into_owned()).unwrap_or_default();
    let query =
        Serializer::new(String::new()).append_pair("redirect", &came).append_pair("state", &state).finish();
    Redirect::to(&format!("/simulator/accounts/{account}/choose?{query}"))
}

async fn choose(
    State(accounts): State<SimulatedAccounts>,
    ctx: Ctx,
    shell: Shell,
    Path(name): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let state = chosen.state.clone();
    let (account, shown) = accounts.show(&ctx, &name, chosen.message(), &state)?;
    Ok(match shown {
        Ok(shown) => uncached(choices(&shell, account, &shown)),
        Err(reply) => passing(&shell, account, &reply),
    })
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    post: String,
    #[serde(default)]
    redirect: String,
    #[serde(default)]
    state: String,
    choice: Option<String>,
}

impl Chosen {
    fn message(self) -> Message {
        if self.redirect.is_empty() { Message::Post(self.post) } else { Message::Redirect(self.redirect) }
    }
}

async fn answer(
    State(accounts): State<SimulatedAccounts>,
    ctx: Ctx,
    shell: Shell,
    Path(name): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response> {
    let message = if chosen.redirect.is_empty() {
        Message::Post(chosen.post)
    } else {
        Message::Redirect(chosen.redirect)
    };
    let (account, shown) = accounts.show(&ctx, &name, message, &chosen.state)?;
    let reply = match shown {
        Ok(shown) => accounts.answer(&ctx, &name, &shown, chosen.choice.as_deref())?,
        Err(reply) => reply,
    };
    Ok(passing(&shell, account, &reply))
}

async fn metadata(
    State(accounts): State<SimulatedAccounts>,
    Path(account): Path<String>,
) -> Result<Response> {
    Ok(([(header::CONTENT_TYPE, "application/samlmetadata+xml")], accounts.metadata(&account)?)
        .into_response())
}

async fn about(shell: Shell) -> Markup {
    let title = shell.t("SIMULATOR: Konten zum Ausprobieren", "SIMULATOR: accounts for trying things out");
    let body = html! {
        (ui::title(title))
        (warning(&shell, None))
        @for account in Account::ALL {
            (ui::section(account.plays(), html! {
                ul.kern-list.kern-list--bullet {
                    @for part in account.parts() {
                        li { (part.name) ": " (shell.text(part.about)) " – " (shell.text(level(part.level))) }
                    }
                }
            }))
        }
        (ui::row(ui::link_button("/sign-in", shell.t("Zur Anmeldung", "To the sign-in")).primary()))
    };
    shell.page(title, body)
}

/// Who one can be; whoever cannot do what is asked for has no button.
fn choices(shell: &Shell, account: Account, shown: &Shown) -> Markup {
    let title = match shell.lang() {
        kernel::Lang::De => format!("SIMULATOR {}: Wer möchten Sie sein?", account.plays()),
        kernel::Lang::En => format!("SIMULATOR {}: who do you want to be?", account.plays()),
    };
    let organisation = shown.request.extension.as_ref().map(|it| it.organisation.clone()).unwrap_or_default();
    let body = html! {
        (ui::title(&title))
        (warning(shell, Some(account)))
        dl.kern-description-list {
            @if !organisation.is_empty() {
                (line(shell.t("Anfrage von", "Asked by"), &organisation))
            }
            (line(shell.t("Verlangtes Vertrauensniveau", "Level asked for"), shell.text(level(shown.request.level.unwrap_or(Level::Normal)))))
            @if let Ok(extension) = &shown.request.extension {
                (line(shell.t("Verlangte Angaben", "Data asked for"), &asked(shell, extension)))
            }
        }
        (ui::grid(html! {
            @for part in account.parts() { (card(shell, account, part, shown)) }
        }))
        (form(account, shown, None, &html! {
            (ui::button(shell.t("Abbrechen", "Cancel")).secondary())
        }))
    };
    shell.draw(title).body(body)
}

fn card(shell: &Shell, account: Account, part: &Part, shown: &Shown) -> Markup {
    let low = shown.request.level.is_some_and(|it| part.level < it);
    let barred = shown.request.extension.as_ref().is_ok_and(|it| !it.methods.contains(&part.method));
    let tone = if part.level == Level::Normal { Tone::Info } else { Tone::Success };
    let foot = if low {
        ui::note(
            shell
                .t("Das Vertrauensniveau reicht dafür nicht.", "This level of assurance is not enough here."),
        )
    } else if barred {
        ui::note(shell.t("Dieses Mittel ist hier nicht zugelassen.", "This means is not allowed here."))
    } else {
        let words = match shell.lang() {
            kernel::Lang::De => format!("Als {} anmelden", part.name),
            kernel::Lang::En => format!("Sign in as {}", part.name),
        };
        form(account, shown, Some(part.id), &html! { (ui::button(words)) })
    };
    html! {
        (ui::card(part.name)
            .level(2)
            .above(shell.text(means(part.method)))
            .body(html! {
                p.kern-body { (shell.text(part.about)) }
                (ui::badge(tone, shell.text(level(part.level))))
            })
            .foot(foot))
    }
}

/// A form that sends the request along, so that nothing needs to be remembered.
fn form(account: Account, shown: &Shown, choice: Option<&str>, inside: &Markup) -> Markup {
    let action = format!("/simulator/accounts/{}/answer", account.name());
    let (name, value) = match &shown.message {
        Message::Post(field) => ("post", field),
        Message::Redirect(query) => ("redirect", query),
    };
    html! {
        form action=(action) method="post" {
            input type="hidden" name=(name) value=(value);
            input type="hidden" name="state" value=(shown.state);
            @if let Some(choice) = choice { input type="hidden" name="choice" value=(choice); }
            (inside)
        }
    }
}

fn line(name: &str, value: &str) -> Markup {
    html! {
        div.kern-description-list-item {
            dt.kern-description-list-item__key { (name) }
            dd.kern-description-list-item__value { (value) }
        }
    }
}

/// The attributes in words.
fn asked(shell: &Shell, extension: &saml::Extension) -> String {
    let marked = extension.attributes.iter().map(|it| {
        let name = bundid::ATTRIBUTES
            .iter()
            .find(|(_, oid)| *oid == it.name)
            .map_or(it.name.as_str(), |(name, _)| name);
        let name =
            WORDS.iter().find(|(known, ..)| *known == name).map_or(name, |(_, de, en)| shell.t(de, en));
        if it.required { format!("{name} ({})", shell.t("nötig", "needed")) } else { name.to_owned() }
    });
    marked.collect::<Vec<_>>().join(", ")
}

/// Attributes that are often asked for: our name, German, English.
const WORDS: [(&str, &str, &str); 15] = [
    ("given_name", "Vorname", "given name"),
    ("family_name", "Familienname", "family name"),
    ("birth_family_name", "Geburtsname", "name at birth"),
    ("birthdate", "Geburtsdatum", "date of birth"),
    ("place_of_birth", "Geburtsort", "place of birth"),
    ("nationality", "Staatsangehörigkeit", "nationality"),
    ("email", "E-Mail-Adresse", "e-mail address"),
    ("street_address", "Straße und Hausnummer", "street and number"),
    ("postal_code", "Postleitzahl", "postal code"),
    ("locality", "Ort", "town"),
    ("country", "Land", "country"),
    ("mailbox", "Adresse des Postfachs", "address of the mailbox"),
    ("bpk2", "Pseudonym für dieses Angebot", "pseudonym for this site"),
    ("level", "Vertrauensniveau", "level of assurance"),
    ("proved_by", "Mittel der Anmeldung", "means of the sign-in"),
];

fn level(level: Level) -> Text {
    match level {
        Level::Normal => Text { de: "Vertrauensniveau normal", en: "Level of assurance normal" },
        Level::Substantial => {
            Text { de: "Vertrauensniveau substanziell", en: "Level of assurance substantial" }
        }
        Level::High => Text { de: "Vertrauensniveau hoch", en: "Level of assurance high" },
    }
}

fn means(method: Method) -> Text {
    match method {
        Method::Eid => Text { de: "Online-Ausweis (eID)", en: "Online identity card (eID)" },
        Method::Elster => Text { de: "ELSTER-Zertifikat", en: "ELSTER certificate" },
        Method::Benutzername => Text { de: "Benutzername", en: "User name" },
        other => Text { de: other.name(), en: other.name() },
    }
}

fn warning(shell: &Shell, account: Option<Account>) -> Markup {
    let title = match (account, shell.lang()) {
        (Some(account), kernel::Lang::De) => format!("SIMULATOR – das ist nicht {}", account.plays()),
        (Some(account), kernel::Lang::En) => format!("SIMULATOR – this is not {}", account.plays()),
        (None, kernel::Lang::De) => "SIMULATOR – das sind keine echten Konten".to_owned(),
        (None, kernel::Lang::En) => "SIMULATOR – these are no real accounts".to_owned(),
    };
    let text = shell.t(
        "Personen und Unternehmen sind erfunden. Den Simulator gibt es nur im Demobetrieb.",
        "Persons and companies are invented. The simulator exists in the demo only.",
    );
    Alert::new(Tone::Warning, &title).text(text).done()
}

/// The form that carries the answer; the script of the page sends it at once.
fn passing(shell: &Shell, account: Account, reply: &Reply) -> Response {
    let title = shell.t("SIMULATOR: Zurück zur Anmeldung", "SIMULATOR: back to the sign-in");
    let body = html! {
        (ui::title(title))
        (warning(shell, Some(account)))
        form action=(reply.address) method="post" data-send-at-once {
            input type="hidden" name="SAMLResponse" value=(reply.response);
            input type="hidden" name="RelayState" value=(reply.state);
            (ui::button(shell.t("Weiter", "Continue")))
        }
    };
    let page = shell.draw(title).script("send").body(body);
    let mut response = uncached(page);
    // From here the browser is led on, at the end to whoever wanted the sign-in; browsers apply the rule to all of that way.
    let policy = ui::CONTENT_SECURITY_POLICY.replace("form-action 'self'", "form-action 'self' https: http:");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn uncached(page: Markup) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], page).into_response()
}
