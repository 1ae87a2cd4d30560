//! The report as text, for a terminal or a log.

use super::{
    Report,
    folded::{Fold, Folded, LEVELS, fold, number, tame, whereabouts},
};
use crate::Outcome;
use std::io::{self, Write};

/// Writes a report as text, in German or in English: what is not met first, by requirement, with the first subjects and
/// what to do. `colour` adds the escape sequences of terminals; nothing is said by colour alone.
///
/// # Errors
/// When it cannot be written.
pub fn text(report: &Report, german: bool, colour: bool, to: &mut dyn Write) -> io::Result<()> {
    let folded = fold(&report.findings);
    let mut page = Page { german, colour, to: io::BufWriter::new(to) };
    page.head(report)?;
    for outcome in [Outcome::Unmet, Outcome::Unknown] {
        page.section(&folded, outcome)?;
    }
    page.maturity(report)?;
    page.summary(report)?;
    page.to.flush()
}

struct Page<W: Write> {
    german: bool,
    colour: bool,
    to: W,
}

impl<W: Write> Page<W> {
    fn say(&self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    fn head(&mut self, report: &Report) -> io::Result<()> {
        for file in &report.files {
            writeln!(self.to, "{}: {}", tame(&file.path), file.kind.title(self.german))?;
        }
        let sets: Vec<String> = report
            .sets
            .iter()
            .map(|it| format!("{} ({}, {})", tame(it.title.get(self.german)), it.id, tame(&it.version)))
            .collect();
        let against = self.say("Geprüft gegen", "Checked against");
        let day = self.say("Stand", "As of");
        writeln!(self.to, "{against}: {}", sets.join("; "))?;
        writeln!(self.to, "{day}: {}", report.date)
    }

    fn section(&mut self, folded: &[Folded<'_>], outcome: Outcome) -> io::Result<()> {
        let concerned: Vec<&Folded<'_>> = folded.iter().filter(|it| it.counts.of(outcome) > 0).collect();
        if concerned.is_empty() {
            return Ok(());
        }
        let title = outcome.title(self.german).to_uppercase();
        let (on, off) = self.paint(outcome);
        writeln!(self.to, "\n{on}{title}{off}")?;
        for group in concerned {
            let it = group.requirement;
            let level = it.level.title(self.german);
            writeln!(self.to, "\n  {on}{level}{off}  {} [{}]", tame(it.text.get(self.german)), it.id)?;
            for fold in group.with(outcome) {
                self.fold(fold)?;
            }
            let (repair, source) = (self.say("Abhilfe", "What to do"), self.say("Quelle", "Source"));
            writeln!(self.to, "    {repair}: {}", tame(it.repair.get(self.german)))?;
            writeln!(self.to, "    {source}: {}", tame(&it.source.to_string()))?;
        }
        Ok(())
    }

    fn fold(&mut self, fold: &Fold<'_>) -> io::Result<()> {
        write!(self.to, "    - {}", tame(fold.reason.get(self.german)))?;
        if fold.count > 1 {
            write!(self.to, " ({}×)", number(fold.count, self.german))?;
        }
        writeln!(self.to)?;
        if let Some(missing) = fold.missing.filter(|_| fold.outcome == Outcome::Unknown) {
            let label = self.say("Es fehlt", "Missing");
            writeln!(self.to, "      {label}: {}", tame(missing.get(self.german)))?;
        }
        for subject in &fold.first {
            writeln!(self.to, "        {}", whereabouts(subject))?;
        }
        match fold.more() {
            0 => Ok(()),
            more => writeln!(
                self.to,
                "        {} {} {}",
                self.say("und", "and"),
                number(more, self.german),
                self.say("weitere", "more")
            ),
        }
    }

    /// Maturity models of the sets: the level that is reached, and what the next one needs.
    fn maturity(&mut self, report: &Report) -> io::Result<()> {
        for reached in report.all_maturity() {
            let title = tame(reached.title.get(self.german)).into_owned();
            writeln!(self.to, "\n{title}: {}", reached.sentence(self.german))?;
            let Some(next) = &reached.next else { continue };
            writeln!(self.to, "  {}", next.heading(self.german))?;
            for line in next.lines(self.german) {
                writeln!(self.to, "    - {}", tame(&line))?;
            }
        }
        Ok(())
    }

    fn summary(&mut self, report: &Report) -> io::Result<()> {
        let summary = report.summary();
        let width = |text: &str| text.chars().count().max(7);
        let titles: Vec<&str> = Outcome::ALL.into_iter().map(|it| it.title(self.german)).collect();
        write!(self.to, "\n        ")?;
        for title in &titles {
            write!(self.to, "  {title:>width$}", width = width(title))?;
        }
        writeln!(self.to)?;
        for level in LEVELS {
            write!(self.to, "{:<8}", level.title(self.german))?;
            for (outcome, title) in Outcome::ALL.into_iter().zip(&titles) {
                let count = number(summary.level(level).of(outcome), self.german);
                write!(self.to, "  {count:>width$}", width = width(title))?;
            }
            writeln!(self.to)?;
        }
        Ok(())
    }

    fn paint(&self, outcome: Outcome) -> (&'static str, &'static str) {
        if !self.colour {
            return ("", "");
        }
        let on = match outcome {
            Outcome::Met => "\u{1b}[32m",
            Outcome::Unmet => "\u{1b}[1;31m",
            Outcome::Unknown => "\u{1b}[33m",
            Outcome::NotApplicable => "",
        };
        (on, "\u{1b}[0m")
    }
}
