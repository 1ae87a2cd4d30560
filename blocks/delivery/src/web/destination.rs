//! One destination: status, public services, keys, callback, who fetches.

use super::{Asked, destination_list::status_badge, fields, home, overview};
use crate::{
    Delivery,
    model::{Destination, DestinationView, Dialect, Draft, OWNED_BY_TENANT, Status},
    names::may,
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::Redirect,
};
use fitconnect::jwk::KeyUse;
use kernel::{
    Ctx, DAY, Result,
    http::{Path, Query},
};
use ports::ids::DestinationId;
use serde::Deserialize;
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, button, code, copy_field, description_list,
    empty_state, format, html, link, link_button, note, paragraph, post_button, row, section, text_field,
    title,
};

pub(super) fn address(id: &DestinationId) -> String {
    format!("/delivery/destinations/{id}")
}

/// The page.
pub(super) async fn show(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let view = delivery.view_destination(&ctx, &id).await?;
    let it = &view.destination;
    let (up, path) = home(&shell);
    let list = shell.t("Zustellpunkte", "Destinations");
    let page = shell
        .draw(it.name.as_str())
        .trail(up, path)
        .trail(list, "/delivery/destinations")
        .script("copy")
        .wide();
    Ok(page.body(html! {
        (title(&it.name))
        (row(status_badge(&shell, it.status)))
        (done(&shell, &asked.done))
        @if delivery.anchors(&ctx).forgiving { (overview::switch_notice(&shell)) }
        (status_buttons(&shell, it))
        (section(shell.t("Angaben", "Details"), facts(&shell, &view)))
        (section(shell.t("Leistungen und Regionen", "Public services and regions"), public_services(&shell, it)))
        (section(shell.t("Schlüssel", "Keys"), keys(&shell, &view, ctx.now())))
        (section(shell.t("Callback", "Callback"), callback(&shell, &view)))
        (section(shell.t("Abholende Clients", "Clients that fetch"), links(&shell, &view)))
        (section(shell.t("Einreichungen", "Submissions"), html! {
            (overview::states(&shell, &view.submissions))
            (row(link_button(format!("/delivery/cases?destination={id}"), shell.t("Vorgänge ansehen", "See the cases")).tertiary()))
        }))
        (section(shell.t("Löschen", "Delete"), html! {
            (paragraph(shell.t(
                "Ein Zustellpunkt lässt sich löschen, wenn keine Einreichung mehr offen ist.",
                "A destination can be deleted when no submission is open any more.",
            )))
            (row(link_button(format!("{}/delete", address(&id)), shell.t("Zustellpunkt löschen", "Delete the destination"))))
        }))
    }))
}

fn done(shell: &Shell, done: &str) -> Markup {
    let text = match done {
        "created" => shell.t(
            "Der Zustellpunkt wurde angelegt. Aktivieren Sie ihn, sobald Sie abholen können.",
            "The destination was made. Activate it as soon as you can fetch.",
        ),
        "changed" => shell.t("Die Änderung ist gespeichert.", "The change is stored."),
        "key" => shell.t("Der Schlüssel wurde hinzugefügt.", "The key was added."),
        "linked" => {
            shell.t("Der Client ist verbunden und kann abholen.", "The client is connected and can fetch.")
        }
        "unlinked" => shell.t("Die Verbindung ist beendet.", "The connection has ended."),
        _ => return html! {},
    };
    Alert::new(Tone::Success, text).live().done()
}

fn status_buttons(shell: &Shell, it: &Destination) -> Markup {
    let action = format!("{}/status", address(&it.id));
    let active = || post_button(&action, &[("status", "active")], button(shell.t("Aktivieren", "Activate")));
    let end = || link_button(action.clone(), shell.t("Außer Betrieb nehmen …", "Decommission …")).tertiary();
    row(html! {
        @match it.status {
            Status::Created => { (active()) },
            Status::Active => {
                (post_button(&action, &[("status", "inactive")], button(shell.t("Pausieren", "Pause")).secondary()))
                (end())
            },
            Status::Inactive => { (active()) (end()) },
            Status::Decommissioned | Status::Deleted => {},
        }
        (link_button(format!("{}/edit", address(&it.id)), shell.t("Bearbeiten", "Edit")))
    })
}

fn facts(shell: &Shell, view: &DestinationView) -> Markup {
    let it = &view.destination;
    let named = view.links.iter().find(|link| link.client_id == it.owner);
    let owner = if it.owner == OWNED_BY_TENANT {
        html! { (shell.t("der Mandant", "the tenant")) }
    } else {
        let name = named.map_or(it.owner.as_str(), |link| &link.client_name);
        html! { (link(&format!("/delivery/clients/{}", it.owner), name)) }
    };
    let contact = html! {
        (it.contact.legal_name)
        @for part in [&it.contact.unit, &it.contact.address, &it.contact.phone].into_iter().flatten() { br; (part) }
        br; (it.contact.email)
    };
    html! {
        (copy_field(shell.lang(), "destination-id", shell.t("Kennung des Zustellpunkts", "Destination id"), it.id.as_str()))
        (description_list(&[
            (shell.t("Mandant", "Tenant"), html! { (it.tenant) }),
            (shell.t("Eigentümer", "Owner"), owner),
            (shell.t("Kontakt", "Contact"), contact),
            (shell.t("Metadatenschema", "Metadata schema"), html! { (it.metadata_versions.join(", ")) }),
            (shell.t("Angelegt", "Made"), format::time(shell.lang(), it.created_at)),
            (shell.t("Geändert", "Changed"), format::time(shell.lang(), it.changed_at)),
        ]))
    }
}

fn public_services(shell: &Shell, it: &Destination) -> Markup {
    let columns = [
        Column::new(shell.t("Leistung", "Public service")),
        Column::new(shell.t("Regionen", "Regions")),
        Column::new(shell.t("Fachschemata", "Schemas")),
    ];
    let rows = it.public_services.iter().map(|it| {
        let more = it.regions.len().saturating_sub(30);
        vec![
            code(&it.identifier),
            html! {
                (it.regions.iter().take(30).map(String::as_str).collect::<Vec<_>>().join(", "))
                @if more > 0 { " … (+" (more) ")" }
            },
            html! { @for schema in &it.submission_schemas { div { (code(&schema.schema_uri)) } } },
        ]
    });
    html! { (Table::new(shell.t("Leistungen und Regionen", "Public services and regions"), columns).quiet_caption().rows(rows)) }
}

fn keys(shell: &Shell, view: &DestinationView, now: i64) -> Markup {
    let it = &view.destination;
    let columns = [
        Column::new("kid"),
        Column::new(shell.t("Zweck", "Purpose")),
        Column::new(shell.t("Zertifikat", "Certificate")),
        Column::new(shell.t("Gültig bis", "Valid until")),
        Column::new(shell.t("Befund", "Findings")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    let rows = view.keys.iter().map(|key| {
        let encrypts = key.purpose == KeyUse::Encrypt;
        let current = encrypts && key.jwk.kid == it.encryption_kid;
        vec![
            code(&key.jwk.kid),
            html! { (if encrypts { shell.t("Verschlüsseln", "Encrypt") } else { shell.t("Signieren", "Sign") }) },
            html! {
                @if key.fingerprint.is_empty() { (shell.t("keins", "none")) }
                @else { (key.subject) br; (note(html! { "SHA-256 " (code(&key.fingerprint)) })) }
            },
            validity(shell, key.not_after, now),
            findings(shell, &key.findings, key.by_switch),
            html! {
                @if current { (badge(Tone::Success, shell.t("in Gebrauch", "in use"))) }
                @else if encrypts {
                    (post_button(
                        &format!("{}/encryption-key", address(&it.id)),
                        &[("kid", &key.jwk.kid)],
                        button(shell.t("Verwenden", "Use")).secondary(),
                    ))
                }
            },
        ]
    });
    html! {
        (Table::new(shell.t("Schlüssel", "Keys"), columns).quiet_caption().rows(rows))
        (note(shell.t(
            "Wechsel ohne Ausfall: neuen Schlüssel hinzufügen, verwenden, den alten privaten Schlüssel behalten, bis alles Ältere abgeholt ist.",
            "Rotation without an outage: add a new key, use it, keep the old private key until everything older is fetched.",
        )))
        (row(link_button(format!("{}/keys", address(&it.id)), shell.t("Schlüssel hinzufügen", "Add a key")).icon("add")))
    }
}

fn validity(shell: &Shell, until: i64, now: i64) -> Markup {
    html! {
        @if until == 0 { "–" }
        @else if until < now { (badge(Tone::Danger, shell.t("abgelaufen", "expired"))) " " (format::day(shell.lang(), until)) }
        @else if until < now + 30 * DAY { (badge(Tone::Warning, shell.t("endet bald", "ends soon"))) " " (format::day(shell.lang(), until)) }
        @else { (format::day(shell.lang(), until)) }
    }
}

fn findings(shell: &Shell, findings: &[String], by_switch: bool) -> Markup {
    html! {
        @if by_switch { (badge(Tone::Warning, shell.t("nur durch den Testschalter", "by the test switch only"))) }
        @else if findings.is_empty() { (badge(Tone::Success, shell.t("in Ordnung", "good"))) }
        @for finding in findings {
            div { @if let Some(words) = finding_words(shell, finding) { (words) " " } (code(finding)) }
        }
    }
}

/// What is found most often, in words.
fn finding_words<'s>(shell: &'s Shell, finding: &str) -> Option<&'s str> {
    Some(match finding {
        "chain-self-signed" => shell.t("Selbst signiert", "Self-signed"),
        "chain-untrusted" => {
            shell.t("Führt zu keinem vertrauten Zertifikat", "Leads to no trusted certificate")
        }
        "chain-empty" => shell.t("Ohne Zertifikat", "Without a certificate"),
        "certificate-expired" => shell.t("Abgelaufen", "Expired"),
        "certificate-revoked" => shell.t("Gesperrt", "Revoked"),
        _ => return None,
    })
}

fn callback(shell: &Shell, view: &DestinationView) -> Markup {
    html! {
        @match &view.destination.callback {
            Some(it) => { (description_list(&[(shell.t("Adresse", "Address"), code(&it.url))])) },
            None => { (paragraph(shell.t(
                "Keiner eingetragen: das Fachverfahren fragt von sich aus nach.",
                "None is entered: the casework system asks of its own accord.",
            ))) },
        }
        @if !view.failing.is_empty() {
            (Alert::new(Tone::Warning, shell.t("Callbacks kommen nicht an", "Callbacks do not arrive")).body(html! {
                @for (reason, count) in &view.failing { (paragraph(html! { (count) " × " (code(reason)) })) }
            }))
        }
    }
}

fn links(shell: &Shell, view: &DestinationView) -> Markup {
    let base = format!("{}/clients", address(&view.destination.id));
    let remove = format!("{base}/remove");
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new(shell.t("Kennung", "Id")),
        Column::new(shell.t("Verbunden seit", "Connected since")),
        Column::new(shell.t("Handlung", "Action")),
    ];
    let rows = view.links.iter().map(|it| {
        vec![
            link(&format!("/delivery/clients/{}", it.client_id), &it.client_name),
            code(&it.client_id),
            format::time(shell.lang(), it.linked_at),
            post_button(
                &remove,
                &[("client", &it.client_id)],
                button(shell.t("Trennen", "Disconnect")).secondary(),
            ),
        ]
    });
    html! {
        @if view.links.is_empty() {
            (empty_state(
                shell.t("Noch niemand holt ab", "Nobody fetches yet"),
                shell.t("Verbinden Sie einen Client mit der Rolle „Abholen“.", "Connect a client with the role “Fetch”."),
                Some(link_button("/delivery/clients", shell.t("Clients ansehen", "See the clients"))),
            ))
        } @else {
            (Table::new(shell.t("Abholende Clients", "Clients that fetch"), columns).quiet_caption().rows(rows))
        }
        form.app-form action=(base) method="post" {
            (text_field("client", shell.t("Kennung des Clients", "Client id")).required().autocomplete("off"))
            (row(button(shell.t("Verbinden", "Connect")).secondary()))
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    status: String,
    client: String,
}

type Body = std::result::Result<Form<Sent>, FormRejection>;

/// Asks before a destination is decommissioned: there is no way back.
pub(super) async fn ask_status(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
) -> Result<Markup> {
    let view = delivery.view_destination(&ctx, &id).await?;
    let question =
        format!("{}: {}", view.destination.name, shell.t("außer Betrieb nehmen?", "decommission?"));
    Ok(ui::confirm_page(
        &shell,
        &question,
        shell.t(
            "Der Zustellpunkt nimmt dann für immer nichts mehr entgegen. Was schon da ist, kann noch abgeholt werden.",
            "The destination then takes nothing any more, for ever. What is there already can still be fetched.",
        ),
        &format!("{}/status", address(&id)),
        &button(shell.t("Außer Betrieb nehmen", "Decommission")).sends("status", "decommissioned"),
        &address(&id),
    ))
}

/// Changes the status.
pub(super) async fn set_status(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Redirect> {
    ctx.require(may::ADMINISTER)?;
    let draft = Draft { status: Some(fields(body)?.status), ..Draft::default() };
    delivery.change_destination(&ctx, &id, draft, Dialect::DESTINATIONS_V2, false).await?;
    Ok(Redirect::to(&format!("{}?done=changed", address(&id))))
}

/// Connects the client of the form.
pub(super) async fn connect(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Redirect> {
    ctx.require(may::ADMINISTER)?;
    delivery.link_client(&ctx, &id, fields(body)?.client.trim()).await?;
    Ok(Redirect::to(&format!("{}?done=linked", address(&id))))
}

/// Disconnects a client.
pub(super) async fn disconnect(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Body,
) -> Result<Redirect> {
    ctx.require(may::ADMINISTER)?;
    delivery.unlink_client(&ctx, &id, &fields(body)?.client).await?;
    Ok(Redirect::to(&format!("{}?done=unlinked", address(&id))))
}

/// Asks before a destination is deleted.
pub(super) async fn ask_delete(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<DestinationId>,
) -> Result<Markup> {
    let view = delivery.view_destination(&ctx, &id).await?;
    let question = format!("{}: {}", view.destination.name, shell.t("löschen?", "delete?"));
    Ok(ui::confirm_page(
        &shell,
        &question,
        shell.t(
            "Kontakt, Callback und Verbindungen werden entfernt. Name und öffentliche Schlüssel bleiben, solange Protokolle damit geprüft werden.",
            "Contact, callback and connections are removed. Name and public keys stay as long as logs are checked with them.",
        ),
        &format!("{}/delete", address(&id)),
        &button(shell.t("Löschen", "Delete")),
        &address(&id),
    ))
}

/// Deletes the destination.
pub(super) async fn delete(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<Redirect> {
    ctx.require(may::ADMINISTER)?;
    delivery.delete_destination(&ctx, &id).await?;
    Ok(Redirect::to("/delivery/destinations?done=deleted"))
}
