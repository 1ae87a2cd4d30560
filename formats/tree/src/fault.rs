//! Why a document could not be read, with the place.

use crate::{Place, yaml::words};
use std::fmt;

/// Why a document, or a part of it, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {}", self.wording(false))]
pub struct Fault {
    /// Where in the text.
    pub place: Place,
    /// Where in the document: a JSON pointer (RFC 6901) to the value, or to what it would have stood in.
    pub pointer: String,
    /// What is wrong.
    pub reason: Reason,
}

impl Fault {
    /// What is wrong as a sentence, in German or in English, without the place.
    pub fn wording(&self, de: bool) -> String {
        self.reason.wording(de)
    }
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The text has more bytes than allowed.
    TooLarge(usize),
    /// Lists and maps stand deeper in each other than allowed.
    TooDeep(usize),
    /// There are more values than allowed, aliases counted as often as they are used.
    TooMany(usize),
    /// Written out, the aliases of a YAML text would take more bytes than allowed.
    TooManyAliases(usize),
    /// The text is not UTF-8.
    NotUtf8,
    /// The text ends in the middle.
    Ends,
    /// Something else was expected here.
    Unexpected {
        /// The character that stands there.
        found: char,
        /// What could stand there.
        expected: Expected,
    },
    /// A number that JSON does not know.
    BadNumber,
    /// An escape sequence that JSON does not know.
    BadEscape,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    /// A control character that has to be escaped in a string.
    Control(u32),
    /// The text is no YAML; the words of the reader.
    Yaml(String),
    /// A key that is not a plain value.
    ComplexKey,
    /// An alias to an anchor that does not stand before it, or that it stands in.
    UnknownAlias,
    /// The text is no XML; the words of the reader.
    Xml(String),
    /// A document type declaration, which is refused.
    Doctype,
    /// An entity that is not one of the five of XML.
    UnknownEntity(String),
    /// A field that has to be there is not.
    Missing(String),
    /// A field, or a value of a closed list, that is not known.
    Unknown {
        /// What is not known.
        name: String,
        /// What is known.
        known: Vec<String>,
    },
    /// A value of another kind than expected.
    Misfit {
        /// What stands there.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// What the type said that refused the value.
    Refused(String),
}

/// What could stand at a place of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A key in quotation marks.
    Key,
    /// A colon after a key.
    Colon,
    /// A comma or the end of the map.
    CommaOrBrace,
    /// A comma or the end of the list.
    CommaOrBracket,
    /// The end of the text.
    End,
}

impl Expected {
    fn wording(self, de: bool) -> &'static str {
        match (self, de) {
            (Self::Value, true) => "ein Wert",
            (Self::Value, false) => "a value",
            (Self::Key, true) => "ein Name in Anführungszeichen",
            (Self::Key, false) => "a name in quotation marks",
            (Self::Colon, true) => "ein Doppelpunkt",
            (Self::Colon, false) => "a colon",
            (Self::CommaOrBrace, true) => "ein Komma oder }",
            (Self::CommaOrBrace, false) => "a comma or }",
            (Self::CommaOrBracket, true) => "ein Komma oder ]",
            (Self::CommaOrBracket, false) => "a comma or ]",
            (Self::End, true) => "das Ende des Textes",
            (Self::End, false) => "the end of the text",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.wording(false))
    }
}

impl Reason {
    /// What is wrong as a sentence, in German or in English.
    pub fn wording(&self, de: bool) -> String {
        if de { self.german() } else { self.english() }
    }

    fn german(&self) -> String {
        match self {
            Self::TooLarge(most) => format!("Der Text ist zu groß: höchstens {most} Bytes."),
            Self::TooDeep(most) => format!("Zu tief verschachtelt: höchstens {most} Ebenen."),
            Self::TooMany(most) => format!("Zu viele Werte: höchstens {most}."),
            Self::TooManyAliases(most) => {
                format!(
                    "Ausgeschrieben wären die Verweise (*) zu groß: höchstens {most} Bytes. Schreiben Sie die Werte selbst hin."
                )
            }
            Self::NotUtf8 => "Hier steht kein UTF-8.".into(),
            Self::Ends => "Der Text endet zu früh.".into(),
            Self::Unexpected { found, expected } => {
                format!("Hier steht {found:?}, erwartet war {}.", expected.wording(true))
            }
            Self::BadNumber => "Das ist keine Zahl nach JSON.".into(),
            Self::BadEscape => "Diese Escape-Folge gibt es in JSON nicht.".into(),
            Self::LoneSurrogate => "Hier steht ein halbes Ersatzzeichenpaar.".into(),
            Self::Control(code) => format!("Steuerzeichen U+{code:04X} muss maskiert werden."),
            Self::Yaml(words) => format!("Das ist kein YAML: {}.", words::meaning(words, true)),
            Self::ComplexKey => "Als Schlüssel ist nur ein einfacher Wert erlaubt.".into(),
            Self::UnknownAlias => "Dieser Alias hat davor keinen vollständigen Anker.".into(),
            Self::Xml(words) => format!("Das ist kein XML: {words}."),
            Self::Doctype => "Dokumenttyp-Deklarationen (DOCTYPE) sind nicht erlaubt.".into(),
            Self::UnknownEntity(name) => format!("Die Entität {name:?} ist nicht bekannt."),
            Self::Missing(name) => format!("Es fehlt {name:?}."),
            Self::Unknown { name, known } => {
                format!("{name:?} ist nicht bekannt{}.", list(known, "; bekannt: "))
            }
            Self::Misfit { found, expected } => format!("Hier steht {found}, erwartet war {expected}."),
            Self::Refused(words) => format!("Der Wert passt nicht: {words}."),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooLarge(most) => format!("The text is too large: at most {most} bytes."),
            Self::TooDeep(most) => format!("Nested too deeply: at most {most} levels."),
            Self::TooMany(most) => format!("Too many values: at most {most}."),
            Self::TooManyAliases(most) => {
                format!(
                    "Written out, the aliases (*) would be too large: at most {most} bytes. Write the values themselves."
                )
            }
            Self::NotUtf8 => "This is not UTF-8.".into(),
            Self::Ends => "The text ends too early.".into(),
            Self::Unexpected { found, expected } => {
                format!("Here is {found:?}, expected was {}.", expected.wording(false))
            }
            Self::BadNumber => "This is no number of JSON.".into(),
            Self::BadEscape => "JSON has no such escape sequence.".into(),
            Self::LoneSurrogate => "This is half of a surrogate pair.".into(),
            Self::Control(code) => format!("The control character U+{code:04X} has to be escaped."),
            Self::Yaml(words) => format!("This is no YAML: {}.", words::meaning(words, false)),
            Self::ComplexKey => "Only a plain value may be a key.".into(),
            Self::UnknownAlias => "This alias has no complete anchor before it.".into(),
            Self::Xml(words) => format!("This is no XML: {words}."),
            Self::Doctype => "Document type declarations (DOCTYPE) are not allowed.".into(),
            Self::UnknownEntity(name) => format!("The entity {name:?} is not known."),
            Self::Missing(name) => format!("{name:?} is missing."),
            Self::Unknown { name, known } => {
                format!("{name:?} is not known{}.", list(known, "; known are: "))
            }
            Self::Misfit { found, expected } => format!("Here is {found}, expected was {expected}."),
            Self::Refused(words) => format!("The value does not fit: {words}."),
        }
    }
}

/// Names as a list, at most twelve of them.
fn list(names: &[String], lead: &str) -> String {
    if names.is_empty() {
        return String::new();
    }
    let shown = names.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if names.len() > 12 { ", …" } else { "" };
    format!("{lead}{shown}{more}")
}
