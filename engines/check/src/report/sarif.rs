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
    let files: HashMap<&str, usize> =
        report.files.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect();
    writeln!(to, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{")?;
    writeln!(to, "\"tool\":{{\"driver\":{driver}}},")?;
    writeln!(to, "\"columnKind\":\"unicodeCodePoints\",")?;
    writeln!(to, "\"artifacts\":{},\n\"results\":[", json!(artifacts))?;
    let open = report.findings.iter().filter(|it| matches!(it.outcome, Outcome::Unmet | Outcome::Unknown));
    for (at, finding) in open.enumerate() {
        if at > 0 {
            to.write_all(b",\n")?;
        }
        let rule = index.get(finding.requirement.id.as_str()).copied().unwrap_or_default();
        serde_json::to_writer(&mut to, &result(finding, rule, &files, german))?;
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
    json!({
        "location": {"uri": uri(&file.path)},
        "length": file.bytes,
        "hashes": {"sha-256": file.sha256},
    })
}

fn result(finding: &Finding, rule: usize, files: &HashMap<&str, usize>, german: bool) -> Value {
    let unmet = finding.outcome == Outcome::Unmet;
    let mut message = finding.reason.get(german).to_owned();
    if let Some(missing) = &finding.missing {
        let label = if german { "Es fehlt" } else { "Missing" };
        message.push_str(&format!(" {label}: {}.", missing.get(german)));
    }
    json!({
        "ruleId": finding.requirement.id,
        "ruleIndex": rule,
        "kind": if unmet { "fail" } else { "open" },
        "level": if unmet { severity(finding.level()) } else { "none" },
        "message": {"text": message},
        "locations": [location(&finding.subject, files)],
    })
}

fn location(subject: &Subject, files: &HashMap<&str, usize>) -> Value {
    let mut address = json!({"uri": uri(&subject.file)});
    if let (Some(at), Some(address)) = (files.get(&*subject.file), address.as_object_mut()) {
        address.insert("index".to_owned(), json!(at));
    }
    let mut place = json!({"artifactLocation": address});
    if let (true, Some(place)) = (subject.line > 0, place.as_object_mut()) {
        place.insert(
            "region".to_owned(),
            json!({"startLine": subject.line, "startColumn": subject.column.max(1)}),
        );
    }
    let mut location = json!({"physicalLocation": place});
    if !subject.pointer.is_empty()
        && let Some(location) = location.as_object_mut()
    {
        let mut logical = json!({"fullyQualifiedName": subject.pointer});
        if let (false, Some(logical)) = (subject.name.is_empty(), logical.as_object_mut()) {
            logical.insert("name".to_owned(), json!(subject.name));
        }
        location.insert("logicalLocations".to_owned(), json!([logical]));
    }
    location
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
