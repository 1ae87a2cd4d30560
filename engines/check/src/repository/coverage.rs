//! REUSE 3.2: each file says under which licence it is and who holds the copyright, and the texts lie there.

use super::{Folder, glob};
use crate::{Artefact, Input, Observation, Question, Said, Subject, licence};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// How many names of files a sentence lists.
const MOST_NAMES: usize = 5;

// Written in two parts, so that this file does not seem to state something else.
const LICENCE_MARK: &str = concat!("SPDX-License-", "Identifier:");
const COPYRIGHT_MARK: &str = concat!("SPDX-File", "CopyrightText:");

pub(super) fn look(
    folder: &Folder<'_>,
    files: &[Input<'_>],
    question: &Question<'_>,
    whole: &Arc<Subject>,
    to: &mut Vec<Observation>,
) {
    let read: HashMap<&str, &[u8]> = files.iter().map(|it| (folder.inside(it.path), it.content)).collect();
    let declared = Declared::of(&read);
    form(folder, whole, to);
    let beside: BTreeSet<&str> = folder.paths.iter().filter_map(|it| it.strip_suffix(".license")).collect();
    let mut named = declared.licences.clone();
    let mut uncovered: Vec<&str> = Vec::new();
    let mut unread: Vec<&str> = Vec::new();
    let mut total = 0_usize;
    for path in folder.paths.iter().copied().filter(|it| needs_licence(it)) {
        let content = read.get(path).copied();
        if content.is_some_and(<[u8]>::is_empty) {
            continue;
        }
        total += 1;
        named.extend(content.and_then(stated));
        if beside.contains(path) || declared.covers(path) || content.is_some_and(has_header) {
            continue;
        }
        if content.is_some() { uncovered.push(path) } else { unread.push(path) }
    }
    to.push(every_file(total, &uncovered, &unread, whole));
    expressions(&named, question, whole, to);
    texts(folder, &read, &named, whole, to);
}

/// Files that need no licence of their own (REUSE 3.2, "Covered Files").
fn needs_licence(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let upper = name.to_uppercase();
    let text = ["LICENSE", "LICENCE", "COPYING"].iter().any(|it| upper.starts_with(it));
    let ours = path.starts_with("LICENSES/") || path.starts_with(".reuse/") || name == "REUSE.toml";
    let spdx = [".license", ".spdx", ".spdx.json"].iter().any(|it| name.ends_with(it));
    !(text || ours || spdx || path.starts_with(".git/"))
}

fn form(folder: &Folder<'_>, whole: &Arc<Subject>, to: &mut Vec<Observation>) {
    const CHECK: &str = "licence.reuse";
    let of_reuse = |it: &str| it.starts_with("LICENSES/") || matches!(it, "REUSE.toml" | ".reuse/dep5");
    let found = folder.paths.iter().find(|it| of_reuse(it));
    to.push(match found {
        Some(path) => Observation::met(
            CHECK,
            whole,
            Said::made(format!("{path} ist vorhanden."), format!("{path} is there.")),
        ),
        None => Observation::absent(
            CHECK,
            whole,
            Said::Fixed(&(
                "Es gibt weder einen Ordner LICENSES/ noch REUSE.toml oder .reuse/dep5.",
                "There is neither a folder LICENSES/ nor REUSE.toml or .reuse/dep5.",
            )),
            Said::Fixed(&("LICENSES/ und REUSE.toml", "LICENSES/ and REUSE.toml")),
        ),
    });
}

fn every_file(total: usize, uncovered: &[&str], unread: &[&str], whole: &Arc<Subject>) -> Observation {
    const CHECK: &str = "licence.every_file";
    let covered = total - uncovered.len() - unread.len();
    if !uncovered.is_empty() {
        let (count, names) = (uncovered.len(), some(uncovered));
        return Observation::absent(
            CHECK,
            whole,
            Said::made(
                format!("{count} von {total} Dateien nennen Lizenz oder Urheber nicht, etwa {names}."),
                format!("{count} of {total} files name no licence or copyright, such as {names}."),
            ),
            Said::Fixed(&("Kopfzeilen nach SPDX oder REUSE.toml", "SPDX headers or REUSE.toml")),
        );
    }
    if !unread.is_empty() {
        let (count, names) = (unread.len(), some(unread));
        return Observation::unknown(
            CHECK,
            whole,
            Said::made(
                format!("{count} von {total} Dateien wurden nicht gelesen."),
                format!("{count} of {total} files were not read."),
            ),
            Said::made(format!("der Inhalt etwa von {names}"), format!("the content of {names} and others")),
        );
    }
    Observation::met(
        CHECK,
        whole,
        Said::made(
            format!("Alle {covered} Dateien nennen Lizenz und Urheber."),
            format!("All {covered} files name licence and copyright."),
        ),
    )
}

fn some(names: &[&str]) -> String {
    names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ")
}

fn expressions(
    named: &BTreeSet<String>,
    question: &Question<'_>,
    whole: &Arc<Subject>,
    to: &mut Vec<Observation>,
) {
    for it in named {
        licence::expression(it, whole, question, to);
    }
}

/// The text of each licence that is named lies in `LICENSES/`, or is the one at the top.
fn texts(
    folder: &Folder<'_>,
    read: &HashMap<&str, &[u8]>,
    named: &BTreeSet<String>,
    whole: &Arc<Subject>,
    to: &mut Vec<Observation>,
) {
    const CHECK: &str = "licence.text";
    let mut present: BTreeSet<String> = folder
        .paths
        .iter()
        .filter_map(|it| it.strip_prefix("LICENSES/")?.strip_suffix(".txt"))
        .map(str::to_owned)
        .collect();
    for (path, content) in read.iter().filter(|(path, _)| Artefact::by_name(path) == Some(Artefact::Licence))
    {
        present.extend(licence::named_in(path, &String::from_utf8_lossy(content)));
    }
    let wanted: BTreeSet<String> = named.iter().flat_map(|it| identifiers(it)).collect();
    if wanted.is_empty() {
        let reason = Said::Fixed(&("Keine Datei nennt eine Lizenz.", "No file names a licence."));
        let missing = Said::Fixed(&("Kopfzeilen nach SPDX", "SPDX headers"));
        to.push(Observation::unknown(CHECK, whole, reason, missing));
    }
    for it in wanted {
        let reason = |de: &str, en: &str| {
            Said::made(format!("Der Text von {it} {de}."), format!("The text of {it} {en}."))
        };
        to.push(if present.iter().any(|held| same(held, &it)) {
            Observation::met(CHECK, whole, reason("liegt bei", "is there"))
        } else {
            let missing = Said::made(format!("LICENSES/{it}.txt"), format!("LICENSES/{it}.txt"));
            Observation::absent(CHECK, whole, reason("fehlt", "is missing"), missing)
        });
    }
}

/// The text of `GPL-3.0-only` is that of `GPL-3.0-or-later`.
fn same(held: &str, wanted: &str) -> bool {
    let short = |it: &str| {
        it.trim_end_matches("-or-later").trim_end_matches("-only").trim_end_matches('+').to_owned()
    };
    short(held).eq_ignore_ascii_case(&short(wanted))
}

/// The licences and exceptions of an expression.
fn identifiers(expression: &str) -> Vec<String> {
    expression
        .split(|it: char| it.is_whitespace() || it == '(' || it == ')')
        .filter(|it| !it.is_empty() && !matches!(it.to_uppercase().as_str(), "AND" | "OR" | "WITH"))
        .map(str::to_owned)
        .collect()
}

/// How much of a file is looked at for its header, in bytes.
const HEADER: usize = 4096;

fn header(content: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(content.get(..content.len().min(HEADER)).unwrap_or_default())
}

fn has_header(content: &[u8]) -> bool {
    let text = header(content);
    let copyright = text.contains(COPYRIGHT_MARK) || text.contains("Copyright") || text.contains('©');
    stated(content).is_some() && copyright
}

/// The licence that the header of a file states.
fn stated(content: &[u8]) -> Option<String> {
    let text = header(content);
    let (_, after) = text.lines().find(|it| it.contains(LICENCE_MARK))?.split_once(LICENCE_MARK)?;
    let after = after.trim().trim_end_matches("*/").trim_end_matches("-->").trim();
    (!after.is_empty() && spdx::Expression::parse_mode(after, licence::MODE).is_ok())
        .then(|| after.to_owned())
}

/// What REUSE.toml and `.reuse/dep5` say of many files at once.
#[derive(Default)]
struct Declared {
    patterns: Vec<String>,
    dep5: Vec<String>,
    licences: BTreeSet<String>,
}

impl Declared {
    fn of(read: &HashMap<&str, &[u8]>) -> Self {
        let mut declared = Self::default();
        let text = |path: &str| read.get(path).map(|it| String::from_utf8_lossy(it).into_owned());
        if let Some(parsed) = text("REUSE.toml").and_then(|it| it.parse::<toml::Table>().ok()) {
            declared.add_toml(&parsed);
        }
        if let Some(text) = text(".reuse/dep5") {
            declared.add_dep5(&text);
        }
        declared
    }

    /// Annotations count only with both licence and copyright.
    fn add_toml(&mut self, parsed: &toml::Table) {
        for it in parsed.get("annotations").and_then(toml::Value::as_array).into_iter().flatten() {
            let texts = |key: &str| match it.get(key) {
                Some(toml::Value::String(text)) => vec![text.clone()],
                Some(toml::Value::Array(all)) => {
                    all.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
                }
                _ => Vec::new(),
            };
            let licences = texts(LICENCE_MARK.trim_end_matches(':'));
            if !licences.is_empty() && !texts(COPYRIGHT_MARK.trim_end_matches(':')).is_empty() {
                self.patterns.extend(texts("path"));
                self.licences.extend(licences);
            }
        }
    }

    fn add_dep5(&mut self, text: &str) {
        for paragraph in text.replace("\r\n", "\n").split("\n\n") {
            let value = |key: &str| {
                paragraph
                    .lines()
                    .find_map(|it| it.strip_prefix(key))
                    .map(str::trim)
                    .filter(|it| !it.is_empty())
            };
            if let (Some(files), Some(licence), Some(_)) =
                (value("Files:"), value("License:"), value("Copyright:"))
            {
                self.dep5.extend(files.split_whitespace().map(str::to_owned));
                self.licences.insert(licence.to_owned());
            }
        }
    }

    fn covers(&self, path: &str) -> bool {
        self.patterns.iter().any(|it| glob::fits(it, path))
            || self.dep5.iter().any(|it| glob::fits_dep5(it, path))
    }
}
