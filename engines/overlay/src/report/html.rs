//! The picture as one HTML file to print: no scripts, nothing from elsewhere.

mod sections;

use super::as_of;
use crate::{Picture, Sentence};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use std::io::{self, Write};

/// Writes the picture as one HTML file: what came out in a sentence, ranked list, matrix, what is built more than once, gaps,
/// contradictions, suggestions, remarks, each potential opened up, and where all of it comes from.
///
/// # Errors
/// When it cannot be written.
pub fn html(picture: &Picture, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let page = Page { picture, german };
    let title = page.say("Landkarten übereinandergelegt", "Maps laid over each other");
    let document = markup! {
        (DOCTYPE)
        html lang=(if german { "de" } else { "en" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    (page.summary())
                    (page.ranked())
                    (page.matrix())
                    (page.crowded())
                    (page.gaps())
                    (page.contradictions())
                    (page.suggestions())
                    (page.remarks())
                    (page.opened())
                    (page.inputs())
                }
            }
        }
    };
    to.write_all(document.into_string().as_bytes())
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}\
main{max-width:75rem;margin:auto}\
.wide{overflow-x:auto}\
table{border-collapse:collapse;margin:1rem 0;width:100%}\
caption{text-align:left;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}\
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}\
td.number{white-space:nowrap}\
.lead{font-size:1.25rem}\
.contents{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;padding:0}\
.date{white-space:nowrap}\
.bar{display:block;width:8rem;height:.75rem}\
td code{font-size:.8em}\
article{border-left:.3rem solid;padding:.1rem 0 .1rem 1rem;margin:1.5rem 0}\
code{overflow-wrap:anywhere}\
h3{margin:.25rem 0}\
.notice{font-weight:normal}\
@media print{body{padding:0;font-size:9pt}nav{display:none}.wide{overflow:visible}tr{break-inside:avoid}h2,h3{break-after:avoid}}";

struct Page<'p> {
    picture: &'p Picture,
    german: bool,
}

impl Page<'_> {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    fn get<'s>(&self, sentence: &'s Sentence) -> &'s str {
        sentence.get(self.german)
    }

    fn optional<'s>(&self, sentence: Option<&'s Sentence>) -> &'s str {
        match sentence {
            Some(it) => it.get(self.german),
            None => self.say("nicht angegeben", "not stated"),
        }
    }

    /// What came out, the maps by their numbers, and the way to each section.
    fn summary(&self) -> Markup {
        let picture = self.picture;
        let elements: usize = picture.maps.iter().map(|it| it.elements).sum();
        let shared = picture.clusters.iter().filter(|it| it.maps() > 1).count();
        let (maps, different) = (picture.maps.len(), picture.clusters.len());
        let sentence = if self.german {
            format!(
                "{elements} Elemente aus {maps} Karten sind {different} verschiedene; {shared} davon stehen in mehreren Karten."
            )
        } else {
            format!(
                "{elements} elements of {maps} maps are {different} different ones; {shared} of them stand in several maps."
            )
        };
        let crowd = picture.matrix.by.crowd();
        let sections = [
            ("potential", self.say("Möglichkeit der Nachnutzung", "Reuse potential")),
            ("matrix", self.say("Wer bedient was", "Who serves what")),
            ("crowd", self.get(&crowd)),
            ("gaps", self.say("Lücken", "Gaps")),
            ("contradictions", self.say("Widersprüche", "Contradictions")),
            ("suggestions", self.say("Vielleicht dasselbe", "Perhaps the same")),
            ("remarks", self.say("Anmerkungen", "Remarks")),
            ("opened", self.say("Wie jede Zahl zustande kommt", "How each figure comes about")),
            ("inputs", self.say("Gelesene Karten", "Maps that were read")),
        ];
        markup! {
            p class="lead" { (sentence) }
            p { (self.say("Karten: ", "Maps: "))
                @for (number, it) in picture.maps.iter().enumerate() {
                    @if number > 0 { " · " }
                    (number + 1) " " (self.get(&it.title))
                }
            }
            nav aria-label=(self.say("Inhalt", "Contents")) { ul class="contents" {
                @for (id, title) in sections { li { a href=(format!("#{id}")) { (title) } } }
            } }
        }
    }

    fn inputs(&self) -> Markup {
        let picture = self.picture;
        markup! {
            section id="inputs" {
                h2 { (self.say("Gelesene Karten", "Maps that were read")) }
                div class="wide" { table {
                    caption { (self.say("Karten mit Nummer, Stand, Lizenz und Prüfsumme", "Maps with number, date, licence and checksum")) }
                    thead { tr {
                        th scope="col" class="number" { (self.say("Nr.", "No.")) }
                        th scope="col" { (self.say("Karte", "Map")) }
                        th scope="col" class="number" { (self.say("Elemente", "Elements")) }
                        th scope="col" { (self.say("Stand", "As of")) }
                        th scope="col" { (self.say("Herausgeber", "Publisher")) }
                        th scope="col" { (self.say("Lizenz", "Licence")) }
                        th scope="col" { (self.say("Datei und SHA-256", "File and SHA-256")) }
                    } }
                    tbody { @for (number, it) in picture.maps.iter().enumerate() { tr {
                        td class="number" { (number + 1) }
                        th scope="row" {
                            (self.get(&it.title)) " (" code { (it.handle) } ")"
                            @if let Some(notice) = &it.notice { br; span class="notice" { (self.get(notice)) } }
                        }
                        td class="number" { (it.elements) }
                        td class="date" { (as_of(it, self.german)) }
                        td { (self.optional(it.publisher.as_ref())) }
                        td { (self.optional(it.licence.as_ref())) }
                        td { (it.file) " " code { (it.sha256) } }
                    } } }
                } }
            }
        }
    }
}
