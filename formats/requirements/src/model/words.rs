/// A text in German and English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Words {
    pub de: String,
    pub en: String,
}

impl Words {
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// The text in German or else in English.
    pub fn get(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}
