use super::verdict;
use crate::Schema;
use serde_json::Value;

const VALUES: [&str; 48] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "1.0",
    "1.5",
    "-3",
    "10",
    "1e2",
    "3.3",
    "123456789012345",
    "\"\"",
    "\"a\"",
    "\"ab\"",
    "\"äöü\"",
    "\"abc-1\"",
    "\"2024-01-02\"",
    "\"2024-01-02T03:04:05Z\"",
    "\"https://a.example/x\"",
    "\"a@b.example\"",
    "\"12345678-1234-1234-1234-123456789abc\"",
    "[]",
    "[1]",
    "[1, 1.0]",
    "[1, \"a\"]",
    "[\"a\", 1, true]",
    "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1]",
    "[{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}]",
    "[[1], [1.0]]",
    "[1, true]",
    "[0, false]",
    "[null, null]",
    "{}",
    "{\"a\": 1}",
    "{\"a\": \"x\"}",
    "{\"a\": 1, \"b\": 2}",
    "{\"b\": 2}",
    "{\"a\": 1, \"b\": 2, \"c\": 3}",
    "{\"x-own\": 1}",
    "{\"type\": \"one\", \"a\": 1}",
    "{\"type\": \"two\", \"b\": \"x\"}",
    "{\"type\": \"three\"}",
    "{\"a\": {\"a\": {\"a\": 1}}}",
    "{\"a\": {\"b\": [1, {\"a\": \"x\"}]}}",
    "{\"a\": null}",
    "{\"a\": [1, 2]}",
    "[[[[]]]]",
];

const LATEST: &[&str] = &[
    "true",
    "false",
    r#"{"type": "integer"}"#,
    r#"{"type": ["number", "null"]}"#,
    r#"{"const": 1}"#,
    r#"{"const": {"a": 1.0}}"#,
    r#"{"const": false}"#,
    r#"{"enum": ["a", 1, null, [1], {"a": "x"}]}"#,
    r#"{"minimum": 1, "maximum": 10}"#,
    r#"{"exclusiveMinimum": 1, "exclusiveMaximum": 10}"#,
    r#"{"multipleOf": 1.5}"#,
    r#"{"multipleOf": 0.1}"#,
    r#"{"multipleOf": 2}"#,
    r#"{"minLength": 1, "maxLength": 3}"#,
    r#"{"pattern": "^[a-z]+(-\\d)?$"}"#,
    r#"{"format": "date"}"#,
    r#"{"format": "date-time"}"#,
    r#"{"format": "uri"}"#,
    r#"{"format": "email"}"#,
    r#"{"format": "uuid"}"#,
    r#"{"minItems": 1, "maxItems": 2}"#,
    r#"{"uniqueItems": true}"#,
    r#"{"items": {"type": "number"}}"#,
    r#"{"prefixItems": [{"type": "number"}, {"type": "string"}], "items": false}"#,
    r#"{"prefixItems": [{"type": "number"}], "unevaluatedItems": {"type": "boolean"}}"#,
    r#"{"contains": {"const": 1}}"#,
    r#"{"contains": {"const": 1}, "minContains": 2}"#,
    r#"{"contains": {"const": 1}, "minContains": 0, "maxContains": 1}"#,
    r#"{"contains": {"type": "string"}, "unevaluatedItems": {"type": "number"}}"#,
    r#"{"required": ["a"], "type": "object"}"#,
    r#"{"properties": {"a": {"type": "number"}}, "additionalProperties": false}"#,
    r#"{"properties": {"a": true}, "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": {"type": "number", "maximum": 2}}"#,
    r#"{"propertyNames": {"pattern": "^[ab]$"}}"#,
    r#"{"propertyNames": {"maxLength": 3}}"#,
    r#"{"minProperties": 1, "maxProperties": 2}"#,
    r#"{"dependentRequired": {"a": ["b"]}}"#,
    r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#,
    r#"{"dependentSchemas": {"a": {"properties": {"b": true}}}, "properties": {"a": true}, "unevaluatedProperties": false}"#,
    r#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"maxProperties": 1}}"#,
    r#"{"if": {"properties": {"a": true}, "required": ["a"]}, "then": {"properties": {"b": true}}, "else": {"properties": {"type": true}}, "unevaluatedProperties": false}"#,
    r#"{"not": {"type": "object"}}"#,
    r#"{"not": {"required": ["a"]}}"#,
    r#"{"allOf": [{"type": "object"}, {"properties": {"a": {"type": "number"}}}], "unevaluatedProperties": false}"#,
    r#"{"anyOf": [{"properties": {"a": true}, "required": ["a"]}, {"properties": {"b": true}, "required": ["b"]}], "unevaluatedProperties": false}"#,
    r#"{"oneOf": [{"properties": {"type": {"const": "one"}}, "required": ["type"]}, {"properties": {"type": {"enum": ["two", "four"]}}, "required": ["type"]}]}"#,
    r##"{"oneOf": [{"$ref": "#/$defs/one"}, {"$ref": "#/$defs/two"}], "$defs": {"one": {"type": "object", "properties": {"type": {"oneOf": [{"const": "one"}]}}}, "two": {"allOf": [{"properties": {"type": {"const": "two"}}}]}}}"##,
    r#"{"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "number"}}]}"#,
    r#"{"oneOf": [{"type": "number"}, {"type": "integer"}]}"#,
    r##"{"properties": {"a": {"$ref": "#"}}, "additionalProperties": false}"##,
    r##"{"$ref": "#/$defs/a%20b", "maxProperties": 1, "$defs": {"a b": {"type": "object"}}}"##,
    r##"{"$ref": "#here", "$defs": {"x": {"$anchor": "here", "type": "array"}}}"##,
    r#"{"$id": "https://a.example/root", "$ref": "inner", "$defs": {"x": {"$id": "inner", "$ref": "\u0023/$defs/y", "$defs": {"y": {"type": "string"}}}}}"#,
    r#"{"properties": {"a": {"allOf": [{"properties": {"b": true}}], "unevaluatedProperties": false}}}"#,
    r#"{"allOf": [{"properties": {"a": true}, "unevaluatedProperties": false}]}"#,
    r#"{"allOf": [{"additionalProperties": {"type": "number"}}], "unevaluatedProperties": false}"#,
    r#"{"patternProperties": {"^.$": true}, "unevaluatedProperties": {"type": "string"}}"#,
    r#"{"properties": {"const": {"type": "object"}, "enum": {"type": "array"}, "a": {"type": "number"}}}"#,
    r#"{"type": "object", "$comment": "x", "title": "x", "description": "x", "examples": [{"$id": "::"}], "deprecated": true, "meta:enum": {"a": "b"}}"#,
];

const DRAFT_7: &[&str] = &[
    r#"{"items": [{"type": "number"}, {"type": "string"}], "additionalItems": false}"#,
    r#"{"items": [{"type": "number"}], "additionalItems": {"type": "boolean"}}"#,
    r#"{"additionalItems": false}"#,
    r#"{"dependencies": {"a": ["b"], "b": {"maxProperties": 1}}}"#,
    r##"{"$ref": "#/definitions/x", "maxProperties": 0, "definitions": {"x": {"type": "object"}}}"##,
    r##"{"$ref": "#x", "definitions": {"x": {"$id": "#x", "type": "object"}}}"##,
    r#"{"contains": {"const": 1}, "minContains": 2}"#,
    r#"{"unevaluatedProperties": false}"#,
    r#"{"if": {"type": "object"}, "then": {"required": ["a"]}}"#,
    r#"{"uniqueItems": true, "minItems": 2}"#,
];

fn compare(schemas: &[&str], draft: jsonschema::Draft, dialect: &str) {
    let mut fitting = 0;
    for text in schemas {
        let mut schema: Value = serde_json::from_str(text).unwrap();
        if let Some(map) = schema.as_object_mut() {
            map.insert("$schema".to_owned(), dialect.into());
        }
        let own = Schema::compile(&schema, &[]).unwrap();
        let theirs =
            jsonschema::options().with_draft(draft).should_validate_formats(true).build(&schema).unwrap();
        fitting += VALUES.iter().filter(|it| verdict_of(&own, &theirs, it, text)).count();
    }
    assert!(fitting > schemas.len() && fitting < schemas.len() * VALUES.len());
}

fn verdict_of(own: &Schema, theirs: &jsonschema::Validator, value: &str, schema: &str) -> bool {
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| verdict(own, theirs, value)));
    told.unwrap_or_else(|_| panic!("{schema} and {value}"))
}

#[test]
fn verdicts_of_2020_12_are_those_of_another_checker() {
    compare(LATEST, jsonschema::Draft::Draft202012, "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn verdicts_of_draft_7_are_those_of_another_checker() {
    compare(DRAFT_7, jsonschema::Draft::Draft7, "http://json-schema.org/draft-07/schema#");
}

#[test]
fn openapi_3_0_says_by_a_truth_that_a_limit_is_excluded() {
    let own =
        super::schema(r#"{"minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": false}"#);
    assert_eq!(super::misfits(&own, "1", false), ["1:1 exclusiveMinimum 1 has to be greater than 1."]);
    assert!(super::misfits(&own, "3", false).is_empty());
}

#[test]
fn what_cannot_be_compiled_is_told() {
    for (schema, expected) in [
        (r#"{"a": 1, "type": "text"}"#, "#/type: there is no such type"),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, "#/properties/a/pattern: "),
        (r#"{"properties": {"a": 3}}"#, "#/properties/a: a schema is an object, true or false"),
        (r##"{"$id": "urn:x", "$ref": "#/$defs/a"}"##, "urn:x#: \"#/$defs/a\" leads nowhere"),
        (r#"{"$ref": "https://a.example/x"}"#, "#: \"https://a.example/x\" leads nowhere"),
        (r##"{"$ref": "#"}"##, "#: the reference leads in a circle"),
        (r##"{"allOf": [{"not": {"$ref": "#"}}]}"##, "#: the reference leads in a circle"),
        (r#"{"minLength": 1.5}"#, "#/minLength: this has to be a whole number"),
        (r#"{"required": [1]}"#, "#/required: this has to be a list of texts"),
        (r#"{"multipleOf": 0}"#, "#/multipleOf: this has to be greater than zero"),
        ("3", "#: a schema is an object, true or false"),
    ] {
        let trouble = Schema::compile(&serde_json::from_str(schema).unwrap(), &[]).unwrap_err();
        assert!(trouble.to_string().starts_with(expected), "{schema}: {trouble}");
    }
}

#[test]
fn references_lead_to_other_documents() {
    let root = serde_json::json!({
        "$id": "https://a.example/s/root.json",
        "properties": {"a": {"$ref": "other.json#/$defs/x"}, "b": {"$ref": "named.json"}},
    });
    let other =
        serde_json::json!({"$id": "https://a.example/s/other.json", "$defs": {"x": {"type": "string"}}});
    let named = serde_json::json!({"type": "number"});
    let own = Schema::compile(&root, &[("anything", &other), ("named.json", &named)]).unwrap();
    assert!(super::misfits(&own, r#"{"a": "x", "b": 1}"#, false).is_empty());
    assert_eq!(super::misfits(&own, r#"{"a": 1, "b": "x"}"#, false).len(), 2);
}
