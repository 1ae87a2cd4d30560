//! The frame around every page: head, header with navigation, notices, main part, foot.

use crate::{
    Alert, Page, Shell, Tone, assets, breadcrumb,
    tag::{Attributes, close, open},
};
use kernel::{Lang, Nav, Role};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The mark: a bay of a timber-framed wall.
const MARK: &str = include_str!("mark.svg");

pub(crate) fn page(page: &Page<'_>, body: &Markup) -> Markup {
    let shell = page.shell;
    let styles: Vec<String> = ["kern.min.css", "fonts/fira-sans.css", "app.css"]
        .iter()
        .filter_map(|it| assets::versioned(it))
        .collect();
    let mut main = Attributes::new();
    main.add("id", page.id.as_ref());
    main.add("class", "app-main");
    main.add("tabindex", "-1");
    html! {
        (DOCTYPE)
        html lang=(shell.lang().tag()) {
            (head(page, &styles))
            body class=(if page.wide { "app-page app-page--wide" } else { "app-page" }) {
                a.app-skip href={ "#" (page.id) } { (shell.t("Zum Inhalt springen", "Skip to content")) }
                (header(shell))
                @if !page.trail.is_empty() {
                    div.app-inner.app-trail {
                        (breadcrumb(shell.lang(), &page.trail, &page.title))
                    }
                }
                (open("main", &main.and(&page.main)))
                    @if styles.is_empty() { (unbuilt(shell)) }
                    (body)
                (close("main"))
                (footer(shell))
            }
        }
    }
}

fn head(page: &Page<'_>, styles: &[String]) -> Markup {
    let site = page.shell.site();
    html! {
        head {
            meta charset="utf-8";
            title {
                (page.title)
                @if page.title != site.name { " – " (site.name) }
            }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            link rel="icon" type="image/svg+xml" href=(assets::url("mark.svg"));
            @for style in styles { link rel="stylesheet" href=(style); }
            @if let Some((title, path)) = &page.feed {
                link rel="alternate" type="application/atom+xml" title=(title) href=(path);
            }
            @for script in &page.scripts {
                @let name = format!("app/{script}.js");
                script type="module" src=(assets::url(&name)) integrity=[assets::integrity(&name)] {}
            }
        }
    }
}

fn header(shell: &Shell) -> Markup {
    let site = shell.site();
    html! {
        header {
            div.kern-kopfzeile {
                div.app-inner.app-headline {
                    p.kern-kopfzeile__label { (shell.text(site.headline)) }
                    (languages(shell))
                }
            }
            div.app-header {
                div.app-inner {
                    a.app-brand href="/" {
                        (PreEscaped(MARK))
                        span {
                            span.app-brand__name { (site.name) }
                            span.app-brand__line { (shell.text(site.line)) }
                        }
                    }
                    (navigation(shell))
                }
            }
            (work(shell))
            @if shell.shows_emergency() { (emergency(shell)) }
            @if site.demo { (demo(shell)) }
        }
    }
}

/// Everybody's entries and one's own account; clerks and administrators find their work in a row of its own below.
fn navigation(shell: &Shell) -> Markup {
    let site = shell.site();
    let entries: Vec<&Nav> = site.nav.iter().filter(|it| !it.admin).collect();
    let sign_in = shell.sign_in_path().filter(|_| shell.actor().is_nobody());
    let account = site.account.as_deref().filter(|_| shell.actor().person.is_some());
    let sign_out = site.sign_out.as_deref().filter(|_| !shell.actor().is_nobody());
    html! {
        @if !entries.is_empty() || sign_in.is_some() || sign_out.is_some() || account.is_some() {
            nav.app-nav aria-label=(shell.t("Hauptnavigation", "Main navigation")) {
                ul {
                    @for entry in entries { (nav_entry(shell, entry)) }
                    @if let Some(path) = sign_in {
                        li { a href=(path) aria-current=[shell.current(path.split('?').next().unwrap_or_default())] { (shell.t("Anmelden", "Sign in")) } }
                    }
                    @if let Some(path) = account {
                        li {
                            a href=(path) aria-current=[shell.current(path)] {
                                (shell.t("Konto", "Account"))
                                @if !shell.actor().tenant.is_empty() { " (" (shell.actor().tenant) ")" }
                            }
                        }
                    }
                    @if let Some(path) = sign_out {
                        li {
                            form action=(path) method="post" {
                                button type="submit" { (shell.t("Abmelden", "Sign out")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What clerks and administrators work with.
fn work(shell: &Shell) -> Markup {
    let entries: Vec<&Nav> = shell.site().nav.iter().filter(|it| it.admin && shell.leads_on(it)).collect();
    html! {
        @if !entries.is_empty() {
            div.app-work {
                div.app-inner {
                    nav.app-nav aria-label=(shell.t("Arbeitsbereich", "Workspace")) {
                        ul { @for entry in entries { (nav_entry(shell, entry)) } }
                    }
                }
            }
        }
    }
}

/// One entry; only the nearest of those that lead here is marked.
fn nav_entry(shell: &Shell, entry: &Nav) -> Markup {
    let seen = shell.site().nav.iter().filter(|it| shell.leads_on(it));
    let nearest = seen.filter_map(|it| lies_here(shell, it)).map(|it| it.0).max();
    let current = lies_here(shell, entry).filter(|it| nearest == Some(it.0)).map(|it| it.1);
    html! { li { a href=(entry.path) aria-current=[current] { (shell.text(entry.label)) } } }
}

/// How near an entry is to this page, and how it is marked: by its own path, or by another of its pages.
fn lies_here(shell: &Shell, entry: &Nav) -> Option<(usize, &'static str)> {
    let own = shell.current(entry.path).map(|it| (entry.path.len(), it));
    let others = entry.also.iter().filter(|it| shell.current(it).is_some()).map(|it| (it.len(), "true"));
    own.into_iter().chain(others).max()
}

/// The other language is a link that keeps the rest of the query; the node remembers the choice.
fn languages(shell: &Shell) -> Markup {
    html! {
        nav aria-label=(shell.t("Sprache", "Language")) {
            ul.app-language {
                @for (lang, name) in [(Lang::De, "Deutsch"), (Lang::En, "English")] {
                    li {
                        a href=(shell.here_with(&[("lang", lang.tag())])) lang=(lang.tag()) hreflang=(lang.tag())
                            aria-current=[(lang == shell.lang()).then_some("true")] { (name) }
                    }
                }
            }
        }
    }
}

/// Somebody went in by the emergency link: everybody who administers the node sees it, wherever they are.
fn emergency(shell: &Shell) -> Markup {
    html! {
        div.app-banner.app-banner--danger role="note" {
            div.app-inner {
                span class="kern-icon kern-icon--danger" aria-hidden="true" {}
                p {
                    strong { (shell.t("Notfallzugang in Gebrauch.", "Emergency access in use.")) }
                    @if shell.actor().is(Role::Admin) {
                        " " a.kern-link href="/admin/alarms" { (shell.t("Wer, wann und warum", "Who, when and why")) }
                    }
                }
            }
        }
    }
}

fn demo(shell: &Shell) -> Markup {
    html! {
        div.app-banner role="note" {
            div.app-inner {
                span class="kern-icon kern-icon--warning" aria-hidden="true" {}
                p {
                    strong { (shell.t("Demobetrieb.", "Demo mode.")) } " "
                    (shell.t(
                        "Alle Daten sind Beispiele. Selbstsignierte Zertifikate und Rückrufe an den eigenen Rechner werden \
                         angenommen. Geben Sie nichts Vertrauliches ein.",
                        "All data are examples. Self-signed certificates and callbacks to this computer are accepted. \
                         Do not enter anything confidential.",
                    ))
                }
            }
        }
    }
}

/// Without the built web folder pages are plain, but complete; whoever runs the node is told what to do.
fn unbuilt(shell: &Shell) -> Markup {
    Alert::new(Tone::Warning, shell.t("Das Designsystem fehlt", "The design system is missing"))
        .text(shell.t(
            "Diese Seite ist vollständig, aber ungestaltet. „make build“ erzeugt Gestaltung und Skripte.",
            "This page is complete, but plain. “make build” makes styles and scripts.",
        ))
        .done()
}

fn footer(shell: &Shell) -> Markup {
    let site = shell.site();
    html! {
        footer.app-footer {
            div.app-inner {
                nav aria-label=(shell.t("Rechtliches und Hilfe", "Legal and help")) {
                    ul {
                        @for link in shell.links() {
                            li { a.kern-link href=(link.path) { (shell.text(link.label)) } }
                        }
                    }
                }
                p.app-version { (site.name) @if !site.version.is_empty() { " " (site.version) } }
            }
        }
    }
}
