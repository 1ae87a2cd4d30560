//! The report as `JUnit` XML, for the test pages of pipelines.

use super::{
    Report,
    folded::{Fold, Folded, fold, number, whereabouts},
};
use crate::Outcome;
use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Writes a report as `JUnit` XML, in German or in English.
///
/// A set of requirements is a test suite, a requirement a test case. It fails where something is not met, and is skipped
/// where something is unknown or nothing applies.
///
/// # Errors
/// When it cannot be written.
pub fn junit(report: &Report, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    let folded = fold(&report.findings);
    let mut sets: Vec<&str> = Vec::new();
    for it in &folded {
        if !sets.contains(&it.requirement.set.as_str()) {
            sets.push(&it.requirement.set);
        }
    }
    let tally = Tally::of(folded.iter());
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(to, "<testsuites name=\"Fachwerk\" {}>", tally.attributes())?;
    for set in sets {
        let cases = || folded.iter().filter(|it| it.requirement.set == set);
        let tally = Tally::of(cases());
        let day = format!("{}T00:00:00", report.date);
        writeln!(
            to,
            "  <testsuite name=\"{}\" timestamp=\"{}\" {}>",
            escaped(set),
            escaped(&day),
            tally.attributes()
        )?;
        for group in cases() {
            case(group, set, german, &mut to)?;
        }
        writeln!(to, "  </testsuite>")?;
    }
    writeln!(to, "</testsuites>")?;
    to.flush()
}

/// How many test cases there are, and how they end.
#[derive(Default)]
struct Tally {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Tally {
    fn of<'f, 'r: 'f>(cases: impl Iterator<Item = &'f Folded<'r>>) -> Self {
        let mut tally = Self::default();
        for case in cases {
            tally.tests += 1;
            match case.counts.worst() {
                Outcome::Unmet => tally.failures += 1,
                Outcome::Unknown | Outcome::NotApplicable => tally.skipped += 1,
                Outcome::Met => {}
            }
        }
        tally
    }

    fn attributes(&self) -> String {
        format!(
            "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\"",
            self.tests, self.failures, self.skipped
        )
    }
}

fn case(group: &Folded<'_>, set: &str, german: bool, to: &mut impl Write) -> io::Result<()> {
    let it = group.requirement;
    let name = format!("{} ({})", it.text.get(german), it.id);
    let outcome = group.counts.worst();
    write!(to, "    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", escaped(set), escaped(&name))?;
    let first = group.with(outcome).next();
    match outcome {
        Outcome::Met => return writeln!(to, "/>"),
        Outcome::NotApplicable => {
            let message = outcome.title(german);
            return writeln!(to, "><skipped message=\"{message}\"/></testcase>");
        }
        Outcome::Unknown => {
            let missing = first.and_then(|it| it.missing).map(|it| it.get(german)).unwrap_or_default();
            let label = if german { "unbekannt, es fehlt" } else { "unknown, missing" };
            let message = format!("{label}: {missing}");
            write!(to, ">\n      <skipped message=\"{}\">", escaped(&message))?;
        }
        Outcome::Unmet => {
            let message = first.map(|it| it.reason.get(german)).unwrap_or_default();
            let (message, level) = (escaped(message), it.level.name());
            write!(to, ">\n      <failure message=\"{message}\" type=\"{level}\">")?;
        }
    }
    for fold in group.with(outcome) {
        to.write_all(escaped(&lines(fold, german)).as_bytes())?;
    }
    let (repair, source) = if german { ("Abhilfe", "Quelle") } else { ("What to do", "Source") };
    let last = format!("{repair}: {}\n{source}: {}", it.repair.get(german), it.source);
    let tag = if outcome == Outcome::Unmet { "failure" } else { "skipped" };
    writeln!(to, "{}</{tag}>\n    </testcase>", escaped(&last))
}

fn lines(fold: &Fold<'_>, german: bool) -> String {
    let mut lines = format!("{}\n", fold.reason.get(german));
    for subject in &fold.first {
        lines.push_str(&format!("  {}\n", whereabouts(subject)));
    }
    if fold.more() > 0 {
        let (and, more) = if german { ("und", "weitere") } else { ("and", "more") };
        lines.push_str(&format!("  {and} {} {more}\n", number(fold.more(), german)));
    }
    lines
}

/// Text for XML 1.0: the five entities, and nothing that XML does not know.
fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |it: char| !matches!(it, '&' | '<' | '>' | '"' | '\'') && is_xml(it);
    if text.chars().all(plain) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            it if is_xml(it) => escaped.push(it),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped.into()
}

fn is_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
