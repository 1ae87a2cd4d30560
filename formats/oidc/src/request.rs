//! Authorization requests: from a query, a pushed form or a request object, all the same thing afterwards.

use crate::{
    claims::{Claims, JwtFault},
    fault::{ErrorCode, OauthFault},
    json, pkce, scope,
    scope::ClaimsRequest,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest single parameter, in bytes; `request` may be longer.
const LONGEST: usize = 4096;

/// What a client asks a person's sign-in for. Fields have the names of the parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorizationRequest {
    /// `client_id`.
    pub client_id: String,
    /// `response_type`; only `code`.
    pub response_type: Option<String>,
    /// `response_mode`; only `query`.
    pub response_mode: Option<String>,
    /// `redirect_uri`.
    pub redirect_uri: Option<String>,
    /// `scope`.
    pub scope: Option<String>,
    /// `state`.
    pub state: Option<String>,
    /// `nonce`.
    pub nonce: Option<String>,
    /// `code_challenge`.
    pub code_challenge: Option<String>,
    /// `code_challenge_method`.
    pub code_challenge_method: Option<String>,
    /// `prompt`.
    pub prompt: Option<String>,
    /// `max_age`, in seconds, as written.
    pub max_age: Option<String>,
    /// `acr_values`.
    pub acr_values: Option<String>,
    /// `claims`, JSON.
    pub claims: Option<String>,
    /// `ui_locales`.
    pub ui_locales: Option<String>,
    /// `login_hint`.
    pub login_hint: Option<String>,
    /// `id_token_hint`.
    pub id_token_hint: Option<String>,
    /// `dpop_jkt`: the key the code shall be bound to (RFC 9449, section 10).
    pub dpop_jkt: Option<String>,
    /// `request`: a signed request object.
    pub request: Option<String>,
    /// `request_uri`: of a pushed request.
    pub request_uri: Option<String>,
}

impl AuthorizationRequest {
    /// Reads parameters; refuses one that occurs twice (RFC 6749, section 3.1), and leaves out what it does not know.
    pub fn from_pairs<N: AsRef<str>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, OauthFault> {
        let mut request = Self::default();
        let mut seen = std::collections::BTreeSet::new();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.into());
            if !seen.insert(name.to_owned()) {
                return Err(ErrorCode::InvalidRequest.because("a parameter occurs twice"));
            }
            if value.len() > if name == "request" { crate::jws::MAX_TOKEN } else { LONGEST } {
                return Err(ErrorCode::InvalidRequest.because("a parameter is longer than 4096 bytes"));
            }
            request.set(name, value);
        }
        Ok(request)
    }

    /// Reads the claims of a request object whose signature fits.
    pub fn from_claims(claims: &Claims) -> Result<Self, JwtFault> {
        let mut request = Self::default();
        for (name, value) in claims.all() {
            let value = match value {
                Value::String(it) => it.clone(),
                // `max_age` is a number there, `claims` an object.
                Value::Number(_) | Value::Object(_) => value.to_string(),
                _ => continue,
            };
            if value.len() > LONGEST {
                return Err(JwtFault::Malformed("a parameter longer than 4096 bytes"));
            }
            request.set(name, value);
        }
        Ok(request)
    }

    fn set(&mut self, name: &str, value: String) {
        if name == "client_id" {
            self.client_id = value;
            return;
        }
        let field = match name {
            "response_type" => &mut self.response_type,
            "response_mode" => &mut self.response_mode,
            "redirect_uri" => &mut self.redirect_uri,
            "scope" => &mut self.scope,
            "state" => &mut self.state,
            "nonce" => &mut self.nonce,
            "code_challenge" => &mut self.code_challenge,
            "code_challenge_method" => &mut self.code_challenge_method,
            "prompt" => &mut self.prompt,
            "max_age" => &mut self.max_age,
            "acr_values" => &mut self.acr_values,
            "claims" => &mut self.claims,
            "ui_locales" => &mut self.ui_locales,
            "login_hint" => &mut self.login_hint,
            "id_token_hint" => &mut self.id_token_hint,
            "dpop_jkt" => &mut self.dpop_jkt,
            "request" => &mut self.request,
            "request_uri" => &mut self.request_uri,
            _ => return,
        };
        // An empty parameter is an absent one (RFC 6749, section 3.1).
        *field = Some(value).filter(|it| !it.is_empty());
    }

    /// Checks everything but client and redirect address, which must be right before an error may be sent anywhere.
    pub fn check(&self) -> Result<Wanted, OauthFault> {
        let invalid = |why: &'static str| ErrorCode::InvalidRequest.because(why);
        match self.response_type.as_deref() {
            Some("code") => {}
            None => return Err(invalid("`response_type` is missing; use `code`")),
            Some(_) => {
                return Err(
                    ErrorCode::UnsupportedResponseType.because("only `response_type=code` is offered")
                );
            }
        }
        if self.response_mode.as_deref().is_some_and(|it| it != "query") {
            return Err(invalid("only `response_mode=query` is offered"));
        }
        let challenge =
            self.code_challenge.as_deref().ok_or(invalid("`code_challenge` is missing (PKCE)"))?;
        if self.code_challenge_method.as_deref() != Some(pkce::S256) {
            return Err(invalid("`code_challenge_method` must be S256"));
        }
        if !pkce::is_challenge(challenge) {
            return Err(invalid("`code_challenge` is not 43 characters of base64url"));
        }
        let list = |list: &Option<String>, why: &'static str| -> Result<Vec<String>, OauthFault> {
            let words = scope::words(list.as_deref().unwrap_or_default()).ok_or(invalid(why))?;
            Ok(words.into_iter().map(str::to_owned).collect())
        };
        let scope = scope::words(self.scope.as_deref().unwrap_or_default())
            .ok_or(ErrorCode::InvalidScope.because("`scope` has characters that do not belong there"))?;
        let prompt = list(&self.prompt, "`prompt` is not a list of words")?;
        if prompt.len() > 1 && prompt.iter().any(|it| it == "none") {
            return Err(invalid("`prompt=none` stands alone"));
        }
        let max_age = match &self.max_age {
            None => None,
            Some(it) => {
                let seconds: Option<u32> = it.parse().ok();
                Some(i64::from(seconds.ok_or(invalid("`max_age` is not a number of seconds"))?))
            }
        };
        let claims = match &self.claims {
            None => ClaimsRequest::default(),
            Some(it) => json::object(it.as_bytes())
                .and_then(|it| ClaimsRequest::read(&Value::Object(it)))
                .ok_or(invalid("`claims` is not the JSON object of OpenID Connect Core, section 5.5"))?,
        };
        Ok(Wanted {
            challenge: challenge.to_owned(),
            scope: scope.into_iter().map(str::to_owned).collect(),
            prompt,
            max_age,
            acr_values: list(&self.acr_values, "`acr_values` is not a list of words")?,
            claims,
        })
    }
}

/// A request taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// The PKCE challenge.
    pub challenge: String,
    /// The words of `scope`.
    pub scope: Vec<String>,
    /// The words of `prompt`.
    pub prompt: Vec<String>,
    /// How long ago the person may have signed in, in seconds.
    pub max_age: Option<i64>,
    /// Levels, the preferred one first.
    pub acr_values: Vec<String>,
    /// Single claims.
    pub claims: ClaimsRequest,
}
