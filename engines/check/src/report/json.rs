//! The report as JSON, for programs. Everything is in it; the form is part of the product's contract.

use super::{Counts, Report};
use crate::{Finding, Outcome, Reached};
use requirements::Words;
use serde_json::json;
use std::{
    collections::HashMap,
    io::{self, Write},
};

/// Writes a report as JSON, in German or in English.
///
/// ```json
/// {"summary": {"muss": {"met": 1, "unmet": 0, "unknown": 0, "not_applicable": 0}, "soll": …, "kann": …},
///  "findings": [{"requirement": …, "level": "muss", "result": "unmet", "subject": "bom.json#/components/3",
///                "reason": …, "source": …, "repair": …, "place": {"line": 12, "column": 5}, "name": …, "missing": null,
///                "set": …}],
///  "files": [{"path": …, "kind": "sbom", "sha256": …, "bytes": …}], "sets": [{"id": …, "title": …, "version": …}],
///  "maturity": [{"model": …, "title": …, "level": 1, "name": …, "next": {"level": 2, "name": …, "missing": [{"requirement": …,
///                "result": "unmet", "reason": …}]}}],
///  "date": "2026-11-28"}
/// ```
///
/// # Errors
/// When it cannot be written.
pub fn json(report: &Report, german: bool, to: &mut dyn Write) -> io::Result<()> {
    // Strings are written in small pieces; a pipe wants large ones.
    let mut to = io::BufWriter::with_capacity(1 << 16, to);
    let summary = report.summary();
    let counts = json!({
        "muss": counts(&summary.muss), "soll": counts(&summary.soll), "kann": counts(&summary.kann),
    });
    write!(to, "{{\"summary\":{counts},\n\"findings\":[")?;
    let mut texts = Texts::new(german);
    for (at, finding) in report.findings.iter().enumerate() {
        to.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        one(finding, &mut texts, &mut to)?;
    }
    let files: Vec<_> = report
        .files
        .iter()
        .map(|it| json!({"path": it.path, "kind": it.kind.name(), "sha256": it.sha256, "bytes": it.bytes}))
        .collect();
    let sets: Vec<_> = report
        .sets
        .iter()
        .map(|it| json!({"id": it.id, "title": it.title.get(german), "version": it.version}))
        .collect();
    let maturity: Vec<_> = report.all_maturity().iter().map(|it| maturity(it, german)).collect();
    writeln!(
        to,
        "],\n\"files\":{},\n\"sets\":{},\n\"maturity\":{},\n\"date\":{}}}",
        json!(files),
        json!(sets),
        json!(maturity),
        json!(report.date)
    )?;
    to.flush()
}

/// The level that is reached, and what the next one needs; `known` is false where nobody knows what it asks.
fn maturity(it: &Reached, german: bool) -> serde_json::Value {
    let name = |it: &Option<Words>| it.as_ref().map(|it| it.get(german).to_owned());
    let next = it.next.as_ref().map(|next| {
        let missing = next.missing.iter().map(|it| {
            json!({"requirement": it.requirement, "result": it.outcome.name(), "reason": it.reason.get(german)})
        });
        let missing: Vec<_> = missing.collect();
        json!({"level": next.number, "name": name(&next.name), "known": next.known, "missing": missing})
    });
    json!({"model": it.model, "title": it.title.get(german), "level": it.level, "name": name(&it.name), "next": next})
}

fn counts(it: &Counts) -> serde_json::Value {
    json!({"met": it.met, "unmet": it.unmet, "unknown": it.unknown, "not_applicable": it.not_applicable})
}

/// What is the same in all findings of one requirement, written once.
struct Texts<'r> {
    german: bool,
    heads: HashMap<&'r str, (String, String)>,
}

impl<'r> Texts<'r> {
    fn new(german: bool) -> Self {
        Self { german, heads: HashMap::new() }
    }

    fn of(&mut self, finding: &'r Finding) -> &(String, String) {
        let german = self.german;
        let it = &finding.requirement;
        self.heads.entry(it.id.as_str()).or_insert_with(|| {
            let head = format!("{{\"requirement\":{},\"level\":{}", json!(it.id), json!(it.level.name()));
            let tail = format!(
                ",\"source\":{},\"repair\":{},\"set\":{}}}",
                json!(it.source.to_string()),
                json!(it.repair.get(german)),
                json!(it.set)
            );
            (head, tail)
        })
    }
}

fn one<'r>(finding: &'r Finding, texts: &mut Texts<'r>, to: &mut impl Write) -> io::Result<()> {
    let german = texts.german;
    let (head, tail) = texts.of(finding);
    let subject = &finding.subject;
    to.write_all(head.as_bytes())?;
    write!(to, ",\"result\":\"{}\",\"subject\":", finding.outcome.name())?;
    if subject.pointer.is_empty() {
        serde_json::to_writer(&mut *to, &*subject.file)?;
    } else {
        serde_json::to_writer(&mut *to, &subject.to_string())?;
    }
    to.write_all(b",\"reason\":")?;
    serde_json::to_writer(&mut *to, finding.reason.get(german))?;
    if subject.line > 0 {
        write!(to, ",\"place\":{{\"line\":{},\"column\":{}}}", subject.line, subject.column)?;
    } else {
        to.write_all(b",\"place\":null")?;
    }
    to.write_all(b",\"name\":")?;
    serde_json::to_writer(&mut *to, &subject.name)?;
    to.write_all(b",\"missing\":")?;
    let missing = finding.missing.as_ref().filter(|_| finding.outcome == Outcome::Unknown);
    serde_json::to_writer(&mut *to, &missing.map(|it| it.get(german)))?;
    to.write_all(tail.as_bytes())
}
