//! The rules by name, for documentation and pages.

/// A rule of the lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as in a remark.
    pub name: &'static str,
    /// What it says, in German.
    pub de: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

const fn rule(name: &'static str, de: &'static str, en: &'static str) -> Rule {
    Rule { name, de, en }
}

/// All rules.
pub const RULES: [Rule; 33] = [
    rule(
        "dangling-reference",
        "Verweise führen zu Einträgen, die es gibt.",
        "References lead to entries that exist.",
    ),
    rule(
        "circle",
        "Nichts ist Teil oder Nachfolger von sich selbst.",
        "Nothing is part or successor of itself.",
    ),
    rule("duplicate-name", "Namen stehen in einem Abschnitt nur einmal.", "Names stand once in a section."),
    rule("spaces", "Namen haben keine überzähligen Leerzeichen.", "Names have no superfluous white space."),
    rule(
        "no-source",
        "Jeder Baustein und Standard hat eine Quelle.",
        "Every element and standard has a source.",
    ),
    rule("no-layer", "Jeder Baustein liegt in einer Schicht.", "Every element lies in a layer."),
    rule("no-kind", "Bei jedem Baustein steht, was er ist.", "Of every element it is said what it is."),
    rule(
        "unknown-facts",
        "Wie viel an einem Baustein unbekannt ist.",
        "How much about an element is unknown.",
    ),
    rule(
        "capability-unserved",
        "Jeder Fähigkeit dient ein Baustein.",
        "Every capability is served by an element.",
    ),
    rule(
        "serves-nothing",
        "Jeder Baustein dient etwas oder hat Beziehungen.",
        "Every element serves something or has relations.",
    ),
    rule(
        "same-scores",
        "Viele Bausteine mit genau denselben Bewertungen sehen nach einer Vorbelegung aus.",
        "Many elements with the very same ratings look like a default.",
    ),
    rule(
        "mean",
        "Der angegebene Gesamtwert ist das Mittel der Kriterien.",
        "The stated overall value is the mean of the criteria.",
    ),
    rule("percent-band", "Der Prozentwert liegt in seiner Stufe.", "The percentage lies within its level."),
    rule("unknown-level", "Die Stufe gibt es im Kriterium.", "The criterion has that level."),
    rule(
        "open-source-closed",
        "Was quelloffen heißt, nennt keine geschlossene Lizenz.",
        "What is called open source names no closed licence.",
    ),
    rule(
        "open-source-own-terms",
        "Was quelloffen heißt, nennt keine eigenen Bedingungen statt einer Lizenz.",
        "What is called open source names no terms of its own in the place of a licence.",
    ),
    rule(
        "open-source-unproven",
        "Was quelloffen heißt, nennt eine Lizenz.",
        "What is called open source names a licence.",
    ),
    rule(
        "closed-source-open",
        "Was nicht quelloffen heißt, hat keine offene Lizenz.",
        "What is not called open source has no open licence.",
    ),
    rule(
        "no-successor",
        "Was ausläuft, hat einen Nachfolger oder einen Weg der Umstellung.",
        "What is phased out has a successor or a migration path.",
    ),
    rule(
        "obligation-without-decision",
        "Was verbindlich oder empfohlen ist, nennt den Beschluss.",
        "What is mandatory or recommended names the decision.",
    ),
    rule(
        "obligation-without-since",
        "Was verbindlich oder empfohlen ist, sagt seit wann.",
        "What is mandatory or recommended says since when.",
    ),
    rule(
        "binding-without-element",
        "Ein verbindlicher Standard hat einen Baustein auf der Karte.",
        "A binding standard has an element on the map.",
    ),
    rule(
        "date-malformed",
        "Daten sind Tag, Monat oder Jahr nach ISO 8601.",
        "Dates are a day, month or year by ISO 8601.",
    ),
    rule(
        "date-future",
        "Was geschehen ist, liegt nicht in der Zukunft.",
        "What has happened does not lie in the future.",
    ),
    rule(
        "date-order",
        "Ein Ende liegt nicht vor seinem Anfang.",
        "An end does not lie before its beginning.",
    ),
    rule("address", "Adressen sind vollständige Web-Adressen.", "Addresses are complete web addresses."),
    rule(
        "leika-key",
        "LeiKa-Schlüssel haben 14 Ziffern und beginnen mit 99.",
        "LeiKa keys have 14 digits and begin with 99.",
    ),
    rule(
        "cost-range",
        "Der untere Betrag eines Kostenpostens liegt nicht über dem oberen.",
        "The lower amount of a cost item is not above the upper one.",
    ),
    rule("cost-negative", "Kosten sind nicht negativ.", "Costs are not negative."),
    rule(
        "cost-case-without-service",
        "Kosten je Fall nennen die Verwaltungsleistung, deren Fälle zählen.",
        "Costs per case name the public service whose cases count.",
    ),
    rule(
        "cost-lifetime",
        "Nutzungsdauern sind größer als null; was schon ausgegeben ist, sagt wann und für wie lange.",
        "Lifetimes are above zero; what is already spent says when and for how long.",
    ),
    rule(
        "cost-without-source",
        "Jeder Kostenposten hat eine Quelle oder nennt seine Annahme.",
        "Every cost item has a source or names its assumption.",
    ),
    rule("leftover", "Werte sind keine Reste einer Vorlage.", "Values are no leftovers of a template."),
];
