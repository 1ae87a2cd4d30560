//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To look up places, offices and competences; everyone may.
    pub const READ: Permission = Permission("directory.read");
    /// To see one's rules, conflicts, datasets and warnings as their keeper.
    pub const SUPERVISE: Permission = Permission("directory.supervise");
    /// To enter and change offices, rules, channels and public services of one's tenant.
    pub const EDIT: Permission = Permission("directory.edit");
    /// To load a newer register of regions, and to put it in force.
    pub const ACTIVATE: Permission = Permission("directory.activate");
    /// To learn destinations from delivery, and to warn; the node itself only.
    pub const LEARN: Permission = Permission("directory.learn");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    pub const ENTERED: Audit = Audit("directory.entered");
    pub const CHANGED: Audit = Audit("directory.changed");
    pub const DELETED: Audit = Audit("directory.deleted");
    pub const RESTORED: Audit = Audit("directory.restored");
    pub const IMPORTED: Audit = Audit("directory.imported");
    pub const LOADED: Audit = Audit("directory.loaded");
    pub const DISCARDED: Audit = Audit("directory.discarded");
    pub const ACTIVATED: Audit = Audit("directory.activated");
    pub const LEARNT: Audit = Audit("directory.learnt");
    pub const WARNED: Audit = Audit("directory.warned");
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
        /// Nobody is competent.
        NO_RULE "directory.no_rule" NotFound "Keine zuständige Stelle" "No competent office"
            "Für die Leistung {public_service} ist in {region} und allen Ebenen darüber niemand eingetragen. Wählen Sie eine andere Leistung oder fragen Sie Ihre Gemeinde."
            "For the public service {public_service} nobody is entered in {region} or any level above it. Choose another public service or ask your municipality."
        /// Two rules of equal rank.
        CONFLICT "directory.conflict" Conflict "Zuständigkeit nicht eindeutig" "Competence is ambiguous"
            "Für die Leistung {public_service} gelten in {region} mehrere gleichrangige Regeln: {rules}. Der Betrieb muss eine davon ändern."
            "For the public service {public_service} several rules of equal rank hold in {region}: {rules}. The operator has to change one of them."
        /// No such region.
        NO_REGION "directory.no_region" NotFound "Region unbekannt" "Region unknown"
            "Es gibt keine Region mit dem Schlüssel „{region}“. Suchen Sie die Region nach Namen unter /api/v1/directory/places."
            "There is no region with the key “{region}”. Search for the region by its name at /api/v1/directory/places."
        /// A key that is none.
        BAD_REGION "directory.bad_region" Invalid "Kein Regionalschlüssel" "No region key"
            "„{region}“ ist kein Regionalschlüssel. Ein ARS hat 2, 3, 5, 9 oder 12 Ziffern, ein AGS 2, 3, 5 oder 8."
            "“{region}” is no region key. An ARS has 2, 3, 5, 9 or 12 digits, an AGS 2, 3, 5 or 8."
        /// A public service that is none.
        BAD_PUBLIC_SERVICE "directory.bad_public_service" Invalid "Kein Leistungsschlüssel" "No key of a public service"
            "„{public_service}“ ist kein Leistungsschlüssel. Erwartet werden 14 Ziffern, die mit 99 beginnen, oder ein URN."
            "“{public_service}” is no key of a public service. Expected are 14 digits that begin with 99, or a URN."
        /// No such public service.
        NO_PUBLIC_SERVICE "directory.no_public_service" NotFound "Leistung unbekannt" "Public service unknown"
            "Die Leistung „{public_service}“ steht nicht im Verzeichnis (LeiKa, Stand 2019, und eigene Einträge). Neuere Schlüssel können Sie trotzdem überall verwenden."
            "The public service “{public_service}” is not in the directory (LeiKa, state 2019, and own entries). Newer keys can be used everywhere nevertheless."
        /// No such entry.
        NO_ENTRY "directory.no_entry" NotFound "Eintrag nicht gefunden" "Entry not found"
            "Es gibt keinen Eintrag „{id}“, oder er gehört einem anderen Mandanten."
            "There is no entry “{id}”, or it belongs to another tenant."
        /// An entry that is not right.
        BAD_ENTRY "directory.bad_entry" Unprocessable "Eintrag fehlerhaft" "Entry not right"
            "Der Eintrag wurde nicht gespeichert. Beheben Sie: {reason}"
            "The entry was not stored. Mend: {reason}"
        /// A file with faults.
        BAD_FILE "directory.bad_file" Unprocessable "Datei fehlerhaft" "File not right"
            "Die Datei hat {total} Fehler; nichts wurde übernommen. Der erste: {first}"
            "The file has {total} faults; nothing was taken over. The first: {first}"
        /// A file of an unknown kind.
        BAD_FORMAT "directory.bad_format" Invalid "Format unbekannt" "Format unknown"
            "Erwartet wird JSON, oder CSV mit dem Parameter `kind` = organisations, offices oder rules."
            "Expected is JSON, or CSV with the parameter `kind` = organisations, offices or rules."
        /// A certificate that cannot be read.
        BAD_CERTIFICATE "directory.bad_certificate" Unprocessable "Zertifikat nicht lesbar" "Certificate not readable"
            "Das Zertifikat ist kein X.509-Zertifikat im PEM-Format. Es beginnt mit -----BEGIN CERTIFICATE-----."
            "The certificate is no X.509 certificate in PEM form. It begins with -----BEGIN CERTIFICATE-----."
        /// The active dataset cannot be thrown away.
        IN_FORCE "directory.in_force" Conflict "Regionen sind in Kraft" "Regions are in force"
            "Dieser Stand der Regionen gilt gerade. Aktivieren Sie zuerst einen anderen."
            "This edition of the regions is in force. Activate another one first."
        /// A query of the routing interface that is not right.
        BAD_ROUTE "directory.bad_route" Invalid "Anfrage unvollständig" "Query incomplete"
            "{reason}" "{reason}"
    }
}
