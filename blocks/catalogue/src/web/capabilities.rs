//! The tree of capabilities, with who serves each.

use super::frame::View;
use crate::operations::Catalogue;
use axum::extract::State;
use kernel::{Ctx, Result, http::Path};
use landkarte::Section;
use maps::Branch;
use ui::{Markup, Shell, Tone, badge, empty_state, html, lead, link};

/// How many elements a capability names; the rest stands on its page.
const MOST: usize = 20;

/// The tree.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let branches = maps::capability_tree(&opened.index().map);
    Ok(view.page(shell.t("Fähigkeiten", "Capabilities"), None, &html! {
        (lead(shell.t(
            "Was gebraucht wird, und welcher Baustein es leistet. Wo niemand etwas leistet, steht das da.",
            "What is needed, and which element provides it. Where nobody provides anything, it says so.",
        )))
        @if branches.is_empty() {
            (empty_state(
                shell.t("Keine Fähigkeiten beschrieben", "No capabilities described"),
                shell.t("Diese Karte hat den Abschnitt „capabilities“ nicht.", "This map has no section “capabilities”."),
                None,
            ))
        } @else { (tree(&view, &branches)) }
    }))
}

fn tree(view: &View<'_>, branches: &[Branch<'_>]) -> Markup {
    html! {
        ul.kern-list.app-tree {
            @for branch in branches {
                li {
                    (link(&view.path(Section::Capabilities, &branch.entry.id), branch.entry.title(view.german())))
                    " – " (servers(view, &branch.served_by))
                    @if !branch.branches.is_empty() { (tree(view, &branch.branches)) }
                }
            }
        }
    }
}

/// The elements that serve a capability, or that nobody does.
pub(super) fn servers(view: &View<'_>, served_by: &[&str]) -> Markup {
    html! {
        @if served_by.is_empty() { (badge(Tone::Warning, view.t("niemand leistet das unmittelbar", "nobody provides this directly"))) }
        @else {
            (view.t("geleistet von: ", "provided by: "))
            @for (place, id) in served_by.iter().take(MOST).enumerate() {
                @if place > 0 { ", " }
                (view.link(Section::Elements, id))
            }
            @if served_by.len() > MOST { " " (view.t("und weiteren", "and others")) }
        }
    }
}
