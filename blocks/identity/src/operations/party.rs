//! Clients prove who they are at the endpoints of the provider (OpenID Connect Core, section 9; RFC 8705; FAPI 2.0).

use super::{
    bound::{Refusal, Told},
    token::TokenRequest,
};
use crate::{
    Identity,
    model::client::{AuthMethod, Party},
    names::may,
    rules::{algorithms, client_certificate, secrets},
    store,
};
use axum::http::{header, request::Parts};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Ctx, Result, SECOND, http::PeerCertificates};
use oidc::{ErrorCode, assertion, jws};
use std::collections::BTreeMap;

/// A request to an endpoint of the provider: its form, and the rest of it.
pub struct Asking {
    pub form: BTreeMap<String, String>,
    pub parts: Parts,
    /// Where it comes from; wrong credentials are counted for each client and address.
    pub address: String,
}

impl Asking {
    /// A field of the form; an empty one counts as absent (RFC 6749, section 3.1).
    pub fn field(&self, name: &str) -> Option<&str> {
        self.form.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// A field that must be there.
    pub fn required(&self, name: &'static str) -> Told<&str> {
        self.field(name)
            .ok_or_else(|| ErrorCode::InvalidRequest.because(format!("the field {name} is missing")).into())
    }

    /// The certificate that the connection was opened with, DER.
    pub fn certificates(&self) -> &[Vec<u8>] {
        self.parts.extensions.get::<PeerCertificates>().map(|it| it.0.as_slice()).unwrap_or_default()
    }

    /// The path of the request.
    pub fn path(&self) -> &str {
        self.parts.uri.path()
    }
}

impl Identity {
    /// A client with how it speaks OpenID Connect; nothing for clients that only know `/token`, and for unknown ones.
    pub async fn party(&self, ctx: &Ctx, id: &str) -> Result<Option<Party>> {
        if let Some(known) = self.protocol().party(id, ctx.now()) {
            return Ok(Some(known));
        }
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        let client = store::client::find(&mut tx, id).await?;
        drop(tx);
        let party = client.and_then(Party::of);
        if let Some(party) = &party {
            self.protocol().remember_party(id, party, ctx.now());
        }
        Ok(party)
    }

    /// The client that asks, proven by the one method it is registered for.
    pub async fn prove(&self, ctx: &Ctx, asking: &Asking) -> Told<Party> {
        let basic = basic(asking)?;
        let assertion = asking.field("client_assertion");
        let secret = asking.field("client_secret");
        if usize::from(basic.is_some()) + usize::from(assertion.is_some()) + usize::from(secret.is_some()) > 1
        {
            return Err(ErrorCode::InvalidRequest
                .because("use one way of client authentication, not several")
                .into());
        }
        let id = match (&basic, assertion, asking.field("client_id")) {
            (Some((id, _)), _, named) if named.is_none_or(|it| it == id) => id.clone(),
            (None, Some(assertion), named) => {
                let id =
                    assertion::claimed_client(assertion).map_err(|it| invalid_client(&it.to_string()))?;
                if named.is_some_and(|it| it != id) {
                    return Err(invalid_client("client_id and client_assertion name different clients"));
                }
                id
            }
            (None, None, Some(id)) => id.to_owned(),
            _ => return Err(invalid_client("the client does not say who it is")),
        };
        let party = self.party(ctx, &id).await?;
        // An unknown client is told what a wrong proof is told.
        let Some(party) = party else { return Err(self.wrong(ctx, asking, &id, UNPROVEN)) };
        let secret = basic.as_ref().map(|it| it.1.as_str()).or(secret);
        match self.proof_fits(ctx, asking, &party, secret) {
            Ok(()) => Ok(party),
            Err(why) => Err(self.wrong(ctx, asking, &id, &why)),
        }
    }

    fn proof_fits(
        &self,
        ctx: &Ctx,
        asking: &Asking,
        party: &Party,
        secret: Option<&str>,
    ) -> std::result::Result<(), String> {
        let unproven = || UNPROVEN.to_owned();
        match party.method {
            AuthMethod::PrivateKeyJwt => {
                let made = asking.field("client_assertion").ok_or_else(unproven)?;
                if asking.field("client_assertion_type") != Some(assertion::TYPE) {
                    return Err(format!("client_assertion_type must be {}", assertion::TYPE));
                }
                self.assertion_fits(ctx, asking, party, made)
            }
            AuthMethod::SelfSignedTlsClientAuth => {
                let shown = asking.certificates().first().map(|it| oidc::certificate_thumbprint(it));
                let kept = party.registration.certificate.as_deref();
                match (shown, kept) {
                    (Some(shown), Some(kept)) if secrets::equal(&shown, kept) => Ok(()),
                    _ => Err("the connection does not show the registered certificate; use the address below mtls_endpoint_aliases".to_owned()),
                }
            }
            AuthMethod::TlsClientAuth => {
                client_certificate::proves(asking.certificates(), &party.registration, ctx.now() / SECOND)
            }
            AuthMethod::ClientSecretPost => {
                let right =
                    secrets::equal(&secrets::hash(secret.unwrap_or_default()), &party.client.secret_hash);
                if right && secret.is_some() { Ok(()) } else { Err(unproven()) }
            }
            AuthMethod::None if secret.is_none() && asking.field("client_assertion").is_none() => Ok(()),
            AuthMethod::None => Err(unproven()),
        }
    }

    fn assertion_fits(
        &self,
        ctx: &Ctx,
        asking: &Asking,
        party: &Party,
        made: &str,
    ) -> std::result::Result<(), String> {
        let issuer = ctx.base_url();
        let endpoint = format!("{issuer}{}", asking.path());
        let token = format!("{issuer}/oidc/token");
        // FAPI 2.0, section 5.3.2.1: only the issuer, as one text. Others may name an endpoint.
        let audiences: &[&str] =
            if party.registration.fapi { &[issuer] } else { &[issuer, &endpoint, &token] };
        let expected = assertion::Expected {
            client_id: &party.client.id,
            audiences,
            single_audience: party.registration.fapi,
            now: ctx.now() / SECOND,
        };
        algorithms::allowed(ctx.keys().policy(), made, ctx.now())?;
        let found = assertion::verify(made, &party.registration.keys(), &jws::FAPI, expected)
            .map_err(|it| it.to_string())?;
        let key = format!("assertion {} {}", party.client.id, found.jti);
        if self.protocol().seen(&key, found.expires, ctx.now()) {
            return Err("the assertion was used before; make a new one for each request".to_owned());
        }
        Ok(())
    }

    /// Counts a wrong proof; whoever has the right one is never locked out.
    fn wrong(&self, ctx: &Ctx, asking: &Asking, id: &str, why: &str) -> Refusal {
        let request = TokenRequest {
            client_id: id.to_owned(),
            address: asking.address.clone(),
            ..TokenRequest::default()
        };
        match self.access().count_wrong(&request, ctx.now()) {
            super::token::TokenFault::TooMany(seconds) => Refusal::Wait(seconds),
            _ => invalid_client(why),
        }
    }
}

const UNPROVEN: &str = "the client is unknown or its proof is wrong";

fn invalid_client(why: &str) -> Refusal {
    ErrorCode::InvalidClient.because(why.to_owned()).into()
}

/// `Authorization: Basic` of a client (RFC 6749, section 2.3.1): both parts are form-encoded inside.
fn basic(asking: &Asking) -> Told<Option<(String, String)>> {
    let shown = asking.parts.headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let Some((scheme, rest)) = shown.and_then(|it| it.split_once(' ')) else { return Ok(None) };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Ok(None);
    }
    let plain = STANDARD.decode(rest.trim()).ok().and_then(|it| String::from_utf8(it).ok());
    let plain = plain.ok_or_else(|| invalid_client("the Authorization header is not readable"))?;
    let (id, secret) =
        plain.split_once(':').ok_or_else(|| invalid_client("the Authorization header is not readable"))?;
    Ok(Some((decoded(id), decoded(secret))))
}

fn decoded(part: &str) -> String {
    let pair = format!("x={part}");
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|it| it.1.into_owned()).unwrap_or_default()
}
