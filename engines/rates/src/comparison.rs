//! Public services side by side, and why not.

use crate::{Day, Level, Measure, PublishedService, Rate, Wording};

/// A public service that stands beside others.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// Who is competent.
    pub level: Level,
    /// The base of its rate.
    pub base: String,
    /// The day of its rate.
    pub day: Day,
    /// The rate.
    pub rate: Rate,
}

/// Why rates must not stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Different bases.
    Bases(String, String),
    /// Different days.
    Days(Day, Day),
    /// The authorities counted are of different kinds.
    Levels(Level, Level),
    /// A rate that is no single figure.
    NotExact(String),
    /// Fewer than two.
    TooFew,
}

impl Reason {
    /// The reason as a sentence.
    pub fn sentence(&self) -> Wording {
        match self {
            Self::Bases(one, other) => Wording::new(
                format!("Nicht vergleichbar: Die Quoten haben verschiedene Basen ({one} und {other})."),
                format!("Not comparable: the rates have different bases ({one} and {other})."),
            ),
            Self::Days(one, other) => Wording::new(
                format!("Nicht vergleichbar: Die Quoten sind von verschiedenen Tagen ({one} und {other})."),
                format!("Not comparable: the rates are of different days ({one} and {other})."),
            ),
            Self::Levels(one, other) => Wording::new(
                format!(
                    "Nicht vergleichbar: Gezählt werden verschiedene Stellen (Ebene {} und Ebene {}).",
                    one.german(),
                    other.german()
                ),
                format!(
                    "Not comparable: different authorities are counted (level {} and level {}).",
                    one.english(),
                    other.english()
                ),
            ),
            Self::NotExact(name) => Wording::new(
                format!("Nicht vergleichbar: Für „{name}“ gibt es in dieser Basis keine genaue Quote."),
                format!("Not comparable: for \"{name}\" there is no exact rate in this base."),
            ),
            Self::TooFew => Wording::new(
                "Zum Vergleichen braucht es mindestens zwei Leistungen.",
                "Comparing needs at least two public services.",
            ),
        }
    }
}

/// Whether rates may stand side by side: one base, one day, exact rates, and where authorities are counted, authorities of
/// one level.
///
/// # Errors
/// Every reason why not.
pub fn compare(all: &[Compared]) -> Result<(), Vec<Reason>> {
    let Some((first, others)) = all.split_first() else { return Err(vec![Reason::TooFew]) };
    let mut reasons = Vec::new();
    let mut add = |it: Reason| {
        if !reasons.contains(&it) {
            reasons.push(it);
        }
    };
    if others.is_empty() {
        add(Reason::TooFew);
    }
    for other in others {
        if first.base != other.base {
            add(Reason::Bases(first.base.clone(), other.base.clone()));
        }
        if first.day != other.day {
            add(Reason::Days(first.day, other.day));
        }
        if first.level != other.level && (first.base == "authorities" || other.base == "authorities") {
            add(Reason::Levels(first.level, other.level));
        }
    }
    for it in all.iter().filter(|it| !matches!(it.rate, Rate::Exact(_))) {
        add(Reason::NotExact(it.name.clone()));
    }
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// Why the published connection rates of two public services cannot be compared, or what to keep in mind where they can.
pub fn compare_published(one: &PublishedService, other: &PublishedService) -> Vec<Wording> {
    // A rate whose base is not said has no base in common with any other.
    let bases = |it: &PublishedService| -> Vec<String> {
        let rates = it.figures.iter().filter(|it| it.measure == Measure::Connected);
        rates.filter_map(|it| it.base.clone()).collect()
    };
    let (near, far) = (bases(one), bases(other));
    let shared: Vec<&String> = near.iter().filter(|it| far.contains(it)).collect();
    let mut said = Vec::new();
    if shared.is_empty() {
        let list = |all: &[String]| if all.is_empty() { "–".to_owned() } else { all.join(", ") };
        said.push(Reason::Bases(list(&near), list(&far)).sentence());
    } else {
        said.push(Wording::new(
            format!(
                "Gleich ist nur die Basis {}; wie viele Stellen jeweils zuständig sind, sagt die Veröffentlichung nicht.",
                shared.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
            ),
            format!(
                "Only the base {} is the same; the publication does not say how many authorities are competent in each case.",
                shared.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    said
}
