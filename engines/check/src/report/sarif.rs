//! The report as SARIF 2.1.0 (OASIS), for the pages of code platforms.

use super::Report;
use crate::{Checked, Finding, Outcome, Subject};
use requirements::{Level, Requirement};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    io::{self, Write},
};

/// Writes a report as SARIF 2.1.0, in German or in English.
///
/// Each requirement is a rule. Results are what is not met (`fail`: error, warning or note, by the level) and what is
/// unknown (`open`); what is met or does not apply is no result.
///
/// # Errors
/// When it cannot be written.
pub fn sarif(report: &Report, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut to = io::BufWriter::with_capacity(1 << 16, to);
    let mut rules: Vec<Value> = Vec::new();
    let mut index: HashMap<&str, usize> = HashMap::new();
    for finding in &report.findings {
        let it = finding.requirement.as_ref();
        index.entry(&it.id).or_insert_with(|| {
            rules.push(rule(it, german));
            rules.len() - 1
        });
    }
    let driver = json!({"name": "Fachwerk", "language": if german { "de" } else { "en" }, "rules": rules});
    let artifacts: Vec<Value> = report.files.iter().map(artifact).collect();
    writeln!(to, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{")?;
    writeln!(to, "\"tool\":{{\"driver\":{driver}}},")?;
    writeln!(to, "\"columnKind\":\"unicodeCodePoints\",")?;
    writeln!(to, "\"artifacts\":{},\n\"results\":[", json!(artifacts))?;
    let open = report.findings.iter().filter(|it| matches!(it.outcome, Outcome::Unmet | Outcome::Unknown));
    let mut places = Places::new(report);
    for (at, finding) in open.enumerate() {
        if at > 0 {
            to.write_all(b",\n")?;
        }
        let rule = index.get(finding.requirement.id.as_str()).copied().unwrap_or_default();
        result(finding, rule, &mut places, german, &mut to)?;
    }
    writeln!(to, "]}}]}}")?;
    to.flush()
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn rule(it: &Requirement, german: bool) -> Value {
    let repair = it.repair.get(german);
    let source = it.source.to_string();
    let (what, from) = if german { ("Abhilfe", "Quelle") } else { ("What to do", "Source") };
    let mut rule = json!({
        "id": it.id,
        "shortDescription": {"text": it.text.get(german)},
        "help": {
            "text": format!("{what}: {repair}\n{from}: {source}"),
            "markdown": format!(
                "**{what}:** {}\n\n**{from}:** {}",
                super::markdown::escaped(repair),
                super::markdown::escaped(&source)
            ),
        },
        "defaultConfiguration": {"level": severity(it.level)},
        "properties": {"level": it.level.name(), "set": it.set, "tags": [it.set, it.level.name()]},
    });
    if let (Some(url), Some(rule)) = (&it.source.url, rule.as_object_mut()) {
        rule.insert("helpUri".to_owned(), json!(url));
    }
    rule
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Muss => "error",
        Level::Soll => "warning",
        Level::Kann => "note",
    }
}

fn artifact(file: &Checked) -> Value {
    let mut artifact = json!({"location": {"uri": uri(&file.path)}, "length": file.bytes});
    if let (Some(sha256), Some(artifact)) = (&file.sha256, artifact.as_object_mut()) {
        artifact.insert("hashes".to_owned(), json!({"sha-256": sha256}));
    }
    artifact
}

/// How results name their files; the same for all results of a file.
struct Places<'r> {
    index: HashMap<&'r str, usize>,
    written: HashMap<&'r str, String>,
}

impl<'r> Places<'r> {
    fn new(report: &'r Report) -> Self {
        let index = report.files.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect();
        Self { index, written: HashMap::new() }
    }

    fn of(&mut self, file: &'r str) -> &str {
        let index = self.index.get(file);
        self.written.entry(file).or_insert_with(|| match index {
            Some(index) => json!({"uri": uri(file), "index": index}).to_string(),
            None => json!({"uri": uri(file)}).to_string(),
        })
    }
}

/// One result, written piece by piece: there may be hundreds of thousands.
fn result<'r>(
    finding: &'r Finding,
    rule: usize,
    places: &mut Places<'r>,
    german: bool,
    to: &mut impl Write,
) -> io::Result<()> {
    let (kind, level) = match finding.outcome {
        Outcome::Unmet => ("fail", severity(finding.level())),
        _ => ("open", "none"),
    };
    let id = json!(finding.requirement.id);
    write!(
        to,
        "{{\"ruleId\":{id},\"ruleIndex\":{rule},\"kind\":\"{kind}\",\"level\":\"{level}\",\"message\":{{\"text\":"
    )?;
    let reason = finding.reason.get(german);
    if let Some(missing) = &finding.missing {
        let label = if german { "Es fehlt" } else { "Missing" };
        serde_json::to_writer(&mut *to, &format!("{reason} {label}: {}.", missing.get(german)))?;
    } else {
        serde_json::to_writer(&mut *to, reason)?;
    }
    to.write_all(b"},\"locations\":[")?;
    location(&finding.subject, places, to)?;
    to.write_all(b"]}")
}

fn location<'r>(subject: &'r Subject, places: &mut Places<'r>, to: &mut impl Write) -> io::Result<()> {
    write!(to, "{{\"physicalLocation\":{{\"artifactLocation\":{}", places.of(&subject.file))?;
    if subject.line > 0 {
        let (line, column) = (subject.line, subject.column.max(1));
        write!(to, ",\"region\":{{\"startLine\":{line},\"startColumn\":{column}}}")?;
    }
    to.write_all(b"}")?;
    if !subject.pointer.is_empty() {
        to.write_all(b",\"logicalLocations\":[{\"fullyQualifiedName\":")?;
        serde_json::to_writer(&mut *to, &subject.pointer)?;
        if !subject.name.is_empty() {
            to.write_all(b",\"name\":")?;
            serde_json::to_writer(&mut *to, &subject.name)?;
        }
        to.write_all(b"}]")?;
    }
    to.write_all(b"}")
}

/// A path as a URI reference (RFC 3986): relative as it stands, absolute with `file://`.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
