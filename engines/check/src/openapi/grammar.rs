//! Which keys the objects of OpenAPI have and what stands in them (OpenAPI 3.0.4 and 3.1.1, section 4.8).

/// What may stand in a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Text,
    Truth,
    Map,
    Any,
    /// A list of texts.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// An object of this name.
    One(&'static str),
    /// An object of this name, or a reference to one.
    Ref(&'static str),
    /// A list of objects of this name.
    Many(&'static str),
    /// A list of objects of this name or references.
    ManyRef(&'static str),
    /// A map from any text to objects of this name.
    Named(&'static str),
    /// A map from any text to objects of this name or references.
    NamedRef(&'static str),
    /// A list of maps from names of security schemes to lists of texts.
    Security,
}

/// In which editions a key must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Must {
    Always,
    /// In 3.0 only.
    Three,
    /// Never.
    May,
    /// Not in 3.0: the key itself is new with 3.1.
    New,
}

/// An object: its name and its keys.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) keys: &'static [(&'static str, Must, What)],
    /// What any other key holds; nothing where there must be none but `x-…`.
    pub(super) others: Option<What>,
}

/// The object of a name.
pub(super) fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|it| it.name == name)
}

use Must::{Always, May, New, Three};
use What::{Any, Choice, Many, ManyRef, Map, Named, NamedRef, One, Ref, Security, Text, Texts, Truth};

const fn closed(name: &'static str, keys: &'static [(&'static str, Must, What)]) -> Shape {
    Shape { name, keys, others: None }
}

const SHAPES: &[Shape] = &[
    closed(
        "document",
        &[
            ("openapi", Always, Text),
            ("info", Always, One("info")),
            ("jsonSchemaDialect", New, Text),
            ("servers", May, Many("server")),
            ("paths", Three, One("paths")),
            ("webhooks", New, NamedRef("path")),
            ("components", May, One("components")),
            ("security", May, Security),
            ("tags", May, Many("tag")),
            ("externalDocs", May, One("external")),
        ],
    ),
    closed(
        "info",
        &[
            ("title", Always, Text),
            ("version", Always, Text),
            ("summary", New, Text),
            ("description", May, Text),
            ("termsOfService", May, Text),
            ("contact", May, One("contact")),
            ("license", May, One("licence")),
        ],
    ),
    closed("contact", &[("name", May, Text), ("url", May, Text), ("email", May, Text)]),
    closed("licence", &[("name", Always, Text), ("identifier", New, Text), ("url", May, Text)]),
    closed(
        "server",
        &[("url", Always, Text), ("description", May, Text), ("variables", May, Named("variable"))],
    ),
    closed("variable", &[("default", Always, Text), ("enum", May, Texts), ("description", May, Text)]),
    Shape { name: "paths", keys: &[], others: Some(Ref("path")) },
    closed(
        "path",
        &[
            ("summary", May, Text),
            ("description", May, Text),
            ("servers", May, Many("server")),
            ("parameters", May, ManyRef("parameter")),
            ("get", May, One("operation")),
            ("put", May, One("operation")),
            ("post", May, One("operation")),
            ("delete", May, One("operation")),
            ("options", May, One("operation")),
            ("head", May, One("operation")),
            ("patch", May, One("operation")),
            ("trace", May, One("operation")),
            ("$ref", May, Text),
        ],
    ),
    closed(
        "operation",
        &[
            ("tags", May, Texts),
            ("summary", May, Text),
            ("description", May, Text),
            ("externalDocs", May, One("external")),
            ("operationId", May, Text),
            ("parameters", May, ManyRef("parameter")),
            ("requestBody", May, Ref("body")),
            ("responses", Three, One("responses")),
            ("callbacks", May, NamedRef("callback")),
            ("deprecated", May, Truth),
            ("security", May, Security),
            ("servers", May, Many("server")),
        ],
    ),
    closed("external", &[("url", Always, Text), ("description", May, Text)]),
    closed(
        "parameter",
        &[
            ("name", Always, Text),
            ("in", Always, Choice(&["query", "header", "path", "cookie"])),
            ("description", May, Text),
            ("required", May, Truth),
            ("deprecated", May, Truth),
            ("allowEmptyValue", May, Truth),
            ("style", May, Text),
            ("explode", May, Truth),
            ("allowReserved", May, Truth),
            ("schema", May, Ref("schema")),
            ("example", May, Any),
            ("examples", May, NamedRef("example")),
            ("content", May, Named("media")),
        ],
    ),
    closed(
        "header",
        &[
            ("description", May, Text),
            ("required", May, Truth),
            ("deprecated", May, Truth),
            ("allowEmptyValue", May, Truth),
            ("style", May, Text),
            ("explode", May, Truth),
            ("allowReserved", May, Truth),
            ("schema", May, Ref("schema")),
            ("example", May, Any),
            ("examples", May, NamedRef("example")),
            ("content", May, Named("media")),
        ],
    ),
    closed(
        "body",
        &[("description", May, Text), ("content", Always, Named("media")), ("required", May, Truth)],
    ),
    closed(
        "media",
        &[
            ("schema", May, Ref("schema")),
            ("example", May, Any),
            ("examples", May, NamedRef("example")),
            ("encoding", May, Named("encoding")),
        ],
    ),
    closed(
        "encoding",
        &[
            ("contentType", May, Text),
            ("headers", May, NamedRef("header")),
            ("style", May, Text),
            ("explode", May, Truth),
            ("allowReserved", May, Truth),
        ],
    ),
    Shape { name: "responses", keys: &[], others: Some(Ref("response")) },
    closed(
        "response",
        &[
            ("description", Always, Text),
            ("headers", May, NamedRef("header")),
            ("content", May, Named("media")),
            ("links", May, NamedRef("link")),
        ],
    ),
    Shape { name: "callback", keys: &[], others: Some(Ref("path")) },
    closed(
        "example",
        &[
            ("summary", May, Text),
            ("description", May, Text),
            ("value", May, Any),
            ("externalValue", May, Text),
        ],
    ),
    closed(
        "link",
        &[
            ("operationRef", May, Text),
            ("operationId", May, Text),
            ("parameters", May, Map),
            ("requestBody", May, Any),
            ("description", May, Text),
            ("server", May, One("server")),
        ],
    ),
    closed(
        "tag",
        &[("name", Always, Text), ("description", May, Text), ("externalDocs", May, One("external"))],
    ),
    closed(
        "components",
        &[
            ("schemas", May, NamedRef("schema")),
            ("responses", May, NamedRef("response")),
            ("parameters", May, NamedRef("parameter")),
            ("examples", May, NamedRef("example")),
            ("requestBodies", May, NamedRef("body")),
            ("headers", May, NamedRef("header")),
            ("securitySchemes", May, NamedRef("scheme")),
            ("links", May, NamedRef("link")),
            ("callbacks", May, NamedRef("callback")),
            ("pathItems", New, NamedRef("path")),
        ],
    ),
    closed(
        "scheme",
        &[
            ("type", Always, Choice(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
            ("description", May, Text),
            ("name", May, Text),
            ("in", May, Choice(&["query", "header", "cookie"])),
            ("scheme", May, Text),
            ("bearerFormat", May, Text),
            ("flows", May, One("flows")),
            ("openIdConnectUrl", May, Text),
        ],
    ),
    closed(
        "flows",
        &[
            ("implicit", May, One("flow")),
            ("password", May, One("flow")),
            ("clientCredentials", May, One("flow")),
            ("authorizationCode", May, One("flow")),
        ],
    ),
    closed(
        "flow",
        &[
            ("authorizationUrl", May, Text),
            ("tokenUrl", May, Text),
            ("refreshUrl", May, Text),
            ("scopes", Always, Map),
        ],
    ),
    // What else a schema may have is the business of JSON Schema; these keys hold further schemas or are often wrong.
    Shape {
        name: "schema",
        keys: &[
            ("properties", May, NamedRef("schema")),
            ("patternProperties", New, NamedRef("schema")),
            ("items", May, Ref("schema")),
            ("allOf", May, ManyRef("schema")),
            ("anyOf", May, ManyRef("schema")),
            ("oneOf", May, ManyRef("schema")),
            ("not", May, Ref("schema")),
            ("required", May, Texts),
            ("description", May, Text),
            ("title", May, Text),
            ("format", May, Text),
            ("discriminator", May, One("discriminator")),
            ("externalDocs", May, One("external")),
        ],
        others: Some(Any),
    },
    closed("discriminator", &[("propertyName", Always, Text), ("mapping", May, Map)]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_object_has_a_shape() {
        for it in SHAPES.iter().flat_map(|it| it.keys.iter().map(|it| it.2).chain(it.others)) {
            if let One(name) | Ref(name) | Many(name) | ManyRef(name) | Named(name) | NamedRef(name) = it {
                assert!(shape(name).is_some(), "{name}");
            }
        }
    }
}
