//! Every name that this adapter publishes.

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
        /// The arguments of a tool are not of the expected shape.
        BAD_ARGUMENTS "mcp.bad_arguments" Invalid "Argumente ungültig" "Arguments not valid"
            "Die Argumente passen nicht zum Schema des Werkzeugs: {reason}"
            "The arguments do not fit the schema of the tool: {reason}"
        /// No set has such a requirement.
        NO_REQUIREMENT "mcp.no_requirement" NotFound "Anforderung unbekannt" "Requirement not known"
            "Die Anforderung „{requirement}“ steht in keinem Anforderungssatz dieses Knotens. Die Kennungen nennt das Werkzeug conformance.set."
            "No set of this node has the requirement “{requirement}”. The tool conformance.set names the ids."
        /// An answer would be larger than an assistant can use.
        TOO_LONG "mcp.answer_too_long" Unprocessable "Antwort zu groß" "Answer too large"
            "Die Antwort hätte {bytes} Byte; erlaubt sind {limit}. Bitte ein kleineres `limit` wählen."
            "The answer would have {bytes} bytes; {limit} are allowed. Please choose a smaller `limit`."
    }
}
