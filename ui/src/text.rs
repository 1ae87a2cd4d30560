//! Headings, paragraphs and sections, so that every page has the same sizes.

use crate::{Button, Shell};
use maud::{Markup, Render, html};

/// The heading of a page; one on each page.
pub fn title(text: &str) -> Markup {
    html! { h1.kern-heading-x-large { (text) } }
}

/// A heading of the second level.
pub fn heading(text: &str) -> Markup {
    html! { h2.kern-heading-medium { (text) } }
}

/// A heading of the third level.
pub fn subheading(text: &str) -> Markup {
    html! { h3.kern-heading-small { (text) } }
}

/// The first paragraph after the title: what this page is for.
pub fn lead(text: &str) -> Markup {
    html! { p.kern-body.kern-body--large.app-lead { (text) } }
}

/// A paragraph.
pub fn paragraph(text: impl Render) -> Markup {
    html! { p.kern-body { (text) } }
}

/// A small, quiet line.
pub fn note(text: impl Render) -> Markup {
    html! { p.kern-body.kern-body--small.kern-body--muted { (text) } }
}

/// A link in running text.
pub fn link(path: &str, text: &str) -> Markup {
    html! { a.kern-link href=(path) { (text) } }
}

/// A part of a page under its own heading.
pub fn section(title: &str, body: impl Render) -> Markup {
    html! {
        section.app-section {
            h2.kern-heading-large { (title) }
            (body)
        }
    }
}

/// The opening of a start page: title, a sentence, and the first thing to do, on a quiet ground from edge to edge.
pub fn hero(title: &str, text: &str, body: impl Render) -> Markup {
    html! {
        div.app-hero {
            h1.kern-heading-display { (title) }
            p.kern-body.kern-body--large.app-lead { (text) }
            (body)
        }
    }
}

/// Things side by side while there is room: buttons, badges.
pub fn row(things: impl Render) -> Markup {
    html! { div.app-row { (things) } }
}

/// Cards side by side while there is room.
pub fn grid(cards: impl Render) -> Markup {
    html! { div.app-grid { (cards) } }
}

/// The page that asks before something is done that cannot be undone.
pub fn confirm_page(
    shell: &Shell,
    question: &str,
    consequence: &str,
    action: &str,
    yes: &Button<'_>,
    back: &str,
) -> Markup {
    shell.page(
        question,
        html! {
            (title(question))
            (paragraph(consequence))
            form.app-row action=(action) method="post" {
                (yes)
                (crate::link_button(back, shell.t("Abbrechen", "Cancel")).tertiary())
            }
        },
    )
}
