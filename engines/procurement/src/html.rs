//! The annex as one HTML page: printable, without script, and nothing loaded from elsewhere.

pub(crate) mod headings;

use crate::{Annex, Demand, Direction, Interface, Source, Topic, Words};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

/// What stands on top of every annex.
pub(crate) const NOTICE: (&str, &str) = (
    "Diese Anlage gibt wieder, was die genannten Anforderungssätze und Karten sagen. Sie ist kein Rechtstext und ersetzt \
     keine Prüfung durch die Vergabestelle. Muss, Soll und Kann sind die Stufen der jeweiligen Quelle.",
    "This annex repeats what the named sets of requirements and maps say. It is no legal text and does not replace a \
     review by the buyer. Must, should and may are the levels of the respective source.",
);

/// Writes an annex as an HTML page, in German or in English.
pub fn html(annex: &Annex, german: bool) -> String {
    let page = Page { german };
    let title = format!("{}: {}", page.pick(headings::TITLE), annex.request.title);
    let document = markup! {
        (DOCTYPE)
        html lang=(page.say("de", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main {
                h1 { (title) }
                p { (page.say("Auftraggeber", "Buyer")) ": " (annex.request.buyer) br;
                    (page.say("Stand", "As of")) ": " time datetime=(annex.request.date) { (annex.request.date) } }
                p { (page.pick(NOTICE)) }
                p { (page.pick(headings::SETS)) ":" }
                ul { @for it in &annex.sets {
                    li { (page.words(&it.title)) ", " (it.version) " (" (it.date) ")" }
                } }
                (page.elements(annex))
                (page.demands(annex, Topic::General))
                (page.interfaces(&annex.interfaces))
                (page.demands(annex, Topic::Exit))
                (page.demands(annex, Topic::Audit))
                (page.evidence(annex))
                (page.remarks(&annex.remarks))
            } }
        }
    };
    document.into_string()
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}\
main{max-width:70rem;margin:auto}\
table{border-collapse:collapse;margin:1rem 0;width:100%}\
caption{text-align:left;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
.level{white-space:nowrap;overflow-wrap:normal}tbody th{font-weight:normal}\
code{overflow-wrap:anywhere;font-size:.85em}\
@media print{body{padding:0;font-size:10pt}tr{break-inside:avoid}h2{break-after:avoid}}";

struct Page {
    german: bool,
}

impl Page {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    fn pick(&self, (de, en): (&'static str, &'static str)) -> &'static str {
        self.say(de, en)
    }

    fn words<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.german)
    }

    fn or_unknown<'w>(&self, words: Option<&'w str>) -> &'w str {
        words.unwrap_or(self.say("unbekannt", "unknown"))
    }

    fn elements(&self, annex: &Annex) -> Markup {
        markup! {
            h2 { (self.pick(headings::ELEMENTS)) }
            table {
                caption { (self.say("Bausteine", "Elements")) }
                thead { tr {
                    th scope="col" { (self.say("Baustein", "Element")) }
                    th scope="col" { (self.say("Art", "Kind")) }
                    th scope="col" { (self.say("Fassung", "Version")) }
                    th scope="col" { (self.say("Lizenz", "Licence")) }
                    th scope="col" { (self.say("Karte", "Map")) }
                } }
                tbody { @for it in &annex.elements { tr {
                    th scope="row" { (self.words(&it.title)) }
                    td { (self.or_unknown(it.kind.as_ref().map(|it| self.words(it)))) }
                    td { (self.or_unknown(it.version.as_deref())) }
                    td { (self.or_unknown(it.licence.as_ref().map(|it| self.words(it)))) }
                    td { (self.words(&it.map_title)) }
                } } }
            }
        }
    }

    fn demands(&self, annex: &Annex, topic: Topic) -> Markup {
        let demands: Vec<&Demand> = annex.of_topic(topic).collect();
        let title = self.pick(headings::of(topic));
        markup! {
            h2 { (title) }
            @if demands.is_empty() { p { (self.pick(headings::NONE)) } } @else {
                table {
                    caption { (title) }
                    thead { tr {
                        th scope="col" class="level" { (self.say("Stufe", "Level")) }
                        th scope="col" { (self.say("Anforderung", "Requirement")) }
                        th scope="col" { (self.say("Betrifft", "Concerns")) }
                        th scope="col" { (self.say("Nachweis", "Evidence")) }
                        th scope="col" { (self.say("Quelle", "Source")) }
                    } }
                    tbody { @for it in demands { (self.demand(it)) } }
                }
            }
        }
    }

    fn demand(&self, it: &Demand) -> Markup {
        let elements: Vec<&str> = it.elements.iter().map(|it| self.words(it)).collect();
        markup! {
            tr {
                td class="level" { strong { (self.words(&it.level_title)) }
                    @if it.conditional { br; (self.say("sofern vorhanden", "if it exists")) } }
                th scope="row" { (self.words(&it.text)) br; code { (it.requirement) }
                    @if let Some(note) = &it.note { br; small { (self.words(note)) } } }
                td { (elements.join(", ")) }
                td { (self.words(&it.evidence)) }
                td { (self.source(&it.source)) }
            }
        }
    }

    fn interfaces(&self, interfaces: &[Interface]) -> Markup {
        markup! {
            h2 { (self.pick(headings::INTERFACES)) }
            @if interfaces.is_empty() { p { (self.pick(headings::NO_INTERFACES)) } } @else {
                table {
                    caption { (self.pick(headings::INTERFACES)) }
                    thead { tr {
                        th scope="col" { (self.say("Baustein", "Element")) }
                        th scope="col" { (self.say("Schnittstelle", "Interface")) }
                        th scope="col" { (self.say("Fassung", "Version")) }
                        th scope="col" { (self.say("Vertrag", "Contract")) }
                        th scope="col" { "Standards" }
                        th scope="col" { (self.say("Quelle", "Source")) }
                    } }
                    tbody { @for it in interfaces { (self.interface(it)) } }
                }
            }
        }
    }

    fn interface(&self, it: &Interface) -> Markup {
        let direction = match it.direction {
            Direction::Offers => self.say("bietet an", "offers"),
            Direction::Needs => self.say("braucht", "needs"),
        };
        let standards: Vec<&str> = it.standards.iter().map(|it| self.words(it)).collect();
        markup! {
            tr {
                th scope="row" { (self.words(&it.element)) " " (direction) }
                td { (self.or_unknown(it.name.as_ref().map(|it| self.words(it))))
                    @if let Some(kind) = &it.kind { " (" (self.words(kind)) ")" }
                    @if let Some(from) = &it.from { ", " (self.say("von", "from")) " " (self.words(from)) } }
                td { (self.or_unknown(it.version.as_deref())) }
                td { @match it.contract.as_deref() {
                    Some(address) => { (link(address, address)) }
                    None => { (self.say("unbekannt", "unknown")) }
                } }
                td { (standards.join(", ")) }
                td { @if let Some(source) = &it.source { (self.source(source)) }
                    @else { (self.say("nicht genannt", "not named")) } }
            }
        }
    }

    fn evidence(&self, annex: &Annex) -> Markup {
        markup! {
            h2 { (self.pick(headings::EVIDENCE)) }
            @if annex.evidence.is_empty() { p { (self.pick(headings::NONE)) } }
            ul { @for it in &annex.evidence {
                li { (self.words(&it.text)) " " @for id in &it.requirements { code { (id) } " " } }
            } }
        }
    }

    fn remarks(&self, remarks: &[Words]) -> Markup {
        markup! {
            @if !remarks.is_empty() {
                h2 { (self.pick(headings::REMARKS)) }
                ul { @for it in remarks { li { (self.words(it)) } } }
            }
        }
    }

    fn source(&self, source: &Source) -> Markup {
        let shown = source.shown(self.german);
        markup! {
            @if let Some(url) = &source.url { (link(url, &shown)) } @else { (shown) }
        }
    }
}

/// A link where the address is a web address; else the text, and the address is not lost.
fn link(address: &str, text: &str) -> Markup {
    let web = address.starts_with("https://") || address.starts_with("http://");
    markup! {
        @if web { a href=(address) { (text) } }
        @else { (text) @if text != address { " (" (address) ")" } }
    }
}
