//! Hostile input for every parser: builds the targets of `fuzz/` and runs each for a bounded time.
//!
//! The instrumentation is that of libFuzzer, asked of the stable compiler; no nightly is needed.

mod seeds;

use crate::{
    Outcome,
    machine::{root, run},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// How long each target runs where nothing else is said, in seconds.
const SECONDS: &str = "10";

/// Coverage of edges and of what integers are compared with.
const INSTRUMENTS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// A program of `fuzz/targets` and what it begins with.
struct Target {
    name: &'static str,
    /// Endings of the files that are good to begin with.
    endings: &'static [&'static str],
    /// Words of which one stands in such a file; none: any.
    signs: &'static [&'static str],
}

const TARGETS: &[Target] = &[
    Target { name: "tree_json", endings: &[".json"], signs: &[] },
    Target { name: "tree_yaml", endings: &[".yaml", ".yml"], signs: &[] },
    Target { name: "tree_xml", endings: &[".xml"], signs: &[] },
    Target { name: "schema", endings: &[".json"], signs: &["\"CycloneDX\""] },
    Target { name: "sbom", endings: &[".json", ".xml", ".spdx"], signs: &["CycloneDX", "cyclonedx", "SPDX"] },
    Target { name: "landkarte", endings: &[".yaml", ".json"], signs: &["landkarte: 1", "\"landkarte\": 1"] },
    Target { name: "requirements", endings: &[".yaml"], signs: &["requirements: 1"] },
    Target { name: "maps", endings: &[".yaml", ".yml", ".json", ".csv"], signs: &[] },
    Target {
        name: "check",
        endings: &[".json", ".xml", ".spdx", ".yaml", ".yml", ".md", ".pem"],
        signs: &[],
    },
    Target { name: "certificate", endings: &[".pem"], signs: &["-----BEGIN CERTIFICATE-----"] },
    Target {
        name: "overlay",
        endings: &[".maps", ".yaml", ".json"],
        signs: &["landkarte: 1", "\"landkarte\": 1"],
    },
    Target {
        name: "costs",
        endings: &[".costs", ".yaml", ".json"],
        signs: &["landkarte: 1", "\"landkarte\": 1"],
    },
    Target {
        name: "rates",
        endings: &[".tables", ".csv", ".yaml"],
        signs: &["authority,", "month,", "published: 1"],
    },
];

/// Runs every target, or the named one, for so many seconds each.
pub fn all(words: &[&str]) -> Outcome {
    let seconds = words.first().copied().unwrap_or(SECONDS);
    if seconds.parse::<u32>().is_err() {
        return Err(format!("{seconds} is no number of seconds"));
    }
    let wanted = |it: &&Target| words.get(1).is_none_or(|name| *name == it.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(wanted).collect();
    if targets.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|it| it.name).collect();
        return Err(format!("there is no such target; there are {}", names.join(", ")));
    }
    let programs = build()?;
    let attacked = targets.iter().map(|it| attack(it, &programs, seconds));
    let faults: Vec<String> = attacked.filter_map(Result::err).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// Builds all targets; answers the folder with the programs.
fn build() -> Result<PathBuf, String> {
    let machine = machine()?;
    // With a named target the flags count for what is fuzzed, and not for build scripts, which could not be linked.
    let words = ["cargo", "build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"];
    let places = ["--target-dir", "target/fuzz", "--target", machine.as_str()];
    let words: Vec<&str> = words.into_iter().chain(places).collect();
    run(&words, &[("RUSTFLAGS", INSTRUMENTS)])?;
    Ok(root().join("target/fuzz").join(machine).join("release"))
}

/// What the compiler calls this machine.
fn machine() -> Result<String, String> {
    let answer = Command::new("rustc").arg("-vV").output().map_err(|it| format!("rustc: {it}"))?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    let line = text.lines().find_map(|it| it.strip_prefix("host: "));
    line.map(str::to_owned).ok_or_else(|| "rustc does not say what machine this is".to_owned())
}

/// Runs one target. What it finds is kept in `target/fuzz/found`, what it said in `target/fuzz/NAME.log`.
fn attack(target: &Target, programs: &Path, seconds: &str) -> Outcome {
    let folder = tempfile::tempdir().map_err(|it| it.to_string())?;
    let (seeds, grown) = (folder.path().join("seeds"), folder.path().join("grown"));
    let words = folder.path().join("words");
    let found = root().join("target/fuzz/found");
    for it in [&seeds, &grown, &found] {
        fs::create_dir_all(it).map_err(|cause| cause.to_string())?;
    }
    let count = seeds::gather(target, &seeds, &words)?;
    let log = root().join(format!("target/fuzz/{}.log", target.name));
    let file = fs::File::create(&log).map_err(|it| format!("{}: {it}", log.display()))?;
    let status = Command::new(programs.join(target.name))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={}", seeds::LARGEST))
        .arg(format!("-dict={}", words.display()))
        .arg(format!("-artifact_prefix={}/{}-", found.display(), target.name))
        .args(["-timeout=10", "-rss_limit_mb=1024", "-malloc_limit_mb=1024", "-print_final_stats=1"])
        .args([&grown, &seeds])
        .stdout(Stdio::null())
        .stderr(file)
        .status()
        .map_err(|it| format!("{}: {it}", target.name))?;
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    if !status.success() {
        return Err(fault(target.name, &said, &log));
    }
    let figure = |name: &str| {
        let line = said.lines().find_map(|it| it.strip_prefix(name));
        line.map_or("?", str::trim).to_owned()
    };
    let (tries, memory) = (figure("stat::number_of_executed_units:"), figure("stat::peak_rss_mb:"));
    eprintln!("{:<13} {count} seeds, {tries} tries, at most {memory} MB", target.name);
    Ok(())
}

/// A sentence for a run that found something: the first words of it, and where the input lies.
fn fault(name: &str, said: &str, log: &Path) -> String {
    let mut lines = said.lines();
    let panic = lines.find(|it| it.contains("panicked at")).and_then(|_| lines.next());
    let summary = said.lines().find(|it| it.starts_with("SUMMARY:"));
    let what = panic.or(summary).unwrap_or("it ended early");
    let kept = said.lines().find_map(|it| it.split_once("Test unit written to ")).map(|(_, path)| path);
    match kept {
        Some(path) => format!("{name}: {what}\n  the input is {path}\n  the log is {}", log.display()),
        None => format!("{name}: {what}\n  the log is {}", log.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_built_and_run() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let built = manifest["bin"].as_array().unwrap();
        let built: Vec<&str> = built.iter().filter_map(|it| it["name"].as_str()).collect();
        let run: Vec<&str> = TARGETS.iter().map(|it| it.name).collect();
        assert_eq!(built, run);
    }

    #[test]
    fn every_target_has_seeds_of_our_own() {
        for target in TARGETS {
            let folder = tempfile::tempdir().unwrap();
            let count = seeds::gather(target, folder.path(), &folder.path().join("words"));
            assert!(count.is_ok_and(|it| it > 0), "{}", target.name);
        }
    }

    #[test]
    fn what_was_found_is_said() {
        let said = "x\nthread '<unnamed>' panicked at formats/tree/src/json.rs:1:2:\nout of range\n\
                    ==7== ERROR: libFuzzer: deadly signal\nSUMMARY: libFuzzer: deadly signal\n\
                    artifact_prefix='a'; Test unit written to /f/crash-1\n";
        let sentence = fault("tree_json", said, Path::new("/log"));
        assert_eq!(sentence, "tree_json: out of range\n  the input is /f/crash-1\n  the log is /log");
        let slow = "SUMMARY: libFuzzer: timeout\n";
        assert!(fault("sbom", slow, Path::new("/log")).starts_with("sbom: SUMMARY: libFuzzer: timeout"));
    }
}
