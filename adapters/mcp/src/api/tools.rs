//! The tools, in the order in which they are listed.

use super::answer::{arguments, told};
use crate::{
    Mcp,
    model::{
        ElementArguments, ElementRecord, EntryArguments, EntryRecord, LineRecord, MapRecord, Page,
        PageArguments, RequirementArguments, RequirementRecord, SearchArguments, SetArguments, SetDetail,
        SetRecord, Told,
    },
};
use kernel::{Ctx, Result, fault};
use rmcp::{
    model::{CallToolResult, JsonObject, Tool, ToolAnnotations},
    schemars::JsonSchema,
};

/// The tools that can be answered here: none of a block that is off.
pub(super) fn offered(mcp: &Mcp) -> Vec<Tool> {
    let (catalogue, conformance) = (mcp.catalogue().is_some(), mcp.conformance().is_some());
    let mut tools = Vec::new();
    if catalogue {
        tools.extend(of_catalogue());
    }
    if catalogue && conformance {
        tools.push(tool::<ElementArguments, ElementRecord>(
            "conformance.element",
            "Befunde zu einem Element",
            "How one element of a map stands to the requirements that apply to it: counts, a page of findings with reason, \
             source and repair, maturity levels and kept evidence.",
        ));
    }
    if conformance {
        tools.extend(of_conformance());
    }
    tools
}

fn of_catalogue() -> [Tool; 3] {
    [
        tool::<PageArguments, Page<MapRecord>>(
            "catalogue.maps",
            "Landkarten auflisten",
            "Lists the maps of building blocks that can be read here, with publisher, licence and date.",
        ),
        tool::<SearchArguments, Page<LineRecord>>(
            "catalogue.search",
            "In einer Landkarte suchen",
            "Finds entries of a map by words and by facts. All conditions must hold; without any, all entries of the \
             section are listed.",
        ),
        tool::<EntryArguments, EntryRecord>(
            "catalogue.entry",
            "Eintrag mit allen Angaben",
            "One entry of a map: every fact with its origin, and a page of its relations to other entries.",
        ),
    ]
}

fn of_conformance() -> [Tool; 3] {
    [
        tool::<PageArguments, Page<SetRecord>>(
            "conformance.sets",
            "Anforderungssätze auflisten",
            "Lists the sets of requirements, with source, licence and date.",
        ),
        tool::<SetArguments, SetDetail>(
            "conformance.set",
            "Anforderungssatz lesen",
            "One set with a page of its requirements, the inherited ones among them.",
        ),
        tool::<RequirementArguments, RequirementRecord>(
            "conformance.requirement",
            "Anforderung lesen",
            "One requirement: what is required, by whom, since when, how it is checked and how to mend what fails.",
        ),
    ]
}

/// A tool that only reads, and always the same (MCP, tool annotations).
fn tool<I: JsonSchema + 'static, O: Told>(
    name: &'static str,
    title: &str,
    description: &'static str,
) -> Tool {
    let reads = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
    Tool::new(name, description, JsonObject::new())
        .with_input_schema::<I>()
        .with_output_schema::<O>()
        .with_title(title)
        .with_annotations(reads)
}

/// Answers a call of a tool that is offered.
pub(super) async fn call(mcp: &Mcp, ctx: &Ctx, name: &str, given: JsonObject) -> Result<CallToolResult> {
    let conformance = mcp.conformance().map(AsRef::as_ref);
    match (mcp.catalogue().map(AsRef::as_ref), name) {
        (Some(it), "catalogue.maps") => told(&mcp.maps(ctx, it, arguments(given)?).await?),
        (Some(it), "catalogue.search") => told(&mcp.search(ctx, it, arguments(given)?).await?),
        (Some(it), "catalogue.entry") => told(&mcp.entry(ctx, it, arguments(given)?).await?),
        (catalogue, _) => match (conformance, name) {
            (Some(it), "conformance.element") => {
                let both = (catalogue.ok_or_else(unanswered)?, it);
                told(&mcp.element(ctx, both, arguments(given)?).await?)
            }
            (Some(it), "conformance.sets") => told(&mcp.sets(ctx, it, arguments(given)?).await?),
            (Some(it), "conformance.set") => told(&mcp.set(ctx, it, arguments(given)?).await?),
            (Some(it), "conformance.requirement") => {
                told(&mcp.requirement(ctx, it, arguments(given)?).await?)
            }
            _ => Err(unanswered()),
        },
    }
}

fn unanswered() -> kernel::Error {
    fault::INTERNAL.because("a tool is offered that nothing answers")
}
