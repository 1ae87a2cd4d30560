//! The year in which one curve overtakes the other, with ranges.

use super::Point;
use crate::Amount;
use serde::{Deserialize, Serialize};

/// When one scenario, dearer at first, becomes the cheaper one. `first_cheaper` says whether it is the first scenario that
/// is cheaper at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Crossing {
    /// Between these years: in the earliest it is possible, in the latest it is sure.
    Between {
        /// Whether the first scenario is the cheaper one at first.
        first_cheaper: bool,
        /// The first year in which it is possible.
        earliest: u16,
        /// The first year in which it is sure.
        latest: u16,
    },
    /// Possible from a year on, but sure in none of them.
    NotBefore {
        /// Whether the first scenario is the cheaper one at first.
        first_cheaper: bool,
        /// The first year in which it is possible.
        earliest: u16,
    },
    /// The one that is cheaper at first stays so in all years.
    Never {
        /// Whether the first scenario is the cheaper one.
        first_cheaper: bool,
    },
    /// Both cost the same in every year.
    Same,
    /// It cannot be said, because the ranges overlap in every year.
    Overlap,
    /// It cannot be said, because something is missing.
    Open,
}

/// What is known about a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    One,
    Other,
    Neither,
}

pub(super) fn of(points: &[Point]) -> Crossing {
    let open = points.iter().any(|it| it.one.open || it.other.open);
    let exact = |it: &Amount| !it.open && it.low == it.high;
    if points.iter().all(|it| exact(&it.one) && it.one == it.other) {
        return Crossing::Same;
    }
    let first = points.iter().map(|it| lead(it.one, it.other)).find(|it| *it != Lead::Neither);
    let Some(first) = first else {
        return if open { Crossing::Open } else { Crossing::Overlap };
    };
    let first_cheaper = first == Lead::One;
    let contrary = if first_cheaper { Lead::Other } else { Lead::One };
    // Years before one of them leads do not count: there nobody has been overtaken yet.
    let led = points.iter().skip_while(|it| lead(it.one, it.other) != first);
    let shaken = led.clone().find(|it| lead(it.one, it.other) != first);
    let sure = led.clone().find(|it| lead(it.one, it.other) == contrary);
    match (shaken, sure) {
        (None, _) => Crossing::Never { first_cheaper },
        (Some(shaken), Some(sure)) => {
            Crossing::Between { first_cheaper, earliest: shaken.year, latest: sure.year }
        }
        (Some(shaken), None) => {
            // If only what is missing keeps the lead from being sure, the year would be made up.
            let known = |it: Amount| Amount { open: false, ..it };
            let still = lead(known(shaken.one), known(shaken.other)) == first;
            if still { Crossing::Open } else { Crossing::NotBefore { first_cheaper, earliest: shaken.year } }
        }
    }
}

/// Which of the two is surely cheaper.
fn lead(one: Amount, other: Amount) -> Lead {
    let below = |a: Amount, b: Amount| a.top().is_some_and(|it| it < b.low);
    match (below(one, other), below(other, one)) {
        (true, _) => Lead::One,
        (_, true) => Lead::Other,
        _ => Lead::Neither,
    }
}

impl Crossing {
    /// The first year in which the one that led first surely leads again, after it was overtaken or may have been.
    pub(super) fn again(self, points: &[Point]) -> Option<u16> {
        let (first_cheaper, after) = match self {
            Self::Between { first_cheaper, latest, .. } => (first_cheaper, latest),
            Self::NotBefore { first_cheaper, earliest } => (first_cheaper, earliest),
            _ => return None,
        };
        let first = if first_cheaper { Lead::One } else { Lead::Other };
        let mut later = points.iter().skip_while(|it| it.year <= after);
        later.find(|it| lead(it.one, it.other) == first).map(|it| it.year)
    }

    pub(super) fn sentence(self, names: (&str, &str), years: usize, german: bool) -> String {
        let quoted = |it: &str| if german { format!("„{it}“") } else { format!("\"{it}\"") };
        let pair = |first_cheaper: bool| {
            let (one, other) = (quoted(names.0), quoted(names.1));
            if first_cheaper { (one, other) } else { (other, one) }
        };
        match (self, german) {
            (Self::Between { first_cheaper, earliest, latest }, true) => {
                let (cheap, dear) = pair(first_cheaper);
                format!(
                    "Anfangs ist {cheap} günstiger; {dear} wird es frühestens {earliest}, spätestens {latest}."
                )
            }
            (Self::Between { first_cheaper, earliest, latest }, false) => {
                let (cheap, dear) = pair(first_cheaper);
                format!(
                    "At first {cheap} is cheaper; {dear} becomes so in {earliest} at the earliest, in {latest} at the latest."
                )
            }
            (Self::NotBefore { first_cheaper, earliest }, true) => {
                let (cheap, dear) = pair(first_cheaper);
                format!(
                    "Anfangs ist {cheap} günstiger; {dear} wird es frühestens {earliest}, sicher aber nicht innerhalb von {years} Jahren."
                )
            }
            (Self::NotBefore { first_cheaper, earliest }, false) => {
                let (cheap, dear) = pair(first_cheaper);
                format!(
                    "At first {cheap} is cheaper; {dear} becomes so in {earliest} at the earliest, but not for sure within {years} years."
                )
            }
            (Self::Never { first_cheaper }, true) => {
                let (cheap, dear) = pair(first_cheaper);
                format!(
                    "{cheap} bleibt günstiger als {dear}: eingeholt wird es innerhalb von {years} Jahren nicht."
                )
            }
            (Self::Never { first_cheaper }, false) => {
                let (cheap, dear) = pair(first_cheaper);
                format!("{cheap} stays cheaper than {dear}: it is not overtaken within {years} years.")
            }
            (Self::Same, true) => "Beide kosten in jedem Jahr gleich viel.".into(),
            (Self::Same, false) => "Both cost the same in every year.".into(),
            (Self::Overlap, true) => {
                "Welches günstiger ist, lässt sich nicht sagen: die Spannen überlappen sich.".into()
            }
            (Self::Overlap, false) => "Which one is cheaper cannot be said: the ranges overlap.".into(),
            (Self::Open, true) => {
                "Ob und wann eines das andere einholt, lässt sich nicht sagen: es fehlen Angaben.".into()
            }
            (Self::Open, false) => {
                "Whether and when one overtakes the other cannot be said: facts are missing.".into()
            }
        }
    }
}
