//! One error for the whole node: a published code with parameters, and a private cause.

use crate::{Lang, Text};
use std::fmt;

/// The result of every operation.
pub type Result<T> = std::result::Result<T, Error>;

/// What a caller can do about an error; decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: the request cannot be understood.
    Invalid,
    /// 401: no or no valid credentials.
    Unauthenticated,
    /// 403: not allowed.
    Forbidden,
    /// 404: not there, or not for this caller.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    Timeout,
    /// 409: not in this state.
    Conflict,
    /// 413: too large.
    TooLarge,
    /// 415: wrong content type.
    UnsupportedMedia,
    /// 422: understood, but the content is wrong.
    Unprocessable,
    /// 429: too many requests.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: not now.
    Unavailable,
}

impl Kind {
    /// The HTTP status of this kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::Unprocessable => 422,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// An error that a block publishes: a stable code, what it means and how to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// `block.what_is_wrong`.
    pub code: &'static str,
    /// What a caller can do.
    pub kind: Kind,
    /// What is wrong, in a few words.
    pub title: Text,
    /// What, where and how to mend it; `{name}` stands for a parameter.
    pub detail: Text,
}

impl Code {
    /// This error with a parameter of its detail text.
    pub fn with(self, name: &'static str, value: impl fmt::Display) -> Error {
        Error::from(self).with(name, value)
    }

    /// This error at a place in the request (a JSON pointer or the name of a header or parameter).
    pub fn at(self, pointer: impl Into<String>) -> Error {
        Error::from(self).at(pointer)
    }

    /// This error with its private cause.
    pub fn because(self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::from(self).because(cause)
    }
}

/// One of several things wrong in a request.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Issue {
    /// Where: a JSON pointer, a line or a name.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub detail: String,
}

/// A published code with parameters, and a private cause that only the log sees.
pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    parameters: Vec<(&'static str, String)>,
    /// Parameters whose words differ in German; they come first there.
    german: Vec<(&'static str, String)>,
    challenge: &'static str,
    pointer: Option<String>,
    issues: Vec<Issue>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// What is published.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Where in the request.
    pub fn pointer(&self) -> Option<&str> {
        self.0.pointer.as_deref()
    }

    /// Everything that is wrong, where there is more than one thing.
    pub fn issues(&self) -> &[Issue] {
        &self.0.issues
    }

    /// The private cause.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync)> {
        self.0.cause.as_deref()
    }

    /// The detail text in a language, parameters filled in.
    pub fn detail(&self, lang: Lang) -> String {
        match lang {
            Lang::De if !self.0.german.is_empty() => {
                let all: Vec<_> = self.0.german.iter().chain(&self.0.parameters).cloned().collect();
                self.0.code.detail.fill(lang, &all)
            }
            _ => self.0.code.detail.fill(lang, &self.0.parameters),
        }
    }

    /// Adds a parameter of the detail text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.parameters.push((name, value.to_string()));
        self
    }

    /// Adds a parameter of the detail text that has words of its own in each language.
    #[must_use]
    pub fn worded(mut self, name: &'static str, de: &str, en: &str) -> Self {
        self.0.german.push((name, de.to_owned()));
        self.with(name, en)
    }

    /// Says which scheme of `Authorization` would be understood, where it is not `Bearer` (RFC 9110, section 11.6.1).
    #[must_use]
    pub fn asking(mut self, scheme: &'static str) -> Self {
        self.0.challenge = scheme;
        self
    }

    /// The scheme of `Authorization` that would be understood.
    pub fn challenge(&self) -> &'static str {
        self.0.challenge
    }

    /// After how many seconds it is worth trying again: the parameter `seconds`, where the text has one.
    pub fn retry_after(&self) -> Option<u64> {
        let found = self.0.parameters.iter().find(|(name, _)| *name == "seconds");
        found.and_then(|(_, value)| value.parse().ok())
    }

    /// A parameter of the detail text.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.0.parameters.iter().find(|it| it.0 == name).map(|(_, value)| value.as_str())
    }

    /// Says where in the request.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.0.pointer = Some(pointer.into());
        self
    }

    /// Lists everything that is wrong.
    #[must_use]
    pub fn listing(mut self, issues: Vec<Issue>) -> Self {
        self.0.issues = issues;
        self
    }

    /// Adds the private cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            parameters: Vec::new(),
            german: Vec::new(),
            challenge: "Bearer",
            pointer: None,
            issues: Vec::new(),
            cause: None,
        }))
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        // PostgreSQL keeps no NUL in a text (SQLSTATE 22021); only a caller can have sent it.
        if cause.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("22021") {
            return Self::from(fault::BAD_PARAMETER)
                .worded("reason", fault::NUL.de, fault::NUL.en)
                .because(cause);
        }
        fault::DATABASE.because(cause)
    }
}

impl From<object_store::Error> for Error {
    fn from(cause: object_store::Error) -> Self {
        fault::CONTENT.because(cause)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{self}")?;
        self.0.cause.as_ref().map_or(Ok(()), |cause| write!(to, " because {cause:?}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.0.code.code, self.detail(Lang::En))?;
        for issue in &self.0.issues {
            write!(to, "; {}: {}", issue.pointer, issue.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The errors of the kernel.
pub mod fault {
    use super::{Code, Kind};
    use crate::Text;

    /// Why a text with a NUL character is refused.
    pub(crate) const NUL: Text = Text {
        de: "Das Zeichen NUL (U+0000) darf in keinem Text vorkommen.",
        en: "The character NUL (U+0000) must not occur in any text.",
    };

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
        /// The database did not do what it should.
        DATABASE "kernel.database" Internal "Interner Fehler" "Internal error"
            "Die Datenbank hat nicht geantwortet. Es wurde nichts gespeichert; bitte später erneut versuchen."
            "The database did not answer. Nothing was stored; please try again later."
        /// The content store did not do what it should.
        CONTENT "kernel.content" Internal "Interner Fehler" "Internal error"
            "Der Inhaltsspeicher hat nicht geantwortet. Es wurde nichts gespeichert; bitte später erneut versuchen."
            "The content store did not answer. Nothing was stored; please try again later."
        /// A programming error: a transaction inside a transaction.
        NESTED "kernel.nested_transaction" Internal "Interner Fehler" "Internal error"
            "Interner Fehler." "Internal error."
        /// Anything else that is our fault.
        INTERNAL "kernel.internal" Internal "Interner Fehler" "Internal error"
            "Das hätte nicht passieren dürfen. Bitte mit der Anfragenummer an den Betrieb wenden."
            "This should not have happened. Please contact the operator with the request id."
        /// No credentials.
        UNAUTHENTICATED "kernel.unauthenticated" Unauthenticated "Anmeldung erforderlich" "Credentials required"
            "Dafür müssen Sie angemeldet sein. Programme senden ein gültiges Zugangstoken im Kopf Authorization."
            "You have to be signed in for this. Programs send a valid access token in the header Authorization."
        /// Credentials that are not (or no longer) valid.
        BAD_CREDENTIALS "kernel.bad_credentials" Unauthenticated "Anmeldung ungültig" "Credentials not valid"
            "Das Zugangstoken ist ungültig oder abgelaufen. Bitte ein neues holen."
            "The access token is not valid or has expired. Please fetch a new one."
        /// Not allowed.
        FORBIDDEN "kernel.forbidden" Forbidden "Keine Berechtigung" "Not allowed"
            "Für diese Handlung fehlt die Berechtigung „{permission}“."
            "The permission “{permission}” is missing for this."
        /// Signed in, but with less certainty than is needed.
        LEVEL_TOO_LOW "kernel.level_too_low" Forbidden "Höheres Vertrauensniveau nötig" "Higher level of assurance needed"
            "Dafür müssen Sie sich auf dem Vertrauensniveau „{level}“ anmelden. Melden Sie sich mit einem stärkeren Mittel erneut an."
            "For this you have to sign in with the level of assurance “{level}”. Sign in again with a stronger means."
        /// No such address.
        NO_ADDRESS "kernel.no_address" NotFound "Seite nicht gefunden" "Page not found"
            "Unter dieser Adresse gibt es nichts. Bitte die Schreibweise prüfen oder auf der Startseite beginnen."
            "There is nothing at this address. Please check the spelling or begin at the start page."
        /// The address exists, the method does not.
        NO_METHOD "kernel.no_method" MethodNotAllowed "Methode nicht erlaubt" "Method not allowed"
            "Diese Adresse gibt es, aber nicht mit dieser Methode." "This address exists, but not with this method."
        /// The body is not JSON, or not of the expected shape.
        BAD_JSON "kernel.bad_json" Invalid "JSON nicht lesbar" "JSON not readable"
            "Der Inhalt passt nicht: {reason}" "The body does not fit: {reason}"
        /// A parameter in path or query is not of the expected shape.
        BAD_PARAMETER "kernel.bad_parameter" Invalid "Parameter ungültig" "Parameter not valid"
            "Der Parameter passt nicht: {reason}" "The parameter does not fit: {reason}"
        /// The content type is not the expected one.
        BAD_MEDIA_TYPE "kernel.bad_media_type" UnsupportedMedia "Falscher Inhaltstyp" "Wrong content type"
            "Erwartet wird `Content-Type: {expected}`." "Expected is `Content-Type: {expected}`."
        /// The body is larger than allowed.
        TOO_LARGE "kernel.too_large" TooLarge "Zu groß" "Too large"
            "Der Inhalt ist größer als die erlaubten {limit} Byte." "The body is larger than the {limit} bytes allowed."
        /// The body did not arrive in time.
        TOO_SLOW "kernel.too_slow" Timeout "Zu langsam" "Too slow"
            "Der Inhalt kam nicht rechtzeitig an. Bitte erneut senden." "The body did not arrive in time. Please send it again."
        /// The body broke off, or its pieces are not as HTTP wants them.
        BROKEN_BODY "kernel.broken_body" Invalid "Inhalt unvollständig" "Body not complete"
            "Der Inhalt brach ab oder ist nicht richtig zerlegt (Transfer-Encoding). Bitte erneut senden."
            "The body broke off or is not divided properly (Transfer-Encoding). Please send it again."
        /// Too many requests from one caller.
        TOO_MANY "kernel.too_many" TooMany "Zu viele Anfragen" "Too many requests"
            "Bitte in {seconds} Sekunden erneut versuchen." "Please try again in {seconds} seconds."
        /// A request from another site.
        CROSS_SITE "kernel.cross_site" Forbidden "Fremde Herkunft" "Foreign origin"
            "Diese Handlung ist nur von den Seiten dieses Knotens aus möglich." "This can only be done from the pages of this node."
    }
}
