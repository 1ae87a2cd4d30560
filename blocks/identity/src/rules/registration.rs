//! What a client may be registered as.

use super::protocol::KNOWN;
use crate::model::client::{AuthMethod, NewParty};
use kernel::{Issue, Lang, Level};
use oidc::{Jwks, redirect};
use ports::identity::NewClient;

/// Everything that is wrong with a new client; `own` says whether whoever registers it has a permission.
pub fn check(new: &NewParty, demo: bool, lang: Lang, own: &dyn Fn(&str) -> bool) -> Vec<Issue> {
    let plain = NewClient {
        id: new.id.clone(),
        tenant: new.tenant.clone(),
        name: new.name.clone(),
        ..NewClient::default()
    };
    let mut issues = super::client::check(&plain, lang);
    let mut add = |pointer: String, de: String, en: String| {
        issues.push(Issue { pointer, detail: if lang == Lang::De { de } else { en } });
    };
    keys(new, &mut add);
    let it = &new.registration;
    for (position, address) in it.redirect_uris.iter().enumerate() {
        if let Err(fault) = redirect::check(address, it.fapi) {
            add(
                format!("/redirectUris/{position}"),
                format!("Die Rücksprungadresse passt nicht ({fault})."),
                format!("The redirect address does not fit: {fault}."),
            );
        }
    }
    let leaving = it.logout_uris.iter().enumerate().map(|(at, it)| (format!("/logoutUris/{at}"), it));
    let hearing = it.backchannel_logout_uri.iter().map(|it| ("/backchannelLogoutUri".to_owned(), it));
    for (pointer, address) in leaving.chain(hearing) {
        let plain = address.starts_with("http://") && !demo;
        if redirect::check(address, true).is_err() || plain {
            add(
                pointer,
                "Die Adresse muss mit https:// beginnen.".into(),
                "The address must begin with https://.".into(),
            );
        }
    }
    for (position, scope) in it.scopes.iter().enumerate() {
        if !KNOWN.contains(&scope.as_str()) && !own(scope) {
            add(
                format!("/scopes/{position}"),
                format!("Erlaubt sind {} und Berechtigungen, die Sie selbst haben.", KNOWN.join(", ")),
                format!("Allowed are {} and permissions that you have yourself.", KNOWN.join(", ")),
            );
        }
    }
    if it.level.as_deref().is_some_and(|it| Level::parse(it).is_none()) {
        add(
            "/level".into(),
            "Das Vertrauensniveau ist normal, substantial oder high.".into(),
            "The level of assurance is normal, substantial or high.".into(),
        );
    }
    issues
}

/// That a client has what its way of proving itself needs, and that the way is strong enough for its profile.
fn keys(new: &NewParty, add: &mut dyn FnMut(String, String, String)) {
    let it = &new.registration;
    if it.fapi && matches!(new.method, AuthMethod::ClientSecretPost | AuthMethod::None) {
        add(
            "/authMethod".into(),
            "FAPI 2.0 verlangt private_key_jwt, tls_client_auth oder self_signed_tls_client_auth.".into(),
            "FAPI 2.0 wants private_key_jwt, tls_client_auth or self_signed_tls_client_auth.".into(),
        );
    }
    let readable = it.jwks.as_ref().map(Jwks::read_strictly);
    match (&readable, new.method) {
        (Some(Err(fault)), _) => add(
            "/jwks".into(),
            format!("Die Schlüssel sind nicht lesbar ({fault})."),
            format!("The keys are not readable: {fault}."),
        ),
        (None, AuthMethod::PrivateKeyJwt) => add(
            "/jwks".into(),
            "Für private_key_jwt sind öffentliche Schlüssel nötig (JWK-Set).".into(),
            "For private_key_jwt, public keys are needed (a JWK set).".into(),
        ),
        _ => {}
    }
    if it.signed_requests && it.jwks.is_none() {
        add(
            "/jwks".into(),
            "Für signierte Anfragen sind öffentliche Schlüssel nötig.".into(),
            "For signed requests, public keys are needed.".into(),
        );
    }
    let by_certificate =
        matches!(new.method, AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth);
    if by_certificate && it.certificate.as_deref().unwrap_or_default().is_empty() {
        add(
            "/certificate".into(),
            "Nötig ist das Zertifikat: sein Fingerabdruck (SHA-256, base64url) oder, mit tls_client_auth, sein Inhaber.".into(),
            "The certificate is needed: its thumbprint (SHA-256, base64url) or, with tls_client_auth, its subject.".into(),
        );
    }
    let anchors = pki::read_certificates(it.authorities.as_deref().unwrap_or_default().as_bytes());
    if new.method == AuthMethod::TlsClientAuth && anchors.map_or(true, |it| it.is_empty()) {
        add(
            "/authorities".into(),
            "Nötig sind die Zertifikate der ausstellenden Stellen (PEM).".into(),
            "The certificates of the issuing authorities are needed (PEM).".into(),
        );
    }
}
