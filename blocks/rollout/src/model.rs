//! What the roll-out keeps.

/// A file that was read, or an undoing: a preview without a number, a version with one.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: String,
    pub tenant: String,
    /// Counts from 1.
    pub number: Option<i64>,
    /// `changes`, `bases`, `counts`, `definition` or `undoing`.
    pub kind: String,
    /// The version that this one undoes.
    pub undoes: Option<i64>,
    pub file_name: String,
    /// SHA-256 of the file as it was sent, hexadecimal; empty for an undoing.
    pub sha256: String,
    /// The name of its content in the content store; empty for an undoing.
    pub content: String,
    pub lines: i64,
    /// Why, in the words of whoever made it.
    pub note: String,
    /// The decision that it rests on, in the words of whoever made it.
    pub decision: String,
    /// Microseconds since the epoch.
    pub made_at: i64,
    /// The actor's name in the record; never a person's name.
    pub made_by: String,
    /// SHA-256 of the snapshot of this version, hexadecimal.
    pub snapshot: Option<String>,
}

/// What an import says about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSet {
    pub import: String,
    /// The version that brought it; 0 while it is a preview.
    pub number: i64,
    /// `changes`, `base`, `counts` or `definition`.
    pub kind: String,
    /// The key of a public service, or the name of a base.
    pub subject: String,
    /// SHA-256 of its text, hexadecimal.
    pub sha256: String,
    pub lines: i64,
    /// Where its text lies packed in the import's content, bytes.
    pub start: i64,
    pub length: i64,
}

/// Whose roll-out it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeper {
    pub tenant: String,
    /// How many versions it has.
    pub version: i64,
    /// Since when only the keeper sees it, microseconds since the epoch.
    pub hidden_at: Option<i64>,
}

/// Submissions that were sent off on this node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub public_service: String,
    /// `2026-02`.
    pub month: String,
    pub count: i64,
}
