//! Passkeys and recovery codes of one's own account.

use crate::{Identity, operations::account::Account};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query},
};
use serde::Deserialize;
use ui::{Alert, Markup, Shell, Tone, format, html};
use uuid::Uuid;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/account/passkeys", get(show))
        .route("/account/passkeys/{id}/name", post(rename))
        .route("/account/passkeys/{id}/remove", post(remove))
        .route("/account/recovery", get(recovery).post(make))
        .with_state(identity.clone())
}

#[derive(Deserialize)]
struct Why {
    /// Right after a link.
    fresh: Option<String>,
    /// Right after a recovery code.
    recovered: Option<String>,
    /// Right after one was added.
    added: Option<String>,
}

async fn show(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(why): Query<Why>,
) -> Result<Markup> {
    let account = identity.account(&ctx).await?;
    Ok(shell.draw("Passkeys").script("passkey").trail(shell.t("Konto", "Account"), "/account").body(html! {
        (ui::title("Passkeys"))
        (notice(&shell, &why, &account))
        (add(&shell))
        (list(&shell, &account))
    }))
}

fn notice(shell: &Shell, why: &Why, account: &Account) -> Markup {
    html! {
        @if why.added.is_some() {
            (Alert::new(Tone::Success, shell.t("Passkey angelegt", "Passkey added")).live().body(html! {
                p.kern-body {
                    @if account.recovery.all == 0 {
                        (ui::link("/account/recovery", shell.t("Drucken Sie jetzt Wiederherstellungscodes", "Now print recovery codes")))
                        (shell.t(" für den Fall, dass Sie das Gerät verlieren.", " in case you lose the device."))
                    } @else { (shell.t("Sie können sich jetzt damit anmelden.", "You can sign in with it now.")) }
                }
            }))
        } @else if why.recovered.is_some() {
            (Alert::new(Tone::Warning, shell.t("Mit Code angemeldet", "Signed in with a code")).text(shell.t(
                "Legen Sie gleich einen neuen Passkey an und entfernen Sie den des verlorenen Geräts.",
                "Add a new passkey now, and remove that of the lost device.")))
        } @else if why.fresh.is_some() && account.passkeys.is_empty() {
            (Alert::new(Tone::Info, shell.t("Fast fertig", "Almost done")).text(shell.t(
                "Der Link galt nur dieses eine Mal. Legen Sie jetzt einen Passkey an, sonst kommen Sie nach dem Abmelden nicht wieder herein.",
                "The link was good this once only. Add a passkey now, otherwise you cannot come back in after signing out.")))
        }
    }
}

fn add(shell: &Shell) -> Markup {
    html! {
        section.app-section data-passkey="add" aria-label=(shell.t("Passkey anlegen", "Add a passkey")) {
            (ui::needs_script(shell.lang(), shell.t(
                "Passkeys brauchen JavaScript. Schalten Sie es für diese Seite ein.",
                "Passkeys need JavaScript. Switch it on for this page.")))
            (ui::text_field("passkey-name", shell.t("Name für den neuen Passkey", "Name for the new passkey"))
                .hint(shell.t("Woran Sie das Gerät erkennen, zum Beispiel „Diensthandy“.", "By what you know the device, for example “work phone”."))
                .attribute("maxlength", "60").autocomplete("off"))
            div.app-row {
                button.kern-btn.kern-btn--primary type="button" data-passkey-start data-needs-script hidden {
                    span.kern-label { (shell.t("Passkey anlegen", "Add a passkey")) }
                }
            }
            div data-passkey-status role="status" aria-live="polite" {}
        }
    }
}

fn list(shell: &Shell, account: &Account) -> Markup {
    html! {
        h2.kern-heading-medium { (shell.t("Ihre Passkeys", "Your passkeys")) }
        @if account.passkeys.is_empty() { (ui::paragraph(shell.t("Noch keiner.", "None yet."))) }
        (ui::grid(html! {
            @for it in &account.passkeys {
                @let (rename, remove) = (format!("/account/passkeys/{}/name", it.id), format!("/account/passkeys/{}/remove", it.id));
                @let field = format!("name-{}", it.id);
                (ui::card(&it.name).body(html! {
                    (ui::description_list(&[
                        (shell.t("Angelegt", "Added"), html! { (format::time(shell.lang(), it.created_at)) }),
                        (shell.t("Zuletzt benutzt", "Last used"), html! {
                            @if let Some(at) = it.used_at { (format::time(shell.lang(), at)) } @else { (shell.t("noch nie", "never")) }
                        }),
                        (shell.t("Vertrauensniveau", "Level of assurance"), html! { (shell.text(it.level.title())) }),
                    ]))
                    (ui::details(shell.t("Umbenennen", "Rename"), html! {
                        form.app-form action=(rename) method="post" {
                            (ui::text_field("name", "Name").id(field.as_str()).value(it.name.as_str()).attribute("maxlength", "60").required())
                            (ui::button(shell.t("Speichern", "Save")).secondary())
                        }
                    }))
                }).foot(html! {
                    @if account.has_other_ways() {
                        (ui::post_button(&remove, &[], ui::button(shell.t("Entfernen", "Remove")).tertiary()))
                    } @else {
                        (ui::note(shell.t("Der letzte Weg lässt sich nicht entfernen.", "The last way in cannot be removed.")))
                    }
                }))
            }
        }))
    }
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

async fn rename(
    State(identity): State<Identity>,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Form(it): Form<Name>,
) -> Result<Redirect> {
    identity.rename_passkey(&ctx, &id, &it.name).await?;
    Ok(Redirect::to("/account/passkeys"))
}

async fn remove(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.remove_way(&ctx, &id).await?;
    Ok(Redirect::to("/account/passkeys"))
}

async fn recovery(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let state = identity.recovery_state(&ctx).await?;
    let title = shell.t("Wiederherstellungscodes", "Recovery codes");
    Ok(shell.draw(title).trail(shell.t("Konto", "Account"), "/account").body(html! {
        (ui::title(title))
        (ui::lead(shell.t(
            "Zehn Codes auf Papier, jeder gilt einmal. Damit kommen Sie in Ihr Konto, wenn Sie jedes Gerät verloren haben.",
            "Ten codes on paper, each works once. With them you get into your account when you have lost every device.")))
        @if state.all > 0 {
            (ui::paragraph(html! { (shell.t("Noch gültig: ", "Still good: ")) strong { (state.all - state.used) } (shell.t(" von ", " of ")) (state.all) "." }))
            (Alert::new(Tone::Warning, shell.t("Neue Codes machen die alten ungültig", "New codes make the old ones void"))
                .text(shell.t("Vernichten Sie dann die alte Liste.", "Then destroy the old list.")))
        }
        form.app-row method="post" action="/account/recovery" {
            (ui::button(if state.all > 0 { shell.t("Neue Codes machen", "Make new codes") } else { shell.t("Codes machen", "Make codes") }))
        }
    }))
}

async fn make(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Response> {
    let codes = identity.make_recovery(&ctx).await?;
    let title = shell.t("Ihre Wiederherstellungscodes", "Your recovery codes");
    let page = shell.draw(title).script("copy").trail(shell.t("Konto", "Account"), "/account").body(html! {
        (ui::title(title))
        (Alert::new(Tone::Warning, shell.t("Nur jetzt zu sehen", "To be seen only now")).text(shell.t(
            "Drucken Sie diese Seite oder schreiben Sie die Codes ab, und verwahren Sie sie wie einen Ausweis.",
            "Print this page or write the codes down, and keep them like an identity card.")))
        ol.kern-list.kern-list--numbered data-recovery-codes="" {
            @for code in &codes { li { (ui::code(code)) } }
        }
        div.app-row.app-no-print {
            button.kern-btn.kern-btn--primary type="button" data-print data-needs-script hidden {
                span.kern-label { (shell.t("Drucken", "Print")) }
            }
            (ui::link_button("/account", shell.t("Fertig", "Done")))
        }
    });
    // Nobody keeps a copy, not even the browser's back button.
    Ok(super::super::sign_in::with_cookies(page.into_response(), None))
}
