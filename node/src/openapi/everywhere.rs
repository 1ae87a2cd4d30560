//! What holds for every operation and is therefore written once: what a status means, problem details, who may ask.

use serde_json::json;
use utoipa::openapi::{
    Components, Content, OpenApi, PathItem, Ref, RefOr, Response, Schema, SecurityRequirement,
    path::Operation,
};

const PROBLEM: &str = "Problem";
const MEDIA: &str = "application/problem+json";

/// Completes a document.
pub(super) fn complete(document: &mut OpenApi) {
    // Most addresses are public or ask for a token; what stands at an operation itself counts instead.
    document.security =
        Some(vec![SecurityRequirement::default(), SecurityRequirement::new("bearer", Vec::<String>::new())]);
    let components = document.components.get_or_insert_with(Components::new);
    components.schemas.insert(PROBLEM.to_owned(), problem());
    for (path, item) in &mut document.paths.paths {
        // OAuth has errors of its own (RFC 6749, section 5.2).
        let oauth = path == "/token" || path.starts_with("/oidc/");
        for operation in operations(item) {
            explain(operation, !oauth);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}

fn explain(operation: &mut Operation, problems: bool) {
    let responses = &mut operation.responses.responses;
    if problems && !responses.contains_key("default") {
        let mut other = Response::new("Anything else that goes wrong: problem details (RFC 9457)");
        other.content.insert(MEDIA.to_owned(), RefOr::T(details()));
        responses.insert("default".to_owned(), RefOr::T(other));
    }
    for (status, response) in responses {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            meaning(status).clone_into(&mut response.description);
        }
        if problems && status.starts_with(['4', '5']) && response.content.is_empty() {
            response.content.insert(MEDIA.to_owned(), RefOr::T(details()));
        }
    }
}

fn details() -> Content {
    Content::new(Some(Ref::from_schema_name(PROBLEM)))
}

/// What a status means, where an operation says nothing more.
fn meaning(status: &str) -> &'static str {
    match status {
        "200" => "The answer",
        "201" => "Made",
        "202" => "Taken; it is done later",
        "204" => "Done; there is nothing to say",
        "303" => "It is to be found elsewhere",
        "304" => "What the asker has is current",
        "400" => "The request cannot be understood",
        "401" => "Without credentials, or with invalid ones",
        "403" => "Not allowed for whoever asks",
        "404" => "Not there, or not for whoever asks",
        "409" => "Not in this state",
        "413" => "Too large",
        "415" => "Not in this media type",
        "422" => "Understood, but the content is wrong",
        "429" => "Too many requests",
        _ => "See the status",
    }
}

/// Problem details as `kernel::http::problem` writes them.
fn problem() -> RefOr<Schema> {
    let schema = json!({
        "type": "object",
        "description": "Problem details (RFC 9457). `code` is fixed; the page /problems/CODE explains it.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string" },
            "instance": { "type": "string" },
            "pointer": { "type": "string" },
            "issues": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": { "pointer": { "type": "string" }, "detail": { "type": "string" } },
                },
            },
        },
    });
    // The schema above is one; a test reads it back.
    serde_json::from_value(schema).unwrap_or_else(|_| RefOr::Ref(Ref::from_schema_name(PROBLEM)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problem_details_are_a_schema() {
        assert!(matches!(problem(), RefOr::T(_)));
    }
}
