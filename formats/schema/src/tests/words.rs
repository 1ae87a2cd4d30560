use super::{misfits, schema};

#[test]
fn misfits_have_places_and_words() {
    let own = schema(
        r#"{
        "type": "object",
        "required": ["bom-ref"],
        "additionalProperties": false,
        "properties": {
            "bom-ref": {"type": "string", "minLength": 2},
            "kind": {"enum": ["a", "b"]},
            "list": {"type": "array", "uniqueItems": true, "maxItems": 2}
        }}"#,
    );
    let text = "{\"kind\": \"c\",\n \"list\": [1, 1, 2],\n \"other\": 1}";
    assert_eq!(
        misfits(&own, text, false),
        [
            "1:1 required \"bom-ref\" is missing.",
            "1:10 enum \"c\" is not allowed; allowed are: \"a\", \"b\".",
            "2:10 maxItems There have to be at most 2 entries; there are 3.",
            "2:10 uniqueItems The items 1 and 2 are the same.",
            "3:11 additionalProperties \"other\" is not provided for here.",
        ]
    );
    assert_eq!(misfits(&own, text, true)[0], "1:1 required Es fehlt \"bom-ref\".");
    assert_eq!(misfits(&own, "[]", true), ["1:1 type Erlaubt ist hier ein Objekt; da steht eine Liste."]);
    assert_eq!(
        misfits(&own, "{\"bom-ref\": \"x\"}", false),
        ["1:13 minLength There have to be at least 2 characters; there are 1."]
    );
}

#[test]
fn the_nearest_alternative_is_told() {
    let own = schema(
        r#"{"oneOf": [
            {"title": "License", "type": "object", "required": ["license"], "properties": {"license": {"type": "object", "required": ["id"]}}, "additionalProperties": false},
            {"title": "Expression", "type": "object", "required": ["expression"], "properties": {"expression": {"type": "string"}}, "additionalProperties": false}
        ]}"#,
    );
    assert_eq!(
        misfits(&own, "{\"license\":\n{}}", false),
        [
            "1:1 oneOf None of the 2 allowed forms fits; nearest is License.",
            "2:1 required \"id\" is missing.",
        ]
    );
    assert_eq!(misfits(&own, "3", false), ["1:1 type Allowed here is an object; there is a number."]);
}

#[test]
fn an_unknown_discriminator_is_told_where_it_stands() {
    let own = schema(
        r#"{"anyOf": [
            {"type": "object", "properties": {"type": {"const": "one"}}, "required": ["type"]},
            {"type": "object", "properties": {"type": {"oneOf": [{"const": "two"}]}}, "required": ["type"]}
        ]}"#,
    );
    assert_eq!(
        misfits(&own, "{\"type\": \"three\"}", false),
        ["1:10 enum \"three\" is not allowed; allowed are: \"one\", \"two\"."]
    );
}

#[test]
fn alternatives_of_single_values_are_one_list() {
    let own = schema(r#"{"oneOf": [{"const": "a"}, {"const": "b"}]}"#);
    assert_eq!(misfits(&own, "\"c\"", false), ["1:1 enum \"c\" is not allowed; allowed are: \"a\", \"b\"."]);
}

#[test]
fn long_lists_and_texts_are_cut() {
    let values: Vec<String> = (0..40).map(|it| format!("\"v{it}\"")).collect();
    let own = schema(&format!("{{\"enum\": [{}]}}", values.join(",")));
    let told = misfits(&own, &format!("\"{}\"", "x".repeat(500)), false);
    assert!(told[0].ends_with("\"v11\", … (40)."), "{told:?}");
    assert!(told[0].len() < 250);
}

#[test]
fn at_most_so_many_misfits_are_told() {
    let own = schema(r#"{"items": {"type": "number"}}"#);
    let text = format!("[{}]", vec!["\"x\""; 1000].join(","));
    let tree = tree::Tree::json(text.as_bytes(), &tree::Limits::default()).unwrap();
    assert_eq!(own.check(tree.root(), 7).len(), 7);
}
