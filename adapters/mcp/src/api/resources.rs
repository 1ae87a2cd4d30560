//! Records by their address.

use super::{
    Reply, SHORT,
    answer::{JSON, failed, json, resource},
};
use crate::{
    Mcp,
    model::{Citation, EntryArguments, MapRecord, RequirementArguments, SetArguments, Told},
    rules::{self, MOST, Place},
};
use kernel::{Ctx, Error, Kind, Result, fault};
use ports::{catalogue::Catalogue, conformance::Conformance};
use rmcp::{
    ErrorData,
    model::{CacheScope, ListResourcesResult, ReadResourceResult, ResourceContents, ResourceTemplate},
};

/// A page of the maps and sets; entries and requirements are found by the tools and templates.
pub(super) async fn list(mcp: &Mcp, ctx: &Ctx, cursor: Option<String>) -> Reply<ListResourcesResult> {
    let offset: usize = match cursor.as_deref().map(str::parse) {
        None => 0,
        Some(Ok(offset)) => offset,
        Some(Err(_)) => {
            return Err(ErrorData::invalid_params("this cursor was not given by this server", None));
        }
    };
    let all = listed(mcp, ctx).await.map_err(|error| match error.code().kind {
        Kind::Internal => failed(ctx, &error),
        _ => ErrorData::invalid_request(error.detail(ctx.lang()), None),
    })?;
    let page = rules::page(all.into_iter().map(resource), offset, MOST);
    let mut result = ListResourcesResult::with_all_items(page.records);
    result.next_cursor = page.next_offset.map(|it| it.to_string());
    Ok(result.with_ttl_ms(SHORT).with_cache_scope(CacheScope::Private))
}

async fn listed(mcp: &Mcp, ctx: &Ctx) -> Result<Vec<Citation>> {
    let mut all = Vec::new();
    if let Some(catalogue) = mcp.catalogue() {
        let maps = catalogue.maps(ctx).await?;
        all.extend(maps.iter().map(|it| Citation::new(&mcp.addresses().map(&it.id), &it.id, &it.title)));
    }
    if let Some(conformance) = mcp.conformance() {
        let sets = conformance.sets(ctx).await?;
        all.extend(sets.iter().map(|it| Citation::new(&mcp.addresses().set(&it.id), &it.id, &it.title)));
    }
    Ok(all)
}

/// The addresses that can be read.
pub(super) fn templates(mcp: &Mcp) -> Vec<ResourceTemplate> {
    let base = mcp.addresses().base();
    let template = |path: &str, name: &str, title: &str, description: &str| {
        ResourceTemplate::new(format!("{base}{path}"), name)
            .with_title(title)
            .with_description(description)
            .with_mime_type(JSON)
    };
    let mut templates = Vec::new();
    if mcp.catalogue().is_some() {
        templates.extend([
            template("/catalogue/{map}", "map", "Landkarte", "A map, as catalogue.maps tells it."),
            template(
                "/catalogue/{map}/elements/{id}",
                "element",
                "Element einer Landkarte",
                "An element with all its facts, as catalogue.entry tells it.",
            ),
            template(
                "/catalogue/{map}/{section}/{id}",
                "entry",
                "Eintrag einer Landkarte",
                "An entry of any section with all its facts, as catalogue.entry tells it.",
            ),
        ]);
    }
    if mcp.conformance().is_some() {
        templates.extend([
            template(
                "/conformance/sets/{id}",
                "set",
                "Anforderungssatz",
                "A set with the first page of its requirements, as conformance.set tells it.",
            ),
            template(
                "/conformance/requirements/{id}",
                "requirement",
                "Anforderung",
                "A requirement, as conformance.requirement tells it.",
            ),
        ]);
    }
    templates
}

/// The record at an address.
pub(super) async fn read(mcp: &Mcp, ctx: &Ctx, uri: &str) -> Result<ReadResourceResult> {
    let place = mcp.addresses().read(uri).ok_or(fault::NO_ADDRESS)?;
    let text = match place {
        Place::Map(id) => text(&map(mcp, ctx, catalogue(mcp)?, &id).await?),
        Place::Entry { map, section, id } => {
            let asked = EntryArguments { map, section, id, offset: 0, limit: MOST };
            text(&mcp.entry(ctx, catalogue(mcp)?, asked).await?)
        }
        Place::Set(id) => {
            let asked = SetArguments { id, level: None, offset: 0, limit: MOST };
            text(&mcp.set(ctx, conformance(mcp)?, asked).await?)
        }
        Place::Requirement(id) => {
            text(&mcp.requirement(ctx, conformance(mcp)?, RequirementArguments { id }).await?)
        }
    }?;
    let contents = ResourceContents::text(text, uri).with_mime_type(JSON);
    Ok(ReadResourceResult::new(vec![contents]).with_ttl_ms(SHORT).with_cache_scope(CacheScope::Private))
}

async fn map(mcp: &Mcp, ctx: &Ctx, catalogue: &dyn Catalogue, id: &str) -> Result<MapRecord> {
    let maps = catalogue.maps(ctx).await?;
    let map = maps.iter().find(|it| it.id == id).ok_or(fault::NO_ADDRESS)?;
    Ok(rules::map_record(mcp.addresses(), map))
}

fn text(record: &impl Told) -> Result<String> {
    json(record).map(|(_, text)| text)
}

fn catalogue(mcp: &Mcp) -> Result<&dyn Catalogue> {
    mcp.catalogue().map(AsRef::as_ref).ok_or_else(|| Error::from(fault::NO_ADDRESS))
}

fn conformance(mcp: &Mcp) -> Result<&dyn Conformance> {
    mcp.conformance().map(AsRef::as_ref).ok_or_else(|| Error::from(fault::NO_ADDRESS))
}
