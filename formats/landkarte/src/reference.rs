//! The tables of the documentation, made from the vocabulary.

use crate::{
    Group, Key, Section, Shape,
    vocabulary::{self, vocabulary},
};

/// The tables of all keys as Markdown, one for each section: what stands in `docs/reference/landkarte.md`.
pub fn tables() -> String {
    let mut to = table("The map itself", vocabulary::head());
    for section in Section::ALL {
        let title = format!("`{section}`: {}", section.title(false).to_lowercase());
        to.push('\n');
        to.push_str(&table(&title, vocabulary(section)));
    }
    to
}

fn table(title: &str, keys: &[Key]) -> String {
    let mut to = format!("### {title}\n\n| key | German | English | value |\n|---|---|---|---|\n");
    let groups = Group::ALL.into_iter().filter(|it| keys.iter().any(|key| key.group == *it));
    let long = keys.len() > 20;
    for group in groups {
        if long {
            to.push_str(&format!("| **{}** | | | |\n", group.title(false)));
        }
        for key in keys.iter().filter(|it| it.group == group) {
            to.push_str(&format!("| `{}` | {} | {} | {} |\n", key.name, key.de, key.en, shape(&key.shape)));
        }
    }
    to
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Words => "words".into(),
        Shape::Truth => "`true`, `false`".into(),
        Shape::Number => "number".into(),
        Shape::OneOf(choices) => {
            let words = choices.iter().map(|it| format!("`{}`", it.name));
            words.collect::<Vec<_>>().join(", ")
        }
        Shape::SomeOf(choices) => {
            let words = choices.iter().map(|it| format!("`{}`", it.name));
            format!("list of {}", words.collect::<Vec<_>>().join(", "))
        }
        Shape::Texts => "list of texts".into(),
        Shape::WordsList => "list of words".into(),
        Shape::Reference(to) => format!("id of `{to}`"),
        Shape::References(to) => format!("list of ids of `{to}`"),
        Shape::ReferenceOrText(to) => format!("id of `{to}`, or text"),
        Shape::ReferencesOrTexts(to) => format!("list of ids of `{to}`, or texts"),
        Shape::Record(parts) => self::parts(parts),
        Shape::Records(parts) => format!("list of {}", self::parts(parts)),
        Shape::Anything => "anything, kept as it is".into(),
    }
}

fn parts(parts: &[Key]) -> String {
    let parts = parts.iter().map(|it| format!("`{}` ({})", it.name, shape(&it.shape)));
    parts.collect::<Vec<_>>().join("; ")
}
