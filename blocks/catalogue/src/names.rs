//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To read the shipped map and those that their keepers published; everyone may.
    pub const READ: Permission = Permission("catalogue.read");
    /// To see and change the maps of one's tenant; clerks.
    pub const EDIT: Permission = Permission("catalogue.edit");
    /// To remove previews that nobody kept; the node itself only.
    pub const TIDY: Permission = Permission("catalogue.tidy");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A file was read and shown, but is not in force.
    pub const PREVIEWED: Audit = Audit("catalogue.previewed");
    /// A map has a new version.
    pub const IMPORTED: Audit = Audit("catalogue.imported");
    /// An older version of a map counts again, as a new one.
    pub const REINSTATED: Audit = Audit("catalogue.reinstated");
    /// A map can be read by everyone.
    pub const PUBLISHED: Audit = Audit("catalogue.published");
    /// A map can be read by its keepers only.
    pub const HIDDEN: Audit = Audit("catalogue.hidden");
    /// A map was deleted.
    pub const DELETED: Audit = Audit("catalogue.deleted");
    /// A deleted map is back.
    pub const RESTORED: Audit = Audit("catalogue.restored");
    /// Somebody said that two elements of different maps are the same, or are not, or took that back.
    pub const MATCHED: Audit = Audit("catalogue.matched");
    /// Previews that nobody kept were removed.
    pub const TIDIED: Audit = Audit("catalogue.tidied");
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
        /// No such map, or none for this reader.
        NO_MAP "catalogue.no_map" NotFound "Karte nicht gefunden" "Map not found"
            "Es gibt keine Karte „{map}“, oder sie ist nicht veröffentlicht. Alle lesbaren Karten stehen unter /catalogue."
            "There is no map “{map}”, or it is not published. All maps that can be read stand at /catalogue."
        /// No such entry.
        NO_ENTRY "catalogue.no_entry" NotFound "Eintrag nicht gefunden" "Entry not found"
            "Die Karte „{map}“ hat im Abschnitt „{section}“ keinen Eintrag „{id}“. Suchen Sie ihn in der Liste der Karte."
            "The map “{map}” has no entry “{id}” in its section “{section}”. Search for it in the list of the map."
        /// No such section.
        NO_SECTION "catalogue.no_section" NotFound "Abschnitt unbekannt" "Section unknown"
            "„{section}“ ist kein Abschnitt einer Karte. Es gibt: {known}."
            "“{section}” is no section of a map. There are: {known}."
        /// No such version.
        NO_VERSION "catalogue.no_version" NotFound "Fassung nicht gefunden" "Version not found"
            "Von der Karte „{map}“ gibt es keine Fassung {number}, oder sie wurde nicht aufbewahrt."
            "The map “{map}” has no version {number}, or it was not kept."
        /// No such preview.
        NO_PREVIEW "catalogue.no_preview" NotFound "Vorschau nicht gefunden" "Preview not found"
            "Diese Vorschau gibt es nicht mehr: Sie gilt einen Tag, und bis zur nächsten. Laden Sie die Datei noch einmal."
            "This preview is gone: it lasts a day, and until the next one. Load the file again."
        /// A file that cannot be read as a map.
        BAD_MAP "catalogue.bad_map" Unprocessable "Datei fehlerhaft" "File not right"
            "Die Datei hat {total} Fehler; nichts wurde übernommen. Der erste: {first}"
            "The file has {total} faults; nothing was taken over. The first: {first}"
        /// More entries than allowed.
        TOO_MANY_ENTRIES "catalogue.too_many_entries" Unprocessable "Zu viele Einträge" "Too many entries"
            "Der Abschnitt „{section}“ hat {count} Einträge, erlaubt sind {most}. Teilen Sie die Karte, oder der Betrieb ändert `most_elements`."
            "The section “{section}” has {count} entries, {most} are allowed. Divide the map, or have the operator change `most_elements`."
        /// An id that cannot be the address of a map.
        BAD_ID "catalogue.bad_id" Unprocessable "Kennung nicht brauchbar" "Id not usable"
            "„{id}“ kann keine Adresse einer Karte sein. Erlaubt sind 1 bis 100 Buchstaben ohne Umlaute, Ziffern, Punkte, Binde- und Unterstriche; vergeben sind {taken}."
            "“{id}” cannot be the address of a map. Allowed are 1 to 100 letters, digits, dots, hyphens and underscores; taken are {taken}."
        /// The shipped map does not change here.
        SHIPPED "catalogue.shipped" Conflict "Mitgelieferte Karte" "Shipped map"
            "Diese Karte kommt mit dem Programm und kann hier nicht geändert werden. Exportieren Sie sie und importieren Sie sie unter einer eigenen Kennung."
            "This map comes with the program and cannot be changed here. Export it and import it under an id of your own."
        /// Nobody can say how an element stands to its requirements.
        NOT_JUDGED "catalogue.not_judged" NotFound "Nicht geprüft" "Not judged"
            "Auf diesem Knoten prüft niemand Bausteine: Der Block `conformance` ist ausgeschaltet."
            "Nobody judges elements on this node: the block `conformance` is off."
        /// An export of an unknown kind.
        BAD_FORMAT "catalogue.bad_format" Invalid "Format unbekannt" "Format unknown"
            "„{format}“ kann nicht ausgegeben werden. Erwartet wird eines von: yaml, json, csv, facts, jsonld, archimate."
            "“{format}” cannot be exported. Expected is one of: yaml, json, csv, facts, jsonld, archimate."
        /// A way to sort that there is not.
        BAD_SORT "catalogue.bad_sort" Invalid "Sortierung unbekannt" "Order unknown"
            "Nach „{sort}“ kann nicht sortiert werden. Erwartet wird name, layer, kind oder lifecycle, mit einem Minus davor für die umgekehrte Folge."
            "Nothing can be sorted by “{sort}”. Expected is name, layer, kind or lifecycle, with a minus before it for the other way round."
        /// Somebody else was faster.
        CHANGED_MEANWHILE "catalogue.changed_meanwhile" Conflict "Inzwischen geändert" "Changed meanwhile"
            "Die Karte „{map}“ hat inzwischen eine neue Fassung; nichts wurde übernommen. Öffnen Sie die Vorschau oder den Eintrag neu und prüfen Sie die Unterschiede."
            "The map “{map}” has a new version meanwhile; nothing was taken over. Open the preview or the entry again and look at the differences."
        /// A text that is not the entry that is edited.
        BAD_ENTRY "catalogue.bad_entry" Unprocessable "Kein einzelner Eintrag" "Not one entry"
            "Erwartet wird genau der Eintrag „{id}“; gelesen wurde: {found}. Lassen Sie die Zeile „id: {id}“ stehen."
            "Expected is exactly the entry “{id}”; read was: {found}. Leave the line “id: {id}” as it is."
        /// Nothing has this hash.
        NO_SNAPSHOT "catalogue.no_snapshot" NotFound "Stand nicht gefunden" "Snapshot not found"
            "Die Karte „{map}“ hat keine lesbare Fassung mit dem SHA-256 „{sha256}“. Welche es gibt, sagt die Liste der Fassungen."
            "The map “{map}” has no readable version with the SHA-256 “{sha256}”. The list of versions says which there are."
        /// A day that is none.
        BAD_DATE "catalogue.bad_date" Invalid "Kein Datum" "Not a date"
            "„{date}“ ist kein Datum. Erwartet wird Jahr-Monat-Tag, zum Beispiel 2026-01-31."
            "“{date}” is not a date. Expected is year-month-day, for example 2026-01-31."
        /// Nothing to lay over each other.
        NO_MAPS_CHOSEN "catalogue.no_maps_chosen" Invalid "Keine Karte gewählt" "No map chosen"
            "Wählen Sie mindestens eine Karte." "Choose at least one map."
        /// More than fits into one picture.
        TOO_MANY_MAPS "catalogue.too_many_maps" Unprocessable "Zu viel auf einmal" "Too much at once"
            "Gewählt sind {maps} Karten mit zusammen {elements} Bausteinen; erlaubt sind {most_maps} Karten und {most_elements} Bausteine. Wählen Sie weniger, oder nehmen Sie `fachwerk overlay`."
            "{maps} maps with {elements} elements together are chosen; {most_maps} maps and {most_elements} elements are allowed. Choose fewer, or use `fachwerk overlay`."
        /// Rows that there are not.
        BAD_AXIS "catalogue.bad_axis" Invalid "Zeilen unbekannt" "Rows unknown"
            "Nach „{by}“ lassen sich keine Zeilen bilden. Erwartet wird eines von: {known}."
            "No rows can be made by “{by}”. Expected is one of: {known}."
        /// Weights that cannot be read.
        BAD_WEIGHTS "catalogue.bad_weights" Unprocessable "Gewichte fehlerhaft" "Weights not right"
            "Die Gewichte haben {total} Fehler. Der erste: {first}" "The weights have {total} faults. The first: {first}"
        /// Decisions about matches that cannot be read, or contradict each other.
        BAD_MATCHES "catalogue.bad_matches" Unprocessable "Entscheidungen fehlerhaft" "Decisions not right"
            "Die Entscheidungen darüber, was dasselbe ist, haben {total} Fehler; nichts wurde geändert. Der erste: {first}"
            "The decisions about what is the same have {total} faults; nothing was changed. The first: {first}"
        /// A report of an unknown kind.
        BAD_REPORT "catalogue.bad_report" Invalid "Ausgabe unbekannt" "Report unknown"
            "„{format}“ gibt es hier nicht. Erwartet wird eines von: {known}." "There is no “{format}” here. Expected is one of: {known}."
        /// A question about costs that makes no sense.
        BAD_QUESTION "catalogue.bad_question" Unprocessable "Frage fehlerhaft" "Question not right"
            "Die Frage nach den Kosten hat {total} Fehler. Der erste: {first}" "The question about costs has {total} faults. The first: {first}"
        /// A key that belongs to no municipality.
        NO_PLACE "catalogue.no_place" NotFound "Gemeinde nicht gefunden" "Municipality not found"
            "Zum Regionalschlüssel „{ars}“ gibt es keine Gemeinde. Erwartet werden zwölf Ziffern; die Seite der Kosten sucht nach dem Namen."
            "There is no municipality with the region key “{ars}”. Expected are twelve digits; the page of costs searches by name."
        /// Nothing was sent.
        NOTHING_SENT "catalogue.nothing_sent" Invalid "Nichts zu lesen" "Nothing to read"
            "Wählen Sie eine Datei oder fügen Sie einen Text ein." "Choose a file or paste a text."
    }
}
