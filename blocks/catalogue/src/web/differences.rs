//! What changed, as sentences.

use super::frame::count;
use maps::Difference;
use ui::{Markup, Shell, code, html, note};

/// A page of more sentences is read by nobody; the interface gives all of them.
const MOST: usize = 500;

/// The sentences, or that nothing changed.
pub(super) fn sentences(shell: &Shell, differences: &[Difference]) -> Markup {
    html! {
        @if differences.is_empty() { p.kern-body { (shell.t("Kein Unterschied.", "No difference.")) } }
        @else {
            p.kern-body role="status" { (count(shell, differences.len())) " " (shell.t("Unterschiede", "differences")) }
            ul.kern-list {
                @for it in differences.iter().take(MOST) { li { (shell.t(&it.de, &it.en)) @if !it.id.is_empty() { " " (code(&it.id)) } } }
            }
        }
        @if differences.len() > MOST {
            (note(shell.t("Gezeigt werden die ersten 500; alle nennt die Schnittstelle.", "The first 500 are shown; the interface names all.")))
        }
    }
}
