use std::fmt;

/// How strongly something is required. The order is by strength: `Kann < Soll < Muss`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// May.
    Kann,
    /// Should.
    Soll,
    /// Must.
    Muss,
}

impl Level {
    /// From the strongest to the weakest.
    pub const ALL: [Self; 3] = [Self::Muss, Self::Soll, Self::Kann];

    /// The name in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Muss => "muss",
            Self::Soll => "soll",
            Self::Kann => "kann",
        }
    }

    /// The level with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The word for people.
    pub fn title(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Muss, true) => "Muss",
            (Self::Soll, true) => "Soll",
            (Self::Kann, true) => "Kann",
            (Self::Muss, false) => "must",
            (Self::Soll, false) => "should",
            (Self::Kann, false) => "may",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}
