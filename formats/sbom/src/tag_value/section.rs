//! Packages, files and the rest as they are filled line by line.

use super::{
    Line,
    tags::{self, Section, Shape},
};
use crate::written::{Content, Written};
use std::collections::HashMap;
use tree::Place;

pub(super) struct Document<'t> {
    root: Written<'t>,
    creation: Option<Written<'t>>,
    /// What the next lines belong to.
    section: Section,
    packages: Vec<Written<'t>>,
    files: Vec<Written<'t>>,
    /// For each file the package before it, which contains it.
    owners: Vec<Option<usize>>,
    snippets: Vec<Written<'t>>,
    licences: Vec<Written<'t>>,
    annotations: Vec<Written<'t>>,
    reviews: Vec<Written<'t>>,
}

impl<'t> Document<'t> {
    pub(super) const fn new(root: Written<'t>) -> Self {
        Self {
            root,
            creation: None,
            section: Section::Document,
            packages: Vec::new(),
            files: Vec::new(),
            owners: Vec::new(),
            snippets: Vec::new(),
            licences: Vec::new(),
            annotations: Vec::new(),
            reviews: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, line: Line<'t>) {
        let text = Written::text(line.value, line.place);
        let Some((section, name, shape)) = tags::meaning(line.tag) else {
            // `SPDXID` belongs to whatever is open; a tag that nobody knows is kept, so that the schema can refuse it.
            self.current(self.section, line.place).set(line.tag, text);
            return;
        };
        if shape == Shape::First {
            self.begin(section, line.place);
        }
        let target = self.current(section, line.place);
        match shape {
            Shape::First | Shape::Text => target.set(name, text),
            Shape::Texts => target.push(name, text),
            Shape::Truth => target.set(name, truth(line)),
            Shape::Checksum => target.push(name, checksum(line.value, line.place)),
            Shape::VerificationCode => target.set(name, verification_code(line)),
            Shape::ExternalRef => {
                target.push(name, parts(line, ["referenceCategory", "referenceType", "referenceLocator"]));
            }
            Shape::Relationship => {
                target.push(name, parts(line, ["spdxElementId", "relationshipType", "relatedSpdxElement"]));
            }
            Shape::ExternalRefComment | Shape::RelationshipComment => {
                if let Some(last) = last_of(target, name) {
                    last.set("comment", text);
                }
            }
            Shape::ExternalDocument => target.push(name, external_document(line)),
            Shape::ByteRange => range(target, line, "offset"),
            Shape::LineRange => range(target, line, "lineNumber"),
        }
    }

    fn begin(&mut self, section: Section, place: Place) {
        self.section = section;
        if section == Section::File {
            self.owners.push(self.packages.len().checked_sub(1));
        }
        if let Some(list) = self.list(section) {
            list.push(Written::map(place));
        }
    }

    fn list(&mut self, section: Section) -> Option<&mut Vec<Written<'t>>> {
        Some(match section {
            Section::Package => &mut self.packages,
            Section::File => &mut self.files,
            Section::Snippet => &mut self.snippets,
            Section::Licence => &mut self.licences,
            Section::Annotation => &mut self.annotations,
            Section::Review => &mut self.reviews,
            Section::Document | Section::Creation => return None,
        })
    }

    /// What a tag of this section goes to; begun where the file did not begin it properly.
    fn current(&mut self, section: Section, place: Place) -> &mut Written<'t> {
        if self.list(section).is_some_and(|it| it.is_empty()) {
            self.begin(section, place);
        }
        let list = match section {
            Section::Document => return &mut self.root,
            Section::Creation => return self.creation.get_or_insert_with(|| Written::map(place)),
            Section::Package => &mut self.packages,
            Section::File => &mut self.files,
            Section::Snippet => &mut self.snippets,
            Section::Licence => &mut self.licences,
            Section::Annotation => &mut self.annotations,
            Section::Review => &mut self.reviews,
        };
        list.last_mut().unwrap_or(&mut self.root)
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> Written<'t> {
        self.place_files();
        self.place_annotations();
        let lists = [
            ("packages", self.packages),
            ("files", self.files),
            ("snippets", self.snippets),
            ("hasExtractedLicensingInfos", self.licences),
            ("revieweds", self.reviews),
        ];
        if let Some(creation) = self.creation {
            self.root.set("creationInfo", creation);
        }
        for (name, list) in lists {
            if let Some(first) = list.first() {
                let place = first.place;
                self.root.set(name, Written::list(list, place));
            }
        }
        self.root
    }

    /// A file belongs to the package that it stands after (SPDX 2.3, section 8.1).
    fn place_files(&mut self) {
        for (file, owner) in self.files.iter_mut().zip(&self.owners) {
            let place = file.place;
            let identifier = file.get_mut("SPDXID").and_then(|it| it.as_text()).map(str::to_owned);
            let package = owner.and_then(|it| self.packages.get_mut(it));
            if let (Some(identifier), Some(package)) = (identifier, package) {
                package.push("hasFiles", Written::text(identifier, place));
            }
        }
    }

    /// An annotation stands in the JSON form in what it is about; the document takes all others.
    fn place_annotations(&mut self) {
        if self.annotations.is_empty() {
            return;
        }
        let mut elements: Vec<&mut Written<'t>> =
            self.packages.iter_mut().chain(&mut self.files).chain(&mut self.snippets).collect();
        let mut index: HashMap<String, usize> = HashMap::new();
        for (at, element) in elements.iter_mut().enumerate() {
            if let Some(identifier) = element.get_mut("SPDXID").and_then(|it| it.as_text()) {
                index.entry(identifier.to_owned()).or_insert(at);
            }
        }
        for mut annotation in std::mem::take(&mut self.annotations) {
            let about = annotation.take("SPDXREF");
            let at = about.as_ref().and_then(Written::as_text).and_then(|it| index.get(it));
            match at.and_then(|it| elements.get_mut(*it)) {
                Some(element) => element.push("annotations", annotation),
                None => self.root.push("annotations", annotation),
            }
        }
    }
}

fn last_of<'a, 't>(target: &'a mut Written<'t>, name: &str) -> Option<&'a mut Written<'t>> {
    match &mut target.get_mut(name)?.content {
        Content::List(items) => items.last_mut(),
        _ => None,
    }
}

/// A truth; other words stay a text, which the schema refuses.
fn truth(line: Line<'_>) -> Written<'_> {
    match line.value.to_ascii_lowercase().as_str() {
        truth @ ("true" | "false") => {
            Written { content: Content::Bare(truth.to_owned().into()), place: line.place }
        }
        _ => Written::text(line.value, line.place),
    }
}

/// `SHA1: d6a770ba38583ed4bb4525bd96e50461655d2758`
fn checksum(value: &str, place: Place) -> Written<'_> {
    let (algorithm, hash) = value.split_once(':').unwrap_or(("", value));
    let mut written = Written::map(place);
    written.set("algorithm", Written::text(algorithm.trim(), place));
    written.set("checksumValue", Written::text(hash.trim(), place));
    written
}

/// `d6a770ba38583ed4bb4525bd96e50461655d2758 (excludes: ./package.spdx)`
fn verification_code(line: Line<'_>) -> Written<'_> {
    let (code, excluded) = line.value.split_once('(').unwrap_or((line.value, ""));
    let mut written = Written::map(line.place);
    written.set("packageVerificationCodeValue", Written::text(code.trim(), line.place));
    let excluded = excluded.trim_end_matches(')').trim_start_matches("excludes:").split(',').map(str::trim);
    for file in excluded.filter(|it| !it.is_empty()) {
        written.push("packageVerificationCodeExcludedFiles", Written::text(file, line.place));
    }
    written
}

/// Three words, of which the last one may have blanks in it.
fn parts<'t>(line: Line<'t>, names: [&'static str; 3]) -> Written<'t> {
    let mut written = Written::map(line.place);
    let mut rest = line.value;
    for (index, name) in names.into_iter().enumerate() {
        let (word, after) = match rest.split_once(char::is_whitespace) {
            Some(cut) if index < 2 => cut,
            _ => (rest, ""),
        };
        if !word.is_empty() {
            written.set(name, Written::text(word.trim_end(), line.place));
        }
        rest = after.trim_start();
    }
    written
}

/// `DocumentRef-tool https://example.org/namespace SHA1: d6a7…`
fn external_document(line: Line<'_>) -> Written<'_> {
    let mut written = parts(line, ["externalDocumentId", "spdxDocument", "checksum"]);
    let place = line.place;
    let hash = line.value.splitn(3, char::is_whitespace).nth(2).unwrap_or_default();
    if let Some(slot) = written.get_mut("checksum") {
        *slot = checksum(hash.trim(), place);
    }
    written
}

/// `310:420`, in bytes or lines of the file that the snippet is from.
fn range<'t>(snippet: &mut Written<'t>, line: Line<'t>, unit: &'static str) {
    let file = snippet.get_mut("snippetFromFile").and_then(|it| it.as_text()).unwrap_or_default().to_owned();
    let (start, end) = line.value.split_once(':').unwrap_or((line.value, ""));
    let mut range = Written::map(line.place);
    for (name, value) in [("startPointer", start.trim()), ("endPointer", end.trim())] {
        let is_number = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
        let number = value.trim_start_matches('0');
        let mut pointer = Written::map(line.place);
        pointer.set("reference", Written::text(file.clone(), line.place));
        pointer.set(
            unit,
            Written {
                content: if is_number {
                    Content::Bare(if number.is_empty() { "0" } else { number }.into())
                } else {
                    Content::Text(value.into())
                },
                place: line.place,
            },
        );
        range.set(name, pointer);
    }
    snippet.push("ranges", range);
}
