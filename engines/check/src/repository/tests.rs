//! Folders with and without what should lie in them.

use super::*;
use crate::{Outcome, tests::question};

fn seen(files: &[(&str, &str)], listing: &[&str]) -> Vec<Observation> {
    let inputs: Vec<Input<'_>> =
        files.iter().map(|(path, content)| Input { path, content: content.as_bytes() }).collect();
    let listing: Vec<String> =
        files.iter().map(|it| it.0).chain(listing.iter().copied()).map(str::to_owned).collect();
    let mut to = Vec::new();
    observe(&inputs, &listing, &[], &question(&[]), &mut to);
    to
}

fn outcome(all: &[Observation], check: &str) -> Outcome {
    let found: Vec<&Observation> = all.iter().filter(|it| it.check == check).collect();
    assert!(!found.is_empty(), "{check} is not observed");
    found.iter().map(|it| it.outcome).find(|it| *it != Outcome::Met).unwrap_or(Outcome::Met)
}

// Written in two parts, so that this file does not seem to state something else.
const HEADER: &str =
    concat!("// SPDX-File", "CopyrightText: 2026 Ada\n// SPDX-License-", "Identifier: MIT\nfn main() {}\n");

const FULL: &[&str] = &[
    "README.md",
    "publiccode.yml",
    ".github/SECURITY.md",
    "docs/CONTRIBUTING.md",
    "CHANGELOG.md",
    "bom.json",
    "openapi/openapi.json",
    "LICENSES/MIT.txt",
];

#[test]
fn a_full_folder() {
    let all = seen(&[("src/main.rs", HEADER)], FULL);
    for name in
        ["readme", "licence", "publiccode", "security", "contributing", "changelog", "sbom", "openapi"]
    {
        assert_eq!(outcome(&all, &format!("repository.{name}")), Outcome::Met, "{name}");
    }
    assert_eq!(outcome(&all, "licence.reuse"), Outcome::Met);
    assert_eq!(outcome(&all, "licence.text"), Outcome::Met);
    assert_eq!(outcome(&all, "licence.osi"), Outcome::Met);
    // README and the others were not read.
    assert_eq!(outcome(&all, "licence.every_file"), Outcome::Unknown);
}

#[test]
fn an_empty_folder() {
    let all = seen(&[], &[]);
    for it in requirements::checks::ALL.iter().filter(|it| it.name.starts_with("repository.")) {
        assert_eq!(outcome(&all, it.name), Outcome::Unmet, "{}", it.name);
    }
}

#[test]
fn folders_named_before_each_path_do_not_matter() {
    let all = seen(&[("./a/b/README.md", "hello")], &["./a/b/src/x.rs", "./a/b/CHANGELOG"]);
    assert_eq!(outcome(&all, "repository.readme"), Outcome::Met);
    assert_eq!(outcome(&all, "repository.changelog"), Outcome::Met);
    let nested = seen(&[], &["src/x.rs", "sub/README.md", "security.rs"]);
    assert_eq!(outcome(&nested, "repository.readme"), Outcome::Unmet);
    assert_eq!(outcome(&nested, "repository.security"), Outcome::Unmet);
}

#[test]
fn licences_of_files() {
    let every =
        |files: &[(&str, &str)], listing: &[&str]| outcome(&seen(files, listing), "licence.every_file");
    assert_eq!(every(&[("a.rs", HEADER)], &[]), Outcome::Met);
    assert_eq!(every(&[("a.rs", HEADER), ("b.rs", "fn b() {}")], &[]), Outcome::Unmet);
    assert_eq!(every(&[("a.rs", HEADER), ("b.png", "png")], &["b.png.license"]), Outcome::Met);
    let reuse = concat!(
        "version = 1\n[[annotations]]\npath = [\"img/**\", \"*.lock\"]\n\"SPDX-File",
        "CopyrightText\" = \"2026 Ada\"\n\"SPDX-License-",
        "Identifier\" = \"CC0-1.0\"\n"
    );
    assert_eq!(
        every(&[("REUSE.toml", reuse), ("a.rs", HEADER)], &["img/x/y.png", "Cargo.lock"]),
        Outcome::Met
    );
    assert_eq!(every(&[("REUSE.toml", reuse), ("a.rs", HEADER)], &["doc/Cargo.lock"]), Outcome::Unknown);
    let dep5 = "Format: x\n\nFiles: img/*\n .\nCopyright: 2026 Ada\nLicense: CC0-1.0\n";
    assert_eq!(every(&[(".reuse/dep5", dep5), ("a.rs", HEADER)], &["img/x/y.png"]), Outcome::Met);
}

#[test]
fn a_licence_whose_text_is_missing() {
    let all = seen(&[("a.rs", HEADER)], &["LICENSES/EUPL-1.2.txt"]);
    assert_eq!(outcome(&all, "licence.text"), Outcome::Unmet);
    assert_eq!(outcome(&seen(&[("a.rs", "fn a() {}")], &[]), "licence.text"), Outcome::Unknown);
    assert_eq!(outcome(&seen(&[("a.rs", "fn a() {}")], &[]), "licence.reuse"), Outcome::Unmet);
}
