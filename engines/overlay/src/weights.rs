//! What counts how much: read from a file, so that nobody has to believe the program.

mod read;

use crate::{Fault, PartKind};
use serde::Serialize;

/// The file that is shipped, with its comments.
pub const SHIPPED: &str = include_str!("../../../data/overlay/weights.yaml");

/// What counts how much.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weights {
    /// The weight of each part, in the order of [`PartKind::ALL`].
    pub parts: [f64; PartKind::ALL.len()],
    /// Coverage: the weight of the share of maps.
    pub maps: f64,
    /// Coverage: the weight of what is served.
    pub served: f64,
    /// Coverage: so many capabilities and public services have the full worth.
    pub served_full_at: f64,
    /// The worth of planned, pilot, productive, `phase_out`, retired, 0 to 1.
    pub lifecycle: [f64; STATES.len()],
    /// Openness: the weight of `open_source`.
    pub open_source: f64,
    /// Openness: the weight of the licence.
    pub licence: f64,
    /// Openness: the weight of the source code's address.
    pub repository: f64,
    /// So many standards have the full worth.
    pub standards_full_at: f64,
    /// The worth of one Land, 0 to 1.
    pub one_land: f64,
    /// The worth of several Länder or the federation, 0 to 1.
    pub several: f64,
    /// Exit: the weight of the plan.
    pub exit_plan: f64,
    /// Exit: the weight of portability.
    pub portability: f64,
    /// Exit: the weight of the right to audit.
    pub audit_right: f64,
    /// Exit: the weight of where the data lie.
    pub data_location: f64,
    /// The worth of a plan that was never tried, 0 to 1.
    pub untested_plan: f64,
    /// The least worth of what is described in words, 0 to 1.
    pub stated: f64,
    /// Places at which data may lie, compared without regard to case.
    pub good_locations: Vec<String>,
}

/// The states of the lifecycle, as the file names them.
pub(crate) const STATES: [&str; 5] = ["planned", "pilot", "productive", "phase_out", "retired"];

impl Weights {
    /// Reads `overlay_weights: 1`, YAML or JSON.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order, with line and column: unknown or missing keys, what is no number or
    /// lies outside its bounds, and weights that are all zero.
    pub fn read(text: &[u8]) -> Result<Self, Vec<Fault>> {
        read::read(text)
    }

    /// The shipped weights.
    ///
    /// # Errors
    /// When the file under `data/` was altered and no longer holds.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::read(SHIPPED.as_bytes())
    }

    /// The weight of a part.
    pub fn part(&self, kind: PartKind) -> f64 {
        PartKind::ALL.iter().zip(self.parts).find(|(it, _)| **it == kind).map_or(0.0, |it| it.1)
    }

    /// The worth of a state of the lifecycle.
    pub(crate) fn state(&self, state: &str) -> Option<f64> {
        STATES.iter().zip(self.lifecycle).find(|(it, _)| **it == state).map(|it| it.1)
    }
}
