//! Clients: made, shown, given a new secret, deleted.

use super::{Asked, fields, home};
use crate::{Delivery, model::NewClient, names::may};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Kind, Result, Text,
    http::{Path, Query},
};
use ports::{
    identity::{Client, ClientRole, Registered},
    ids::DestinationId,
};
use serde::Deserialize;
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, button, checkbox, code, copy_field, description_list,
    empty_state, error_summary, fieldset, format, html, lead, link, link_button, pagination, row,
    search_field, search_form, section, text_field, title,
};

/// What stands in the form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    tenant: String,
    name: String,
    sender: String,
    subscriber: String,
    owner: String,
}

type Body = std::result::Result<Form<Sent>, FormRejection>;

fn address(id: &str) -> String {
    format!("/delivery/clients/{id}")
}

/// Clients, searched.
pub(super) async fn list(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let (offset, limit) = asked.part();
    let (total, found) = delivery.list_clients(&ctx, asked.q.trim(), offset, limit).await?;
    let heading = "Clients";
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new(shell.t("Aufgaben", "Tasks")),
        Column::new(shell.t("Kennung", "Id")),
        Column::new(shell.t("Geheimnis von", "Secret of")),
    ];
    let rows = found.iter().map(|it| {
        vec![
            link(&address(&it.id), &it.name),
            roles(&shell, it),
            code(&it.id),
            format::time(shell.lang(), it.rotated_at),
        ]
    });
    let (up, path) = home(&shell);
    let new = || link_button("/delivery/clients/new", shell.t("Client anlegen", "Make a client"));
    Ok(shell.draw(heading).trail(up, path).wide().body(html! {
        (title(heading))
        @if asked.done == "deleted" {
            (Alert::new(Tone::Success, shell.t("Der Client wurde gelöscht. Seine Zugriffstoken gelten nicht mehr.", "The client was deleted. Its access tokens are void.")).live())
        }
        @if total == 0 && asked.q.is_empty() {
            (empty_state(
                shell.t("Noch kein Client", "No client yet"),
                shell.t("Ein Client ist ein Programm mit Kennung und Geheimnis: ein Onlinedienst oder ein Fachverfahren.", "A client is a program with an id and a secret: an online service or a casework system."),
                Some(new()),
            ))
        } @else {
            (search_form(
                "/delivery/clients",
                search_field("q", shell.t("Name oder Kennung", "Name or id")).value(asked.q.as_str()),
                button(shell.t("Suchen", "Search")).icon("search"),
                html! {},
            ))
            (row(new()))
            @if found.is_empty() {
                (empty_state(shell.t("Nichts gefunden", "Nothing found"), shell.t("Suchen Sie mit weniger Wörtern.", "Search with fewer words."), None))
            } @else {
                (Table::new(heading, columns).quiet_caption().rows(rows))
                (pagination(&shell, asked.paging(total)))
            }
        }
    }))
}

fn roles(shell: &Shell, it: &Client) -> Markup {
    html! { @for role in &it.roles { (badge(Tone::Info, shell.text(role.title()))) " " } }
}

/// What a role means.
const fn hint(role: ClientRole) -> Text {
    match role {
        ClientRole::Sender => Text {
            de: "Ein Onlinedienst, der Anträge sendet",
            en: "An online service that sends submissions",
        },
        ClientRole::Subscriber => Text {
            de: "Ein Fachverfahren, das bei verbundenen Zustellpunkten abholt",
            en: "A casework system that fetches at the destinations it is connected to",
        },
        ClientRole::Owner => Text {
            de: "Ein Werkzeug, das Zustellpunkte über die Schnittstelle anlegt; ihm gehört, was es anlegt",
            en: "A tool that makes destinations over the interface; it owns what it makes",
        },
    }
}

/// The form for a new client.
pub(super) async fn new(State(_): State<Delivery>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::ADMINISTER)?;
    Ok(form(&shell, &Sent::default(), &[]))
}

fn form(shell: &Shell, sent: &Sent, faults: &[(&str, String)]) -> Markup {
    let heading = shell.t("Client anlegen", "Make a client");
    let (up, path) = home(shell);
    let fault = |field: &str| faults.iter().find(|it| it.0 == field).map(|it| it.1.as_str());
    let tasks = html! {
        @for role in ClientRole::ALL {
            @let ticked = match role { ClientRole::Sender => &sent.sender, ClientRole::Subscriber => &sent.subscriber, ClientRole::Owner => &sent.owner };
            (checkbox(role.as_str(), shell.text(role.title())).checked(!ticked.is_empty()).hint(shell.text(hint(role))))
        }
    };
    shell.draw(heading).trail(up, path).trail("Clients", "/delivery/clients").body(html! {
        (title(heading))
        (lead(shell.t(
            "Das Programm bekommt eine Kennung und ein Geheimnis. Das Geheimnis sehen Sie nur einmal.",
            "The program gets an id and a secret. You see the secret only once.",
        )))
        (error_summary(shell.lang(), faults))
        form.app-form action="/delivery/clients/new" method="post" {
            @if shell.actor().tenant.is_empty() {
                (text_field("tenant", shell.t("Mandant", "Tenant")).value(sent.tenant.as_str()).error(fault("tenant")).optional()
                    .hint(shell.t("Ohne Angabe: main", "Without an entry: main")))
            }
            (text_field("name", shell.t("Name", "Name")).value(sent.name.as_str()).error(fault("name")).required())
            (fieldset("sender", shell.t("Was darf das Programm?", "What may the program do?"), tasks).id("tasks").error(fault("tasks")))
            (row(html! {
                (button(shell.t("Anlegen", "Make it")))
                (link_button("/delivery/clients", shell.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
    })
}

/// Makes the client, and shows its secret this once: an answer, not a redirect, because the secret must not lie about
/// anywhere until the next request.
pub(super) async fn create(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    body: Body,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    let sent = fields(body)?;
    let roles = [("sender", &sent.sender), ("subscriber", &sent.subscriber), ("owner", &sent.owner)];
    let roles = roles.iter().filter(|it| !it.1.is_empty()).map(|it| it.0.to_owned()).collect();
    let new = NewClient { name: sent.name.clone(), roles, tenant: sent.tenant.trim().to_owned() };
    match delivery.create_client(&ctx, new).await {
        Ok(made) => Ok(secret(&shell, shell.t("Client angelegt", "Client made"), &made)),
        Err(error) if error.code().kind == Kind::Invalid => {
            let faults: Vec<(&str, String)> = error
                .issues()
                .iter()
                .map(|it| {
                    let field = match it.pointer.as_str() {
                        "/roles" => "tasks",
                        "/tenant" => "tenant",
                        _ => "name",
                    };
                    (field, it.detail.clone())
                })
                .collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&shell, &sent, &faults)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn secret(shell: &Shell, heading: &str, made: &Registered) -> Response {
    let (up, path) = home(shell);
    let page = shell.draw(heading).trail(up, path).trail("Clients", "/delivery/clients").script("copy").body(html! {
        (title(heading))
        (Alert::new(Tone::Warning, shell.t("Das Geheimnis wird nur jetzt angezeigt", "The secret is shown only now")).live().text(shell.t(
            "Legen Sie es dort ab, wo das Programm seine Zugangsdaten liest. Geht es verloren, geben Sie dem Client ein neues.",
            "Put it where the program reads its credentials. If it gets lost, give the client a new one.",
        )))
        (copy_field(shell.lang(), "client-id", "client_id", &made.id))
        (copy_field(shell.lang(), "client-secret", "client_secret", &made.secret))
        (row(link_button(address(&made.id), shell.t("Weiter zum Client", "On to the client"))))
    });
    ([(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// The page of a client.
pub(super) async fn show(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let client = delivery.read_client(&ctx, &id).await?;
    let linked = delivery.linked_destinations(&ctx, &client.id).await?;
    let (up, path) = home(&shell);
    let page =
        shell.draw(client.name.as_str()).trail(up, path).trail("Clients", "/delivery/clients").script("copy");
    Ok(page.body(html! {
        (title(&client.name))
        (row(roles(&shell, &client)))
        (copy_field(shell.lang(), "client-id", "client_id", &client.id))
        (description_list(&[
            (shell.t("Mandant", "Tenant"), html! { (client.tenant) }),
            (shell.t("Angelegt", "Made"), format::time(shell.lang(), client.created_at)),
            (shell.t("Geheimnis von", "Secret of"), format::time(shell.lang(), client.rotated_at)),
        ]))
        @if client.roles.contains(&ClientRole::Subscriber) {
            (section(shell.t("Holt ab bei", "Fetches at"), links(&shell, &linked)))
        }
        (row(html! {
            (link_button(format!("{}/secret", address(&client.id)), shell.t("Neues Geheimnis …", "New secret …")))
            (link_button(format!("{}/delete", address(&client.id)), shell.t("Löschen …", "Delete …")))
        }))
    }))
}

fn links(shell: &Shell, linked: &[DestinationId]) -> Markup {
    html! {
        @if linked.is_empty() {
            (empty_state(
                shell.t("Noch nirgends verbunden", "Connected nowhere yet"),
                shell.t("Verbinden Sie den Client auf der Seite eines Zustellpunkts.", "Connect the client on the page of a destination."),
                Some(link_button("/delivery/destinations", shell.t("Zustellpunkte ansehen", "See the destinations"))),
            ))
        } @else {
            ul.kern-list.kern-list--bullet {
                @for id in linked { li { (link(&format!("/delivery/destinations/{id}"), id.as_str())) } }
            }
        }
    }
}

/// Asks before the secret is replaced.
pub(super) async fn ask_rotate(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let client = delivery.read_client(&ctx, &id).await?;
    let question = format!("{}: {}", client.name, shell.t("neues Geheimnis?", "new secret?"));
    Ok(ui::confirm_page(
        &shell,
        &question,
        shell.t(
            "Das bisherige Geheimnis und alle Zugriffstoken gelten sofort nicht mehr. Das Programm steht still, bis es das neue kennt.",
            "The present secret and all access tokens are void at once. The program stands still until it knows the new one.",
        ),
        &format!("{}/secret", address(&client.id)),
        &button(shell.t("Neues Geheimnis erzeugen", "Make a new secret")),
        &address(&client.id),
    ))
}

/// Replaces the secret, and shows the new one this once.
pub(super) async fn rotate(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response> {
    let made = delivery.rotate_secret(&ctx, &id).await?;
    Ok(secret(&shell, shell.t("Neues Geheimnis", "New secret"), &made))
}

/// Asks before a client is deleted.
pub(super) async fn ask_delete(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Markup> {
    let client = delivery.read_client(&ctx, &id).await?;
    let question = format!("{}: {}", client.name, shell.t("löschen?", "delete?"));
    Ok(ui::confirm_page(
        &shell,
        &question,
        shell.t(
            "Das Programm kann danach weder senden noch abholen. Was es gesendet oder angelegt hat, bleibt.",
            "The program can then neither send nor fetch. What it has sent or made stays.",
        ),
        &format!("{}/delete", address(&client.id)),
        &button(shell.t("Löschen", "Delete")),
        &address(&client.id),
    ))
}

/// Deletes a client.
pub(super) async fn delete(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Redirect> {
    delivery.delete_client(&ctx, &id).await?;
    Ok(Redirect::to("/delivery/clients?done=deleted"))
}
