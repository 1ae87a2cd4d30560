//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To read the record of one's tenant, to prove rows and to export them; auditors.
    pub const READ: Permission = Permission("record.read");
    /// To read checkpoints, keys and proofs that the log only grew; everyone, for none of it names anybody.
    pub const WITNESS: Permission = Permission("record.witness");
    /// To read what was done with a case, with its secret; everyone may try.
    pub const FOLLOW: Permission = Permission("record.follow");
    /// To visit other nodes and to delete personal parts in time; the node itself only.
    pub const KEEP: Permission = Permission("record.keep");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// Rows were exported.
    pub const EXPORTED: Audit = Audit("record.exported");
    /// Personal parts were deleted, since their time was over.
    pub const ERASED: Audit = Audit("record.erased");
    /// A checkpoint of another node was found to continue the last one, and signed.
    pub const WITNESSED: Audit = Audit("record.witnessed");
    /// A log of another node was taken as it is, whatever it was before.
    pub const ACCEPTED: Audit = Audit("record.accepted");
    /// Another node confirmed a checkpoint of ours.
    pub const CONFIRMED: Audit = Audit("record.confirmed");
    /// Another node's log or confirmation was not what it should be.
    pub const DOUBTED: Audit = Audit("record.doubted");
}

/// Errors.
pub mod fault {
    use kernel::{Code, Kind, Text};

    macro_rules! fault {
        ($($(#[$doc:meta])* $name:ident $code:literal $kind:ident $title_de:literal $title_en:literal $de:literal $en:literal)+) => {
            $($(#[$doc])* pub const $name: Code = Code {
                code: $code, kind: Kind::$kind,
                title: Text { de: $title_de, en: $title_en }, detail: Text { de: $de, en: $en },
            };)+
            /// All of them, for the reference.
            pub const ALL: &[Code] = &[$($name),+];
        };
    }

    fault! {
        /// A filter cannot be read.
        BAD_FILTER "record.bad_filter" Invalid "Filter nicht lesbar" "Filter not readable"
            "Der Wert „{value}“ passt nicht. {reason}" "The value “{value}” does not fit. {reason}"
        /// No such row, or one of another tenant.
        NO_ENTRY "record.no_entry" NotFound "Eintrag nicht gefunden" "Entry not found"
            "Es gibt keinen Eintrag mit dieser Kennung, oder er gehört zu einem anderen Mandanten."
            "There is no entry with this id, or it belongs to another tenant."
        /// The row is not sealed yet.
        NOT_SEALED "record.not_sealed" Conflict "Noch nicht versiegelt" "Not sealed yet"
            "Der Eintrag wird etwa eine Sekunde nach dem Ereignis versiegelt. Fragen Sie gleich noch einmal."
            "The entry is sealed about a second after the event. Ask again in a moment."
        /// Nothing was sealed yet.
        NO_CHECKPOINT "record.no_checkpoint" NotFound "Noch kein Prüfpunkt" "No checkpoint yet"
            "In diesem Protokoll wurde noch nichts versiegelt." "Nothing was sealed in this record yet."
        /// Sizes that the log never had.
        BAD_SIZES "record.bad_sizes" Unprocessable "Größen unmöglich" "Sizes not possible"
            "Erwartet wird 0 ≤ first ≤ second, und second höchstens die Größe des Protokolls ({size})."
            "Expected is 0 ≤ first ≤ second, and second at most the size of the log ({size})."
        /// This node has witnessed nothing of that log.
        NOT_WITNESSED "record.not_witnessed" NotFound "Nicht bezeugt" "Not witnessed"
            "Dieser Knoten hat von diesem Protokoll noch keinen Prüfpunkt gesehen. Tragen Sie die Adresse des anderen Knotens unter `[blocks.record] witnesses` ein."
            "This node has seen no checkpoint of this log. Enter the address of the other node under `[blocks.record] witnesses`."
        /// The other node does not do its part.
        BAD_PEER "record.bad_peer" Conflict "Anderer Knoten passt nicht" "Other node does not fit"
            "{peer}: {reason}" "{peer}: {reason}"
    }
}
