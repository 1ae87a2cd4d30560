//! Words for people, always in both languages, so that a missing translation does not compile.

/// A language a reader can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// German, the language of the house.
    #[default]
    De,
    /// English.
    En,
}

impl Lang {
    /// The tag of BCP 47: `de` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Reads `de` or `en`; anything else is no choice.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.get(..2) {
            Some("de") => Some(Self::De),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    /// Picks the text of this language.
    pub const fn pick<'t>(self, de: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::De => de,
            Self::En => en,
        }
    }
}

/// A text in both languages; `{name}` stands for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// German.
    pub de: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::De => self.de,
            Lang::En => self.en,
        }
    }

    /// The text in one language, with every `{name}` replaced by its parameter.
    pub fn fill(&self, lang: Lang, parameters: &[(&'static str, String)]) -> String {
        let mut text = self.get(lang).to_owned();
        for (name, value) in parameters {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_filled_in_each_language() {
        let text = Text { de: "Zeile {line} fehlt", en: "line {line} is missing" };
        let parameters = [("line", "7".to_owned())];
        assert_eq!(text.fill(Lang::De, &parameters), "Zeile 7 fehlt");
        assert_eq!(text.fill(Lang::En, &parameters), "line 7 is missing");
    }

    #[test]
    fn a_tag_is_read_by_its_language() {
        assert_eq!(Lang::parse("de-DE"), Some(Lang::De));
        assert_eq!(Lang::parse("en"), Some(Lang::En));
        assert_eq!(Lang::parse("fr"), None);
        assert_eq!(Lang::parse("é"), None);
    }
}
