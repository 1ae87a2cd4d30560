//! What the provider says about itself (OpenID Connect Discovery 1.0; RFC 8414).

use crate::{
    Identity,
    rules::{algorithms, protocol},
};
use kernel::{Ctx, Level};
use oidc::metadata::Metadata;
use serde_json::{Map, Value};

impl Identity {
    /// What this provider offers.
    pub fn describe(&self, ctx: &Ctx) -> Metadata {
        let base = ctx.base_url();
        let at = |path: &str| format!("{base}{path}");
        let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let algorithms = algorithms::offered(ctx.keys().policy(), ctx.now());
        let methods = list(&[
            "private_key_jwt",
            "tls_client_auth",
            "self_signed_tls_client_auth",
            "client_secret_post",
            "client_secret_basic",
            "none",
        ]);
        let proving: Vec<String> = methods.iter().filter(|it| *it != "none").cloned().collect();
        Metadata {
            issuer: base.to_owned(),
            authorization_endpoint: at("/oidc/authorize"),
            token_endpoint: at("/oidc/token"),
            jwks_uri: at("/oidc/jwks"),
            userinfo_endpoint: Some(at("/oidc/userinfo")),
            pushed_authorization_request_endpoint: Some(at("/oidc/par")),
            introspection_endpoint: Some(at("/oidc/introspect")),
            revocation_endpoint: Some(at("/oidc/revoke")),
            end_session_endpoint: Some(at("/oidc/logout")),
            scopes_supported: list(&protocol::KNOWN),
            response_types_supported: list(&["code"]),
            response_modes_supported: list(&["query"]),
            grant_types_supported: list(&["authorization_code", "refresh_token", "client_credentials"]),
            acr_values_supported: Level::ALL.into_iter().map(protocol::acr).collect(),
            subject_types_supported: list(&["pairwise"]),
            claims_supported: protocol::SHARED.iter().flat_map(|(_, names)| list(names)).collect(),
            claim_types_supported: list(&["normal"]),
            prompt_values_supported: list(&["none", "login", "consent"]),
            ui_locales_supported: list(&["de", "en"]),
            id_token_signing_alg_values_supported: list(&["ES256"]),
            token_endpoint_auth_methods_supported: methods.clone(),
            token_endpoint_auth_signing_alg_values_supported: algorithms.clone(),
            introspection_endpoint_auth_methods_supported: proving,
            introspection_endpoint_auth_signing_alg_values_supported: algorithms.clone(),
            revocation_endpoint_auth_methods_supported: methods,
            revocation_endpoint_auth_signing_alg_values_supported: algorithms.clone(),
            request_object_signing_alg_values_supported: algorithms.clone(),
            code_challenge_methods_supported: list(&["S256"]),
            dpop_signing_alg_values_supported: algorithms,
            claims_parameter_supported: true,
            request_parameter_supported: true,
            request_uri_parameter_supported: false,
            require_pushed_authorization_requests: false,
            authorization_response_iss_parameter_supported: true,
            tls_client_certificate_bound_access_tokens: true,
            backchannel_logout_supported: true,
            backchannel_logout_session_supported: true,
            mtls_endpoint_aliases: self.aliases(base),
        }
    }

    /// Where the endpoints are that ask for a client certificate (RFC 8705, section 5).
    fn aliases(&self, base: &str) -> Map<String, Value> {
        let secure = self.certificate_base(base);
        let aliases = [
            ("token_endpoint", "/oidc/token"),
            ("pushed_authorization_request_endpoint", "/oidc/par"),
            ("introspection_endpoint", "/oidc/introspect"),
            ("revocation_endpoint", "/oidc/revoke"),
            ("userinfo_endpoint", "/oidc/userinfo"),
        ];
        aliases.into_iter().map(|(name, path)| (name.to_owned(), format!("{secure}{path}").into())).collect()
    }
}
