//! Nouns: what is asked and answered.

use kernel::{Lang, Text};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use utoipa::{IntoParams, ToSchema};

/// Which rows; what is left out is any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// From this day (`2026-11-21`, legal German time) or time (`2026-11-21T12:00:00Z`) on.
    pub from: String,
    /// Up to this day, or before this time.
    pub to: String,
    /// The tenant; auditors of a tenant see their own only.
    pub tenant: String,
    /// Who.
    pub actor: String,
    /// What was done (`delivery.submitted`), or the block that did it (`delivery`).
    pub event: String,
    /// To what.
    pub subject: String,
    /// In which request.
    pub request: String,
    /// `-time` for the newest first, `time` for the oldest first.
    pub sort: String,
    /// The number of the last row already seen.
    #[serde(deserialize_with = "number")]
    pub after: Option<i64>,
    /// At most so many, 1 to 1000.
    #[serde(deserialize_with = "number")]
    pub limit: Option<i64>,
}

/// A number; an empty text, as links of pages have it, is none.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}

/// Rows, and where the next ones begin.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventList {
    /// The rows.
    pub events: Vec<RecordedEvent>,
    /// `after` of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

/// A row of the record.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedEvent {
    /// Its id.
    pub id: String,
    /// Its number in the log.
    pub seq: Option<i64>,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// When, for people: RFC 3339, UTC.
    pub time: String,
    /// The tenant.
    pub tenant: String,
    /// Who; empty once deleted.
    pub actor: String,
    /// What was done.
    pub event: String,
    /// The same in words.
    pub words: String,
    /// To what; empty once deleted.
    pub subject: String,
    /// In which request.
    pub request: String,
    /// Whether actor and subject were deleted, since their time was over.
    pub erased: bool,
}

/// The state of the log at a time, signed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckpointView {
    /// The name of the log.
    pub origin: String,
    /// How many rows it had.
    pub size: i64,
    /// The root of its Merkle tree (RFC 6962): SHA-256, base64.
    pub root: String,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// The same as a compact JWS; the keys are at `/api/v1/record/keys`.
    pub checkpoint: String,
}

/// That a row is in the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProofView {
    /// The id of the row.
    pub id: String,
    /// Its number in the log.
    pub seq: i64,
    /// The leaf, byte for byte: a JSON array (RFC 8785) that names nobody. Its hash is `SHA-256(0x00 || leaf)`.
    pub leaf: Option<String>,
    /// The hashes from the leaf up (RFC 9162, section 2.1.3), base64.
    pub path: Vec<String>,
    /// The checkpoint that it is proven for.
    pub checkpoint: CheckpointView,
    /// Whether row, path and checkpoint fit; whoever does not trust this node computes it again.
    pub holds: bool,
}

/// Two sizes of the log.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Sizes {
    /// The smaller size.
    pub first: i64,
    /// The larger size.
    pub second: i64,
}

/// That the log only grew.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsistencyView {
    /// The smaller size.
    pub first: i64,
    /// The larger size.
    pub second: i64,
    /// The hashes (RFC 9162, section 2.1.4), base64.
    pub path: Vec<String>,
}

/// Whose log is meant.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// The name of the log, as its checkpoints have it.
    pub origin: String,
}

/// What a node has seen of another node's log, signed by the node that saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WitnessView {
    /// The address of the witness.
    pub witness: String,
    /// The name of the log.
    pub origin: String,
    /// How many rows it had.
    pub size: i64,
    /// The checkpoint, as the log signed it.
    pub checkpoint: String,
    /// A compact JWS by the witness with the claims `witness`, `origin`, `size`, `root` and `at`.
    pub cosignature: String,
    /// When the witness saw it, microseconds since the epoch.
    pub seen_at: i64,
}

/// What was done with a case.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseRecord {
    /// The case.
    pub case_id: String,
    /// What was done, the oldest first.
    pub events: Vec<CaseStep>,
    /// The checkpoint that the rows were proven for; absent where nothing was sealed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<CheckpointView>,
}

/// Something that was done with a case, in words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseStep {
    /// The id of the row.
    pub id: String,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// What was done.
    pub event: String,
    /// The same in words.
    pub words: String,
    /// Who, in words: what kind of person or program, never a name.
    pub who: String,
    /// Whether the row is proven to be in the log as it was sealed.
    pub proven: bool,
}

/// What we know of another node's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// The address of the other node.
    pub peer: String,
    /// The name of its log.
    pub origin: String,
    /// How many rows it had.
    pub size: i64,
    /// The root, base64.
    pub root: String,
    /// Its checkpoint.
    pub token: String,
    /// Our signature.
    pub cosignature: String,
    /// When this size was seen first, microseconds since the epoch.
    pub seen_at: i64,
    /// When it was visited last, microseconds since the epoch.
    pub visited_at: i64,
    /// What was wrong at the last visit; empty if nothing.
    pub fault: String,
}

/// What another node confirmed of our log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The address of the other node.
    pub peer: String,
    /// How many rows it saw; 0 if none yet.
    pub size: i64,
    /// Our checkpoint.
    pub token: String,
    /// Its signature.
    pub cosignature: String,
    /// When it saw them, microseconds since the epoch.
    pub seen_at: i64,
    /// When it was visited last, microseconds since the epoch.
    pub visited_at: i64,
    /// What was wrong at the last visit; empty if nothing.
    pub fault: String,
}

/// One thing that was looked at for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Whether it is as it should be; nothing where it cannot be said.
    pub good: Option<bool>,
    /// In words.
    pub text: Text,
    /// Parameters of the words.
    pub parameters: Vec<(&'static str, String)>,
}

impl Look {
    /// The words.
    pub fn words(&self, lang: Lang) -> String {
        self.text.fill(lang, &self.parameters)
    }
}
