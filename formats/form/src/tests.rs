//! The shipped forms are whole; every kind of fault in a file is found where it stands.

use crate::{Form, Issue, check, check_schema};
use serde_json::{Value, json};

const RESIDENCE: &str = include_str!("../../../data/forms/wohnsitzanmeldung.json");
const VOLUNTEER: &str = include_str!("../../../data/forms/ehrenamtskarte.json");

fn read(text: &str) -> Form {
    match Form::read("x.json", text) {
        Ok(it) => it,
        Err(faults) => panic!("{faults:#?}"),
    }
}

#[test]
fn the_shipped_forms_are_whole() {
    let residence = read(RESIDENCE);
    assert_eq!(residence.competence_key(), "99115005104000");
    assert_eq!(residence.public_service_urn(), "urn:de:fim:leika:leistung:99115005104000");
    let volunteer = read(VOLUNTEER);
    assert_eq!(volunteer.competence_key(), "urn:fachwerk:form:ehrenamtskarte");
    assert_eq!(volunteer.public_service_urn(), volunteer.competence_key());
}

#[test]
fn what_may_be_left_empty_is_known() {
    let form = read(RESIDENCE);
    for (pointer, optional) in [
        ("/move/moveInDate", false),
        ("/newDwelling/supplement", true),
        ("/previousDwelling/moveOutDate", false),
        ("/persons/{i}/documentKind", true),
        ("/persons/{i}/documentNumber", false),
        ("/files/further", true),
        ("/contact/email", true),
    ] {
        assert_eq!(form.is_optional(pointer), optional, "{pointer}");
    }
}

#[test]
fn the_published_schema_has_address_and_labels() {
    let schema = read(RESIDENCE).published_schema("http://node");
    assert_eq!(schema["$id"], "http://node/forms/wohnsitzanmeldung/1/schema.json");
    let person = &schema["properties"]["persons"]["items"]["properties"]["familyName"];
    assert_eq!(person["title"], "Familienname");
    assert_eq!(person["x-label"]["en"], "Family name");
    assert_eq!(schema["properties"]["persons"]["title"], "Person");
    assert_eq!(schema["properties"]["previousDwelling"]["x-label"]["de"], "Bisherige Wohnung");
    let origin = &schema["properties"]["previousDwelling"]["properties"]["origin"];
    assert_eq!(origin["x-value-labels"]["germany"]["en"], "in Germany");
}

/// A small form; `change` breaks it.
fn small() -> Value {
    let words = json!({"de": "Wort", "en": "Word"});
    json!({
        "form": "small", "version": 1, "publicService": "", "title": words, "summary": words,
        "sources": [{"title": "t", "address": "a", "asOf": "2026"}],
        "steps": [{"id": "one", "title": words, "parts": [
            {"field": {"at": "/kind", "label": words, "widget": "radios", "options": [
                {"value": "a", "label": words}, {"value": "b", "label": words}]}},
            {"field": {"at": "/name", "label": words, "widget": "text", "autocomplete": "name",
                "x-visible-when": {"pointer": "/kind", "equals": "a"}}},
            {"group": {"at": "/list", "label": words, "item": words, "parts": [
                {"field": {"at": "/on", "label": words, "widget": "date"}}]}},
            {"field": {"at": "/files", "label": words, "widget": "file",
                "file": {"mimeTypes": ["application/pdf"], "endings": [".pdf"], "maxBytes": 1000}}}
        ]}],
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "required": ["kind"], "additionalProperties": false,
            "properties": {
                "kind": {"type": "string", "enum": ["a", "b"]},
                "name": {"type": "string", "x-messages": {"required": {"de": "Name fehlt", "en": "name missing"}}},
                "list": {"type": "array", "maxItems": 3, "items": {"type": "object", "properties": {
                    "on": {"type": "string", "format": "date", "x-not-after": "today"}}}},
                "files": {"type": "array", "maxItems": 2, "items": {"type": "string", "format": "uuid"}}
            },
            "allOf": [{"if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, "then": {"required": ["name"]}}]
        }
    })
}

#[test]
fn a_small_form_is_whole() {
    let _ = read(&small().to_string());
}

/// What breaks the form: where, with what, and where the fault is named.
type Case = (&'static str, Value, &'static str);

fn faulty_texts_and_widgets() -> Vec<Case> {
    let words = json!({"de": "Wort", "en": "Word"});
    let field = |at: &str, widget: &str| json!({"field": {"at": at, "label": words, "widget": widget}});
    vec![
        ("/form", json!("Groß"), "/form"),
        ("/form", json!("admin"), "/form"),
        ("/version", json!(0), "/version"),
        ("/version", json!("one"), "/version"),
        ("/publicService", json!("123"), "/publicService"),
        ("/title", json!({"de": "Wort"}), "/title/en"),
        ("/title/en", json!(" "), "/title/en"),
        ("/sources", json!([]), "/sources"),
        ("/steps", json!([]), "/steps"),
        ("/steps/0/id", json!("Ä"), "/steps/0/id"),
        ("/steps/0/parts/0", field("/missing", "text"), "/steps/0/parts/0/field/at"),
        ("/steps/0/parts/0", field("/name", "text"), "/schema"),
        ("/steps/0/parts/1/field/widget", json!("number"), "/steps/0/parts/1/field/widget"),
        ("/steps/0/parts/1/field/widget", json!("wheel"), "/steps/0/parts/1/field/widget"),
        ("/steps/0/parts/1/field/autocomplete", json!("surname"), "/steps/0/parts/1/field/autocomplete"),
    ]
}

fn faulty_conditions_and_schemas() -> Vec<Case> {
    let words = json!({"de": "Wort", "en": "Word"});
    vec![
        ("/steps/0/parts/0/field/options", json!([]), "/steps/0/parts/0/field/options"),
        (
            "/steps/0/parts/1/field/x-visible-when",
            json!({"pointer": "/nowhere", "equals": 1}),
            "/steps/0/parts/1/field/x-visible-when/pointer",
        ),
        (
            "/steps/0/parts/1/field/x-visible-when",
            json!({"all": [{"pointer": "/kind"}]}),
            "/steps/0/parts/1/field/x-visible-when/all/0",
        ),
        (
            "/steps/0/parts/1/field/x-visible-when",
            json!({"pointer": "/list/{i}/on", "filled": true}),
            "/steps/0/parts/1/field/x-visible-when/pointer",
        ),
        ("/steps/0/parts/3/field/file/maxBytes", json!(0), "/steps/0/parts/3/field/file"),
        (
            "/steps/0/parts/2/group/parts/0",
            json!({"group": {"at": "/x", "label": words, "item": words, "parts": []}}),
            "/steps/0/parts/2/group/parts/0",
        ),
        ("/schema/required", json!(["kind", "name"]), "/steps/0/parts/1/field"),
        ("/schema/$schema", json!("http://json-schema.org/draft-07/schema#"), "/schema/$schema"),
        ("/schema/properties/name", json!({"type": "text"}), "/schema"),
        (
            "/schema/properties/name",
            json!({"$ref": "https://example.org/name.json"}),
            "/schema/properties/name/$ref",
        ),
        (
            "/schema/properties/name/x-messages",
            json!({"required": "Name fehlt"}),
            "/schema/properties/name/x-messages/required",
        ),
        ("/schema/properties/list/maxItems", Value::Null, "/steps/0/parts/2/group/at"),
        ("/extra", json!(1), "/extra"),
    ]
}

#[test]
fn faults_are_found_where_they_stand() {
    for (place, value, expected) in
        faulty_texts_and_widgets().into_iter().chain(faulty_conditions_and_schemas())
    {
        let mut form = small();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = form.pointer_mut(parent).unwrap();
        match (parent.as_array_mut(), name.parse::<usize>()) {
            (Some(list), Ok(number)) => list[number] = value.clone(),
            _ if value.is_null() => drop(parent.as_object_mut().unwrap().remove(name)),
            _ => parent[name] = value.clone(),
        }
        let faults = Form::read("small.json", &form.to_string()).expect_err(place);
        assert!(faults.iter().any(|it| it.pointer == expected), "{place} = {value}: {faults:#?}");
        assert!(faults.iter().all(|it| it.file == "small.json" && !it.text.de.is_empty()));
    }
}

#[test]
fn what_is_no_json_is_named_by_line() {
    let faults = Form::read("bad.json", "{\n  \"form\": }").unwrap_err();
    assert_eq!(faults[0].pointer, "2:11");
}

fn issues(form: &Form, data: &Value) -> Vec<(String, String)> {
    let found = check(form, data, "2026-11-21").unwrap();
    found.into_iter().map(|Issue { pointer, keyword, .. }| (pointer, keyword)).collect()
}

fn issue(pointer: &str, keyword: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), keyword.to_owned())]
}

#[test]
fn data_is_checked_with_the_form_s_own_messages() {
    let form = read(&small().to_string());
    let cases = [
        (json!({"kind": "b"}), vec![]),
        (json!({"kind": "a", "name": "x", "list": [{"on": "2026-11-21"}]}), vec![]),
        (json!({}), issue("/kind", "required")),
        (json!({"kind": "a"}), issue("/name", "required")),
        (json!({"kind": "c"}), issue("/kind", "enum")),
        (json!({"kind": "b", "list": [{}, {"on": "2026-11-22"}]}), issue("/list/1/on", "x-not-after")),
        (json!({"kind": "b", "list": [{"on": "2026-02-30"}]}), issue("/list/0/on", "format")),
        (json!({"kind": "b", "files": ["no"]}), issue("/files/0", "format")),
        (json!({"kind": "b", "more": 1}), issue("", "additionalProperties")),
        (json!([]), issue("", "type")),
    ];
    for (data, expected) in cases {
        assert_eq!(issues(&form, &data), expected, "{data}");
    }
    let found = check(&form, &json!({"kind": "a"}), "2026-11-21").unwrap();
    assert_eq!(found[0].text.get("de"), "Name fehlt");
    assert_eq!(found[0].text.get("en-GB"), "name missing");
    let published = form.published_schema("http://node");
    assert_eq!(check_schema(&published, &json!({"kind": "a"}), "2026-11-21").unwrap(), found);
}

#[test]
fn a_registration_of_residence_passes() {
    let form = read(RESIDENCE);
    let mut data = json!({
        "move": {"moveInDate": "2026-11-01"},
        "newDwelling": {"street": "Königsplatz", "houseNumber": "1", "postcode": "34117", "town": "Kassel", "kind": "only"},
        "previousDwelling": {"origin": "abroad", "foreignState": "Polen", "foreignTown": "Kraków"},
        "persons": [{"familyName": "Muster", "givenNames": "Erika", "birthDate": "1985-03-24", "birthPlace": "Bonn",
            "sex": "female", "nationalities": "deutsch", "maritalStatus": "single"}],
        "files": {"landlordConfirmation": ["6c3b8d8e-0c1f-4c39-9d0e-2f6f2c1d7a11"]},
        "confirmation": {"complete": true}
    });
    assert_eq!(issues(&form, &data), vec![]);
    data["newDwelling"]["kind"] = json!("main");
    data["confirmation"]["complete"] = json!(false);
    data["move"]["moveInDate"] = json!("2026-12-01");
    let found = issues(&form, &data);
    let expected = [
        ("/confirmation/complete", "const"),
        ("/move/moveInDate", "x-not-after"),
        ("/otherDwelling", "required"),
    ];
    assert_eq!(found, expected.map(|(at, keyword)| (at.to_owned(), keyword.to_owned())));
}
