//! The cost items of an element.

use super::{
    Group::{Law, Provenance, Relations},
    Key, Shape,
    elements::{DATE, NOTE, SOURCE},
    others::FACT_KINDS,
    row,
    titles::{Choice, choice},
};

const KINDS: &[Choice] = &[
    choice("investment", "Investition", "investment"),
    choice("operation", "Betrieb", "operation"),
    choice("migration", "Umstellung", "migration"),
    choice("integration", "Anbindung", "integration"),
    choice("qualification", "Schulung", "qualification"),
];

const BEARERS: &[Choice] = &[
    choice("federation", "Bund", "federation"),
    choice("state", "Land", "state"),
    choice("municipality", "Kommune", "municipality"),
    choice("operator", "Betreiber", "operator"),
];

const HORIZONS: &[Choice] = &[
    choice("short", "kurzfristig", "short term"),
    choice("medium", "mittelfristig", "medium term"),
    choice("long", "langfristig", "long term"),
];

const UNITS: &[Choice] = &[
    choice("fixed", "fester Betrag", "fixed amount"),
    choice("inhabitant", "je Einwohner", "per inhabitant"),
    choice("workplace", "je Arbeitsplatz", "per workplace"),
    choice("case", "je Fall", "per case"),
];

const PERIODS: &[Choice] = &[choice("once", "einmalig", "once"), choice("year", "jährlich", "each year")];

/// What one cost item may say. Amounts are in euros; what kind of cost it is and how sure it is are two things, hence
/// `kind` and `fact_kind`.
pub(super) const COSTS: &[Key] = &[
    row("name", "Name", "Name", Law, Shape::Words),
    row("kind", "Kostenart", "Kind of cost", Law, Shape::OneOf(KINDS)),
    row("bearer", "Wer trägt sie", "Who bears it", Law, Shape::OneOf(BEARERS)),
    row("horizon", "Zeitraum", "Horizon", Law, Shape::OneOf(HORIZONS)),
    row("unit", "Bezugsgröße", "Unit", Law, Shape::OneOf(UNITS)),
    row("period", "Wie oft", "How often", Law, Shape::OneOf(PERIODS)),
    row("low", "Mindestens (Euro)", "At least (euros)", Law, Shape::Number),
    row("high", "Höchstens (Euro)", "At most (euros)", Law, Shape::Number),
    row("from", "Von", "From", Law, Shape::Text),
    row("until", "Bis", "Until", Law, Shape::Text),
    row("lifetime", "Nutzungsdauer (Jahre)", "Lifetime (years)", Law, Shape::Number),
    row("sunk", "Schon ausgegeben", "Already spent", Law, Shape::Truth),
    row("spent", "Ausgegeben am", "Spent on", Law, Shape::Text),
    row(
        "public_service",
        "Verwaltungsleistung (LeiKa), deren Fälle zählen",
        "Public service (LeiKa) whose cases count",
        Relations,
        Shape::Text,
    ),
    row("assumption", "Annahme", "Assumption", Law, Shape::Words),
    SOURCE,
    DATE,
    row("fact_kind", "Art der Angabe", "Kind of fact", Provenance, Shape::OneOf(FACT_KINDS)),
    NOTE,
];
