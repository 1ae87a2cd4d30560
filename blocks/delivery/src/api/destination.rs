//! Destinations on the wire, for all interfaces that show or change them.

use crate::{
    Delivery,
    model::{CallbackDraft, Contact, Destination, Dialect, Draft, Given, NewDestination, PublicService},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fitconnect::jwk::Jwk;
use kernel::{Ctx, Result, fault, http::Json};
use ports::ids::DestinationId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A destination to be made or changed. Version 1 says `services`, version 2 `publicServices`; both are understood.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DestinationBody {
    /// `active`, `inactive` or `decommissioned`.
    pub status: Option<String>,
    /// For people.
    pub name: Option<String>,
    #[schema(value_type = Option<Contact>)]
    pub contact_information: Option<Map<String, Value>>,
    #[serde(rename = "services", alias = "publicServices")]
    pub public_services: Option<Vec<PublicService>>,
    /// Versions of the metadata schema that are understood: `["2.1.0"]`.
    pub metadata_versions: Option<Vec<String>>,
    /// The `kid` of the key to encrypt to.
    pub encryption_kid: Option<String>,
    /// Only when a destination is made.
    pub encryption_public_key: Option<Jwk>,
    /// Only when a destination is made.
    pub signing_public_key: Option<Jwk>,
    #[serde(default)]
    #[schema(value_type = Option<CallbackBody>)]
    pub callback: Given<CallbackBody>,
    /// Deprecated; kept as it comes.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub reply_channels: Given<Value>,
    /// The tenant it belongs to, where the operator makes it; clients and clerks make their own tenant's.
    pub tenant: Option<String>,
}

/// Where to tell about news.
#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct CallbackBody {
    /// An https address.
    pub url: Option<String>,
    /// 32 to 512 characters; never read back.
    pub secret: Option<String>,
}

impl DestinationBody {
    pub fn draft(self) -> Draft {
        Draft {
            status: self.status,
            name: self.name,
            contact: self.contact_information,
            public_services: self.public_services,
            metadata_versions: self.metadata_versions,
            encryption_kid: self.encryption_kid,
            callback: match self.callback {
                Given::Kept => Given::Kept,
                Given::Emptied => Given::Emptied,
                Given::Set(it) => Given::Set(CallbackDraft { url: it.url, secret: it.secret }),
            },
            reply_channels: self.reply_channels,
        }
    }

    pub fn new_destination(mut self) -> NewDestination {
        let (encryption_key, signing_key) =
            (self.encryption_public_key.take(), self.signing_public_key.take());
        let tenant = self.tenant.take();
        NewDestination { draft: self.draft(), encryption_key, signing_key, id: None, tenant }
    }
}

/// A destination as it is shown.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DestinationShown {
    pub destination_id: DestinationId,
    /// `created`, `active`, `inactive` or `decommissioned`.
    pub status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Version 1.
    #[serde(rename = "services", skip_serializing_if = "Option::is_none")]
    pub public_services_in_v1: Option<Vec<PublicService>>,
    /// Version 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_services: Option<Vec<PublicService>>,
    pub encryption_kid: String,
    pub metadata_versions: Vec<String>,
    /// Version 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub reply_channels: Option<Value>,
    /// Only for those who work with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_information: Option<Contact>,
    /// Only for those who work with it; never the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackShown>,
}

/// Where news are told.
#[derive(Serialize, ToSchema)]
pub struct CallbackShown {
    pub url: String,
}

/// A destination in a dialect; with `private` also what only those see who work with it.
pub fn shown(it: Destination, dialect: Dialect, private: bool) -> DestinationShown {
    let old_names = dialect.public_services == Dialect::V1.public_services;
    let (public_services_in_v1, public_services) =
        if old_names { (Some(it.public_services), None) } else { (None, Some(it.public_services)) };
    DestinationShown {
        destination_id: it.id,
        status: it.status.as_str(),
        // The object of version 1 has no name.
        name: (dialect != Dialect::V1).then_some(it.name),
        public_services_in_v1,
        public_services,
        encryption_kid: it.encryption_kid,
        metadata_versions: it.metadata_versions,
        reply_channels: it.reply_channels.filter(|_| dialect == Dialect::V1),
        contact_information: private.then_some(it.contact),
        callback: it.callback.filter(|_| private).map(|it| CallbackShown { url: it.url }),
    }
}

/// Destinations, and how many there are.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DestinationList {
    pub count: usize,
    pub offset: i64,
    pub total_count: i64,
    pub destinations: Vec<DestinationShown>,
}

/// Which part of a list.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    limit: Option<i64>,
    offset: Option<i64>,
    /// Words to look for.
    pub q: String,
}

impl Part {
    /// Limit (1 to 500, 100 where it is not given) and offset (from 0).
    pub fn checked(&self) -> Result<(i64, i64)> {
        let (limit, offset) = (self.limit.unwrap_or(100), self.offset.unwrap_or(0));
        if !(1..=500).contains(&limit) {
            return Err(fault::BAD_PARAMETER.with("reason", "limit: 1 … 500").at("limit"));
        }
        if offset < 0 {
            return Err(fault::BAD_PARAMETER.with("reason", "offset: 0 …").at("offset"));
        }
        Ok((limit, offset))
    }
}

/// A list in a dialect.
pub async fn list(delivery: &Delivery, ctx: &Ctx, part: &Part, dialect: Dialect) -> Result<Response> {
    let (limit, offset) = part.checked()?;
    let (total_count, found) = delivery.list_destinations(ctx, &part.q, offset, limit).await?;
    let destinations: Vec<_> = found.into_iter().map(|it| shown(it, dialect, true)).collect();
    let list = DestinationList { count: destinations.len(), offset, total_count, destinations };
    Ok(fresh(StatusCode::OK, Json(list)))
}

/// Makes one; `at` is where it can be found then, without its id.
pub async fn create(
    delivery: &Delivery,
    ctx: &Ctx,
    body: DestinationBody,
    dialect: Dialect,
    at: &str,
) -> Result<Response> {
    let made = delivery.create_destination(ctx, body.new_destination(), dialect).await?;
    let location = format!("{at}/{}", made.id);
    let answer = fresh(StatusCode::CREATED, Json(shown(made, dialect, true)));
    Ok(([(header::LOCATION, location)], answer).into_response())
}

/// One for whoever has an access token.
pub async fn read(delivery: &Delivery, ctx: &Ctx, id: &DestinationId, dialect: Dialect) -> Result<Response> {
    let (found, standing) = delivery.read_destination(ctx, id).await?;
    let private = standing != crate::rules::ownership::Standing::Public;
    Ok(fresh(StatusCode::OK, Json(shown(found, dialect, private))))
}

/// Changes one.
pub async fn change(
    delivery: &Delivery,
    ctx: &Ctx,
    id: &DestinationId,
    body: DestinationBody,
    dialect: Dialect,
    whole: bool,
) -> Result<Response> {
    let changed = delivery.change_destination(ctx, id, body.draft(), dialect, whole).await?;
    Ok(fresh(StatusCode::OK, Json(shown(changed, dialect, true))))
}

/// Adds a key; `at` is where it can be found then, without its id.
pub async fn add_key(
    delivery: &Delivery,
    ctx: &Ctx,
    id: &DestinationId,
    key: &Jwk,
    at: &str,
) -> Result<Response> {
    delivery.add_key(ctx, id, key).await?;
    let kid: String = url::form_urlencoded::byte_serialize(key.kid.as_bytes()).collect();
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("{at}/{id}/keys/{kid}"))]).into_response())
}

/// An answer that must be asked for anew each time.
pub fn fresh(status: StatusCode, body: impl IntoResponse) -> Response {
    (status, [(header::CACHE_CONTROL, "no-cache")], body).into_response()
}
