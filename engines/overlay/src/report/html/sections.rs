//! The sections of the page.

use super::Page;
use crate::{
    Cluster, Contradiction, PartKind, Statement,
    report::{maps_of, names, nobody, percent, range},
};
use maud::{Markup, html as markup};

/// So many potentials are opened up; the others are in the JSON.
const OPENED: usize = 1000;

impl Page<'_> {
    pub(super) fn ranked(&self) -> Markup {
        markup! {
            section id="potential" {
                h2 { (self.say("Möglichkeit der Nachnutzung", "Reuse potential")) }
                p { (self.say(
                    "Die Spanne zeigt, was bekannt ist: Unbekanntes macht sie weiter, nicht niedriger. Geordnet nach der Mitte der Spanne, dann nach ihrem unteren Ende, dann nach dem Namen.",
                    "The range shows what is known: what is unknown makes it wider, not lower. Ordered by the middle of the range, then by its lower end, then by name.",
                )) }
                div class="wide" { table {
                    caption { (self.say("Rangliste, in Prozent", "Ranked list, in per cent")) }
                    thead { tr {
                        th scope="col" class="number" { (self.say("Rang", "Rank")) }
                        th scope="col" { "Element" }
                        th scope="col" class="number" { (self.say("Spanne", "Range")) }
                        th scope="col" aria-hidden="true" { "0 – 100 %" }
                        @for kind in PartKind::ALL { th scope="col" class="number" { (kind.title(self.german)) } }
                        th scope="col" class="number" { (self.say("Karten", "Maps")) }
                        th scope="col" class="number" { (self.say("Zuordnung sicher", "Match sure")) }
                    } }
                    tbody { @for it in &self.picture.clusters { tr {
                        td class="number" { (it.rank) }
                        th scope="row" { @if it.rank <= OPENED { a href=(format!("#rank-{}", it.rank)) { (self.get(&it.name)) } }
                            @else { (self.get(&it.name)) } }
                        td class="number" { (percent(it.potential.low, it.potential.high)) }
                        td aria-hidden="true" { (bar(it.potential.low, it.potential.high)) }
                        @for part in &it.potential.parts { td class="number" { (range(part.range)) } }
                        td class="number" { (it.maps()) }
                        td class="number" { (format!("{:.0} %", it.confidence * 100.0)) }
                    } } }
                } }
            }
        }
    }

    pub(super) fn matrix(&self) -> Markup {
        let matrix = &self.picture.matrix;
        let by = matrix.by.title(self.german);
        markup! {
            section id="matrix" {
                h2 { (self.say("Wer bedient was", "Who serves what")) }
                p { (self.get(&matrix.why)) " " (self.say("Die Zahlen zählen verschiedene Elemente je Karte.", "The figures count different elements of each map.")) }
                div class="wide" { table {
                    caption { (by) (self.say(" und Karte (Nummern wie oben)", " and map (numbers as above)")) }
                    thead { tr {
                        th scope="col" { (by) }
                        @for (number, it) in self.picture.maps.iter().enumerate() {
                            th scope="col" class="number" { abbr title=(self.get(&it.title)) { (number + 1) } }
                        }
                        th scope="col" { (self.say("Bedient von", "Served by")) }
                    } }
                    tbody { @for row in &matrix.rows { tr {
                        th scope="row" { @for _ in 0..row.depth.min(10) { "– " } (self.get(&row.title)) }
                        @for cell in &row.cells {
                            td class="number" { @if !cell.is_empty() { (cell.len()) } }
                        }
                        td {
                            @if row.is_gap() { (nobody(self.picture, row, self.german)) }
                            @else if row.clusters.is_empty() { (self.say("nur darunter", "only below")) " (" (row.below) ")" }
                            @else { (names(self.picture, &row.clusters, 5, self.german)) }
                        }
                    } } }
                } }
                @if !matrix.unplaced.is_empty() {
                    p { (matrix.unplaced.len()) " " (self.say("Elemente sind in keiner Zeile: ihre Karte nennt für sie nichts.", "elements are in no row: their map names nothing for them.")) }
                }
            }
        }
    }

    pub(super) fn crowded(&self) -> Markup {
        let rows: Vec<_> = self.picture.matrix.crowded().collect();
        let crowd = self.picture.matrix.by.crowd();
        markup! {
            section id="crowd" {
                h2 { (self.get(&crowd)) }
                @if rows.is_empty() { p { (self.say("Keine.", "None.")) } }
                @else { ul { @for row in rows { li {
                    strong { (self.get(&row.title)) } " (" (row.clusters.len()) "): "
                    (names(self.picture, &row.clusters, usize::MAX, self.german))
                } } } }
            }
        }
    }

    pub(super) fn gaps(&self) -> Markup {
        let rows: Vec<_> = self.picture.matrix.gaps().collect();
        markup! {
            section id="gaps" {
                h2 { (self.say("Lücken", "Gaps")) }
                @if rows.is_empty() { p { (self.say("Keine.", "None.")) } }
                @else { ul { @for row in rows { li {
                    strong { (self.get(&row.title)) } ": " (nobody(self.picture, row, self.german))
                } } } }
            }
        }
    }

    pub(super) fn contradictions(&self) -> Markup {
        let with = |it: &&Cluster| !it.contradictions.is_empty() || !it.versions.is_empty();
        let clusters: Vec<&Cluster> = self.picture.clusters.iter().filter(with).collect();
        markup! {
            section id="contradictions" {
                h2 { (self.say("Widersprüche", "Contradictions")) }
                @if clusters.is_empty() { p { (self.say("Keine.", "None.")) } }
                @for cluster in clusters {
                    h3 { (self.get(&cluster.name)) }
                    ul {
                        @for it in &cluster.contradictions { (self.contradiction(it)) }
                        @if !cluster.versions.is_empty() { li {
                            (self.say("Fassung", "Version")) ": "
                            @for it in &cluster.versions { (self.picture.handle(it.map)) ": " (it.version) "; " }
                        } }
                    }
                }
            }
        }
    }

    fn contradiction(&self, contradiction: &Contradiction) -> Markup {
        markup! { li {
            (self.get(&contradiction.title)) ":"
            ul { @for it in &contradiction.statements { li { (self.statement(it)) } } }
        } }
    }

    fn statement(&self, it: &Statement) -> Markup {
        markup! {
            code { (self.picture.handle(it.map)) "/" (it.element) } ": " (self.get(&it.value))
            @if let Some(source) = &it.source { " (" (source) @if let Some(date) = &it.date { ", " (date) } ")" }
        }
    }

    pub(super) fn suggestions(&self) -> Markup {
        markup! {
            section id="suggestions" {
                h2 { (self.say("Vielleicht dasselbe", "Perhaps the same")) }
                p { (self.say("Nichts davon ist zusammengelegt; jemand muss entscheiden.", "None of these is joined; somebody has to decide.")) }
                @if self.picture.suggestions.is_empty() { p { (self.say("Keine.", "None.")) } }
                @else { div class="wide" { table {
                    caption { (self.say("Vorschläge, die wahrscheinlichsten zuerst", "Suggestions, the likeliest first")) }
                    thead { tr {
                        th scope="col" class="number" { (self.say("Sicher", "Sure")) }
                        th scope="col" { (self.say("Das eine", "One")) }
                        th scope="col" { (self.say("Das andere", "The other")) }
                        th scope="col" { (self.say("Warum", "Why")) }
                    } }
                    tbody { @for it in &self.picture.suggestions { tr {
                        td class="number" { (format!("{:.0} %", it.confidence * 100.0)) }
                        td { (self.get(&it.one_name)) " " code { (it.one) } }
                        td { (self.get(&it.other_name)) " " code { (it.other) } }
                        td { @for evidence in &it.evidence { (self.get(&evidence.reason)) " " } }
                    } } }
                } } }
            }
        }
    }

    pub(super) fn remarks(&self) -> Markup {
        markup! {
            section id="remarks" {
                h2 { (self.say("Anmerkungen", "Remarks")) }
                @if self.picture.remarks.is_empty() { p { (self.say("Keine.", "None.")) } }
                @else { ul { @for it in &self.picture.remarks { li { (self.get(&it.sentence)) } } } }
            }
        }
    }

    /// Every potential with its parts, their facts, and why the elements are the same.
    pub(super) fn opened(&self) -> Markup {
        let all = self.picture.clusters.len();
        markup! {
            section id="opened" {
                h2 { (self.say("Wie jede Zahl zustande kommt", "How each figure comes about")) }
                @if all > OPENED { p { (OPENED) " / " (all) ". " (self.say("Die übrigen stehen im JSON.", "The others are in the JSON.")) } }
                @for it in self.picture.clusters.iter().take(OPENED) { (self.cluster(it)) }
            }
        }
    }

    fn cluster(&self, cluster: &Cluster) -> Markup {
        let potential = &cluster.potential;
        markup! {
            article id=(format!("rank-{}", cluster.rank)) {
                h3 { (cluster.rank) ". " (self.get(&cluster.name)) ": " (percent(potential.low, potential.high)) }
                p { (self.say("Steht in: ", "Stands in: ")) (maps_of(self.picture, cluster).join(", ")) }
                @if !cluster.links.is_empty() {
                    p { (self.say("Warum dasselbe:", "Why the same:")) }
                    ul { @for link in &cluster.links { li {
                        code { (link.one) } " – " code { (link.other) } ": "
                        @for it in &link.evidence { (self.get(&it.reason)) (format!(" ({:.2}) ", it.confidence)) }
                    } } }
                }
                div class="wide" { table {
                    caption { (self.say("Teile", "Parts")) }
                    thead { tr {
                        th scope="col" { (self.say("Teil", "Part")) }
                        th scope="col" class="number" { (self.say("Gewicht", "Weight")) }
                        th scope="col" class="number" { (self.say("Spanne", "Range")) }
                        th scope="col" { (self.say("Warum", "Why")) }
                    } }
                    tbody { @for part in &potential.parts { tr {
                        th scope="row" { (part.kind.title(self.german)) }
                        td class="number" { (part.weight) }
                        td class="number" { (range(part.range)) }
                        td {
                            (self.get(&part.why))
                            @if !part.facts.is_empty() { ul { @for it in &part.facts { li {
                                (it.title(self.german)) ", " (self.statement(it))
                            } } } }
                        }
                    } } }
                } }
            }
        }
    }
}

/// A range in per cent as a bar on a line from 0 to 100.
fn bar(low: f64, high: f64) -> Markup {
    let place = |it: f64| format!("{it:.0}");
    markup! {
        svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" {
            rect x="0" y="4" width="100" height="2" fill="currentColor" fill-opacity=".25" {}
            rect x=(place(low)) y="0" width=(place((high - low).max(1.0))) height="10" fill="currentColor" fill-opacity=".7" {}
        }
    }
}
