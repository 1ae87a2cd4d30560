use std::fmt;

/// Where something is written. `None` means that it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Source {
    pub title: String,
    pub publisher: String,
    pub url: Option<String>,
    /// The day of this edition, `2025-08-20`, or as much of it as is known.
    pub date: Option<String>,
    /// The licence of the text. Requirements here are told in our own words; this is for those who want the original.
    pub licence: Option<String>,
    /// The section within it.
    pub section: Option<String>,
}

impl fmt::Display for Source {
    /// `BSI TR-03183-2 v2.1.0 (2025-08-20), 5.2.1`
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.title)?;
        if let Some(date) = &self.date {
            write!(to, " ({date})")?;
        }
        if let Some(section) = &self.section {
            write!(to, ", {section}")?;
        }
        Ok(())
    }
}
