//! Making and editing a destination.

use super::{destination::address, fields, home};
use crate::{
    Delivery,
    model::{
        Callback, CallbackDraft, Destination, Dialect, Draft, Given, NewDestination, PublicService,
        SubmissionSchema,
    },
    names::may,
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use fitconnect::jwk::Jwk;
use kernel::{Ctx, Error, Kind, Lang, Result, http::Path};
use ports::ids::DestinationId;
use serde::Deserialize;
use serde_json::{Map, Value};
use ui::{
    Markup, Shell, button, code, email_field, error_summary, fieldset, html, lead, link_button, paragraph,
    password_field, row, telephone_field, text_field, textarea, title,
};

/// What stands in the form.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Sent {
    tenant: String,
    name: String,
    legal_name: String,
    unit: String,
    address: String,
    phone: String,
    email: String,
    public_services: String,
    metadata_versions: String,
    encryption_key: String,
    signing_key: String,
    callback_url: String,
    callback_secret: String,
}

type Body = std::result::Result<Form<Sent>, FormRejection>;
/// What is wrong: the name of the field, and how to mend it.
type Faults = Vec<(&'static str, String)>;

/// The form for a new destination.
pub(super) async fn new(State(_): State<Delivery>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::ADMINISTER)?;
    let sent = Sent { metadata_versions: "1.0.0, 2.1.0".to_owned(), ..Sent::default() };
    Ok(page(&shell, &sent, None, &Vec::new()))
}

/// Makes the destination.
pub(super) async fn create(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    body: Body,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    let sent = fields(body)?;
    let mut faults = Faults::new();
    let mut key = |field: &'static str, label: &str, text: &str| {
        key_of(text, ctx.lang()).map_err(|fault| faults.push((field, format!("{label}: {fault}")))).ok()
    };
    let (encryption, signing) = key_labels(&shell);
    let encryption_key = key("encryptionKey", encryption, &sent.encryption_key);
    let signing_key = key("signingKey", signing, &sent.signing_key);
    let mut draft = sent.draft(None);
    // Without a readable key the rest is checked all the same, so that everything wrong is told at once.
    draft.encryption_kid = Some(encryption_key.as_ref().map(|it| it.kid.clone()).unwrap_or_default());
    let tenant = Some(sent.tenant.clone());
    let new = NewDestination { draft, encryption_key, signing_key, id: None, tenant };
    match delivery.create_destination(&ctx, new, Dialect::DESTINATIONS_V2).await {
        Ok(made) => return Ok(Redirect::to(&format!("{}?done=created", address(&made.id))).into_response()),
        Err(error) => {
            let unread: Vec<&str> = faults.iter().map(|it| it.0).collect();
            let others = faults_of(error, ctx.lang())?.into_iter().filter(|it| !unread.contains(&it.0));
            let others: Faults = others.collect();
            faults.extend(others);
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shell, &sent, None, &faults)).into_response())
}

/// The form for a destination that is there.
pub(super) async fn edit(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
) -> Result<Markup> {
    let view = delivery.view_destination(&ctx, &id).await?;
    Ok(page(&shell, &Sent::of(&view.destination), Some(&view.destination), &Vec::new()))
}

/// Changes the destination.
pub(super) async fn change(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Response> {
    let view = delivery.view_destination(&ctx, &id).await?;
    let sent = fields(body)?;
    let draft = sent.draft(view.destination.callback.as_ref());
    match delivery.change_destination(&ctx, &id, draft, Dialect::DESTINATIONS_V2, false).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=changed", address(&id))).into_response()),
        Err(error) => {
            let faults = faults_of(error, ctx.lang())?;
            let page = page(&shell, &sent, Some(&view.destination), &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// A public key that somebody pasted, or what is wrong with it.
pub(super) fn key_of(text: &str, lang: Lang) -> std::result::Result<Jwk, String> {
    if text.trim().is_empty() {
        return Err(lang
            .pick("Fügen Sie hier den öffentlichen Schlüssel ein.", "Paste the public key here.")
            .to_owned());
    }
    serde_json::from_str(text).map_err(|it| {
        let (de, en) = (format!("Das ist kein JWK (JSON): {it}"), format!("This is no JWK (JSON): {it}"));
        lang.pick(&de, &en).to_owned()
    })
}

/// The faults of an operation at their fields; errors that no field can mend stay errors.
fn faults_of(error: Error, lang: Lang) -> Result<Faults> {
    if !matches!(error.code().kind, Kind::Invalid | Kind::Conflict | Kind::Forbidden) {
        return Err(error);
    }
    if error.issues().is_empty() {
        return Ok(vec![("name", error.detail(lang))]);
    }
    Ok(error
        .issues()
        .iter()
        .map(|it| (field_of(&it.pointer), line_of(&it.pointer, &it.detail, lang)))
        .collect())
}

fn field_of(pointer: &str) -> &'static str {
    let mut parts = pointer.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some("contactInformation"), Some("email")) => "email",
        (Some("contactInformation"), Some("address")) => "address",
        (Some("contactInformation"), Some("phone")) => "phone",
        (Some("contactInformation"), _) => "legalName",
        (Some("publicServices"), _) => "publicServices",
        (Some("metadataVersions"), _) => "metadataVersions",
        (Some("encryptionPublicKey" | "encryptionKid"), _) => "encryptionKey",
        (Some("signingPublicKey"), _) => "signingKey",
        (Some("callback"), Some("secret")) => "callbackSecret",
        (Some("callback"), _) => "callbackUrl",
        _ => "name",
    }
}

/// In a list of lines the line is named too.
fn line_of(pointer: &str, detail: &str, lang: Lang) -> String {
    let number =
        pointer.strip_prefix("/publicServices/").and_then(|it| it.split('/').next()?.parse::<usize>().ok());
    match number {
        Some(number) => format!("{} {}: {detail}", lang.pick("Zeile", "Line"), number + 1),
        None => detail.to_owned(),
    }
}

impl Sent {
    fn of(it: &Destination) -> Self {
        let optional = |it: &Option<String>| it.clone().unwrap_or_default();
        let lines: Vec<String> = it.public_services.iter().map(line).collect();
        Self {
            name: it.name.clone(),
            legal_name: it.contact.legal_name.clone(),
            unit: optional(&it.contact.unit),
            address: optional(&it.contact.address),
            phone: optional(&it.contact.phone),
            email: it.contact.email.clone(),
            public_services: lines.join("\n"),
            metadata_versions: it.metadata_versions.join(", "),
            callback_url: it.callback.as_ref().map(|it| it.url.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn draft(&self, callback: Option<&Callback>) -> Draft {
        let mut contact = Map::new();
        for (name, text) in [
            ("legalName", &self.legal_name),
            ("unit", &self.unit),
            ("address", &self.address),
            ("phone", &self.phone),
            ("email", &self.email),
        ] {
            let text = text.trim();
            contact.insert(name.to_owned(), if text.is_empty() { Value::Null } else { text.into() });
        }
        let words = |text: &str| -> Vec<String> {
            text.split([',', ' ', '\n', '\r', ';']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        let lines = self.public_services.lines().filter(|it| !it.trim().is_empty()).map(parse_line);
        Draft {
            name: Some(self.name.clone()),
            contact: Some(contact),
            public_services: Some(lines.collect()),
            metadata_versions: Some(words(&self.metadata_versions)),
            callback: self.callback(callback),
            ..Draft::default()
        }
    }

    fn callback(&self, old: Option<&Callback>) -> Given<CallbackDraft> {
        let (url, secret) = (self.callback_url.trim(), self.callback_secret.trim());
        if url.is_empty() {
            return if old.is_some() { Given::Emptied } else { Given::Kept };
        }
        let secret = Some(secret.to_owned()).filter(|it| !it.is_empty());
        Given::Set(CallbackDraft { url: Some(url.to_owned()), secret })
    }
}

/// A public service as a line: key or URN, regions, schemas, with semicolons between.
fn line(it: &PublicService) -> String {
    let schemas: Vec<&str> = it.submission_schemas.iter().map(|it| it.schema_uri.as_str()).collect();
    let key = it.identifier.strip_prefix(LEIKA).unwrap_or(&it.identifier);
    format!("{key}; {}; {}", it.regions.join(" "), schemas.join(" "))
}

const LEIKA: &str = "urn:de:fim:leika:leistung:";

fn parse_line(line: &str) -> PublicService {
    let mut parts = line.split(';').map(str::trim);
    let mut words = || -> Vec<&str> {
        parts.next().unwrap_or_default().split([' ', ',']).filter(|it| !it.is_empty()).collect()
    };
    let key = words().join(" ");
    let is_key = key.len() == 14 && key.bytes().all(|it| it.is_ascii_digit());
    let regions = words();
    let schemas = words();
    PublicService {
        identifier: if is_key { format!("{LEIKA}{key}") } else { key },
        regions: regions
            .iter()
            .map(|it| if it.starts_with("DE") { (*it).to_owned() } else { format!("DE{it}") })
            .collect(),
        submission_schemas: schemas
            .iter()
            .map(|it| {
                let xml = std::path::Path::new(it)
                    .extension()
                    .is_some_and(|it| it.eq_ignore_ascii_case("xsd") || it.eq_ignore_ascii_case("xml"));
                let mime_type = if xml { "application/xml" } else { "application/json" };
                SubmissionSchema { schema_uri: (*it).to_owned(), mime_type: mime_type.to_owned() }
            })
            .collect(),
    }
}

fn page(shell: &Shell, sent: &Sent, old: Option<&Destination>, faults: &Faults) -> Markup {
    let heading = match old {
        Some(_) => shell.t("Zustellpunkt bearbeiten", "Edit the destination"),
        None => shell.t("Zustellpunkt anlegen", "Make a destination"),
    };
    let (up, path) = home(shell);
    let list = (shell.t("Zustellpunkte", "Destinations"), "/delivery/destinations");
    let back = old.map_or_else(|| list.1.to_owned(), |it| address(&it.id));
    let action =
        old.map_or_else(|| "/delivery/destinations/new".to_owned(), |it| format!("{}/edit", address(&it.id)));
    let fault = |field: &str| faults.iter().find(|it| it.0 == field).map(|it| it.1.as_str());
    shell.draw(heading).trail(up, path).trail(list.0, list.1).body(html! {
        (title(heading))
        (lead(shell.t(
            "Ein Zustellpunkt sagt Sendern, welche Leistungen er für welche Regionen annimmt und mit welchem Schlüssel sie verschlüsseln.",
            "A destination tells senders which public services it takes for which regions, and which key to encrypt with.",
        )))
        (error_summary(shell.lang(), faults))
        form.app-form action=(action) method="post" {
            @if old.is_none() && shell.actor().tenant.is_empty() {
                (text_field("tenant", shell.t("Mandant", "Tenant")).value(sent.tenant.as_str()).optional()
                    .hint(shell.t("Ohne Angabe: main", "Without an entry: main")))
            }
            (text_field("name", shell.t("Name für Menschen", "Name for people")).value(sent.name.as_str()).error(fault("name")).optional()
                .hint(shell.t("Ohne Angabe: Organisation und Einheit", "Without an entry: organisation and unit")))
            (contact(shell, sent, &fault))
            (textarea("publicServices", shell.t("Leistungen", "Public services")).value(sent.public_services.as_str()).error(fault("publicServices"))
                .required().attribute("spellcheck", "false").hint(shell.t(
                    "Eine je Zeile: Leistungsschlüssel oder URN; Regionalschlüssel (DE = ganz Deutschland); Adresse des Fachschemas. Beispiel: 99115005104000; 06611; https://example.org/anmeldung.schema.json",
                    "One on each line: key or URN of the public service; region keys (DE = all of Germany); address of the schema. Example: 99115005104000; 06611; https://example.org/registration.schema.json",
                )))
            (text_field("metadataVersions", shell.t("Versionen des Metadatenschemas", "Versions of the metadata schema"))
                .value(sent.metadata_versions.as_str()).error(fault("metadataVersions")).required())
            @if old.is_none() { (keys(shell, sent, &fault)) }
            (callback(shell, sent, old, &fault))
            (row(html! {
                (button(shell.t("Speichern", "Store")))
                (link_button(back, shell.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
    })
}

type FaultAt<'f> = dyn Fn(&str) -> Option<&'f str> + 'f;

fn contact(shell: &Shell, sent: &Sent, fault: &FaultAt<'_>) -> Markup {
    let fields = html! {
        (text_field("legalName", shell.t("Organisation", "Organisation")).value(sent.legal_name.as_str()).error(fault("legalName")).required().autocomplete("organization"))
        (text_field("unit", shell.t("Einheit", "Unit")).value(sent.unit.as_str()).optional())
        (text_field("address", shell.t("Anschrift", "Address")).value(sent.address.as_str()).error(fault("address")).optional())
        (telephone_field("phone", shell.t("Telefon", "Telephone")).value(sent.phone.as_str()).error(fault("phone")).optional())
        (email_field("email", shell.t("E-Mail (am besten ein Funktionspostfach)", "E-mail (a shared address is best)")).value(sent.email.as_str()).error(fault("email")).required())
    };
    html! { (fieldset("contact", shell.t("Verantwortliche Stelle", "Responsible office"), fields)) }
}

fn key_labels(shell: &Shell) -> (&str, &str) {
    (
        shell.t("Öffentlicher Verschlüsselungsschlüssel (JWK)", "Public encryption key (JWK)"),
        shell.t("Öffentlicher Signaturschlüssel (JWK)", "Public signing key (JWK)"),
    )
}

fn keys(shell: &Shell, sent: &Sent, fault: &FaultAt<'_>) -> Markup {
    let (encryption, signing) = key_labels(shell);
    let fields = html! {
        (paragraph(html! {
            (shell.t("Beide Schlüsselpaare erzeugt ", "Both key pairs are made by "))
            (code("fachwerk delivery keygen"))
            (shell.t(". Hierher gehören nur die öffentlichen Teile.", ". Only the public parts belong here."))
        }))
        (textarea("encryptionKey", encryption)
            .value(sent.encryption_key.as_str()).error(fault("encryptionKey")).required().attribute("spellcheck", "false"))
        (textarea("signingKey", signing)
            .value(sent.signing_key.as_str()).error(fault("signingKey")).required().attribute("spellcheck", "false"))
    };
    html! { (fieldset("keys", shell.t("Schlüssel", "Keys"), fields)) }
}

fn callback(shell: &Shell, sent: &Sent, old: Option<&Destination>, fault: &FaultAt<'_>) -> Markup {
    let kept = old.is_some_and(|it| it.callback.is_some());
    let hint = if kept {
        shell.t("Leer lassen, um das bisherige zu behalten", "Leave empty to keep the present one")
    } else {
        shell.t(
            "32 bis 512 Zeichen; damit prüft der Empfänger die Echtheit",
            "32 to 512 characters; the receiver checks with it that it is genuine",
        )
    };
    let fields = html! {
        (text_field("callbackUrl", shell.t("Adresse", "Address")).value(sent.callback_url.as_str()).error(fault("callbackUrl")).optional()
            .hint(shell.t("https; der Knoten meldet sich dort, wenn etwas abzuholen ist", "https; the node calls there when there is something to fetch")))
        (password_field("callbackSecret", shell.t("Geheimnis", "Secret")).error(fault("callbackSecret")).optional().hint(hint).autocomplete("new-password"))
    };
    html! { (fieldset("callback", "Callback", fields)) }
}
