//! Checking a bill of materials as a whole process: how long, how much memory, how many bytes read.

use crate::{
    Outcome, Settings, machine, mention,
    node::binary,
    process,
    table::{Figure, Promise, Table},
};
use std::{fmt::Write as _, fs, hint::black_box, path::Path, process::Command, time::Instant};

/// How often each file is checked.
const TURNS: usize = 7;
/// Components of the bill that the promise speaks of.
const COMPONENTS: usize = 10_000;

/// Measures 10,000 components, then a file of 100 MB.
pub fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("check: bills of materials, a process each time");
    let program = binary(settings)?;
    let folder = settings.fresh_folder()?;
    let usual = folder.path().join("bom.json");
    fs::write(&usual, bill(COMPONENTS)).map_err(|it| it.to_string())?;
    let seconds = process::timed(TURNS, || command(&program, &usual))?;
    let usual_run = process::watched(command(&program, &usual))?;
    let plain: Vec<f64> = (0..TURNS).map(|_| parse(&usual)).collect::<Outcome<_>>()?;
    let size = bytes(&usual)?;
    let mut add = |what: &str, measured, unit, limit, limit_is, promise| {
        table.figures.push(Figure { what: what.to_owned(), measured, unit, limit, limit_is, promise });
    };
    add(
        "check of 10,000 components, whole process",
        seconds,
        "s",
        machine::median(plain),
        "reading it as JSON and forgetting it",
        Promise::AtMost(0.3),
    );
    add("… its memory", usual_run.memory, "MB", size / 1e6, "the file itself", Promise::AtMost(150.0));
    let large = folder.path().join("large.json");
    // As many components as make 100 MB.
    let each = bill(1000).len() / 1000;
    fs::write(&large, bill(100_000_000 / each.max(1))).map_err(|it| it.to_string())?;
    let size = bytes(&large)?;
    let once = process::watched(command(&program, &large))?;
    add(
        "check of 100 MB, bytes read",
        once.read / 1e6,
        "MB",
        size / 1e6,
        "the file itself",
        Promise::AtMost(size * 1.5 / 1e6),
    );
    add("… its memory", once.memory, "MB", size / 1e6, "the file itself", Promise::AtMost(1000.0));
    table.notes.push(format!(
        "The check of 100 MB took {:.1} s. Memory and bytes are the highest that the system showed while the process lived.",
        once.seconds
    ));
    Ok(())
}

fn command(program: &Path, file: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["check", "--profile", "tr-03183-2", "--fail-on", "never"]).arg(file);
    command
}

fn parse(file: &Path) -> Outcome<f64> {
    let began = Instant::now();
    let content = fs::read(file).map_err(|it| it.to_string())?;
    let read: serde::de::IgnoredAny = serde_json::from_slice(&content).map_err(|it| it.to_string())?;
    black_box(read);
    Ok(began.elapsed().as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^52 bytes")]
fn bytes(file: &Path) -> Outcome<f64> {
    Ok(fs::metadata(file).map_err(|it| it.to_string())?.len() as f64)
}

/// A bill of materials (`CycloneDX` 1.6) that has everything that is asked for.
fn bill(components: usize) -> String {
    let hash = "0f".repeat(64);
    let mut text = String::with_capacity(components * 1000);
    text.push_str(
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:6f1b0c52-5c0e-4c67-9d5b-8a2f5d3c1e77","version":1,"metadata":{"timestamp":"2026-11-28T09:00:00Z","manufacturer":{"name":"Town","url":["https://town.example"]},"component":"#,
    );
    component(&mut text, "application", 0, &hash);
    text.push_str("},\"components\":[");
    for number in 1..=components {
        component(&mut text, "library", number, &hash);
        text.push(if number < components { ',' } else { ']' });
    }
    text.push_str(",\"dependencies\":[");
    for number in 0..=components {
        let needs: Vec<String> = [2 * number + 1, 2 * number + 2]
            .into_iter()
            .filter(|it| *it <= components)
            .map(|it| format!("\"c{it}\""))
            .collect();
        let comma = if number < components { "," } else { "]" };
        // Writing into a string cannot fail.
        let _ = write!(text, "{{\"ref\":\"c{number}\",\"dependsOn\":[{}]}}{comma}", needs.join(","));
    }
    let all: Vec<String> = (0..=components).map(|it| format!("\"c{it}\"")).collect();
    let all = all.join(",");
    let _ = write!(
        text,
        ",\"compositions\":[{{\"aggregate\":\"complete\",\"assemblies\":[{all}],\"dependencies\":[{all}]}}]}}"
    );
    text
}

fn component(text: &mut String, kind: &str, number: usize, hash: &str) {
    let _ = write!(
        text,
        r#"{{"type":"{kind}","bom-ref":"c{number}","manufacturer":{{"name":"Town","url":["https://town.example"]}},"name":"part-{number}","version":"1.{number}.0","purl":"pkg:generic/part-{number}@1.{number}.0","licenses":[{{"license":{{"id":"EUPL-1.2","acknowledgement":"concluded"}}}},{{"license":{{"id":"EUPL-1.2","acknowledgement":"declared"}}}}],"externalReferences":[{{"type":"distribution","url":"https://town.example/part-{number}.tar.gz","hashes":[{{"alg":"SHA-512","content":"{hash}"}}]}},{{"type":"source-distribution","url":"https://town.example/part-{number}-source.tar.gz"}}],"properties":[{{"name":"bsi:component:filename","value":"part-{number}.tar.gz"}},{{"name":"bsi:component:executable","value":"non-executable"}},{{"name":"bsi:component:archive","value":"archive"}},{{"name":"bsi:component:structured","value":"structured"}}]}}"#
    );
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bill_is_json_with_as_many_components() {
        let bill: serde_json::Value = serde_json::from_str(&super::bill(20)).unwrap();
        assert_eq!(bill["components"].as_array().unwrap().len(), 20);
        assert_eq!(bill["dependencies"].as_array().unwrap().len(), 21);
    }
}
