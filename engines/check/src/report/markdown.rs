//! The report as Markdown, for a comment on a merge request.

use super::{
    Report,
    folded::{Fold, Folded, LEVELS, fold, number, tame, whereabouts},
};
use crate::Outcome;
use std::io::{self, Write};

/// Writes a report as Markdown, in German or in English.
///
/// # Errors
/// When it cannot be written.
pub fn markdown(report: &Report, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    let say = |de: &'static str, en: &'static str| if german { de } else { en };
    let folded = fold(&report.findings);
    writeln!(to, "## {}\n", say("Prüfbericht", "Report of checks"))?;
    for file in &report.files {
        writeln!(to, "- {}: {}", code(&file.path), file.kind.title(german))?;
    }
    let sets: Vec<String> = report
        .sets
        .iter()
        .map(|it| format!("{} {}", escaped(it.title.get(german)), escaped(&it.version)))
        .collect();
    writeln!(
        to,
        "\n{}: {}. {}: {}.\n",
        say("Geprüft gegen", "Checked against"),
        sets.join("; "),
        say("Stand", "As of"),
        report.date
    )?;
    summary(report, german, &mut to)?;
    maturity(report, german, &mut to)?;
    for outcome in [Outcome::Unmet, Outcome::Unknown] {
        let concerned: Vec<&Folded<'_>> = folded.iter().filter(|it| it.counts.of(outcome) > 0).collect();
        if concerned.is_empty() {
            continue;
        }
        // What is unknown is often long; it is there for who opens it.
        let (before, after) =
            if outcome == Outcome::Unknown { ("<details>\n<summary>", "</summary>\n") } else { ("### ", "") };
        let count = concerned.len();
        let word = say("Anforderungen", "requirements");
        writeln!(to, "\n{before}{}: {count} {word}{after}", outcome.title(german))?;
        for group in concerned {
            requirement(group, outcome, german, &mut to)?;
        }
        if outcome == Outcome::Unknown {
            writeln!(to, "\n</details>")?;
        }
    }
    to.flush()
}

fn summary(report: &Report, german: bool, to: &mut impl Write) -> io::Result<()> {
    let summary = report.summary();
    let titles: Vec<&str> = Outcome::ALL.into_iter().map(|it| it.title(german)).collect();
    writeln!(to, "| | {} |\n|---|--:|--:|--:|--:|", titles.join(" | "))?;
    for level in LEVELS {
        let counts: Vec<String> =
            Outcome::ALL.into_iter().map(|it| number(summary.level(level).of(it), german)).collect();
        writeln!(to, "| {} | {} |", level.title(german), counts.join(" | "))?;
    }
    Ok(())
}

fn maturity(report: &Report, german: bool, to: &mut impl Write) -> io::Result<()> {
    for reached in report.all_maturity() {
        writeln!(to, "\n**{}:** {}", escaped(reached.title.get(german)), escaped(&reached.sentence(german)))?;
        let Some(next) = &reached.next else { continue };
        writeln!(to, "{}\n", escaped(&next.heading(german)))?;
        for line in next.lines(german) {
            writeln!(to, "- {}", escaped(&line))?;
        }
    }
    Ok(())
}

fn requirement(group: &Folded<'_>, outcome: Outcome, german: bool, to: &mut impl Write) -> io::Result<()> {
    let it = group.requirement;
    writeln!(to, "\n**{}: {}** ({})\n", it.level.title(german), escaped(it.text.get(german)), code(&it.id))?;
    for fold in group.with(outcome) {
        reason(fold, german, to)?;
    }
    let (repair, source) = if german { ("Abhilfe", "Quelle") } else { ("What to do", "Source") };
    writeln!(to, "\n{repair}: {}  ", escaped(it.repair.get(german)))?;
    writeln!(to, "{source}: {}", escaped(&it.source.to_string()))
}

fn reason(fold: &Fold<'_>, german: bool, to: &mut impl Write) -> io::Result<()> {
    write!(to, "- {}", escaped(fold.reason.get(german)))?;
    if let Some(missing) = fold.missing.filter(|_| fold.outcome == Outcome::Unknown) {
        write!(to, " {}: {}.", if german { "Es fehlt" } else { "Missing" }, escaped(missing.get(german)))?;
    }
    writeln!(to)?;
    for subject in &fold.first {
        writeln!(to, "  - {}", code(&whereabouts(subject)))?;
    }
    match fold.more() {
        0 => Ok(()),
        more => {
            let (and, rest) = if german { ("und", "weitere") } else { ("and", "more") };
            writeln!(to, "  - {and} {} {rest}", number(more, german))
        }
    }
}

/// A text in which nothing is markup: no links, no HTML, no mentions.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in tame(text).chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '@' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A text as code; backticks in it would end it.
fn code(text: &str) -> String {
    format!("`{}`", tame(text).replace('`', "'"))
}
