//! The forms for all sorts of entries, drawn from one list of fields each.

use crate::operations::{Index, Noun};
use kernel::{Actor, Issue, Lang};
use serde_json::{Map, Value};
use ui::{
    Choice, Field, Markup, button, date_field, email_field, error_summary, html, link_button, row, select,
    text_field, textarea,
};

/// A field: its name in JSON, its label, a hint, and how it is entered.
pub(super) struct FieldOf {
    pub name: &'static str,
    de: &'static str,
    en: &'static str,
    hint: (&'static str, &'static str),
    shape: Shape,
    optional: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Lines,
    Email,
    Day,
    Office,
    Organisation,
    Owner,
}

const fn field(
    name: &'static str,
    de: &'static str,
    en: &'static str,
    hint: (&'static str, &'static str),
) -> FieldOf {
    FieldOf { name, de, en, hint, shape: Shape::Line, optional: true }
}

impl FieldOf {
    const fn needed(mut self) -> Self {
        self.optional = false;
        self
    }

    const fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }
}

const NO_HINT: (&str, &str) = ("", "");
const REGION_HINT: (&str, &str) = (
    "Regionalschlüssel mit 2, 3, 5, 9 oder 12 Ziffern; leer für den Bund",
    "Region key of 2, 3, 5, 9 or 12 digits; empty for the federation",
);
const KEY_HINT: (&str, &str) = (
    "14 Ziffern, die mit 99 beginnen, oder ein URN. Neuere Schlüssel als die von 2019 sind erlaubt.",
    "14 digits that begin with 99, or a URN. Keys newer than those of 2019 are allowed.",
);

static ORGANISATION: [FieldOf; 6] = [
    field("name", "Name", "Name", NO_HINT).needed(),
    field("region", "Region", "Region", REGION_HINT),
    field("address", "Anschrift", "Address", NO_HINT).shaped(Shape::Lines),
    field("phone", "Telefon", "Telephone", NO_HINT),
    field("email", "E-Mail", "E-mail", NO_HINT).shaped(Shape::Email),
    field("web", "Internet", "Web", ("Beginnt mit https://", "Begins with https://")),
];

static OFFICE: [FieldOf; 10] = [
    field("name", "Name", "Name", NO_HINT).needed(),
    field(
        "kind",
        "Art",
        "Kind",
        (
            "Zum Beispiel Standesamt, Bürgerbüro, Vollstreckungsbehörde",
            "For example Standesamt, Bürgerbüro, Vollstreckungsbehörde",
        ),
    )
    .needed(),
    field("region", "Region", "Region", REGION_HINT),
    field("organisation", "Organisation", "Organisation", NO_HINT).shaped(Shape::Organisation),
    field("address", "Anschrift", "Address", NO_HINT).shaped(Shape::Lines),
    field("phone", "Telefon", "Telephone", NO_HINT),
    field("email", "E-Mail", "E-mail", NO_HINT).shaped(Shape::Email),
    field("web", "Internet", "Web", ("Beginnt mit https://", "Begins with https://")),
    field("openingHours", "Öffnungszeiten", "Opening hours", NO_HINT).shaped(Shape::Lines),
    field("note", "Hinweis", "Note", NO_HINT).shaped(Shape::Lines),
];

static RULE: [FieldOf; 7] = [
    field("publicService", "Leistung", "Public service", KEY_HINT).needed(),
    field("region", "Region", "Region", REGION_HINT),
    field(
        "office",
        "Zuständige Stelle",
        "Competent office",
        (
            "Eine Regel nennt eine Stelle, einen Zustellpunkt oder beides.",
            "A rule names an office, a destination or both.",
        ),
    )
    .shaped(Shape::Office),
    field(
        "destination",
        "Zustellpunkt",
        "Destination",
        ("Kennung (UUID), an die Anträge gehen", "Id (UUID) that submissions go to"),
    ),
    field("validFrom", "Gilt ab", "Valid from", ("Leer: schon immer", "Empty: always")).shaped(Shape::Day),
    field(
        "validUntil",
        "Gilt bis einschließlich",
        "Valid until and including",
        ("Leer: auf Dauer", "Empty: for ever"),
    )
    .shaped(Shape::Day),
    field("note", "Bemerkung", "Note", NO_HINT).shaped(Shape::Lines),
];

static CHANNEL: [FieldOf; 5] = [
    field("owner", "Stelle oder Organisation", "Office or organisation", NO_HINT)
        .needed()
        .shaped(Shape::Owner),
    field(
        "kind",
        "Art",
        "Kind",
        (
            "FIT-Connect, XTA, beBPo, OSCI, E-Mail, SFTP, AS4 …",
            "FIT-Connect, XTA, beBPo, OSCI, e-mail, SFTP, AS4 …",
        ),
    )
    .needed(),
    field(
        "address",
        "Adresse",
        "Address",
        ("Zustellpunkt, URL, Postfach oder Adresse", "Destination, URL, mailbox or address"),
    ),
    field(
        "settings",
        "Weitere Angaben",
        "Further settings",
        ("Ein JSON-Objekt, zum Beispiel {\"timeout\": 30}", "A JSON object, for example {\"timeout\": 30}"),
    )
    .shaped(Shape::Lines),
    field(
        "certificate",
        "Zertifikat",
        "Certificate",
        ("PEM, beginnt mit -----BEGIN CERTIFICATE-----", "PEM, begins with -----BEGIN CERTIFICATE-----"),
    )
    .shaped(Shape::Lines),
];

static PUBLIC_SERVICE: [FieldOf; 3] = [
    field("key", "Schlüssel", "Key", KEY_HINT).needed(),
    field("name", "Name", "Name", NO_HINT).needed(),
    field("source", "Quelle", "Source", ("Woher Schlüssel und Name stammen", "Where key and name come from")),
];

/// The fields of a sort of entry.
pub(super) fn fields(noun: Noun) -> &'static [FieldOf] {
    match noun {
        Noun::Organisation => &ORGANISATION,
        Noun::Office => &OFFICE,
        Noun::Rule => &RULE,
        Noun::Channel => &CHANNEL,
        Noun::PublicService => &PUBLIC_SERVICE,
    }
}

/// What a form is drawn from.
pub(super) struct Filled<'a> {
    pub index: &'a Index,
    pub actor: &'a Actor,
    pub lang: Lang,
    pub noun: Noun,
    pub values: &'a Map<String, Value>,
    pub issues: &'a [Issue],
}

/// The form with its values, and what is wrong with them.
pub(super) fn draw(filled: &Filled<'_>, action: &str, id: &str) -> Markup {
    let lang = filled.lang;
    let errors: Vec<(String, String)> = filled
        .issues
        .iter()
        .map(|it| (it.pointer.trim_start_matches('/').to_owned(), it.detail.clone()))
        .collect();
    let offices = choices(filled, Noun::Office);
    let organisations = choices(filled, Noun::Organisation);
    html! {
        (error_summary(lang, &errors))
        form.app-form action=(action) method="post" {
            @if !id.is_empty() { input type="hidden" name="id" value=(id); }
            @for it in fields(filled.noun) { (control(filled, it, &errors, &offices, &organisations)) }
            (row(html! {
                (button(lang.pick("Speichern", "Save")))
                (link_button(action, lang.pick("Abbrechen", "Cancel")).tertiary())
            }))
        }
    }
}

fn choices(filled: &Filled<'_>, noun: Noun) -> Vec<(String, String)> {
    filled.index.kept(filled.actor, noun).into_iter().map(|it| (it.id, it.name)).collect()
}

fn control(
    filled: &Filled<'_>,
    it: &FieldOf,
    errors: &[(String, String)],
    offices: &[(String, String)],
    organisations: &[(String, String)],
) -> Markup {
    let lang = filled.lang;
    let label = lang.pick(it.de, it.en);
    let value = text_of(filled.values.get(it.name));
    let pairs: Vec<&(String, String)> = match it.shape {
        Shape::Office => offices.iter().collect(),
        Shape::Organisation => organisations.iter().collect(),
        Shape::Owner => offices.iter().chain(organisations).collect(),
        _ => Vec::new(),
    };
    let list: Vec<Choice<'_>> = pairs.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let field: Field<'_> = match it.shape {
        Shape::Line => text_field(it.name, label),
        Shape::Lines => textarea(it.name, label).rows(3),
        Shape::Email => email_field(it.name, label),
        Shape::Day => date_field(it.name, label),
        Shape::Office | Shape::Organisation | Shape::Owner => {
            select(it.name, label, &list).empty_choice(lang.pick("Keine", "None"))
        }
    };
    let error = errors.iter().find(|(name, _)| name == it.name).map(|(_, text)| text.as_str());
    let field = field.value(value).hint(lang.pick(it.hint.0, it.hint.1)).error(error);
    let field = if it.optional { field.optional() } else { field };
    html! { (field) }
}

/// A value as it stands in a field.
fn text_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(it)) if it.is_empty() => String::new(),
        Some(other) => other.to_string(),
    }
}
