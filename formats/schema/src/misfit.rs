//! What does not fit, in words.

use tree::{Kind, Node};

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{address}: {words}")]
pub struct Trouble {
    /// Where in the schema: the address of the document with a JSON pointer as fragment.
    pub address: String,
    /// What is wrong.
    pub words: String,
}

/// A value that does not fit a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit<'a> {
    /// The value.
    pub node: Node<'a>,
    /// The keyword of the schema that is not met.
    pub keyword: String,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Nothing may stand here.
    Never,
    /// The value has another type than these.
    Type {
        /// The types that are allowed, as JSON Schema names them.
        allowed: Vec<String>,
    },
    /// The value is none of a closed list.
    Closed {
        /// The values that are allowed, as they are written in JSON.
        allowed: Vec<String>,
    },
    /// An entry of a map is missing.
    Missing {
        /// Its key.
        name: String,
    },
    /// An entry of a map is missing that another one needs.
    MissingFor {
        /// Its key.
        name: String,
        /// The key of the entry that needs it.
        because: String,
    },
    /// An entry of a map or an item of a list that may not be there.
    NotAllowed {
        /// Its key or index.
        name: String,
    },
    /// A key of a map that is not as keys have to be.
    Name {
        /// The key.
        name: String,
        /// What is wrong with it, in German and in English.
        why: Box<(String, String)>,
    },
    /// A text that does not have the form of a pattern.
    Pattern {
        /// The pattern, as the schema has it.
        pattern: String,
    },
    /// A text that does not have a format.
    Format {
        /// The format, as JSON Schema names it.
        format: String,
    },
    /// A size that is not within its limit: of a text in characters, of a list in items, of a map in entries.
    Size {
        /// The limit.
        limit: usize,
        /// Whether the limit is the least size; else it is the most.
        least: bool,
        /// The size that is there.
        size: usize,
    },
    /// A number that is not within its limit.
    Limit {
        /// The limit.
        limit: f64,
        /// Whether the limit is the least number; else it is the most.
        least: bool,
        /// Whether the limit itself is not allowed.
        exclusive: bool,
    },
    /// A number that is no multiple.
    Multiple {
        /// Of what.
        of: f64,
    },
    /// Two items of a list that are the same.
    Twins {
        /// The index of the first one.
        first: usize,
        /// The index of the second one.
        second: usize,
    },
    /// Too few or too many items of a list that are as some have to be.
    Contains {
        /// How many there are.
        count: usize,
        /// How many there have to be.
        least: usize,
        /// How many there may be.
        most: Option<usize>,
    },
    /// The value fits what it must not fit.
    Forbidden,
    /// The value fits none of the alternatives. What is wrong with the nearest one is told by the misfits after this.
    NoAlternative {
        /// How many there are.
        count: usize,
        /// What the nearest one is called, if it has a name and is nearer than the others.
        nearest: Option<String>,
    },
    /// The value fits several alternatives, but has to fit exactly one.
    SeveralAlternatives {
        /// The numbers of two of them, from one.
        fitting: (usize, usize),
    },
}

/// How many allowed values are named at most.
const SHOWN: usize = 12;

impl Misfit<'_> {
    /// What is wrong as a sentence, in German or in English.
    pub fn wording(&self, de: bool) -> String {
        if de { self.german() } else { self.english() }
    }

    fn german(&self) -> String {
        match &self.what {
            What::Never => "Hier darf nichts stehen.".to_owned(),
            What::Type { allowed } => {
                let allowed: Vec<_> = allowed.iter().map(|it| type_name(it, true)).collect();
                format!("Erlaubt ist hier {}; da steht {}.", allowed.join(" oder "), kind(self.node, true))
            }
            What::Closed { allowed } => {
                format!("{} ist nicht erlaubt; erlaubt: {}.", shown(self.node), list(allowed))
            }
            What::Missing { name } => format!("Es fehlt {name:?}."),
            What::MissingFor { name, because } => {
                format!("Es fehlt {name:?}; wo {because:?} steht, muss es dabei sein.")
            }
            What::NotAllowed { name } => format!("{name:?} ist hier nicht vorgesehen."),
            What::Name { name, why } => format!("Der Name {name:?} passt nicht: {}", why.0),
            What::Pattern { pattern } => {
                format!("{} hat nicht die verlangte Form {pattern}.", shown(self.node))
            }
            What::Format { format } => {
                format!("{} ist kein gültiger Wert vom Format {format}.", shown(self.node))
            }
            What::Size { limit, least, size } => {
                let bound = if *least { "mindestens" } else { "höchstens" };
                format!("Nötig sind {bound} {limit} {}; da sind {size}.", unit(self.node, *limit, true))
            }
            What::Limit { limit, least, exclusive } => {
                let bound = bound(*least, *exclusive, true);
                format!("{} muss {bound} {limit} sein.", shown(self.node))
            }
            What::Multiple { of } => format!("{} ist kein Vielfaches von {of}.", shown(self.node)),
            What::Twins { first, second } => {
                format!("Die Einträge {} und {} sind gleich.", first + 1, second + 1)
            }
            What::Contains { count, least, most } => {
                let most = most.map_or(String::new(), |it| format!(", höchstens {it}"));
                format!("Nötig sind mindestens {least}{most} Einträge der verlangten Art; da sind {count}.")
            }
            What::Forbidden => "Ein solcher Wert ist hier nicht erlaubt.".to_owned(),
            What::NoAlternative { count, nearest } => {
                let nearest =
                    nearest.as_ref().map_or(String::new(), |it| format!("; am nächsten kommt {it}"));
                format!("Keine der {count} erlaubten Formen passt{nearest}.")
            }
            What::SeveralAlternatives { fitting } => {
                format!(
                    "Genau eine Form muss passen; es passen aber Nr. {} und Nr. {}.",
                    fitting.0, fitting.1
                )
            }
        }
    }

    fn english(&self) -> String {
        match &self.what {
            What::Never => "Nothing may stand here.".to_owned(),
            What::Type { allowed } => {
                let allowed: Vec<_> = allowed.iter().map(|it| type_name(it, false)).collect();
                format!("Allowed here is {}; there is {}.", allowed.join(" or "), kind(self.node, false))
            }
            What::Closed { allowed } => {
                format!("{} is not allowed; allowed are: {}.", shown(self.node), list(allowed))
            }
            What::Missing { name } => format!("{name:?} is missing."),
            What::MissingFor { name, because } => {
                format!("{name:?} is missing; it has to be there where {because:?} is.")
            }
            What::NotAllowed { name } => format!("{name:?} is not provided for here."),
            What::Name { name, why } => format!("The name {name:?} does not fit: {}", why.1),
            What::Pattern { pattern } => {
                format!("{} does not have the required form {pattern}.", shown(self.node))
            }
            What::Format { format } => {
                format!("{} is no valid value of the format {format}.", shown(self.node))
            }
            What::Size { limit, least, size } => {
                let bound = if *least { "at least" } else { "at most" };
                format!(
                    "There have to be {bound} {limit} {}; there are {size}.",
                    unit(self.node, *limit, false)
                )
            }
            What::Limit { limit, least, exclusive } => {
                let bound = bound(*least, *exclusive, false);
                format!("{} has to be {bound} {limit}.", shown(self.node))
            }
            What::Multiple { of } => format!("{} is no multiple of {of}.", shown(self.node)),
            What::Twins { first, second } => {
                format!("The items {} and {} are the same.", first + 1, second + 1)
            }
            What::Contains { count, least, most } => {
                let most = most.map_or(String::new(), |it| format!(", at most {it}"));
                format!(
                    "There have to be at least {least}{most} items of the required kind; there are {count}."
                )
            }
            What::Forbidden => "Such a value is not allowed here.".to_owned(),
            What::NoAlternative { count, nearest } => {
                let nearest = nearest.as_ref().map_or(String::new(), |it| format!("; nearest is {it}"));
                format!("None of the {count} allowed forms fits{nearest}.")
            }
            What::SeveralAlternatives { fitting } => {
                format!("Exactly one form has to fit, but no. {} and no. {} do.", fitting.0, fitting.1)
            }
        }
    }
}

fn type_name(name: &str, de: bool) -> &'static str {
    match (name, de) {
        ("null", _) => "null",
        ("boolean", true) => "wahr oder falsch",
        ("boolean", false) => "true or false",
        ("number", true) => "eine Zahl",
        ("number", false) => "a number",
        ("integer", true) => "eine ganze Zahl",
        ("integer", false) => "a whole number",
        ("string", true) => "ein Text",
        ("string", false) => "a text",
        ("array", true) => "eine Liste",
        ("array", false) => "a list",
        (_, true) => "ein Objekt",
        (_, false) => "an object",
    }
}

fn kind(node: Node<'_>, de: bool) -> &'static str {
    let name = match node.kind() {
        Kind::Null => "null",
        Kind::Truth => "boolean",
        Kind::Number => "number",
        Kind::Text => "string",
        Kind::List => "array",
        Kind::Map => "object",
    };
    type_name(name, de)
}

fn unit(node: Node<'_>, limit: usize, de: bool) -> &'static str {
    match (node.kind(), limit == 1, de) {
        (Kind::Text, _, true) => "Zeichen",
        (Kind::Text, true, false) => "character",
        (Kind::Text, false, false) => "characters",
        (_, true, true) => "Eintrag",
        (_, false, true) => "Einträge",
        (_, true, false) => "entry",
        (_, false, false) => "entries",
    }
}

fn bound(least: bool, exclusive: bool, de: bool) -> &'static str {
    match (least, exclusive, de) {
        (true, false, true) => "mindestens",
        (false, false, true) => "höchstens",
        (true, true, true) => "größer als",
        (false, true, true) => "kleiner als",
        (true, false, false) => "at least",
        (false, false, false) => "at most",
        (true, true, false) => "greater than",
        (false, true, false) => "less than",
    }
}

/// The value, cut where it is long; lists and maps only by their kind.
fn shown(node: Node<'_>) -> String {
    match (node.text(), node.scalar(), node.kind()) {
        (Some(text), _, _) if text.chars().count() > 60 => {
            format!("{:?}…", text.chars().take(60).collect::<String>())
        }
        (Some(text), _, _) => format!("{text:?}"),
        (_, Some(text), _) => text.to_owned(),
        (_, _, Kind::List) => "[…]".to_owned(),
        (_, _, Kind::Map) => "{…}".to_owned(),
        _ => "null".to_owned(),
    }
}

fn list(values: &[String]) -> String {
    let shown = values.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if values.len() > SHOWN { format!("{shown}, … ({})", values.len()) } else { shown }
}
