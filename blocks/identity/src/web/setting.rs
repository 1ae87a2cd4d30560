//! How people sign in to a tenant.

use super::{areas, back, claim_title, tenant_title, way_title};
use crate::{
    Identity,
    model::{ACCENTS, Settings},
    operations::{certificate, passkey, recovery},
};
use axum::{Router, body::Body, extract::State, response::Redirect, routing::get};
use kernel::{Ctx, Level, Result, http::read_body};
use ui::{Choice, Markup, Shell, html};
use url::form_urlencoded;

/// Claims that a tenant can keep.
const CLAIMS: &[&str] = &[
    "given_name",
    "family_name",
    "name",
    "birthdate",
    "email",
    "address.street_address",
    "address.postal_code",
    "address.locality",
    "address.country",
    "birth_family_name",
    "place_of_birth",
    "nationality",
];

pub fn router(identity: &Identity) -> Router {
    Router::new().route("/admin/settings", get(show).post(save)).with_state(identity.clone())
}

async fn show(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let settings = identity.settings(&ctx).await?;
    let title = shell.t("Anmeldung einrichten", "Sign-in settings");
    let ids: Vec<String> = [passkey::WAY, recovery::WAY, certificate::WAY]
        .iter()
        .map(|it| (*it).to_owned())
        .chain(identity.ways().iter().map(|it| it.id.clone()))
        .collect();
    let ways: Vec<(String, String)> = ids
        .into_iter()
        .map(|it| {
            let title = way_title(&shell, &it, identity.ways());
            (it, title)
        })
        .collect();
    let ways: Vec<Choice<'_>> = ways.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let all: Vec<&str> = ways.iter().map(|it| it.value).collect();
    let ticked: Vec<&str> =
        if settings.ways.is_empty() { all } else { settings.ways.iter().map(String::as_str).collect() };
    let levels: Vec<Choice<'_>> =
        Level::ALL.iter().map(|it| Choice::new(it.as_str(), shell.text(it.title()))).collect();
    let claims: Vec<Choice<'_>> = CLAIMS.iter().map(|it| Choice::new(it, claim_title(&shell, it))).collect();
    let kept: Vec<&str> = settings.claims.iter().map(String::as_str).collect();
    let accents: Vec<Choice<'_>> =
        ACCENTS.iter().map(|it| Choice::new(it, accent_title(&shell, it))).collect();
    Ok(shell.page(title, html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(&format!("{} {}", shell.t("Gilt für:", "Holds for:"), tenant_title(&shell, ctx.tenant()))))
        form.app-form action="/admin/settings" method="post" {
            (ui::checkboxes("way", shell.t("Zugelassene Wege", "Ways in allowed"), &ways).values(&ticked))
            (ui::select("level", shell.t("Niedrigstes Vertrauensniveau", "Lowest level of assurance"), &levels).value(settings.level.as_str()))
            (ui::checkbox("open_accounts", shell.t("Wer noch kein Konto hat, bekommt bei der Anmeldung eines (ohne Rechte)",
                "Whoever has no account gets one when signing in (without rights)")).checked(settings.open_accounts))
            (ui::checkboxes("claim", shell.t("Angaben, die gespeichert werden", "Claims that are kept"), &claims).values(&kept)
                .hint(shell.t("So wenige wie möglich. Was nicht angekreuzt ist, wird nach der Anmeldung vergessen.",
                    "As few as possible. What is not ticked is forgotten after the sign-in.")))
            (ui::checkbox("four_eyes", shell.t("Vier-Augen-Prinzip für gefährliche Handlungen", "Four eyes for dangerous acts"))
                .hint(shell.t("Löschen von Zustellpunkten, Clients und Konten, Ändern von Rollen. Abschalten muss eine zweite Person mittragen.",
                    "Removing destinations, clients and accounts, changing roles. Switching it off needs a second person too."))
                .checked(settings.four_eyes))
            (ui::text_field("name", shell.t("Überschrift der Anmeldeseite", "Title of the page to sign in")).value(settings.name.as_str())
                .attribute("maxlength", "80").optional())
            (ui::select("accent", shell.t("Farbe", "Colour"), &accents).value(settings.accent.as_str()))
            div.app-row { (ui::button(shell.t("Speichern", "Save"))) }
        }
    }))
}

fn accent_title<'s>(shell: &'s Shell, accent: &'s str) -> &'s str {
    match accent {
        "blue" => shell.t("Blau", "Blue"),
        "green" => shell.t("Grün", "Green"),
        "red" => shell.t("Rot", "Red"),
        "violet" => shell.t("Violett", "Violet"),
        _ => "Standard",
    }
}

async fn save(State(identity): State<Identity>, ctx: Ctx, body: Body) -> Result<Redirect> {
    let bytes = read_body(body, 64 * 1024).await?;
    let mut it =
        Settings { open_accounts: false, four_eyes: false, claims: Vec::new(), ..Settings::default() };
    for (key, value) in form_urlencoded::parse(&bytes).into_owned() {
        match key.as_str() {
            "way" => it.ways.push(value),
            "claim" => it.claims.push(value),
            "level" => it.level = value,
            "open_accounts" => it.open_accounts = true,
            "four_eyes" => it.four_eyes = true,
            "name" => it.name = value.trim().chars().take(80).collect(),
            "accent" => it.accent = value,
            _ => {}
        }
    }
    identity.change_settings(&ctx, it).await?;
    Ok(back("/admin/settings"))
}
