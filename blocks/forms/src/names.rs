//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To see forms and their schemas; everyone may.
    pub const READ: Permission = Permission("forms.read");
    /// To fill in a form and send it; everyone may.
    pub const SUBMIT: Permission = Permission("forms.submit");
    /// To see which form files are right, and to preview them.
    pub const SUPERVISE: Permission = Permission("forms.supervise");
    /// To remove what nobody can repeat any more; the node itself only.
    pub const TIDY: Permission = Permission("forms.tidy");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// A submission was opened.
    pub const OPENED: Audit = Audit("forms.opened");
    /// A submission was sent off.
    pub const SUBMITTED: Audit = Audit("forms.submitted");
    /// Old rows were removed.
    pub const TIDIED: Audit = Audit("forms.tidied");
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
        /// No such form.
        NO_FORM "forms.no_form" NotFound "Formular nicht gefunden" "Form not found"
            "Ein Formular „{form}“ gibt es hier nicht. Alle Formulare stehen unter /forms."
            "There is no form “{form}” here. All forms are listed at /forms."
        /// No such version of a form.
        NO_VERSION "forms.no_version" NotFound "Fassung nicht gefunden" "Version not found"
            "Das Formular „{form}“ gibt es hier nicht in der Fassung {version}. Laden Sie die Seite des Formulars neu."
            "The form “{form}” does not exist here in version {version}. Reload the page of the form."
        /// The office takes no submissions over this node.
        NO_DESTINATION "forms.no_destination" Conflict "Stelle nimmt keine Online-Anträge an" "Office takes no submissions online"
            "Zuständig ist „{office}“, sie nimmt diesen Antrag hier aber nicht elektronisch an. Wenden Sie sich direkt an die Stelle."
            "The competent office is “{office}”, but it does not take this submission here. Please contact the office directly."
        /// Another destination became competent in the meantime.
        OTHER_DESTINATION "forms.other_destination" Conflict "Zuständigkeit hat sich geändert" "Competence has changed"
            "Für diese Region ist inzwischen ein anderer Zustellpunkt zuständig. Laden Sie die Seite neu und senden Sie dann noch einmal."
            "Another destination has become competent for this region. Reload the page, then send again."
        /// A request id that came with another content before.
        REQUEST_USED "forms.request_used" Conflict "Anfragenummer schon verwendet" "Request id already used"
            "Unter dieser Anfragenummer wurde schon etwas anderes eröffnet. Nehmen Sie eine neue `requestId`."
            "Something else was opened under this request id. Take a new `requestId`."
        /// The request is not right.
        BAD_REQUEST "forms.bad_request" Unprocessable "Anfrage fehlerhaft" "Request not right"
            "{count} Angaben der Anfrage sind zu ändern." "{count} entries of the request have to be changed."
        /// No such submission, or another secret: nobody learns which.
        NO_SUBMISSION "forms.no_submission" NotFound "Einreichung nicht gefunden" "Submission not found"
            "Es gibt keine begonnene Einreichung zu dieser Nummer und diesem Zugangsschlüssel. Beginnen Sie neu."
            "There is no submission for this id and this access token. Begin anew."
        /// The content is not the expected kind.
        NO_JOSE "forms.no_jose" UnsupportedMedia "Falscher Inhaltstyp" "Wrong content type"
            "Ein Anhang wird verschlüsselt gesendet, als `Content-Type: application/jose`."
            "An attachment is sent encrypted, as `Content-Type: application/jose`."
        /// A region that is none.
        BAD_REGION "forms.bad_region" NotFound "Region unbekannt" "Region unknown"
            "Es gibt keine Region mit dem Schlüssel „{region}“. Suchen Sie Ihren Ort noch einmal."
            "There is no region with the key “{region}”. Search for your place again."
        /// A search that is too long.
        LONG_SEARCH "forms.long_search" Invalid "Suche zu lang" "Search too long"
            "Suchen Sie mit höchstens 100 Zeichen." "Search with at most 100 characters."
    }
}
