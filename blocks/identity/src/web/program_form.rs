//! A program is registered by a form.

use super::{
    back, operator,
    program::{address, method_title, scope_title},
};
use crate::{
    Identity,
    model::client::{AuthMethod, NewParty, Registration},
    names::{fault, may},
    rules::{permission, protocol::KNOWN, rights},
};
use axum::{
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Issue, Level, Result, http::read_body};
use ports::identity::Registered;
use serde_json::Value;
use ui::{Alert, Choice, Markup, Shell, Tone, html};
use url::form_urlencoded;

/// Keys and the certificates of a few authorities fit in.
const MAX_FORM: u64 = 256 * 1024;

const METHODS: [AuthMethod; 5] = [
    AuthMethod::PrivateKeyJwt,
    AuthMethod::TlsClientAuth,
    AuthMethod::SelfSignedTlsClientAuth,
    AuthMethod::ClientSecretPost,
    AuthMethod::None,
];

/// What stands in the form.
#[derive(Default)]
struct Sent {
    name: String,
    tenant: String,
    method: String,
    jwks: String,
    subject: String,
    authorities: String,
    certificate: String,
    redirects: String,
    logouts: String,
    scopes: Vec<String>,
    permissions: Vec<String>,
    level: String,
    fapi: bool,
    signed: bool,
    trusted: bool,
}

/// What is wrong, by the field it is wrong in.
type Faults = Vec<(&'static str, String)>;

impl Sent {
    /// What a new form offers.
    fn offered() -> Self {
        Self {
            method: wire(AuthMethod::PrivateKeyJwt),
            scopes: vec!["openid".to_owned()],
            fapi: true,
            ..Self::default()
        }
    }

    fn read(bytes: &[u8]) -> Self {
        let mut it = Self::default();
        for (key, value) in form_urlencoded::parse(bytes).into_owned() {
            match key.as_str() {
                "name" => it.name = value,
                "tenant" => it.tenant = value,
                "method" => it.method = value,
                "jwks" => it.jwks = value,
                "subject" => it.subject = value,
                "authorities" => it.authorities = value,
                "certificate" => it.certificate = value,
                "redirects" => it.redirects = value,
                "logouts" => it.logouts = value,
                "scope" => it.scopes.push(value),
                "permission" => it.permissions.push(value),
                "level" => it.level = value,
                "fapi" => it.fapi = true,
                "signed" => it.signed = true,
                "trusted" => it.trusted = true,
                _ => {}
            }
        }
        it
    }

    /// The program it describes; what belongs to another way of proving itself is left out.
    fn party(&self, ctx: &Ctx, method: AuthMethod) -> NewParty {
        let text = |it: &str| Some(it.trim().to_owned()).filter(|it| !it.is_empty());
        let certificate = match method {
            AuthMethod::TlsClientAuth => text(&self.subject),
            AuthMethod::SelfSignedTlsClientAuth => {
                let shown = pki::read_certificates(self.certificate.trim().as_bytes()).unwrap_or_default();
                shown.first().map(|it| oidc::certificate_thumbprint(it))
            }
            _ => None,
        };
        let registration = Registration {
            fapi: self.fapi,
            // What is no JSON is no JWK set either: the rules say so.
            jwks: text(&self.jwks).map(|it| serde_json::from_str(&it).unwrap_or(Value::String(it))),
            certificate,
            authorities: text(&self.authorities).filter(|_| method == AuthMethod::TlsClientAuth),
            redirect_uris: lines(&self.redirects),
            logout_uris: lines(&self.logouts),
            scopes: [self.scopes.as_slice(), self.permissions.as_slice()].concat(),
            signed_requests: self.signed,
            trusted: self.trusted,
            level: text(&self.level),
            ..Registration::default()
        };
        let tenant = if operator(ctx) { self.tenant.trim().to_owned() } else { ctx.tenant().to_owned() };
        NewParty { tenant, name: self.name.clone(), method, registration, ..NewParty::default() }
    }

    /// What the rules found, at the fields of this form.
    fn placed(&self, shell: &Shell, issues: &[Issue]) -> Faults {
        let placed = issues.iter().map(|it| {
            let mut parts = it.pointer.split('/').skip(1);
            let part = parts.next().unwrap_or_default();
            let position = parts.next().and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
            let line = |text: &str| {
                let line = lines(text).get(position).cloned().unwrap_or_default();
                format!("{line}: {}", it.detail)
            };
            match part {
                "tenant" => ("tenant", it.detail.clone()),
                "authMethod" => ("method", it.detail.clone()),
                "jwks" => ("jwks", it.detail.clone()),
                "certificate" if self.method == wire(AuthMethod::TlsClientAuth) => (
                    "subject",
                    shell
                        .t(
                            "Nötig ist der Inhaber des Zertifikats.",
                            "The subject of the certificate is needed.",
                        )
                        .to_owned(),
                ),
                "certificate" => (
                    "certificate",
                    shell
                        .t(
                            "Nötig ist ein lesbares Zertifikat (PEM).",
                            "A certificate that can be read is needed (PEM).",
                        )
                        .to_owned(),
                ),
                "authorities" => ("authorities", it.detail.clone()),
                "redirectUris" => ("redirects", line(&self.redirects)),
                "logoutUris" => ("logouts", line(&self.logouts)),
                "scopes" if position < self.scopes.len() => ("scope", it.detail.clone()),
                "scopes" => ("permission", it.detail.clone()),
                "level" => ("level", it.detail.clone()),
                _ => ("name", it.detail.clone()),
            }
        });
        placed.collect()
    }
}

/// The name of a way in registrations.
fn wire(method: AuthMethod) -> String {
    let value = serde_json::to_value(method).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The lines that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The form for a new program.
pub async fn new(State(_): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    ctx.require(may::MANAGE_CLIENTS)?;
    Ok(form(&shell, &ctx, &Sent::offered(), &Vec::new()))
}

/// Registers a program. A secret is shown this once: an answer, not a redirect, because it must not lie about anywhere until
/// the next request.
pub async fn register(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    body: Body,
) -> Result<Response> {
    ctx.require(may::MANAGE_CLIENTS)?;
    let sent = Sent::read(&read_body(body, MAX_FORM).await?);
    let again = |faults: Faults| {
        Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&shell, &ctx, &sent, &faults)).into_response())
    };
    let Some(method) = METHODS.into_iter().find(|it| wire(*it) == sent.method) else {
        let wrong = shell.t("Wählen Sie einen der Wege.", "Choose one of the ways.");
        return again(vec![("method", wrong.to_owned())]);
    };
    match identity.register_party(&ctx, sent.party(&ctx, method)).await {
        Ok(made) if made.secret.is_empty() => {
            Ok(back(&format!("{}?done=made", address(&made.id))).into_response())
        }
        Ok(made) => Ok(secret(&shell, &made)),
        Err(error) if error.code().code == fault::BAD_CLIENT.code => {
            again(sent.placed(&shell, error.issues()))
        }
        Err(error) => Err(error),
    }
}

fn secret(shell: &Shell, made: &Registered) -> Response {
    let title = shell.t("Programm eingetragen", "Program registered");
    let page = shell.draw(title).trail(shell.t("Programme", "Programs"), "/admin/programs").script("copy");
    let page = page.body(html! {
        (ui::title(title))
        (Alert::new(Tone::Warning, shell.t("Das Geheimnis wird nur jetzt angezeigt", "The secret is shown only now")).live().text(shell.t(
            "Legen Sie es dort ab, wo das Programm seine Zugangsdaten liest. Geht es verloren, löschen Sie das Programm und tragen es neu ein.",
            "Put it where the program reads its credentials. If it gets lost, remove the program and register it anew.")))
        (ui::copy_field(shell.lang(), "client-id", "client_id", &made.id))
        (ui::copy_field(shell.lang(), "client-secret", "client_secret", &made.secret))
        (ui::row(ui::link_button(address(&made.id), shell.t("Weiter zum Programm", "On to the program"))))
    });
    ([(header::CACHE_CONTROL, "no-store")], page).into_response()
}

fn form(shell: &Shell, ctx: &Ctx, sent: &Sent, faults: &Faults) -> Markup {
    let title = shell.t("Programm eintragen", "Register a program");
    let fault = |field: &str| faults.iter().find(|it| it.0 == field).map(|it| it.1.as_str());
    shell.draw(title).trail(shell.t("Programme", "Programs"), "/admin/programs").body(html! {
        (ui::title(title))
        (ui::lead(shell.t("Die Angaben bekommen Sie vom Betrieb des Programms.", "You get what is asked here from the operator of the program.")))
        (ui::error_summary(shell.lang(), faults))
        form.app-form action="/admin/programs/new" method="post" {
            (ui::text_field("name", "Name").value(sent.name.as_str()).error(fault("name"))
                .hint(shell.t("Diesen Namen sehen die Menschen, die sich anmelden.", "People who sign in see this name."))
                .attribute("maxlength", "200").autocomplete("off").required())
            @if operator(ctx) {
                (ui::text_field("tenant", shell.t("Mandant", "Tenant")).value(sent.tenant.as_str()).error(fault("tenant"))
                    .autocomplete("off").required())
            }
            (proof(shell, sent, &fault))
            (ui::textarea("redirects", shell.t("Rücksprungadressen", "Redirect addresses")).rows(3).value(sent.redirects.as_str())
                .hint(shell.t("Eine je Zeile (redirect_uris): dorthin kommt der Browser nach der Anmeldung.",
                    "One a line (redirect_uris): where the browser goes after the sign-in."))
                .error(fault("redirects")).optional())
            (ui::textarea("logouts", shell.t("Adressen nach dem Abmelden", "Addresses after signing out")).rows(2).value(sent.logouts.as_str())
                .hint(shell.t("Eine je Zeile (post_logout_redirect_uris).", "One a line (post_logout_redirect_uris)."))
                .error(fault("logouts")).optional())
            (scopes(shell, ctx, sent, &fault))
            (switches(shell, ctx, sent, &fault))
            (ui::row(html! {
                (ui::button(shell.t("Eintragen", "Register")))
                (ui::link_button("/admin/programs", shell.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
    })
}

/// How the program proves itself, with what each way needs.
fn proof<'f>(shell: &Shell, sent: &Sent, fault: &dyn Fn(&str) -> Option<&'f str>) -> Markup {
    let wires = METHODS.map(wire);
    let choices: Vec<Choice<'_>> =
        METHODS
            .into_iter()
            .zip(&wires)
            .map(|(method, wire)| {
                let choice = Choice::new(wire, method_title(shell, method));
                match method {
                    AuthMethod::PrivateKeyJwt => choice.hint(shell.t("Empfohlen.", "Recommended.")),
                    AuthMethod::ClientSecretPost => {
                        choice.hint(shell.t("Nur für ältere Programme.", "For older programs only."))
                    }
                    AuthMethod::None => choice.hint(shell.t(
                        "Programme auf eigenen Geräten der Menschen.",
                        "Programs on people's own devices.",
                    )),
                    _ => choice,
                }
            })
            .collect();
    html! {
        (ui::radios("method", shell.t("Wie weist es sich aus?", "How does it prove itself?"), &choices)
            .value(&sent.method).error(fault("method")).required())
        (ui::textarea("jwks", shell.t("Öffentliche Schlüssel (JWK-Set)", "Public keys (JWK set)")).rows(6).value(sent.jwks.as_str())
            .hint(shell.t("Für private_key_jwt und für signierte Anfragen: {\"keys\": [ … ]}, nur öffentliche Schlüssel.",
                "For private_key_jwt and for signed requests: {\"keys\": [ … ]}, public keys only."))
            .attribute("spellcheck", "false").error(fault("jwks")).optional())
        (ui::text_field("subject", shell.t("Inhaber des Zertifikats", "Subject of the certificate")).value(sent.subject.as_str())
            .hint(shell.t("Für tls_client_auth: wie er im Zertifikat steht, etwa CN=Fachverfahren,O=Stadt Kassel,C=DE.",
                "For tls_client_auth: as it stands in the certificate, such as CN=Casework,O=Stadt Kassel,C=DE."))
            .autocomplete("off").error(fault("subject")).optional())
        (ui::textarea("authorities", shell.t("Zertifikate der ausstellenden Stellen", "Certificates of the issuing authorities")).rows(4)
            .value(sent.authorities.as_str()).hint(shell.t("Für tls_client_auth, PEM.", "For tls_client_auth, PEM."))
            .attribute("spellcheck", "false").error(fault("authorities")).optional())
        (ui::textarea("certificate", shell.t("Zertifikat des Programms", "Certificate of the program")).rows(4)
            .value(sent.certificate.as_str()).hint(shell.t("Für self_signed_tls_client_auth, PEM. Gespeichert wird sein Fingerabdruck.",
                "For self_signed_tls_client_auth, PEM. Its fingerprint is kept."))
            .attribute("spellcheck", "false").error(fault("certificate")).optional())
    }
}

/// What the program may ask for, and do for people.
fn scopes<'f>(shell: &Shell, ctx: &Ctx, sent: &Sent, fault: &dyn Fn(&str) -> Option<&'f str>) -> Markup {
    let titles = KNOWN.map(|it| (it, scope_title(shell, it)));
    let known: Vec<Choice<'_>> =
        titles.iter().map(|(name, title)| Choice::new(name, title).hint(name)).collect();
    let ticked: Vec<&str> = sent.scopes.iter().map(String::as_str).collect();
    let own = rights::choosable(ctx.frame());
    let own = own.into_iter().filter(|it| rights::has(ctx.frame(), ctx.actor(), it));
    let labelled: Vec<(&str, String)> = own.map(|it| (it, permission::label(it, ctx.lang()))).collect();
    let choices: Vec<Choice<'_>> =
        labelled.iter().map(|(name, label)| Choice::new(name, label).hint(name)).collect();
    let chosen: Vec<&str> = sent.permissions.iter().map(String::as_str).collect();
    let legend =
        shell.t("Was es mit den Rechten der Menschen tun darf", "What it may do with people's rights");
    let group = ui::checkboxes("permission", legend, &choices)
        .values(&chosen)
        .error(fault("permission"))
        .hint(shell.t("Nur, was Sie selbst dürfen.", "Only what you may yourself."));
    html! {
        (ui::checkboxes("scope", shell.t("Was es erfahren darf", "What it may learn"), &known).values(&ticked).error(fault("scope")))
        @if chosen.is_empty() && fault("permission").is_none() { (ui::details(legend, group)) } @else { (group) }
    }
}

fn switches<'f>(shell: &Shell, ctx: &Ctx, sent: &Sent, fault: &dyn Fn(&str) -> Option<&'f str>) -> Markup {
    let levels: Vec<Choice<'_>> =
        Level::ALL.iter().map(|it| Choice::new(it.as_str(), shell.text(it.title()))).collect();
    html! {
        (ui::select("level", shell.t("Niedrigstes Vertrauensniveau", "Lowest level of assurance"), &levels).value(sent.level.as_str())
            .empty_choice(shell.t("keine Vorgabe", "none asked for")).error(fault("level")))
        (ui::checkbox("fapi", "FAPI 2.0").checked(sent.fapi)
            .hint(shell.t("Anfragen vorab übergeben, Token an einen Schlüssel gebunden, kein Geheimnis. Abwählen nur für ältere Programme.",
                "Requests pushed first, tokens bound to a key, no secret. Untick for older programs only.")))
        (ui::checkbox("signed", shell.t("Nur signierte Anfragen", "Signed requests only")).checked(sent.signed))
        @if ctx.may(may::CHANGE_SETTINGS) {
            (ui::checkbox("trusted", shell.t("Wer für den Mandanten arbeitet, wird nicht gefragt", "Whoever works for the tenant is not asked")).checked(sent.trusted)
                .hint(shell.t("Für Fachverfahren des eigenen Hauses.", "For casework systems of the house itself.")))
        }
    }
}
