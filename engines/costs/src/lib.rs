#![doc = include_str!("../README.md")]

mod amount;
mod comparison;
mod counting;
mod gap;
mod item;
mod mandatory;
mod outlook;
mod question;
mod sunk;
#[cfg(test)]
mod tests;
mod words;

pub use amount::{Amount, MOST_CENTS, euros};
pub use comparison::{Comparison, Crossing, Curve, Mismatch, Point, SideBySide, comparison, side_by_side};
pub use gap::{Gap, Why};
pub use item::{Bearer, Horizon, Kind, Origin, Period, Unit};
pub use mandatory::{Mandatory, mandatory};
pub use outlook::{Assumption, BearerSum, HorizonSum, KindSum, Line, Outlook, Sums, YearSum, outlook};
pub use question::{DEFAULT_YEARS, Fault, MOST_PICKS, MOST_YEARS, Municipality, Pick, Question, Scenario};
pub use sunk::{BookYear, Sunk};
pub use words::Words;
