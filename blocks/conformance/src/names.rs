//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To read requirements and what was found about elements; everyone may.
    pub const READ: Permission = Permission("conformance.read");
    /// To have a file checked without keeping it; clerks.
    pub const CHECK: Permission = Permission("conformance.check");
    /// To keep evidence, to take it back, and to bring sets of requirements of one's own; clerks.
    pub const KEEP: Permission = Permission("conformance.keep");
    /// To have the node ask an address elsewhere; clerks.
    pub const PROBE: Permission = Permission("conformance.probe");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// Evidence for an element was kept.
    pub const KEPT: Audit = Audit("conformance.kept");
    /// Evidence was taken back.
    pub const REMOVED: Audit = Audit("conformance.removed");
    /// Evidence that was taken back counts again.
    pub const RESTORED: Audit = Audit("conformance.restored");
    /// A set of requirements was brought, or brought anew.
    pub const BROUGHT: Audit = Audit("conformance.brought");
    /// A set of requirements was withdrawn.
    pub const WITHDRAWN: Audit = Audit("conformance.withdrawn");
    /// An address elsewhere was asked.
    pub const PROBED: Audit = Audit("conformance.probed");
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
        /// No such set.
        NO_SET "conformance.no_set" NotFound "Anforderungssatz unbekannt" "Set of requirements unknown"
            "Es gibt keinen Anforderungssatz „{id}“. Alle Sätze stehen unter /conformance."
            "There is no set of requirements “{id}”. All sets stand under /conformance."
        /// No such requirement.
        NO_REQUIREMENT "conformance.no_requirement" NotFound "Anforderung unbekannt" "Requirement unknown"
            "Es gibt keine Anforderung „{id}“. Alle Anforderungen stehen in den Sätzen unter /conformance."
            "There is no requirement “{id}”. All requirements stand in the sets under /conformance."
        /// No such evidence.
        NO_EVIDENCE "conformance.no_evidence" NotFound "Nachweis unbekannt" "Evidence unknown"
            "Es gibt keinen Nachweis „{id}“, oder er gehört einem anderen Mandanten."
            "There is no evidence “{id}”, or it belongs to another tenant."
        /// A file that cannot be checked.
        UNREADABLE "conformance.unreadable" Unprocessable "Datei nicht prüfbar" "File cannot be checked"
            "Die Datei konnte nicht geprüft werden. {reason}"
            "The file could not be checked. {reason}"
        /// More evidence than a tenant may keep.
        FULL "conformance.full" Conflict "Kein Platz für Nachweise" "No room for evidence"
            "Die Nachweise dieses Mandanten belegen {used} von {most} Byte; diese Datei hat {size}. Der Betrieb kann `most_evidence` erhöhen."
            "The evidence of this tenant takes {used} of {most} bytes; this file has {size}. The operator can raise `most_evidence`."
        /// A set that does not hold.
        BAD_SET "conformance.bad_set" Unprocessable "Anforderungssatz fehlerhaft" "Set of requirements not right"
            "Der Anforderungssatz wurde nicht übernommen. {reason}"
            "The set of requirements was not taken over. {reason}"
        /// A set that comes with the program.
        SHIPPED "conformance.shipped" Conflict "Mitgelieferter Satz" "Set that comes with the program"
            "Der Anforderungssatz „{id}“ wird mit dem Programm geliefert und kann nicht ersetzt werden. Erben Sie mit `extends: [{id}]` von ihm."
            "The set of requirements “{id}” comes with the program and cannot be replaced. Inherit from it with `extends: [{id}]`."
        /// A word that names nothing.
        BAD_PARAMETER "conformance.bad_parameter" Invalid "Angabe passt nicht" "Value does not fit"
            "Der Wert „{value}“ passt nicht. {reason}" "The value “{value}” does not fit. {reason}"
        /// An extract that is no map.
        BAD_EXTRACT "conformance.bad_extract" Unprocessable "Auszug nicht lesbar" "Extract not readable"
            "Der Auszug der Landkarte ist nicht lesbar. {reason}" "The extract of the map is not readable. {reason}"
        /// An address that this node does not ask.
        BAD_ADDRESS "conformance.bad_address" Unprocessable "Adresse nicht erlaubt" "Address not allowed"
            "Die Adresse „{address}“ wird nicht abgefragt. {reason}" "The address “{address}” is not asked. {reason}"
        /// An address that does not answer.
        NO_ANSWER "conformance.no_answer" Unprocessable "Adresse antwortet nicht" "Address does not answer"
            "Die Adresse „{address}“ hat nicht brauchbar geantwortet. {reason}"
            "The address “{address}” did not give a useful answer. {reason}"
    }
}
