//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To see rates and what stands behind them; everyone may.
    pub const READ: Permission = Permission("rollout.read");
    /// To import, undo and hide the roll-out of one's tenant; clerks.
    pub const EDIT: Permission = Permission("rollout.edit");
    /// To count submissions; the node itself only.
    pub const COUNT: Permission = Permission("rollout.count");
    /// To remove previews that nobody kept; the node itself only.
    pub const TIDY: Permission = Permission("rollout.tidy");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A file was read and shown, but is not in force.
    pub const PREVIEWED: Audit = Audit("rollout.previewed");
    /// A roll-out has a new version from a file.
    pub const IMPORTED: Audit = Audit("rollout.imported");
    /// A public service got another name or level.
    pub const DEFINED: Audit = Audit("rollout.defined");
    /// A version does not count any more, by a new one.
    pub const UNDONE: Audit = Audit("rollout.undone");
    /// A roll-out can be seen by everyone.
    pub const PUBLISHED: Audit = Audit("rollout.published");
    /// A roll-out can be seen by its keeper only.
    pub const HIDDEN: Audit = Audit("rollout.hidden");
    /// A submission was counted.
    pub const COUNTED: Audit = Audit("rollout.counted");
    /// Previews that nobody kept were removed.
    pub const TIDIED: Audit = Audit("rollout.tidied");
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
        /// No such roll-out, or none for this reader.
        NO_ROLLOUT "rollout.no_rollout" NotFound "Rollout nicht gefunden" "Roll-out not found"
            "Für „{tenant}“ gibt es hier keinen Rollout, oder er ist nicht öffentlich. Alle sichtbaren stehen unter /rollout."
            "There is no roll-out of “{tenant}” here, or it is not public. All that can be seen stand at /rollout."
        /// No such public service.
        NO_PUBLIC_SERVICE "rollout.no_public_service" NotFound "Leistung nicht verfolgt" "Public service not followed"
            "Für die Leistung „{key}“ ist hier nichts eingetragen. Die eingetragenen stehen unter /rollout."
            "Nothing is entered here for the public service “{key}”. Those that are stand at /rollout."
        /// No such base.
        NO_BASE "rollout.no_base" NotFound "Basis nicht bekannt" "Base not known"
            "Die Basis „{base}“ gibt es hier nicht. Es gibt: {known}. Eine weitere wird als CSV importiert."
            "There is no base “{base}” here. There are: {known}. Another one is imported as CSV."
        /// No such region.
        NO_REGION "rollout.no_region" NotFound "Region nicht gefunden" "Region not found"
            "Die Region „{region}“ gibt es nicht. Erwartet wird ein Regionalschlüssel (ARS) oder DE."
            "There is no region “{region}”. Expected is a region key (ARS) or DE."
        /// No such version.
        NO_VERSION "rollout.no_version" NotFound "Fassung nicht gefunden" "Version not found"
            "Eine Fassung {number} gibt es nicht. Alle stehen unter /rollout/history."
            "There is no version {number}. All of them stand at /rollout/history."
        /// No such snapshot.
        NO_SNAPSHOT "rollout.no_snapshot" NotFound "Schnappschuss nicht gefunden" "Snapshot not found"
            "Zu dieser Prüfsumme gibt es nichts. Die Prüfsumme jeder Fassung steht unter /rollout/history."
            "There is nothing with this hash. The hash of each version stands at /rollout/history."
        /// No such preview.
        NO_PREVIEW "rollout.no_preview" NotFound "Vorschau nicht gefunden" "Preview not found"
            "Diese Vorschau gibt es nicht mehr: Sie gilt einen Tag, und bis zur nächsten. Laden Sie die Datei noch einmal."
            "This preview is gone: it lasts a day, and until the next one. Load the file again."
        /// A version that does not count already.
        NOT_IN_FORCE "rollout.not_in_force" Conflict "Fassung gilt nicht" "Version does not count"
            "Fassung {number} gilt schon nicht mehr; eine spätere hat sie zurückgenommen. Nehmen Sie die spätere zurück."
            "Version {number} does not count any more; a later one undid it. Undo the later one."
        /// A file that cannot be read.
        BAD_FILE "rollout.bad_file" Unprocessable "Datei fehlerhaft" "File not right"
            "Die Datei hat {total} Fehler; nichts wurde übernommen. Der erste: {first}"
            "The file has {total} faults; nothing was taken over. The first: {first}"
        /// More changes than allowed.
        TOO_MANY_CHANGES "rollout.too_many_changes" Unprocessable "Zu viele Änderungen" "Too many changes"
            "Mit dieser Datei wären es {count} Änderungen, erlaubt sind {most}. Der Betrieb kann `most_changes` erhöhen."
            "With this file there would be {count} changes, {most} are allowed. The operator can raise `most_changes`."
        /// Nothing was sent.
        NOTHING_SENT "rollout.nothing_sent" Invalid "Nichts zu lesen" "Nothing to read"
            "Wählen Sie eine Datei oder fügen Sie Zeilen ein." "Choose a file or paste lines."
        /// A day that is none, or lies in the future.
        BAD_DATE "rollout.bad_date" Invalid "Tag ungültig" "Day not valid"
            "„{date}“ geht hier nicht. Erwartet wird ein Tag wie 2026-02-13, ab 2000 und nicht in der Zukunft."
            "“{date}” is not possible here. Expected is a day like 2026-02-13, from 2000 on and not in the future."
        /// A level that nobody is competent at.
        BAD_LEVEL "rollout.bad_level" Invalid "Ebene ungültig" "Level not valid"
            "„{level}“ geht hier nicht. Erwartet wird municipality, association, district, state oder federation."
            "“{level}” is not possible here. Expected is municipality, association, district, state or federation."
        /// A level above what is known already.
        LEVEL_TOO_HIGH "rollout.level_too_high" Conflict "Ebene zu hoch" "Level too high"
            "Zu dieser Leistung gibt es {count} Angaben über kleinere Regionen. Nehmen Sie sie zurück, bevor Sie die Ebene ändern."
            "There are {count} statements about smaller regions for this public service. Undo them before you change the level."
        /// A key that is none, or a name that is missing.
        BAD_DEFINITION "rollout.bad_definition" Invalid "Leistung unvollständig" "Public service not complete"
            "Nötig sind ein Schlüssel (LeiKa, 14 Ziffern, oder kleine Buchstaben, Ziffern, Bindestriche) und ein Name mit höchstens 200 Zeichen."
            "Needed are a key (LeiKa, 14 digits, or small letters, digits, hyphens) and a name of at most 200 characters."
        /// An export of an unknown kind.
        BAD_FORMAT "rollout.bad_format" Invalid "Format unbekannt" "Format unknown"
            "„{format}“ kann nicht ausgegeben werden. Erwartet wird csv oder parquet." "“{format}” cannot be exported. Expected is csv or parquet."
        /// A way to sort or to group that there is not.
        BAD_ORDER "rollout.bad_order" Invalid "Sortierung unbekannt" "Order unknown"
            "„{sort}“ geht hier nicht. Erwartet wird: {known}." "“{sort}” is not possible here. Expected is: {known}."
    }
}
