//! The routing interface of FIT-Connect, 2.0, at /routing/v1 and /routing/v2.

use super::part;
use crate::{
    names::{fault, may},
    operations::{Directory, Route, Spot},
};
use axum::extract::{RawQuery, State};
use kernel::{Ctx, Lang, Result, http::Json};
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded;
use utoipa::ToSchema;

/// Routes of equal rank.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RoutesAnswer {
    count: usize,
    offset: usize,
    total_count: usize,
    routes: Vec<RouteAnswer>,
}

/// A route.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RouteAnswer {
    destination_id: String,
    /// JWS (PS512, `typ` jwt) of this node over the destination's offer.
    destination_signature: String,
    destination_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact_persons: Vec<ContactPerson>,
    /// `entered` by the operator, or offered by the `destination`.
    origin: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct ContactPerson {
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    email: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AreaList {
    count: usize,
    offset: usize,
    total_count: usize,
    areas: Vec<Area>,
}

/// A region; its id is the region key.
#[derive(Serialize, ToSchema)]
pub(super) struct Area {
    id: String,
    name: String,
    r#type: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RoutingVersion {
    version: VersionNumber,
}

#[derive(Serialize, ToSchema)]
pub(super) struct VersionNumber {
    major: u8,
    minor: u8,
    patch: u8,
}

/// What was asked, name by name; a name may come twice.
struct Asked(Vec<(String, String)>);

const MOST: usize = 500;

impl Asked {
    fn new(query: Option<&str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    fn one(&self, lang: Lang, name: &'static str) -> Result<Option<String>> {
        let mut all = self.all(name);
        if all.len() > 1 {
            let reason = match lang {
                Lang::De => format!("Der Parameter {name} darf nur einmal vorkommen."),
                Lang::En => format!("The parameter {name} may occur only once."),
            };
            return Err(fault::BAD_ROUTE.with("reason", reason).at(name));
        }
        Ok(all.pop())
    }

    fn number(&self, lang: Lang, name: &'static str, usual: usize, from: usize, to: usize) -> Result<usize> {
        let Some(text) = self.one(lang, name)? else { return Ok(usual) };
        let number = text.parse().ok().filter(|number| (from..=to).contains(number));
        number.ok_or_else(|| {
            let reason = match lang {
                Lang::De => format!("Der Parameter {name} ist eine Zahl von {from} bis {to}."),
                Lang::En => format!("The parameter {name} is a number from {from} to {to}."),
            };
            fault::BAD_ROUTE.with("reason", reason).at(name)
        })
    }

    fn part(&self, lang: Lang) -> Result<(usize, usize)> {
        let offset = self.number(lang, "offset", 0, 0, usize::from(u16::MAX))?;
        Ok((offset, self.number(lang, "limit", 100, 1, MOST)?))
    }

    fn spot(&self, lang: Lang) -> Result<Spot> {
        let spots = (self.one(lang, "ars")?, self.one(lang, "ags")?, self.one(lang, "areaId")?);
        match spots {
            (Some(ars), None, None) => Ok(Spot::Ars(ars)),
            (None, Some(ags), None) => Ok(Spot::Ags(ags)),
            (None, None, Some(area)) => Ok(Spot::Area(area)),
            _ => {
                let reason = lang.pick(
                    "Geben Sie genau einen der Parameter ars, ags oder areaId an.",
                    "Give exactly one of the parameters ars, ags or areaId.",
                );
                Err(fault::BAD_ROUTE.with("reason", reason).at("ars"))
            }
        }
    }
}

async fn routes(directory: &Directory, ctx: &Ctx, query: Option<&str>) -> Result<Json<RoutesAnswer>> {
    let (asked, lang) = (Asked::new(query), ctx.lang());
    let Some(leika) = asked.one(lang, "leikaKey")? else {
        let reason = lang.pick("Der Parameter leikaKey fehlt.", "The parameter leikaKey is missing.");
        return Err(fault::BAD_ROUTE.with("reason", reason).at("leikaKey"));
    };
    let (offset, limit) = asked.part(lang)?;
    let found = directory.routes(ctx, &leika, &asked.spot(lang)?, offset, limit).await?;
    let routes: Vec<RouteAnswer> = found.routes.into_iter().map(route).collect();
    Ok(Json(RoutesAnswer { count: routes.len(), offset, total_count: found.total, routes }))
}

fn route(it: Route) -> RouteAnswer {
    let text =
        |name: &str| it.destination.contact.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = [text("unit"), text("legalName")].into_iter().find(|it| !it.is_empty());
    let contact = name.map(|name| ContactPerson { name, tel: text("phone"), email: text("email") });
    RouteAnswer {
        contact_persons: contact.into_iter().collect(),
        destination_id: it.destination.id,
        destination_signature: it.signature,
        destination_name: it.office,
        origin: it.origin.to_owned(),
    }
}

fn areas(directory: &Directory, ctx: &Ctx, query: Option<&str>) -> Result<Json<AreaList>> {
    ctx.require(may::READ)?;
    let (asked, lang) = (Asked::new(query), ctx.lang());
    let expressions = asked.all("areaSearchexpression");
    let good =
        |it: &String| it.chars().filter(|it| it.is_alphanumeric()).count() >= 1 && it.chars().count() <= 100;
    if expressions.is_empty() || expressions.len() > 10 || !expressions.iter().all(good) {
        let reason = lang.pick(
            "Geben Sie 1 bis 10 Parameter areaSearchexpression mit je 1 bis 100 Zeichen an; * steht für Beliebiges.",
            "Give 1 to 10 parameters areaSearchexpression of 1 to 100 characters each; * stands for anything.",
        );
        return Err(fault::BAD_ROUTE.with("reason", reason).at("areaSearchexpression"));
    }
    let (offset, limit) = asked.part(lang)?;
    let index = directory.index();
    let (found, total_count) = part(index.places.areas(&expressions), offset, limit);
    let kind = |it: &places::Place<'_>| match it.kind.german() {
        "" => it.key.level().german().to_owned(),
        kind => kind.to_owned(),
    };
    let areas: Vec<Area> = found
        .iter()
        .map(|it| Area { id: it.key.to_string(), name: it.name.to_owned(), r#type: kind(it) })
        .collect();
    Ok(Json(AreaList { count: areas.len(), offset, total_count, areas }))
}

const VERSION: RoutingVersion = RoutingVersion { version: VersionNumber { major: 2, minor: 0, patch: 0 } };

macro_rules! addresses {
    ($($routes:ident $areas:ident $info:ident $version:literal)+) => {$(
        /// Destinations for a LeiKa key (`leikaKey`) at exactly one of `ars`, `ags`, `areaId`. All equal routes are given;
        /// an unknown key or area is an empty list.
        #[utoipa::path(get, path = concat!("/routing/", $version, "/routes"), tag = "routing", params(
            ("leikaKey" = String, Query), ("ars" = Option<String>, Query), ("ags" = Option<String>, Query),
            ("areaId" = Option<String>, Query), ("offset" = Option<u64>, Query), ("limit" = Option<u64>, Query),
        ), responses((status = 200, body = RoutesAnswer)))]
        pub(super) async fn $routes(State(directory): State<Directory>, ctx: Ctx, RawQuery(query): RawQuery) -> Result<Json<RoutesAnswer>> {
            routes(&directory, &ctx, query.as_deref()).await
        }

        /// Regions whose name, key or postcode fits every `areaSearchexpression`; `*` stands for anything.
        #[utoipa::path(get, path = concat!("/routing/", $version, "/areas"), tag = "routing", params(
            ("areaSearchexpression" = Vec<String>, Query), ("offset" = Option<u64>, Query), ("limit" = Option<u64>, Query),
        ), responses((status = 200, body = AreaList)))]
        pub(super) async fn $areas(State(directory): State<Directory>, ctx: Ctx, RawQuery(query): RawQuery) -> Result<Json<AreaList>> {
            areas(&directory, &ctx, query.as_deref())
        }

        /// The version of the interface.
        #[utoipa::path(get, path = concat!("/routing/", $version, "/info"), tag = "routing", responses((status = 200, body = RoutingVersion)))]
        pub(super) async fn $info() -> Json<RoutingVersion> {
            Json(VERSION)
        }
    )+};
}

addresses! {
    routes_v1 areas_v1 info_v1 "v1"
    routes_v2 areas_v2 info_v2 "v2"
}
