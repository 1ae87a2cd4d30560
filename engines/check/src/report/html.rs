//! The report as one HTML page: printable, without script, and nothing loaded from elsewhere.

use super::{
    Report,
    folded::{Fold, Folded, LEVELS, fold, number, tame, whereabouts},
};
use crate::{Checked, Outcome};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use std::io::{self, Write};

/// Writes a report as an HTML page, in German or in English.
///
/// # Errors
/// When it cannot be written.
pub fn html(report: &Report, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let folded = fold(&report.findings);
    let page = Page { german };
    let title = page.say("Prüfbericht", "Report of checks");
    let document = markup! {
        (DOCTYPE)
        html lang=(page.say("de", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " " (report.date) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p { (page.say("Stand", "As of")) " " time datetime=(report.date) { (report.date) } "." }
                    (page.files(&report.files))
                    (page.sets(report))
                    (page.summary(report))
                    (page.maturity(report))
                    (page.open(&folded, Outcome::Unmet))
                    (page.open(&folded, Outcome::Unknown))
                    (page.closed(&folded))
                }
            }
        }
    };
    to.write_all(document.into_string().as_bytes())
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}\
main{max-width:60rem;margin:auto}\
table{border-collapse:collapse;margin:1rem 0;width:100%}\
caption{text-align:left;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}\
article{border-left:.3rem solid;padding:.1rem 0 .1rem 1rem;margin:1.5rem 0}\
article.unmet{border-left-style:double;border-left-width:.5rem}\
code{overflow-wrap:anywhere}\
h3{margin:.25rem 0}\
@media print{body{padding:0}article,tr{break-inside:avoid}}";

struct Page {
    german: bool,
}

impl Page {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    fn number(&self, value: usize) -> String {
        number(value, self.german)
    }

    fn files(&self, files: &[Checked]) -> Markup {
        markup! {
            table {
                caption { (self.say("Geprüfte Dateien", "Files that were checked")) }
                thead { tr {
                    th scope="col" { (self.say("Datei", "File")) }
                    th scope="col" { (self.say("Art", "Kind")) }
                    th scope="col" { "SHA-256" }
                } }
                tbody { @for file in files { tr {
                    th scope="row" { (tame(&file.path)) }
                    td { (file.kind.title(self.german)) }
                    td { code { (file.sha256.as_deref().unwrap_or_default()) } }
                } } }
            }
        }
    }

    fn sets(&self, report: &Report) -> Markup {
        markup! {
            table {
                caption { (self.say("Anforderungssätze", "Sets of requirements")) }
                thead { tr {
                    th scope="col" { (self.say("Satz", "Set")) }
                    th scope="col" { (self.say("Fassung", "Version")) }
                } }
                tbody { @for set in &report.sets { tr {
                    th scope="row" { (set.title.get(self.german)) " (" (set.id) ")" }
                    td { (set.version) }
                } } }
            }
        }
    }

    fn summary(&self, report: &Report) -> Markup {
        let summary = report.summary();
        markup! {
            table {
                caption { (self.say("Ergebnis", "Result")) }
                thead { tr {
                    th scope="col" { (self.say("Stufe", "Level")) }
                    @for outcome in Outcome::ALL { th scope="col" class="number" { (mark(outcome)) " " (outcome.title(self.german)) } }
                } }
                tbody { @for level in LEVELS { tr {
                    th scope="row" { (level.title(self.german)) }
                    @for outcome in Outcome::ALL { td class="number" { (self.number(summary.level(level).of(outcome))) } }
                } } }
            }
        }
    }

    /// Maturity models of the sets: the level that is reached, and what the next one needs.
    fn maturity(&self, report: &Report) -> Markup {
        let all = report.all_maturity();
        markup! {
            @if !all.is_empty() {
                section {
                    h2 { (self.say("Reifegrad", "Maturity")) }
                    @for reached in &all {
                        h3 { (tame(reached.title.get(self.german))) }
                        p { (reached.sentence(self.german)) }
                        @if let Some(next) = &reached.next {
                            p { (next.heading(self.german)) }
                            ul { @for line in next.lines(self.german) { li { (tame(&line)) } } }
                        }
                    }
                }
            }
        }
    }

    /// What is not met, or unknown.
    fn open(&self, folded: &[Folded<'_>], outcome: Outcome) -> Markup {
        let concerned: Vec<&Folded<'_>> = folded.iter().filter(|it| it.counts.of(outcome) > 0).collect();
        markup! {
            @if !concerned.is_empty() {
                section {
                    h2 { (mark(outcome)) " " (sentence_case(outcome.title(self.german))) }
                    @for group in concerned { (self.requirement(group, outcome)) }
                }
            }
        }
    }

    fn requirement(&self, group: &Folded<'_>, outcome: Outcome) -> Markup {
        let it = group.requirement;
        markup! {
            article class=(outcome.name()) {
                h3 { (it.level.title(self.german)) ": " (it.text.get(self.german)) }
                p { code { (it.id) } }
                ul { @for fold in group.with(outcome) { (self.fold(fold)) } }
                p { strong { (self.say("Abhilfe", "What to do")) ": " } (it.repair.get(self.german)) }
                p { strong { (self.say("Quelle", "Source")) ": " }
                    @match it.source.url.as_deref().filter(|it| it.starts_with("https://")) {
                        Some(url) => { a href=(url) { (it.source.to_string()) } }
                        None => { (it.source.to_string()) }
                    }
                }
            }
        }
    }

    fn fold(&self, fold: &Fold<'_>) -> Markup {
        markup! {
            li {
                (tame(fold.reason.get(self.german)))
                @if let Some(missing) = fold.missing.filter(|_| fold.outcome == Outcome::Unknown) {
                    " " (self.say("Es fehlt", "Missing")) ": " (tame(missing.get(self.german))) "."
                }
                ul {
                    @for subject in &fold.first { li { code { (whereabouts(subject)) } } }
                    @if fold.more() > 0 {
                        li { (self.say("und", "and")) " " (self.number(fold.more())) " " (self.say("weitere", "more")) }
                    }
                }
            }
        }
    }

    /// What is met everywhere, or applies nowhere.
    fn closed(&self, folded: &[Folded<'_>]) -> Markup {
        let closed =
            folded.iter().filter(|it| matches!(it.counts.worst(), Outcome::Met | Outcome::NotApplicable));
        markup! {
            section {
                h2 { (self.say("Ohne Beanstandung", "Nothing to object")) }
                table {
                    caption { (self.say("Erfüllte und nicht anwendbare Anforderungen", "Requirements met or not applicable")) }
                    thead { tr {
                        th scope="col" { (self.say("Stufe", "Level")) }
                        th scope="col" { (self.say("Anforderung", "Requirement")) }
                        th scope="col" { (self.say("Ergebnis", "Result")) }
                        th scope="col" class="number" { (self.say("Anzahl", "Count")) }
                    } }
                    tbody { @for group in closed { tr {
                        td { (group.requirement.level.title(self.german)) }
                        th scope="row" { (group.requirement.text.get(self.german)) " (" (group.requirement.id) ")" }
                        td { (mark(group.counts.worst())) " " (group.counts.worst().title(self.german)) }
                        td class="number" { (self.number(group.counts.total())) }
                    } } }
                }
            }
        }
    }
}

/// A sign beside the word, so that a column can be scanned; hidden from screen readers, which read the word.
fn mark(outcome: Outcome) -> Markup {
    let sign = match outcome {
        Outcome::Met => "✓",
        Outcome::Unmet => "✗",
        Outcome::Unknown => "?",
        Outcome::NotApplicable => "–",
    };
    markup! { span aria-hidden="true" { (sign) } }
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
