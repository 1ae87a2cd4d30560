//! A folder of sources as a whole: what must lie in it, and whether each file says under which licence it is.

mod coverage;
mod glob;
#[cfg(test)]
mod tests;

use crate::{Artefact, Checked, Input, Observation, Question, Said, Subject};
use std::sync::Arc;

/// Looks at a folder. `listing` has all paths, also those that were not read; `checked` are the files of known kinds.
pub(crate) fn observe(
    files: &[Input<'_>],
    listing: &[String],
    checked: &[Checked],
    question: &Question<'_>,
    to: &mut Vec<Observation>,
) {
    let folder = Folder::new(listing);
    let whole = Arc::new(Subject::file("."));
    for wanted in WANTED {
        wanted.look(&folder, &whole, to);
    }
    artefact(&folder, checked, Artefact::Sbom, &SBOM, &whole, to);
    artefact(&folder, checked, Artefact::Openapi, &OPENAPI, &whole, to);
    coverage::look(&folder, files, question, &whole, to);
}

/// The paths of a folder, relative to it.
pub(super) struct Folder<'l> {
    prefix: &'l str,
    paths: Vec<&'l str>,
}

impl<'l> Folder<'l> {
    fn new(listing: &'l [String]) -> Self {
        let paths: Vec<&str> = listing.iter().map(|it| plain(it)).filter(|it| !it.is_empty()).collect();
        let prefix = shared_folder(&paths);
        let paths = paths.into_iter().map(|it| it.get(prefix.len()..).unwrap_or(it)).collect();
        Self { prefix, paths }
    }

    /// A path as it stands in the folder.
    fn inside<'p>(&self, path: &'p str) -> &'p str {
        let path = plain(path);
        path.strip_prefix(self.prefix).unwrap_or(path)
    }
}

fn plain(path: &str) -> &str {
    path.trim_start_matches("./")
}

/// The folder that all paths share, with the slash at its end: the caller may have written it before each of them.
fn shared_folder<'l>(paths: &[&'l str]) -> &'l str {
    let Some(first) = paths.first() else { return "" };
    let mut shared = first.rfind('/').map_or("", |at| first.get(..=at).unwrap_or_default());
    while !shared.is_empty() && !paths.iter().all(|it| it.starts_with(shared)) {
        let shorter = shared.trim_end_matches('/').rfind('/');
        shared = shorter.map_or("", |at| shared.get(..=at).unwrap_or_default());
    }
    shared
}

/// A file that a folder of sources should have.
struct Wanted {
    check: &'static str,
    /// Its name without ending, in small letters.
    stems: &'static [&'static str],
    /// Whole paths that do as well, in small letters.
    paths: &'static [&'static str],
    /// Whether it may also lie where code hosts look for it.
    hosted: bool,
    de: &'static str,
    en: &'static str,
}

const WANTED: &[Wanted] = &[
    Wanted {
        check: "repository.readme",
        stems: &["readme"],
        paths: &[],
        hosted: false,
        de: "README",
        en: "README",
    },
    Wanted {
        check: "repository.licence",
        stems: &["license", "licence", "copying", "unlicense"],
        paths: &["licenses/"],
        hosted: false,
        de: "LICENSE oder LICENSES/",
        en: "LICENSE or LICENSES/",
    },
    Wanted {
        check: "repository.publiccode",
        stems: &[],
        paths: &["publiccode.yml", "publiccode.yaml"],
        hosted: false,
        de: "publiccode.yml",
        en: "publiccode.yml",
    },
    Wanted {
        check: "repository.security",
        stems: &["security"],
        paths: &["security.txt", ".well-known/security.txt"],
        hosted: true,
        de: "SECURITY.md oder security.txt",
        en: "SECURITY.md or security.txt",
    },
    Wanted {
        check: "repository.contributing",
        stems: &["contributing"],
        paths: &[],
        hosted: true,
        de: "CONTRIBUTING",
        en: "CONTRIBUTING",
    },
    Wanted {
        check: "repository.changelog",
        stems: &["changelog", "changes", "history", "news", "releases", "release-notes"],
        paths: &[],
        hosted: false,
        de: "CHANGELOG",
        en: "CHANGELOG",
    },
];

/// Folders in which code hosts look for such files.
const HOSTED: [&str; 4] = ["", ".github/", ".gitlab/", "docs/"];

impl Wanted {
    fn look(&self, folder: &Folder<'_>, whole: &Arc<Subject>, to: &mut Vec<Observation>) {
        let found = folder.paths.iter().find(|it| self.fits(&it.to_lowercase()));
        to.push(verdict(self.check, found.copied(), (self.de, self.en), whole));
    }

    fn fits(&self, path: &str) -> bool {
        let folders = if self.hosted { HOSTED.as_slice() } else { &[""] };
        let by_stem = folders.iter().filter_map(|it| path.strip_prefix(it)).any(|name| {
            let stem = name.split('.').next().unwrap_or_default();
            // A source file of that name is none of these documents.
            let ending = name.split_once('.').map_or("", |it| it.1);
            !name.contains('/') && self.stems.contains(&stem) && is_document(ending)
        });
        by_stem || self.paths.iter().any(|it| path == *it || it.ends_with('/') && path.starts_with(it))
    }
}

fn is_document(ending: &str) -> bool {
    let last = ending.rsplit('.').next().unwrap_or_default();
    matches!(last, "" | "md" | "markdown" | "rst" | "txt" | "adoc" | "asciidoc" | "org" | "html")
}

const SBOM: (&str, &str, &str) = (
    "repository.sbom",
    "eine Software-Stückliste (CycloneDX oder SPDX)",
    "a software bill of materials (CycloneDX or SPDX)",
);
const OPENAPI: (&str, &str, &str) = (
    "repository.openapi",
    "eine OpenAPI-Beschreibung der Schnittstelle",
    "an OpenAPI description of the interface",
);

/// An artefact of a kind known here: one that was read, else one by its name.
fn artefact(
    folder: &Folder<'_>,
    checked: &[Checked],
    kind: Artefact,
    (check, de, en): &(&'static str, &'static str, &'static str),
    whole: &Arc<Subject>,
    to: &mut Vec<Observation>,
) {
    let read = checked.iter().find(|it| it.kind == kind).map(|it| folder.inside(&it.path));
    let named = || folder.paths.iter().copied().find(|it| Artefact::by_name(it) == Some(kind));
    to.push(verdict(check, read.or_else(named), (de, en), whole));
}

fn verdict(
    check: &'static str,
    found: Option<&str>,
    (de, en): (&'static str, &'static str),
    whole: &Arc<Subject>,
) -> Observation {
    match found {
        Some(path) => Observation::met(
            check,
            whole,
            Said::made(format!("{path} ist vorhanden."), format!("{path} is there.")),
        ),
        None => Observation::absent(
            check,
            whole,
            Said::made(format!("Es fehlt: {de}."), format!("Missing: {en}.")),
            Said::made(de, en),
        ),
    }
}
