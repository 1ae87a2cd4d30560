//! Errors as OAuth tells them (RFC 6749, sections 4.1.2.1 and 5.2, and the extensions).

use serde::Serialize;
use std::borrow::Cow;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $name:literal $status:literal)+) => {
        /// What went wrong, by its registered name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorCode { $($(#[$doc])* $variant),+ }
        impl ErrorCode {
            /// As in `error`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
            /// The HTTP status where it is told in a body.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
}

codes! {
    /// The request is not understood.
    InvalidRequest "invalid_request" 400
    /// The client is unknown or not authenticated.
    InvalidClient "invalid_client" 401
    /// The code or refresh token is not valid (any more), or not this client's.
    InvalidGrant "invalid_grant" 400
    /// The client may not do this.
    UnauthorizedClient "unauthorized_client" 400
    /// The kind of grant is not offered.
    UnsupportedGrantType "unsupported_grant_type" 400
    /// The kind of response is not offered.
    UnsupportedResponseType "unsupported_response_type" 400
    /// More, or something else, than the client may ask for.
    InvalidScope "invalid_scope" 400
    /// The person, or the provider, said no.
    AccessDenied "access_denied" 400
    /// Our fault.
    ServerError "server_error" 500
    /// Too much to do; later.
    TemporarilyUnavailable "temporarily_unavailable" 503
    /// `prompt=none`, but nobody is signed in.
    LoginRequired "login_required" 400
    /// `prompt=none`, but the person must be asked.
    ConsentRequired "consent_required" 400
    /// `prompt=none`, but something must be shown.
    InteractionRequired "interaction_required" 400
    /// The level of assurance that was asked for cannot be reached (OpenID Connect Core Unmet Authentication Requirements).
    UnmetAuthenticationRequirements "unmet_authentication_requirements" 400
    /// The request object is not valid.
    InvalidRequestObject "invalid_request_object" 400
    /// The pushed request is unknown or has expired.
    InvalidRequestUri "invalid_request_uri" 400
    /// `request` is not offered.
    RequestNotSupported "request_not_supported" 400
    /// `request_uri` is not offered.
    RequestUriNotSupported "request_uri_not_supported" 400
    /// The DPoP proof is not valid.
    InvalidDpopProof "invalid_dpop_proof" 400
    /// The DPoP proof must have the server's nonce.
    UseDpopNonce "use_dpop_nonce" 400
    /// The access token is not valid.
    InvalidToken "invalid_token" 401
    /// The access token does not reach that far.
    InsufficientScope "insufficient_scope" 403
    /// The kind of token cannot be revoked.
    UnsupportedTokenType "unsupported_token_type" 400
    /// The resource or audience is not known (RFC 8707).
    InvalidTarget "invalid_target" 400
}

impl ErrorCode {
    /// This error with a sentence that says what, where and how to mend it; ASCII without `"` and `\`.
    pub fn because(self, description: impl Into<Cow<'static, str>>) -> OauthFault {
        OauthFault { error: self, description: description.into() }
    }
}

/// An error with its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}: {description}", error.name())]
pub struct OauthFault {
    /// The code.
    #[serde(serialize_with = "name")]
    pub error: ErrorCode,
    /// What is wrong and how to mend it, for developers.
    #[serde(rename = "error_description", skip_serializing_if = "str::is_empty")]
    pub description: Cow<'static, str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn name<S: serde::Serializer>(code: &ErrorCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(code.name())
}
