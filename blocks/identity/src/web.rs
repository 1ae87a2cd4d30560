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
mod program;
mod program_form;
mod provider;
mod role;
mod setting;
mod sign_in;

use crate::Identity;
use axum::{Router, response::Redirect};
use kernel::{Ctx, Role};
use ui::{Markup, Shell};

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
        .merge(program::router(identity))
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
        ("/admin/programs", shell.t("Programme", "Programs"), may::MANAGE_CLIENTS),
        ("/admin/approvals", shell.t("Zustimmungen", "Approvals"), may::APPROVE),
        ("/admin/settings", shell.t("Anmeldung einrichten", "Sign-in settings"), may::CHANGE_SETTINGS),
        ("/admin/alarms", shell.t("Alarme", "Alarms"), may::BREAK_GLASS),
    ];
    let seen: Vec<(&str, &str)> = all.iter().filter(|it| ctx.may(it.2)).map(|it| (it.0, it.1)).collect();
    ui::tabs(shell, shell.t("Personen und Rechte", "People and rights"), &seen)
}

/// What a claim is called; others' claims keep their wire name.
fn claim_title<'c>(shell: &Shell, claim: &'c str) -> &'c str {
    match claim {
        "name" => shell.t("Name", "Name"),
        "given_name" => shell.t("Vorname", "Given name"),
        "family_name" => shell.t("Familienname", "Family name"),
        "birth_family_name" => shell.t("Geburtsname", "Family name at birth"),
        "birthdate" => shell.t("Geburtsdatum", "Date of birth"),
        "place_of_birth" => shell.t("Geburtsort", "Place of birth"),
        "nationality" => shell.t("Staatsangehörigkeit", "Nationality"),
        "gender" => shell.t("Geschlecht", "Gender"),
        "locale" => shell.t("Sprache", "Language"),
        "email" => shell.t("E-Mail-Adresse", "E-mail address"),
        "email_verified" => shell.t("E-Mail-Adresse geprüft", "E-mail address verified"),
        "phone_number" => shell.t("Telefonnummer", "Telephone number"),
        "phone_number_verified" => shell.t("Telefonnummer geprüft", "Telephone number verified"),
        "address" => shell.t("Anschrift", "Address"),
        "address.street_address" => shell.t("Straße und Hausnummer", "Street and number"),
        "address.postal_code" => shell.t("Postleitzahl", "Postal code"),
        "address.locality" => shell.t("Ort", "Town"),
        "address.region" => shell.t("Land oder Region", "State or region"),
        "address.country" => shell.t("Staat", "Country"),
        other => other,
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
