//! The nouns: forms on offer, and what a browser sends.

use form::{Fault, Form};
use ports::{
    ids::{AttachmentId, CaseId, DestinationId, SubmissionId},
    mailbox::NewMailbox,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A form file, read.
#[derive(Debug, Clone)]
pub struct Shelved {
    /// The name of the file.
    pub file: String,
    /// Whether the product ships it.
    pub shipped: bool,
    /// The form, or everything that is wrong with the file.
    pub form: Result<Arc<Form>, Vec<Fault>>,
}

/// All form files of this node.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// In the order they were read.
    pub files: Vec<Shelved>,
}

impl Shelf {
    /// The forms on offer: the newest version of each, in the order of their files.
    pub fn newest(&self) -> Vec<&Arc<Form>> {
        let mut newest: Vec<&Arc<Form>> = Vec::new();
        for form in self.forms() {
            match newest.iter_mut().find(|it| it.form == form.form) {
                Some(known) if known.version < form.version => *known = form,
                Some(_) => {}
                None => newest.push(form),
            }
        }
        newest
    }

    /// The newest version of a form.
    pub fn form(&self, id: &str) -> Option<&Arc<Form>> {
        self.newest().into_iter().find(|it| it.form == id)
    }

    /// A version of a form.
    pub fn version(&self, id: &str, version: u32) -> Option<&Arc<Form>> {
        self.forms().find(|it| it.form == id && it.version == version)
    }

    fn forms(&self) -> impl Iterator<Item = &Arc<Form>> {
        self.files.iter().filter_map(|it| it.form.as_ref().ok())
    }
}

/// What a browser sends first: nothing of it is content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRequest {
    /// The browser's own id of this request, a UUID: the same id is the same submission.
    pub request_id: String,
    /// The form.
    pub form: String,
    /// Its version, as the page had it.
    #[schema(value_type = String)]
    pub form_version: Version,
    /// The region the page was opened for (ARS, 12 digits, or fewer above the municipality).
    pub region: String,
    /// The destination whose key the browser encrypts to.
    pub destination_id: DestinationId,
    /// The attachments and fragments that will follow.
    pub announced_attachments: Vec<AttachmentId>,
    /// The mailbox for the answers.
    pub mailbox: NewMailbox,
}

/// The version of a form; a page attribute is text, so text is taken as well as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Version(pub u32);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(u32),
            Text(String),
        }
        let wrong = || <D::Error as serde::de::Error>::custom("the version of a form is a whole number");
        match Either::deserialize(from).map_err(|_| wrong())? {
            Either::Number(it) => Ok(Self(it)),
            Either::Text(it) => it.parse().map(Self).map_err(|_| wrong()),
        }
    }
}

/// A submission that was begun.
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The submission.
    pub submission_id: SubmissionId,
    /// Its case.
    pub case_id: CaseId,
    /// Where it goes.
    pub destination_id: DestinationId,
}

/// The content of a submission, each part a compact JWE.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// The metadata.
    pub encrypted_metadata: String,
    /// The data of the form.
    pub encrypted_data: String,
}

/// A submission that this block handed to delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub opened: Opened,
    pub fingerprint: String,
    pub submitted_at: Option<i64>,
}

/// A form, for those who list them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// Its id.
    pub form: String,
    /// Its newest version.
    pub version: u32,
    /// What it is called, in the reader's language.
    pub title: String,
    /// What it is for, in the reader's language.
    pub summary: String,
    /// The key its competence is looked up by: 14 digits, or a URN.
    pub public_service: String,
    /// The public address of its schema.
    pub schema: String,
}
