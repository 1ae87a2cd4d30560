//! The cases of an account.

use super::{page, without_script};
use crate::{
    Mailbox,
    model::{ClaimedCase, Part},
    names::may,
    rules::steps,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Ctx, Result, http::Path};
use maud::{Markup, html};
use ports::ids::CaseId;
use ui::{
    Alert, Paging, Shell, Tone, badge, button, empty_state, format, link, link_button, pagination, row,
};

/// All cases of the account, and a place to open another one with its link.
pub(super) async fn show(mailbox: &Mailbox, ctx: &Ctx, shell: &Shell, part: Part) -> Result<Markup> {
    let (offset, limit) = part.checked();
    let (total, cases) = mailbox.claims(ctx, offset, limit).await?;
    let title = shell.t("Postfach", "Mailbox");
    let count = |it: i64| u64::try_from(it).unwrap_or(0);
    let paging = Paging { offset: count(offset), limit: count(limit), total: count(total) };
    let body = html! {
        (ui::title(title))
        @if shell.query().contains("done=released") {
            (Alert::new(Tone::Success, shell.t("Der Vorgang ist aus Ihrem Konto gelöst. Mit seinem Link können Sie ihn weiter öffnen.", "The case is out of your account. You can still open it with its link.")).live())
        }
        (ui::lead(shell.t(
            "Alle Vorgänge Ihres Kontos. Der neueste steht oben.",
            "All cases of your account. The newest is at the top.",
        )))
        @if cases.is_empty() {
            (empty_state(
                shell.t("Noch kein Vorgang in Ihrem Konto", "No case in your account yet"),
                shell.t("Öffnen Sie einen Vorgang mit seinem Link und wählen Sie dort „In mein Konto übernehmen“.", "Open a case with its link and choose “Take into my account” there."),
                None,
            ))
        } @else {
            section.app-stack data-claims {
                @for it in &cases { (line(shell, it)) }
            }
            (pagination(shell, paging))
        }
        (without_script(shell))
        p data-loading { (shell.t("Einen Augenblick …", "One moment …")) }
        div.app-stack data-case {}
    };
    Ok(page(shell, title, None, &body))
}

fn line(shell: &Shell, it: &ClaimedCase) -> Markup {
    let name = it.public_service.as_ref().map(|it| it.name.as_str()).filter(|it| !it.is_empty());
    let name = name.unwrap_or_else(|| shell.t("Vorgang", "Case"));
    let address = format!("/mailbox/case/{}", it.case_id);
    html! {
        article.app-message.app-stack data-claim=(it.case_id) {
            h2.kern-heading-small { (link(&address, name)) }
            p.kern-body {
                @if let Some(office) = &it.destination_name { (office) br; }
                @if let Some(step) = &it.last_step {
                    (shell.text(steps::title(&step.kind))) ", " (format::time(shell.lang(), step.at))
                } @else {
                    (shell.t("Der Stand ist gerade nicht bekannt.", "The state is not known at present."))
                }
            }
            @if it.unread > 0 {
                p.kern-body { (badge(Tone::Info, &unread(shell, it.unread))) }
            }
            @if !it.readable {
                (ui::note(shell.t(
                    "Nachrichten lesen Sie mit dem Link des Vorgangs: Er wurde ohne Passkey übernommen.",
                    "You read messages with the link of the case: it was taken over without a passkey.",
                )))
            }
            p.kern-body.kern-body--small {
                (link(&format!("{address}/release"), shell.t("Aus dem Konto lösen …", "Take out of the account …")))
            }
        }
    }
}

fn unread(shell: &Shell, count: i64) -> String {
    match count {
        1 => shell.t("1 neue Nachricht", "1 new message").to_owned(),
        _ => format!("{count} {}", shell.t("neue Nachrichten", "new messages")),
    }
}

/// For whoever is not signed in.
pub(super) fn invitation(shell: &Shell) -> Markup {
    html! {
        section.app-section.app-no-print {
            h2.kern-heading-medium { (shell.t("Mit Konto", "With an account")) }
            p.kern-body { (shell.t(
                "Mit einem Konto sehen Sie alle übernommenen Vorgänge an einer Stelle. Ein Konto ist freiwillig.",
                "With an account you see all cases that you took over in one place. An account is voluntary.",
            )) }
            (row(link_button("/sign-in?to=%2Fmailbox", shell.t("Anmelden", "Sign in"))))
        }
    }
}

/// Asks before a case is taken out of the account.
pub(super) async fn ask_release(ctx: Ctx, shell: Shell, Path(case): Path<CaseId>) -> Result<Markup> {
    ctx.require(may::CLAIM)?;
    Ok(ui::confirm_page(
        &shell,
        shell.t("Vorgang aus dem Konto lösen?", "Take the case out of the account?"),
        shell.t(
            "Danach öffnet ihn nur noch sein Link. Haben Sie den Link nicht gespeichert, kommen Sie nicht mehr an den Vorgang.",
            "Then only its link opens it. If you have not saved the link, you cannot reach the case any more.",
        ),
        &format!("/mailbox/case/{case}/release"),
        &button(shell.t("Aus dem Konto lösen", "Take out of the account")),
        "/mailbox",
    ))
}

/// Takes a case out of the account.
pub(super) async fn release(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path(case): Path<CaseId>,
) -> Result<Response> {
    mailbox.release(&ctx, &case).await?;
    Ok(Redirect::to("/mailbox?done=released").into_response())
}
