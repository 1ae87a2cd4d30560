//! Settings of the block.

use serde::Deserialize;
use std::path::PathBuf;

/// Settings of the block; every one has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How many attachments (fragments included) a submission may announce. FIT-Connect publishes 100; large files
    /// cut into fragments of 8 MB need more.
    pub announced_attachments: usize,
    /// How large one encrypted attachment may be, bytes (FIT-Connect: 500 MB).
    pub attachment_bytes: u64,
    /// How large all attachments of a submission may be together, bytes (FIT-Connect: 2 GB).
    pub submission_bytes: u64,
    /// A switch for tests: keys are accepted without a certificate, with an unreadable one, or with one that signed itself.
    /// Every key let in that way is logged and marked. A demo node has it on.
    pub allow_self_signed_certificates: bool,
    /// Files with trusted certificates (PEM or DER), read at start and every hour.
    pub trust_anchors: Vec<PathBuf>,
    /// Files with revocation lists (PEM or DER), read at start and every hour.
    pub revocation_lists: Vec<PathBuf>,
    /// Whether callbacks may go to private networks (10.0.0.0/8, `fc00::/7` …). Never to loopback, except on a demo node.
    pub callbacks_to_private_addresses: bool,
    /// How many destinations one owner may have (FIT-Connect: 500 in the self-service portal).
    pub destinations_per_owner: i64,
    /// How many destinations one owner may make over the Destination API (FIT-Connect: 5,000).
    pub destinations_per_owner_by_api: i64,
    /// How many keys a destination may collect.
    pub keys_per_destination: usize,
    /// Days after which an unfinished submission is deleted.
    pub unfinished_days: i64,
    /// Days after which a submission that nobody fetched is brought to mind.
    pub remind_days: Vec<i64>,
    /// Days after which the node itself rejects a submission that nobody decided.
    pub reject_days: i64,
    /// Days after which what the node rejected is deleted, counted from the day it was sent; what an office rejected stays as
    /// many days after its rejection.
    pub delete_days: i64,
    /// Days after which an accepted submission is deleted, counted from its acceptance.
    pub delete_accepted_days: i64,
    /// Days a reply stays for its reader, read or not. FIT-Connect keeps replies as briefly as submissions; here they lie
    /// in a citizen's mailbox.
    pub reply_days: i64,
    /// Days after its last event after which the log of a case is removed.
    pub log_days: i64,
    /// Hours after which content that no row names is swept away.
    pub orphan_hours: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            announced_attachments: 1000,
            attachment_bytes: 500_000_000,
            submission_bytes: 2_000_000_000,
            allow_self_signed_certificates: false,
            trust_anchors: Vec::new(),
            revocation_lists: Vec::new(),
            callbacks_to_private_addresses: false,
            destinations_per_owner: 500,
            destinations_per_owner_by_api: 5000,
            keys_per_destination: 200,
            unfinished_days: 1,
            remind_days: vec![3, 9],
            reject_days: 14,
            delete_days: 21,
            delete_accepted_days: 7,
            reply_days: 365,
            log_days: 730,
            orphan_hours: 24,
        }
    }
}
