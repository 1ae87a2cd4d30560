//! A page with every component, so that eyes and accessibility checks find all of them in one place.

use crate::Shell;
use maud::{Markup, html};

/// The page with every component; the node serves it in demo mode only.
pub fn gallery(shell: &Shell) -> Markup {
    shell.page("Gallery", html! { h1 { "…" } })
}
