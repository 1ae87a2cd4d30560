//! What a receiver checks, in order, and how it went.

use fitconnect::event::Problem;
use serde::{Deserialize, Serialize};

/// One thing that is checked before anything received is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Every token of the event log is signed by who it says and belongs to this case.
    EventLog,
    /// The delivery service vouches for the content with authentication tags.
    AuthenticationTags,
    /// The same attachments are named by the delivery service, the tags and the metadata.
    AttachmentIds,
    /// The metadata have the tag they should, can be decrypted, and follow their schema.
    Metadata,
    /// The public service is the one the metadata name.
    PublicService,
    /// The data have the tag and the hash they should, can be decrypted, and are well-formed.
    Data,
    /// The data follow the schema of the form.
    DataSchema,
    /// Every attachment has the tags and the hash it should and can be decrypted.
    Attachments,
}

impl Step {
    /// All of them, in order.
    pub const ALL: &'static [Self] = &[
        Self::EventLog,
        Self::AuthenticationTags,
        Self::AttachmentIds,
        Self::Metadata,
        Self::PublicService,
        Self::Data,
        Self::DataSchema,
        Self::Attachments,
    ];
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should be.
    Passed,
    /// Not as it should be; the problems say why.
    Failed,
    /// Nothing to check, or nothing to check it with.
    Skipped,
}

/// A check and how it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was checked.
    pub step: Step,
    /// How it went.
    pub outcome: Outcome,
}

/// Checks and problems as they come.
#[derive(Debug, Default)]
pub(crate) struct Checklist {
    pub(crate) checks: Vec<Check>,
    pub(crate) problems: Vec<Problem>,
}

impl Checklist {
    pub(crate) fn note(&mut self, step: Step, outcome: Outcome) {
        self.checks.push(Check { step, outcome });
    }

    /// Notes a step as passed, or as failed with these problems; says whether it passed.
    pub(crate) fn close(&mut self, step: Step, problems: Vec<Problem>) -> bool {
        let passed = problems.is_empty();
        self.note(step, if passed { Outcome::Passed } else { Outcome::Failed });
        self.problems.extend(problems);
        passed
    }

    /// Everything, with the steps that were never reached as skipped.
    pub(crate) fn finish(mut self) -> (Vec<Check>, Vec<Problem>) {
        for step in Step::ALL {
            if self.checks.iter().all(|it| it.step != *step) {
                self.note(*step, Outcome::Skipped);
            }
        }
        self.checks.sort_by_key(|it| it.step);
        (self.checks, self.problems)
    }
}
