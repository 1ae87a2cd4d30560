//! How long the parts of a check take: `cargo run --release -p check --example measure_check -- [COMPONENTS | FILE] [FORM]`.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use check::{CryptoRules, Input, Judgement, Question, Report, Verdict, check, report};
use requirements::Library;
use std::{env, fs, io, time::Instant};

struct NoRules;

impl CryptoRules for NoRules {
    fn judge(&self, _mechanism: &str, _parameter: &str, _usage: &str, _at_day: &str) -> Judgement {
        let message = ("Nicht genannt.".to_owned(), "Not named.".to_owned());
        Judgement { verdict: Verdict::NotNamed, until: None, message, source: String::new() }
    }

    fn edition(&self) -> &'static str {
        "none"
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "10000".to_owned());
    let form = arguments.next().unwrap_or_else(|| "text".to_owned());
    let content = match what.parse() {
        Ok(count) => bill(count).into_bytes(),
        Err(_) => fs::read(&what)?,
    };
    let begin = Instant::now();
    let library = Library::shipped();
    println!("library      {:>8.1?}", begin.elapsed());
    let question = Question {
        library,
        sets: Vec::new(),
        today: "2026-11-28".to_owned(),
        crypto: &NoRules,
        most_misfits: 100,
        hashes: false,
        more: &[],
    };
    let middle = Instant::now();
    let found = check(&[Input { path: "bom.json", content: &content }], &question)?;
    println!(
        "check        {:>8.1?}  {} bytes, {} findings",
        middle.elapsed(),
        content.len(),
        found.findings.len()
    );
    let end = Instant::now();
    write(&found, &form, &mut io::sink())?;
    println!("{form:<12} {:>8.1?}", end.elapsed());
    println!("all          {:>8.1?}  {}", begin.elapsed(), memory());
    Ok(())
}

fn write(found: &Report, form: &str, to: &mut dyn io::Write) -> io::Result<()> {
    match form {
        "json" => report::json(found, true, to),
        "sarif" => report::sarif(found, true, to),
        "junit" => report::junit(found, true, to),
        "html" => report::html(found, true, to),
        "markdown" => report::markdown(found, true, to),
        _ => report::text(found, true, false, to),
    }
}

/// A bill of materials in which each component says much of what is asked.
fn bill(count: usize) -> String {
    let component = |at: usize| {
        format!(
            r#"{{"type":"library","bom-ref":"pkg:npm/p{at}@1.{at}.0","name":"p{at}","version":"1.{at}.0",
   "supplier":{{"name":"Example","url":["https://p{at}.example.org"]}},"purl":"pkg:npm/p{at}@1.{at}.0",
   "licenses":[{{"license":{{"id":"MIT","acknowledgement":"concluded"}}}}],
   "hashes":[{{"alg":"SHA-256","content":"{at:064x}"}}],
   "externalReferences":[{{"type":"distribution","url":"https://registry.example.org/p{at}.tgz","hashes":[{{"alg":"SHA-512","content":"{at:0128x}"}}]}}],
   "properties":[{{"name":"bsi:component:filename","value":"p{at}.tgz"}}]}}"#
        )
    };
    let needs = |at: usize| {
        format!(r#"{{"ref":"pkg:npm/p{at}@1.{at}.0","dependsOn":["pkg:npm/p{}@1.{}.0"]}}"#, at / 2, at / 2)
    };
    let components: Vec<String> = (0..count).map(component).collect();
    let dependencies: Vec<String> = (0..count).map(needs).collect();
    format!(
        "{{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\n\"components\":[\n{}],\n\"dependencies\":[\n{}]}}",
        components.join(",\n"),
        dependencies.join(",\n")
    )
}

/// What the process took at most, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|it| it.starts_with("VmHWM")).unwrap_or_default().to_owned()
}
