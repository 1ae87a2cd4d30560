//! Pages: the forms on offer, who is competent, the form itself, and the form files for their keeper.

mod admin;
mod competence;
mod form;
mod layout;
mod list;

use crate::Forms;
use axum::{Router, routing::get};

pub(crate) fn router(forms: Forms) -> Router {
    Router::new()
        .route("/forms", get(list::page))
        .route("/forms/admin", get(admin::page))
        .route("/forms/admin/preview/{form}/{version}", get(admin::preview))
        .route("/forms/{form}", get(form::page))
        .with_state(forms)
}
