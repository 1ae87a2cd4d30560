//! The page for an error: what, where, what to do next, and by which number to ask.

use crate::{Alert, Shell, Tone, code, heading, lead, link_button, paragraph, title};
use kernel::{Code, Error, Kind, fault};
use maud::{Markup, html};

/// The page for an error. The status of the response is the caller's: `error.code().kind.status()`.
pub fn error_page(shell: &Shell, error: &Error) -> Markup {
    let (lang, published) = (shell.lang(), error.code());
    let place = error.pointer().filter(|it| !it.is_empty());
    let way_on = if published.kind == Kind::Unauthenticated {
        shell.sign_in_path().map(|it| (it, shell.t("Anmelden", "Sign in")))
    } else {
        step_up(shell, error)
            .map(|it| (it, shell.t("Mit stärkerem Mittel anmelden", "Sign in with a stronger means")))
            .or_else(|| begin_anew(shell, published.kind))
    };
    let link = error.parameter("link").filter(|it| it.starts_with('/') || it.starts_with("http"));
    shell.page(
        published.title.get(lang),
        html! {
            (title(published.title.get(lang)))
            (lead(&error.detail(lang)))
            @if let Some(place) = place { (paragraph(html! { (shell.t("Stelle: ", "Place: ")) (code(place)) })) }
            @if !error.issues().is_empty() {
                (Alert::new(Tone::Danger, shell.t("Im Einzelnen", "In detail")).heading().body(html! {
                    ul.kern-list.kern-list--bullet {
                        @for issue in error.issues() { li { (code(&issue.pointer)) ": " (issue.detail) } }
                    }
                }))
            }
            (heading(shell.t("Was Sie jetzt tun können", "What you can do now")))
            (paragraph(advice(shell, published)))
            div.app-row {
                @if let Some((path, words)) = &way_on {
                    (link_button(path.as_str(), *words).primary())
                    (link_button("/", shell.t("Zur Startseite", "To the start page")))
                } @else {
                    (link_button("/", shell.t("Zur Startseite", "To the start page")).primary())
                }
                @if let Some(link) = link {
                    (link_button(link, shell.t("Zur Anfrage", "To the request")))
                }
            }
            dl.app-fine {
                div { dt { (shell.t("Fehlercode", "Error code")) } dd { (code(published.code)) } }
                @if let Some(request) = shell.request_id() {
                    div { dt { (shell.t("Anfragenummer", "Request id")) } dd { (code(&request)) } }
                }
            }
        },
    )
}

/// Where to sign in with the level that was missing, coming back to this page.
fn step_up(shell: &Shell, error: &Error) -> Option<String> {
    let level = error.parameter("code").filter(|_| error.code().code == fault::LEVEL_TOO_LOW.code)?;
    let path = shell.sign_in_path()?;
    let joint = if path.contains('?') { '&' } else { '?' };
    Some(format!("{path}{joint}level={level}"))
}

/// Where to begin again, on a page that is part of signing in.
fn begin_anew(shell: &Shell, kind: Kind) -> Option<(String, &str)> {
    let ended = matches!(kind, Kind::Forbidden | Kind::Unprocessable | Kind::Conflict | Kind::NotFound);
    let path = shell.sign_in_path().filter(|_| ended && signs_in(shell))?;
    Some((path, shell.t("Anmeldung neu beginnen", "Begin to sign in anew")))
}

fn signs_in(shell: &Shell) -> bool {
    shell.path().starts_with("/sign-in/")
}

/// The next step: that of this very error where it has its own, that of its kind otherwise.
fn advice(shell: &Shell, published: Code) -> &'static str {
    if published.code == "identity.second_person_needed" {
        return shell.t(
            "Lassen Sie eine zweite berechtigte Person der Anfrage zustimmen: Geben Sie ihr den Link zur Anfrage. Wiederholen Sie danach die Handlung.",
            "Let a second person who may do this agree to the request: give them the link to it. Then repeat what you did.",
        );
    }
    if begin_anew(shell, published.kind).is_some() {
        return shell.t(
            "Beginnen Sie die Anmeldung neu; dort können Sie auch einen anderen Weg wählen.",
            "Begin to sign in anew; there you can also choose another way.",
        );
    }
    next(shell, published.kind)
}

fn next(shell: &Shell, kind: Kind) -> &'static str {
    match kind {
        Kind::NotFound => shell.t(
            "Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite. Ein Link kann auch abgelaufen sein.",
            "Check the address, or begin at the start page. A link may also have expired.",
        ),
        Kind::Unauthenticated => shell.t(
            "Melden Sie sich an und rufen Sie die Seite dann noch einmal auf.",
            "Sign in, then open the page again.",
        ),
        Kind::Forbidden => shell.t(
            "Wenn Sie den Zugang brauchen, wenden Sie sich an die Stelle, die dieses Angebot betreibt.",
            "If you need access, contact whoever operates this site.",
        ),
        Kind::Conflict => shell.t(
            "Laden Sie die vorige Seite neu; dort steht, was jetzt möglich ist.",
            "Reload the previous page; it shows what is possible now.",
        ),
        Kind::TooMany | Kind::Unavailable | Kind::Timeout => shell.t(
            "Warten Sie einen Augenblick, und versuchen Sie es dann noch einmal. Ihre Eingaben bleiben auf der vorigen Seite.",
            "Wait a moment, then try again. What you entered is still on the previous page.",
        ),
        Kind::Internal => shell.t(
            "Versuchen Sie es später noch einmal. Bleibt der Fehler, nennen Sie dem Betrieb die Anfragenummer.",
            "Try again later. If the fault stays, give the request id to the operator.",
        ),
        Kind::Invalid
        | Kind::Unprocessable
        | Kind::TooLarge
        | Kind::UnsupportedMedia
        | Kind::MethodNotAllowed => shell.t(
            "Gehen Sie zurück, berichtigen Sie die Angabe, und senden Sie noch einmal.",
            "Go back, correct the entry and send it again.",
        ),
    }
}
