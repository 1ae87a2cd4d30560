//! Lists of several kinds: terms, tasks, steps, ways, pages.

use crate::{Shell, Tone, badge};
use kernel::Lang;
use maud::{Markup, html};

/// Terms and what they say.
pub fn description_list(items: &[(&str, Markup)]) -> Markup {
    html! {
        dl.kern-description-list {
            @for (term, value) in items {
                div.kern-description-list-item {
                    dt.kern-description-list-item__key { (term) }
                    dd.kern-description-list-item__value { (value) }
                }
            }
        }
    }
}

/// Something to do, or done.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// What.
    pub title: &'a str,
    /// Where it is done; nothing while it cannot be done.
    pub path: Option<&'a str>,
    /// How far it is.
    pub status: (Tone, &'a str),
}

/// Tasks in any order, each with its state.
pub fn task_list(title: &str, tasks: &[Task<'_>]) -> Markup {
    html! {
        div.kern-task-list {
            div.kern-task-list__header { h2.kern-heading-medium { (title) } }
            ul.kern-task-list__list {
                @for task in tasks {
                    li.kern-task-list__item {
                        div.kern-task-list__title {
                            @match task.path {
                                Some(path) => a.kern-link.kern-link--stretched href=(path) { (task.title) },
                                None => span.kern-body { (task.title) },
                            }
                            div.kern-task-list__status { (badge(task.status.0, task.status.1)) }
                        }
                    }
                }
            }
        }
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Behind us.
    Done,
    /// Here.
    Current,
    /// Before us.
    Open,
}

/// The steps of something long; `current` counts from 0.
pub fn stepper(lang: Lang, steps: &[&str], current: usize) -> Markup {
    html! {
        nav.app-stepper aria-label=(lang.pick("Schritte", "Steps")) {
            ol {
                @for (number, title) in steps.iter().enumerate() {
                    @let state = match number.cmp(&current) {
                        std::cmp::Ordering::Less => Step::Done,
                        std::cmp::Ordering::Equal => Step::Current,
                        std::cmp::Ordering::Greater => Step::Open,
                    };
                    li data-state=(match state { Step::Done => "done", Step::Current => "current", Step::Open => "open" })
                        aria-current=[(state == Step::Current).then_some("step")] {
                        span.app-stepper__number aria-hidden="true" { (number + 1) }
                        span {
                            (title)
                            @if state == Step::Done { span.kern-sr-only { (lang.pick(" (erledigt)", " (done)")) } }
                        }
                    }
                }
            }
        }
    }
}

/// What has happened, oldest first: when, what, how it is meant, and more about it.
pub fn timeline(lang: Lang, entries: &[(i64, &str, Tone, Markup)]) -> Markup {
    html! {
        ol.app-timeline {
            @for (at, title, tone, more) in entries {
                li data-tone=(tone.name()) {
                    p { strong { (title) } }
                    p.kern-body.kern-body--small.kern-body--muted { (crate::format::time(lang, *at)) }
                    (more)
                }
            }
        }
    }
}

/// What was checked, and how it came out.
pub fn check_list(lang: Lang, checks: &[(Tone, &str)]) -> Markup {
    html! {
        ul.app-checks {
            @for (tone, text) in checks {
                @let (outcome, word) = match tone {
                    Tone::Success => ("good", lang.pick("In Ordnung: ", "Good: ")),
                    Tone::Info => ("info", ""),
                    Tone::Warning => ("warning", lang.pick("Hinweis: ", "Note: ")),
                    Tone::Danger => ("bad", lang.pick("Fehler: ", "Fault: ")),
                };
                li data-outcome=(outcome) {
                    span class={ "kern-icon kern-icon--" (tone.name()) } aria-hidden="true" {}
                    span { span.kern-sr-only { (word) } (text) }
                }
            }
        }
    }
}

/// The pages of one part of the product, as a row of links; the one shown is marked. `label` names the part.
pub fn tabs(shell: &Shell, label: &str, pages: &[(&str, &str)]) -> Markup {
    html! {
        nav.app-tabs aria-label=(label) {
            ul {
                @for (path, words) in pages {
                    li { a href=(path) aria-current=[(shell.path() == *path).then_some("page")] { (words) } }
                }
            }
        }
    }
}

/// The way to a page: label and path of each page above it, then the page itself.
pub fn breadcrumb<L: AsRef<str>, P: AsRef<str>>(lang: Lang, above: &[(L, P)], here: &str) -> Markup {
    html! {
        nav.app-breadcrumb aria-label=(lang.pick("Sie sind hier", "You are here")) {
            ol {
                @for (label, path) in above {
                    li { a.kern-link.kern-link--no-visited-state href=(path.as_ref()) { (label.as_ref()) } }
                }
                li aria-current="page" { (here) }
            }
        }
    }
}

/// Which part of a long list is shown.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// How many come before.
    pub offset: u64,
    /// How many are shown at most.
    pub limit: u64,
    /// How many there are.
    pub total: u64,
}

/// Links to the other parts of a long list (`?offset=…&limit=…`, all other parameters kept); nothing if there is one part only.
pub fn pagination(shell: &Shell, paging: Paging) -> Markup {
    let limit = paging.limit.max(1);
    let last = paging.total.saturating_sub(1) / limit;
    let current = (paging.offset / limit).min(last);
    let link = |page: u64, words: &str, rel: Option<&str>| {
        let (offset, limit) = ((page * limit).to_string(), limit.to_string());
        let path = shell.here_with(&[("offset", &offset), ("limit", &limit)]);
        html! { li { a href=(path) rel=[rel] { (words) } } }
    };
    let mut pages: Vec<u64> = vec![0, last];
    pages.extend(current.saturating_sub(1)..=(current + 1).min(last));
    pages.sort_unstable();
    pages.dedup();
    html! {
        @if last > 0 {
            nav.app-pagination aria-label=(shell.t("Seiten", "Pages")) {
                ul {
                    @if current > 0 { (link(current - 1, shell.t("Zurück", "Previous"), Some("prev"))) }
                    @for (place, page) in pages.iter().enumerate() {
                        @let before = place.checked_sub(1).and_then(|it| pages.get(it));
                        @if before.is_some_and(|it| it + 1 < *page) { li.app-pagination__gap aria-hidden="true" { "…" } }
                        @let number = crate::format::number(shell.lang(), i64::try_from(page + 1).unwrap_or(i64::MAX));
                        @if *page == current { li { span aria-current="page" { (number) } } }
                        @else { (link(*page, &number, None)) }
                    }
                    @if current < last { (link(current + 1, shell.t("Weiter", "Next"), Some("next"))) }
                }
            }
        }
    }
}
