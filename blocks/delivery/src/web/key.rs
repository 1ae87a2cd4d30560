//! Adding a key to a destination, and using it.

use super::{destination::address, destination_form::key_of, fields, home};
use crate::{
    Delivery,
    model::{Dialect, Draft},
    names::may,
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Ctx, Kind, Result, http::Path};
use ports::ids::DestinationId;
use serde::Deserialize;
use ui::{
    Markup, Shell, button, code, error_summary, html, lead, link_button, paragraph, row, textarea, title,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    key: String,
    kid: String,
}

type Body = std::result::Result<Form<Sent>, FormRejection>;

/// The form.
pub(super) async fn new(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
) -> Result<Markup> {
    let view = delivery.view_destination(&ctx, &id).await?;
    Ok(form(&shell, &id, &view.destination.name, "", None))
}

fn form(shell: &Shell, id: &DestinationId, name: &str, key: &str, fault: Option<&str>) -> Markup {
    let heading = shell.t("Schlüssel hinzufügen", "Add a key");
    let (up, path) = home(shell);
    let here = address(id);
    let errors: Vec<(&str, &str)> = fault.iter().map(|it| ("key", *it)).collect();
    shell.draw(heading).trail(up, path).trail(name, here.as_str()).body(html! {
        (title(heading))
        (lead(shell.t(
            "Öffentlicher Schlüssel als JWK, mit Zertifikatskette in x5c. Der private Schlüssel gehört nicht hierher.",
            "A public key as a JWK, with its certificate chain in x5c. The private key does not belong here.",
        )))
        (paragraph(html! { (shell.t("Ein neues Schlüsselpaar erzeugt ", "A new key pair is made by ")) (code("fachwerk delivery keygen")) "." }))
        (error_summary(shell.lang(), &errors))
        form.app-form action=(format!("{here}/keys")) method="post" {
            (textarea("key", shell.t("Öffentlicher Schlüssel (JWK)", "Public key (JWK)")).value(key).error(fault).required().attribute("spellcheck", "false"))
            (row(html! {
                (button(heading))
                (link_button(here.as_str(), shell.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
    })
}

/// Adds the key.
pub(super) async fn add(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Response> {
    let view = delivery.view_destination(&ctx, &id).await?;
    let sent = fields(body)?;
    let fault = match key_of(&sent.key, ctx.lang()) {
        Err(fault) => fault,
        Ok(key) => match delivery.add_key(&ctx, &id, &key).await {
            Ok(()) => return Ok(Redirect::to(&format!("{}?done=key", address(&id))).into_response()),
            Err(error) if matches!(error.code().kind, Kind::Invalid | Kind::Conflict) => {
                error.detail(ctx.lang())
            }
            Err(error) => return Err(error),
        },
    };
    let page = form(&shell, &id, &view.destination.name, &sent.key, Some(&fault));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// From now on senders encrypt to another key.
pub(super) async fn switch(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Redirect> {
    ctx.require(may::ADMINISTER)?;
    let draft = Draft { encryption_kid: Some(fields(body)?.kid), ..Draft::default() };
    delivery.change_destination(&ctx, &id, draft, Dialect::DESTINATIONS_V2, false).await?;
    Ok(Redirect::to(&format!("{}?done=changed", address(&id))))
}
