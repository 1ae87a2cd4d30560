#![doc = include_str!("../README.md")]

mod actor;
mod block;
mod clock;
mod content;
mod ctx;
mod db;
mod error;
mod flush;
mod frame;
pub mod http;
mod ids;
mod jobs;
mod keys;
mod outbox;
pub mod policy;
pub mod record;
mod text;

#[cfg(test)]
mod tests;

pub use actor::{Actor, Audit, Level, Permission, Rights, Role};
pub use block::{Act, Approvals, Block, Check, Health, Migration, Nav, ScopeClient, Scopes, Shown};
pub use clock::{Clock, DAY, HOUR, MINUTE, SECOND};
pub use content::{Content, Upload};
pub use ctx::{Ctx, Event, Read, Write};
pub use db::Db;
pub use error::{Code, Error, Issue, Kind, Result, fault};
pub use frame::{Frame, FrameParts, Grant};
pub use ids::Ids;
pub use jobs::{Job, JobRun, run_jobs_once};
pub use keys::{Algorithm, Key, KeyReport, Keys, Rotation};
pub use outbox::{Envelope, Listener, deliver_once};
pub use policy::Policy;
pub use text::{Lang, Text};

/// Used by the `id!` macro; not for anything else.
#[doc(hidden)]
pub mod reexport {
    pub use serde;
    pub use sqlx;
    pub use utoipa;
    pub use uuid;
}
