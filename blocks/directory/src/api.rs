//! JSON over HTTP: parse, call the operation, answer.

mod dataset;
mod entry;
mod exchange;
mod look_up;
mod office;
mod routing;

use crate::{names::may, operations::Directory};
use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{Ctx, Error, Result, fault};
use utoipa_axum::{router::OpenApiRouter, routes};

/// All JSON addresses of the block.
pub fn router(directory: Directory) -> OpenApiRouter {
    let look_up = OpenApiRouter::new()
        .routes(routes!(look_up::places))
        .routes(routes!(look_up::region))
        .routes(routes!(look_up::public_services))
        .routes(routes!(look_up::public_service))
        .routes(routes!(look_up::competence))
        .routes(routes!(office::search))
        .routes(routes!(office::one))
        .routes(routes!(office::organisations));
    let edit = OpenApiRouter::new()
        .routes(routes!(entry::enter_office))
        .routes(routes!(entry::change_office, entry::delete_office))
        .routes(routes!(entry::restore_office))
        .routes(routes!(entry::enter_organisation))
        .routes(routes!(entry::change_organisation, entry::delete_organisation))
        .routes(routes!(entry::restore_organisation))
        .routes(routes!(entry::rules, entry::enter_rule))
        .routes(routes!(entry::rule, entry::change_rule, entry::delete_rule))
        .routes(routes!(entry::restore_rule))
        .routes(routes!(entry::enter_channel))
        .routes(routes!(entry::change_channel, entry::delete_channel))
        .routes(routes!(entry::restore_channel))
        .routes(routes!(entry::enter_public_service))
        .routes(routes!(entry::delete_public_service))
        .routes(routes!(entry::conflicts))
        .routes(routes!(entry::certificates))
        .routes(routes!(exchange::export))
        .routes(routes!(exchange::import));
    let regions = OpenApiRouter::new()
        .routes(routes!(dataset::all, dataset::load))
        .routes(routes!(dataset::one, dataset::discard))
        .routes(routes!(dataset::activate));
    let routing = OpenApiRouter::new()
        .routes(routes!(routing::routes_v1))
        .routes(routes!(routing::routes_v2))
        .routes(routes!(routing::areas_v1))
        .routes(routes!(routing::areas_v2))
        .routes(routes!(routing::info_v1))
        .routes(routes!(routing::info_v2));
    look_up.merge(edit).merge(regions).merge(routing).with_state(directory)
}

/// The context of somebody who may edit. Whoever may not is refused before the body is looked at.
pub(crate) struct Editor(pub Ctx);

impl<S: Send + Sync> FromRequestParts<S> for Editor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let ctx = Ctx::from_request_parts(parts, state).await?;
        ctx.require(may::EDIT)?;
        Ok(Self(ctx))
    }
}

/// A part of a list as its caller asked for it: at most `most` at a time.
pub(crate) fn part<T>(all: Vec<T>, offset: usize, limit: usize) -> (Vec<T>, usize) {
    let total = all.len();
    (all.into_iter().skip(offset).take(limit).collect(), total)
}

/// A limit between 1 and `most`.
pub(crate) fn limit(asked: Option<usize>, usual: usize, most: usize) -> Result<usize> {
    match asked.unwrap_or(usual) {
        limit if (1..=most).contains(&limit) => Ok(limit),
        limit => Err(fault::BAD_PARAMETER.with("reason", format!("limit = {limit}, 1…{most}")).at("limit")),
    }
}
