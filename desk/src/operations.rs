//! What the desk does. Every step is recorded before it is told to anybody and after it is known to have counted, so
//! that a desk killed at any moment goes on where it was.

mod collect;
mod decide;
mod hand;
mod read;
mod write;

pub(crate) use hand::Receipt;
pub(crate) use read::{Detail, Listed};
pub(crate) use write::NewReply;

use crate::{
    handover::Targets,
    names::fault,
    office::{Office, Schemas},
};
use kernel::{Error, Frame};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// The desk.
pub(crate) struct Desk {
    pub(crate) frame: Arc<Frame>,
    pub(crate) office: Arc<dyn Office>,
    /// Labels for people; nothing in tests.
    pub(crate) schemas: Option<Arc<Schemas>>,
    pub(crate) targets: Targets,
    pub(crate) accept_after_handover: bool,
    /// Where drafts of replies lie while they are on their way.
    pub(crate) drafts: PathBuf,
    pub(crate) office_name: String,
    /// One at a time talks to the delivery service about new things.
    pub(crate) turn: tokio::sync::Mutex<()>,
    pub(crate) last: Mutex<Look>,
}

/// The last look for something new.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    /// When, microseconds since the epoch; zero before the first.
    pub(crate) at: i64,
    /// What went wrong.
    pub(crate) trouble: Option<String>,
}

impl Desk {
    pub(crate) fn last_look(&self) -> Look {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn looked(&self, at: i64, trouble: Option<String>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Look { at, trouble };
    }
}

/// An error of the SDK as one of ours. Its text names hosts and rules, never content.
fn told(error: client::Error) -> Error {
    fault::DELIVERY.with("reason", &error).because(error)
}
