//! How long reading takes: `measure [COMPONENTS] [FILE]`. Makes a `CycloneDX` 1.6 file of that many components (10,000)
//! with licences, hashes, package URLs, references and dependencies, and writes it to `FILE` where one is named.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::{Write as _, stdout},
    time::{Duration, Instant},
};
use tree::{Limits, Tree};

const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let count = arguments.next().map_or(Ok(10_000), |it| it.parse())?;
    let text = document(count)?;
    if let Some(file) = arguments.next() {
        fs::write(file, &text)?;
    }
    let limits = Limits::default();
    let mut out = stdout().lock();
    writeln!(out, "{count} components, {:.1} MB", bytes(text.len()))?;
    let tree = Tree::json(text.as_bytes(), &limits)?;
    let document = sbom::Document::of(&tree).ok_or("not recognised")?;
    let parse = fastest(|| Tree::json(text.as_bytes(), &limits).is_ok());
    let model = fastest(|| document.bom().components.len() == count + 1);
    let first = Instant::now();
    let fits = document.fits();
    let first = first.elapsed();
    let check = fastest(|| document.fits() == Some(true));
    writeln!(
        out,
        "tree {parse:?}, model {model:?}, schema {check:?} (with compiling it {first:?}; fits: {fits:?})"
    )?;
    let given = sbom::Given {
        now: "2026-11-28T09:00:00Z",
        serial: "3e671687-395b-41f5-a30f-a58921a69b79",
        ..sbom::Given::default()
    };
    let begin = Instant::now();
    let repaired = sbom::repair(text.as_bytes(), &given, &limits)?;
    writeln!(
        out,
        "repair {:?}, {} done, {} open",
        begin.elapsed(),
        repaired.done.len(),
        repaired.open.len()
    )?;
    Ok(())
}

fn bytes(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from) / 1e6
}

/// The shortest of several rounds.
fn fastest(act: impl Fn() -> bool) -> Duration {
    let round = |_| {
        let begin = Instant::now();
        let holds = act();
        if holds { begin.elapsed() } else { Duration::MAX }
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

fn document(count: usize) -> Result<String, Box<dyn Error>> {
    let mut text = String::from(
        r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
 "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
 "metadata": {"timestamp": "2026-01-01T00:00:00Z", "component": {"bom-ref": "root", "type": "application", "name": "root", "version": "1"}},
 "components": ["#,
    );
    for index in 0..count {
        let comma = if index == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}
  {{"type": "library", "bom-ref": "pkg:maven/org.example/part-{index}@1.{index}.0?type=jar", "group": "org.example",
   "name": "part-{index}", "version": "1.{index}.0", "description": "A part of the whole, number {index}, with a sentence that says what it is for.",
   "supplier": {{"name": "Example", "url": ["https://example.org"], "contact": [{{"email": "parts@example.org"}}]}},
   "hashes": [{{"alg": "SHA-1", "content": "{index:040x}"}}, {{"alg": "SHA-256", "content": "{index:064x}"}}, {{"alg": "SHA-512", "content": "{index:0128x}"}}],
   "licenses": [{{"license": {{"id": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0", "acknowledgement": "concluded"}}}}],
   "purl": "pkg:maven/org.example/part-{index}@1.{index}.0?type=jar",
   "externalReferences": [
    {{"type": "vcs", "url": "https://git.example.org/parts/part-{index}"}}, {{"type": "website", "url": "https://example.org/parts/{index}"}},
    {{"type": "distribution", "url": "https://repository.example.org/org/example/part-{index}-1.{index}.0.jar", "hashes": [{{"alg": "SHA-512", "content": "{index:0128x}"}}]}}],
   "properties": [{{"name": "bsi:component:filename", "value": "part-{index}-1.{index}.0.jar"}}, {{"name": "bsi:component:archive", "value": "archive"}}]}}"#
        )?;
    }
    text.push_str("],\n \"dependencies\": [{\"ref\": \"root\", \"dependsOn\": [\"pkg:maven/org.example/part-0@1.0.0?type=jar\"]}");
    for index in 0..count {
        let next = |step: usize| (index + step) % count;
        let name = |index: usize| format!("pkg:maven/org.example/part-{index}@1.{index}.0?type=jar");
        write!(
            text,
            ",\n  {{\"ref\": \"{}\", \"dependsOn\": [\"{}\", \"{}\"]}}",
            name(index),
            name(next(1)),
            name(next(7))
        )?;
    }
    text.push_str("],\n \"compositions\": [{\"aggregate\": \"complete\"}]}\n");
    Ok(text)
}
