//! The tables of the head and of all sections but the elements.

use super::{
    Group::{Identity, Law, Proof, Provenance, Relations, Roles, Rules},
    Key, Shape, row,
    titles::{Choice, choice},
};
use crate::Section;

/// How sure a fact is, as words of the file.
pub(super) const FACT_KINDS: &[Choice] = &[
    choice("official", "amtlich", "official"),
    choice("statement", "Eigenangabe", "own statement"),
    choice("checked", "geprüft", "checked"),
    choice("derived", "abgeleitet", "derived"),
];

const PARTY_KINDS: &[Choice] = &[
    choice("federation", "Bund", "federation"),
    choice("state", "Land", "state"),
    choice("municipality", "Kommune", "municipality"),
    choice("body", "öffentliche Einrichtung oder Gremium", "public body or board"),
    choice("company", "Unternehmen", "company"),
    choice(
        "community",
        "Gemeinschaft, Stiftung oder Normungsorganisation",
        "community, foundation or standards body",
    ),
    choice("person", "Person", "person"),
];

/// How binding something is.
pub(super) const OBLIGATION_LEVELS: &[Choice] = &[
    choice("mandatory", "verbindlich", "mandatory"),
    choice("recommended", "empfohlen", "recommended"),
    choice("optional", "freigestellt", "optional"),
];

const STANDARD_STATES: &[Choice] = &[
    choice("binding", "als verbindlich benannt", "named as binding"),
    choice("listed", "verzeichnet, nicht als verbindlich benannt", "listed, not named as binding"),
    choice("draft", "in einem Entwurf genannt", "named in a draft"),
    choice("demanded", "von Dritten gefordert", "demanded by others"),
    choice("used", "in Gebrauch, ohne Beschluss", "in use, without a decision"),
];

/// How binding, for whom, since when, by what.
pub(super) const OBLIGATION: Shape = Shape::Record(&[
    row("level", "Grad", "Level", Rules, Shape::OneOf(OBLIGATION_LEVELS)),
    row("for", "Für wen", "For whom", Rules, Shape::Texts),
    row("since", "Seit", "Since", Rules, Shape::Text),
    row("decision", "Beschluss", "Decision", Rules, Shape::Reference(Section::Decisions)),
]);

const TITLE: Key = row("title", "Titel", "Title", Identity, Shape::Words);
const NAME: Key = row("name", "Name", "Name", Identity, Shape::Words);
const DESCRIPTION: Key = row("description", "Beschreibung", "Description", Identity, Shape::Words);
const URL: Key = row("url", "Adresse", "Address", Identity, Shape::Text);
const SOURCE: Key = row("source", "Quelle", "Source", Provenance, Shape::Reference(Section::Sources));
const DATE: Key = row("date", "Stand", "As of", Provenance, Shape::Text);
const KIND: Key = row("kind", "Art der Angaben", "Kind of facts", Provenance, Shape::OneOf(FACT_KINDS));
const NOTE: Key = row("note", "Anmerkung", "Note", Provenance, Shape::Words);

pub(super) const HEAD: &[Key] = &[
    TITLE,
    DESCRIPTION,
    row("publisher", "Herausgeber", "Publisher", Roles, Shape::Words),
    row("version", "Fassung", "Version", Identity, Shape::Text),
    row("licence", "Lizenz der Karte", "Licence of the map", Law, Shape::Words),
    row("notice", "Hinweis, der gezeigt werden muss", "Notice that has to be shown", Law, Shape::Words),
    URL,
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const SOURCES: &[Key] = &[
    TITLE,
    URL,
    row("publisher", "Herausgeber", "Publisher", Roles, Shape::Words),
    row("licence", "Lizenz", "Licence", Law, Shape::Words),
    row("date", "Datum der Quelle", "Date of the source", Identity, Shape::Text),
    row("retrieved", "Abgerufen am", "Retrieved on", Provenance, Shape::Text),
    row("parts", "Besteht aus", "Consists of", Relations, Shape::References(Section::Sources)),
    SOURCE,
    KIND,
    NOTE,
];

pub(super) const LAYERS: &[Key] = &[
    TITLE,
    DESCRIPTION,
    row("part_of", "Teil von", "Part of", Relations, Shape::Reference(Section::Layers)),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const FIELDS: &[Key] = &[
    TITLE,
    DESCRIPTION,
    row("open_points", "Noch festzulegen", "Still to be set", Rules, Shape::WordsList),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const CRITERIA: &[Key] = &[
    TITLE,
    DESCRIPTION,
    row(
        "levels",
        "Stufen",
        "Levels",
        Proof,
        Shape::Records(&[
            row("number", "Nummer", "Number", Proof, Shape::Number),
            row("name", "Name", "Name", Proof, Shape::Words),
            row("up_to_percent", "Bis Prozent", "Up to per cent", Proof, Shape::Number),
            row("text", "Inhalt", "Meaning", Proof, Shape::Words),
        ]),
    ),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const CAPABILITIES: &[Key] = &[
    TITLE,
    DESCRIPTION,
    row("part_of", "Teil von", "Part of", Relations, Shape::Reference(Section::Capabilities)),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const PARTIES: &[Key] = &[
    NAME,
    row("kind", "Art", "Kind", Identity, Shape::OneOf(PARTY_KINDS)),
    URL,
    row("part_of", "Teil von", "Part of", Relations, Shape::References(Section::Parties)),
    SOURCE,
    DATE,
    row("fact_kind", "Art der Angaben", "Kind of facts", Provenance, Shape::OneOf(FACT_KINDS)),
    NOTE,
];

pub(super) const DECISIONS: &[Key] = &[
    row("date", "Beschlossen am", "Decided on", Identity, Shape::Text),
    TITLE,
    row("effect", "Wirkung", "Effect", Rules, Shape::Words),
    URL,
    SOURCE,
    KIND,
    NOTE,
];

pub(super) const PRINCIPLES: &[Key] = &[
    TITLE,
    row("text", "Inhalt", "Meaning", Rules, Shape::Words),
    row("set", "Sammlung", "Set", Identity, Shape::Words),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];

pub(super) const TERMS: &[Key] =
    &[TITLE, row("meaning", "Bedeutung", "Meaning", Identity, Shape::Words), URL, SOURCE, DATE, KIND, NOTE];

pub(super) const STANDARDS: &[Key] = &[
    NAME,
    DESCRIPTION,
    row("field", "Standardbereich", "Field", Relations, Shape::Reference(Section::Fields)),
    row("body", "Herausgegeben von", "Published by", Roles, Shape::ReferenceOrText(Section::Parties)),
    row("reference", "Fundstelle", "Reference", Identity, Shape::Text),
    row("status", "Stand im Stack", "Status in the stack", Rules, Shape::OneOf(STANDARD_STATES)),
    row("obligation", "Verbindlichkeit", "Obligation", Rules, OBLIGATION),
    row(
        "element",
        "Baustein der Karte",
        "Element of the map",
        Relations,
        Shape::Reference(Section::Elements),
    ),
    SOURCE,
    DATE,
    KIND,
    NOTE,
];
