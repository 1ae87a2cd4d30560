//! What a person supplies for a repair.

use crate::Completeness;

/// What is known besides the file. Time and identifiers come from the caller: nothing here reads a clock.
#[derive(Debug, Clone, Default)]
pub struct Given<'g> {
    /// Who makes the document.
    pub creator: Option<Creator<'g>>,
    /// The name of the described product, where the document has none.
    pub name: Option<&'g str>,
    /// The version of the described product, where the document has none.
    pub version: Option<&'g str>,
    /// The present moment (RFC 3339, UTC, whole seconds: `2026-11-28T09:00:00Z`), for a document without a time.
    pub now: &'g str,
    /// A fresh UUID, for a document without an identity.
    pub serial: &'g str,
    /// How complete the dependencies are that the document lists; nothing: unknown.
    pub completeness: Option<Completeness>,
    /// Files that are delivered.
    pub files: Vec<GivenFile<'g>>,
}

/// Who makes a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Creator<'g> {
    /// The name of the organisation.
    pub name: Option<&'g str>,
    /// Its mail address.
    pub email: Option<&'g str>,
    /// Its address on the web.
    pub url: Option<&'g str>,
}

/// A file that was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct GivenFile<'g> {
    /// Which component it is: `bom-ref` or SPDX identifier, package URL, name, or `name@version`. Nothing: the component
    /// that has this file name.
    pub component: Option<&'g str>,
    /// Its name, without folders.
    pub name: &'g str,
    /// Where it is distributed; nothing where that is not known.
    pub url: Option<&'g str>,
    /// SHA-512 of its bytes, 128 hexadecimal digits.
    pub sha512: &'g str,
    /// Whether it can be run.
    pub executable: bool,
    /// Whether it is an archive.
    pub archive: bool,
    /// Whether it is structured, so that its parts can be taken out.
    pub structured: bool,
}

impl GivenFile<'_> {
    /// Whether it is meant for a component with these names.
    pub(super) fn is_for(&self, names: &[&str]) -> bool {
        let wanted = self.component.unwrap_or(self.name);
        !wanted.is_empty() && names.contains(&wanted)
    }
}

impl Given<'_> {
    pub(super) fn file(&self, names: &[&str]) -> Option<&GivenFile<'_>> {
        self.files.iter().find(|it| it.is_for(names))
    }
}
