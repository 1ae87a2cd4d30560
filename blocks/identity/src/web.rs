//! The pages.

mod account;
mod asker;
mod certificate;
mod enter;
mod lending;
mod oversight;
mod passkey;
mod people;
mod person;
mod provider;
mod role;
mod setting;
mod sign_in;

use crate::Identity;
use axum::{Router, response::Redirect};
use kernel::{Ctx, Role};
use ui::{Markup, Shell, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .merge(sign_in::router(identity))
        .merge(enter::router(identity))
        .merge(passkey::router(identity))
        .merge(certificate::router(identity))
        .merge(account::router(identity))
        .merge(people::router(identity))
        .merge(person::router(identity))
        .merge(role::router(identity))
        .merge(lending::router(identity))
        .merge(oversight::router(identity))
        .merge(setting::router(identity))
        .merge(provider::router(identity))
}

/// Back to a page after something was done.
fn back(path: &str) -> Redirect {
    Redirect::to(path)
}

/// The pages about people and rights, as links; only those that somebody may open.
fn areas(shell: &Shell, ctx: &Ctx) -> Markup {
    use crate::names::may;
    let all = [
        ("/admin/people", shell.t("Personen", "People"), may::READ_PEOPLE),
        ("/admin/lending", shell.t("Vertretungen", "Stand-ins"), may::DELEGATE),
        ("/admin/organisations", shell.t("Organisationen", "Organisations"), may::READ_PEOPLE),
        ("/admin/roles", shell.t("Rollen", "Roles"), may::READ_PEOPLE),
        ("/admin/approvals", shell.t("Zustimmungen", "Approvals"), may::APPROVE),
        ("/admin/settings", shell.t("Anmeldung einrichten", "Sign-in settings"), may::CHANGE_SETTINGS),
        ("/admin/alarms", shell.t("Alarme", "Alarms"), may::BREAK_GLASS),
    ];
    html! {
        nav aria-label=(shell.t("Personen und Rechte", "People and rights")) {
            ul.app-row role="list" {
                @for (path, label, _) in all.iter().filter(|it| ctx.may(it.2)) {
                    li {
                        @if shell.path() == *path { strong aria-current="page" { (label) } }
                        @else { (ui::link(path, label)) }
                    }
                }
            }
        }
    }
}

/// What a role is called.
fn role_title(shell: &Shell, role: &str) -> String {
    match role {
        "admin" => shell.t("Verwaltung", "Administration").to_owned(),
        "clerk" => shell.t("Sachbearbeitung", "Clerk").to_owned(),
        "auditor" => shell.t("Prüfung", "Auditor").to_owned(),
        other => other.to_owned(),
    }
}

/// What a tenant is called; the node itself has no name.
fn tenant_title(shell: &Shell, tenant: &str) -> String {
    if tenant.is_empty() { shell.t("ganzer Knoten", "whole node").to_owned() } else { tenant.to_owned() }
}

/// What a way in is called.
fn way_title(shell: &Shell, way: &str, ways: &[ports::identity::Way]) -> String {
    match way {
        crate::operations::passkey::WAY => "Passkey".to_owned(),
        crate::operations::certificate::WAY => shell.t("Zertifikat", "Certificate").to_owned(),
        crate::operations::recovery::WAY => shell.t("Wiederherstellungscode", "Recovery code").to_owned(),
        crate::operations::link::WAY => shell.t("Einmal-Link", "One-time link").to_owned(),
        other => {
            let known = ways.iter().find(|it| it.id == other);
            known.map_or_else(|| other.to_owned(), |it| shell.t(&it.label.0, &it.label.1).to_owned())
        }
    }
}

/// Whether somebody administers the whole node.
fn operator(ctx: &Ctx) -> bool {
    ctx.actor().is(Role::Admin) && ctx.tenant().is_empty()
}
