//! What a repair says.

use std::collections::BTreeMap;

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// In one of the two.
    pub fn get(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}

/// What only a person can supply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Where it is missing in the repaired document (RFC 6901).
    pub pointer: String,
    /// What is missing.
    pub said: Said,
}

/// The outcome of a repair.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// The repaired document; byte for byte the given one where nothing had to be done to a JSON file.
    pub content: Vec<u8>,
    /// What was done.
    pub done: Vec<Said>,
    /// What is left to do.
    pub open: Vec<Open>,
}

/// What was done, each kind counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Done {
    FromXml,
    FromTagValue,
    Raised,
    SignatureRemoved,
    Identity,
    Timestamp,
    Creator,
    Described,
    Version,
    References,
    LicenceNamed,
    LicenceSpelt,
    LicencesSplit,
    FileName,
    Archive,
    GivenFile,
    Hash,
    Leaves,
    Completeness,
    Context,
}

impl Done {
    fn wording(self, count: usize) -> Said {
        let (de, en) = match self {
            Self::FromXml => ("Aus XML in die JSON-Form umgewandelt.", "Turned from XML into the JSON form."),
            Self::FromTagValue => {
                ("Aus Tag-Value in die JSON-Form umgewandelt.", "Turned from tag-value into the JSON form.")
            }
            Self::Raised => ("Auf CycloneDX 1.6 gehoben.", "Raised to CycloneDX 1.6."),
            Self::SignatureRemoved => (
                "Die Signatur entfernt, da sie nach einer Änderung nicht mehr gilt.",
                "Removed the signature, which no longer holds after a change.",
            ),
            Self::Identity => ("Eine Kennung des Dokuments ergänzt.", "Added an identity of the document."),
            Self::Timestamp => ("Den Zeitpunkt der Erstellung ergänzt.", "Added the time of creation."),
            Self::Creator => ("Den Ersteller ergänzt.", "Added the creator."),
            Self::Described => ("Das beschriebene Produkt benannt.", "Named the described product."),
            Self::Version => ("Die Version des Produkts ergänzt.", "Added the version of the product."),
            Self::Context => (
                "@context als Text statt als Liste geschrieben, wie das Schema es verlangt.",
                "Wrote @context as a text instead of a list, as the schema wants it.",
            ),
            _ => return self.counted(count),
        };
        Said { de: de.to_owned(), en: en.to_owned() }
    }

    fn counted(self, count: usize) -> Said {
        let (de, en) = match self {
            Self::References => ("bom-ref vergeben", "bom-ref given"),
            Self::LicenceNamed => (
                "Lizenzangabe ist keine SPDX-Kennung und steht nun unter license.name",
                "licence is no SPDX identifier and now stands in license.name",
            ),
            Self::LicenceSpelt => {
                ("Schreibweise einer SPDX-Kennung berichtigt", "spelling of an SPDX identifier corrected")
            }
            Self::LicencesSplit => (
                "gemischte Lizenzliste in die Form von 1.6 gebracht",
                "mixed list of licences put into the form of 1.6",
            ),
            Self::FileName => ("Dateiname abgeleitet", "file name derived"),
            Self::Archive => (
                "Archiv und Struktur aus der Dateiendung abgeleitet",
                "archive and structure derived from the file's ending",
            ),
            Self::GivenFile => {
                ("Angaben einer vorgelegten Datei ergänzt", "properties of a given file added")
            }
            Self::Hash => ("SHA-512 einer vorgelegten Datei ergänzt", "SHA-512 of a given file added"),
            Self::Leaves => ("leerer Abhängigkeitseintrag ergänzt", "empty dependency entry added"),
            _ => ("Vollständigkeit der Abhängigkeiten angegeben", "completeness of dependencies stated"),
        };
        Said { de: format!("{count}-mal: {de}."), en: format!("{count} times: {en}.") }
    }
}

/// What happens during a repair.
#[derive(Debug, Default)]
pub(super) struct Log {
    done: BTreeMap<Done, usize>,
    open: Vec<Open>,
}

impl Log {
    pub(super) fn done(&mut self, done: Done) {
        *self.done.entry(done).or_default() += 1;
    }

    pub(super) fn open(&mut self, pointer: impl Into<String>, de: impl Into<String>, en: impl Into<String>) {
        self.open.push(Open { pointer: pointer.into(), said: Said { de: de.into(), en: en.into() } });
    }

    pub(super) fn has_done(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn finish(self, content: Vec<u8>) -> Repaired {
        let done = self.done.iter().map(|(done, count)| done.wording(*count)).collect();
        Repaired { content, done, open: self.open }
    }
}
