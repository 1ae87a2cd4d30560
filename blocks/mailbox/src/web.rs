//! Pages: the cases of an account, one case, and where a saved link is opened. What offices write is decrypted and drawn in
//! the browser.

mod account;

use crate::{Mailbox, model::Part, rules};
use axum::{Router, extract::State, routing::get};
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use maud::{Markup, html};
use ports::ids::CaseId;
use ui::Shell;

/// The address of the API for a case; the script fills in the id.
const CASE_API: &str = "/api/v1/mailbox/cases/{caseId}";
/// The page of a case; the script fills in the id.
const CASE_PAGE: &str = "/mailbox/case/{caseId}";
/// The address of the record of a case, where there is one.
const CASE_RECORD: &str = "/api/v1/record/cases/{caseId}";

pub(crate) fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/mailbox", get(home))
        .route("/mailbox/case", get(no_case))
        .route("/mailbox/case/{case_id}", get(case))
        .route("/mailbox/case/{case_id}/release", get(account::ask_release).post(account::release))
        .with_state(mailbox)
}

async fn home(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    shell: Shell,
    Query(part): Query<Part>,
) -> Result<Markup> {
    if rules::claim::owner(ctx.actor()).is_some() {
        return account::show(&mailbox, &ctx, &shell, part).await;
    }
    Ok(open_link(&shell))
}

/// For whoever comes without an account.
fn open_link(shell: &Shell) -> Markup {
    let title = shell.t("Postfach", "Mailbox");
    let body = html! {
        (ui::title(title))
        (ui::lead(shell.t(
            "Hier sehen Sie, wie es mit Ihrem Antrag steht, und lesen die Antwort der Stelle. Ein Konto brauchen Sie nicht.",
            "Here you see how your submission is coming along and read the office's answer. You need no account.",
        )))
        (without_script(shell))
        p data-loading { (shell.t("Einen Augenblick …", "One moment …")) }
        div.app-stack data-case {}
        (explanation(shell))
        (account::invitation(shell))
    };
    page(shell, title, None, &body)
}

async fn no_case(shell: Shell) -> Markup {
    open_link(&shell)
}

async fn case(shell: Shell, Path(case): Path<CaseId>) -> Result<Markup> {
    let title = shell.t("Ihr Vorgang", "Your case");
    let body = html! {
        (ui::title(title))
        (without_script(&shell))
        p data-loading { (shell.t("Der Vorgang wird geladen …", "The case is being loaded …")) }
        div.app-stack data-case {}
        (about_messages(&shell))
    };
    Ok(page(&shell, title, Some(&case), &body))
}

fn page(shell: &Shell, title: &str, case: Option<&CaseId>, body: &Markup) -> Markup {
    let mut page = shell.draw(title).script("case").main_id("case-app");
    if let Some(case) = case {
        page = page.trail(shell.t("Postfach", "Mailbox"), "/mailbox").data("data-case-id", case.as_str());
    }
    if rules::claim::owner(shell.actor()).is_some() {
        page = page.data("data-account", "true");
    }
    page.data("data-case-url", CASE_API)
        .data("data-case-page", CASE_PAGE)
        .data("data-record-url", CASE_RECORD)
        .body(body)
}

fn without_script(shell: &Shell) -> Markup {
    ui::needs_script(
        shell.lang(),
        shell.t(
            "Ihre Nachrichten liegen hier nur verschlüsselt. Entschlüsselt werden sie in Ihrem Browser, mit dem Teil des Links nach dem „#“, den der Server nie erhält. Dafür ist JavaScript nötig. Schalten Sie es für diese Seite ein, oder öffnen Sie den Link in einem anderen Browser.",
            "Your messages lie here encrypted only. They are decrypted in your browser, with the part of the link after the “#”, which the server never receives. That takes JavaScript. Switch it on for this page, or open the link in another browser.",
        ),
    )
}

/// How the link works, for whoever comes without one.
fn explanation(shell: &Shell) -> Markup {
    let points = [
        shell.t(
            "Den Link erhalten Sie nach dem Absenden eines Antrags. Er ist Ihr Schlüssel: Wer ihn hat, kann den Vorgang lesen.",
            "You get the link after sending a form. The link is your key: whoever has it can read the case.",
        ),
        shell.t(
            "Niemand kann Ihnen den Link ersetzen, auch der Betrieb dieser Seite nicht. Speichern oder drucken Sie ihn.",
            "Nobody can replace the link, not even whoever runs this site. Save or print it.",
        ),
    ];
    list(shell.t("So funktioniert der Link", "How the link works"), &points)
}

/// What becomes of messages, for whoever is in a case.
fn about_messages(shell: &Shell) -> Markup {
    let points = [
        shell.t(
            "Nachrichten der Behörde sind für Sie verschlüsselt. Der Server bewahrt nur Verschlüsseltes auf.",
            "The office's messages are encrypted for you. The server only keeps what is encrypted.",
        ),
        shell.t(
            "Die Behörde erfährt, dass Sie eine Nachricht geöffnet haben.",
            "The office learns that you have opened a message.",
        ),
        shell.t(
            "Nachrichten werden nach einer Frist gelöscht. Speichern Sie, was Sie behalten möchten.",
            "Messages are deleted after some time. Save what you want to keep.",
        ),
    ];
    list(shell.t("Gut zu wissen", "Good to know"), &points)
}

fn list(title: &str, points: &[&str]) -> Markup {
    html! {
        section.app-section.app-no-print {
            h2.kern-heading-medium { (title) }
            ul.kern-list.kern-list--bullet { @for point in points { li { (point) } } }
        }
    }
}
