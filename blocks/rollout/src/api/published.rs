//! Figures that others published.

use crate::operations::Rollout;
use axum::extract::State;
use kernel::{Ctx, Lang, Result, http::Json};
use rates::{Measure, PublishedService, compare_published};
use serde::Serialize;
use utoipa::ToSchema;

/// A publication with its figures, as it was published; never mixed with rates that are computed here.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Published {
    publisher: String,
    source: String,
    date: String,
    /// What is odd about the figures.
    note: String,
    public_services: Vec<PublishedServiceView>,
    /// Why connection rates of two of them cannot be compared, or what to keep in mind.
    comparisons: Vec<ComparisonView>,
}

/// A public service with its published figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublishedServiceView {
    id: String,
    name: String,
    operator: String,
    /// LeiKa keys; none where none is known.
    keys: Vec<String>,
    figures: Vec<FigureView>,
}

/// A published figure.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FigureView {
    /// `connected`, `in_progress` or `submissions`.
    measure: String,
    /// Nothing where the publication does not say it.
    base: Option<String>,
    percent: Option<f64>,
    count: Option<u64>,
    as_published: String,
}

/// Two public services side by side.
#[derive(Serialize, ToSchema)]
pub(super) struct ComparisonView {
    one: String,
    other: String,
    text: String,
}

/// The roll-out figures that others published, each with its base, date and source.
#[utoipa::path(get, path = "/api/v1/rollout/published", operation_id = "rolloutPublished", tag = "rollout",
    responses((status = 200, body = Published)))]
pub(super) async fn published(State(rollout): State<Rollout>, ctx: Ctx) -> Result<Json<Published>> {
    ctx.require(crate::names::may::READ)?;
    let world = rollout.world().await?;
    let set = &world.published;
    Ok(Json(Published {
        publisher: set.publisher.clone(),
        source: set.source.clone(),
        date: set.date.clone(),
        note: ctx.lang().pick(&set.note_de, &set.note_en).to_owned(),
        public_services: set.public_services.iter().map(view).collect(),
        comparisons: comparisons(ctx.lang(), &set.public_services),
    }))
}

fn comparisons(lang: Lang, all: &[PublishedService]) -> Vec<ComparisonView> {
    let pairs = all.iter().enumerate().flat_map(|(at, one)| all.iter().skip(at + 1).map(move |it| (one, it)));
    let said = pairs.flat_map(|(one, other)| {
        compare_published(one, other).into_iter().map(move |it| ComparisonView {
            one: one.id.clone(),
            other: other.id.clone(),
            text: super::figures::said(lang, &it),
        })
    });
    said.collect()
}

fn view(it: &PublishedService) -> PublishedServiceView {
    let figure = |it: &rates::Figure| FigureView {
        measure: match it.measure {
            Measure::Connected => "connected",
            Measure::InProgress => "in_progress",
            Measure::Submissions => "submissions",
        }
        .to_owned(),
        base: it.base.clone(),
        percent: it.percent,
        count: it.count,
        as_published: it.as_published.clone(),
    };
    PublishedServiceView {
        id: it.id.clone(),
        name: it.name.clone(),
        operator: it.operator.clone(),
        keys: it.keys.clone(),
        figures: it.figures.iter().map(figure).collect(),
    }
}
