//! Whether a certificate is that of a client (RFC 8705, section 2.1).

use crate::model::client::Registration;
use pki::{Chain, Trust, Usage, validate};

/// Whether the certificates of a connection lead to an authority that is registered for the client, and name the client.
/// `now` in seconds.
///
/// # Errors
/// Says why not, for the operator of the client.
pub fn proves(shown: &[Vec<u8>], registration: &Registration, now: i64) -> Result<(), String> {
    let subject = registration.certificate.as_deref().ok_or("no subject is registered for this client")?;
    let authorities = registration.authorities.as_deref().unwrap_or_default();
    let anchors = pki::read_certificates(authorities.as_bytes()).map_err(|it| it.to_string())?;
    // Revocation is the operator's business here: taking the client away, or its subject, ends its access at once.
    let trust = Trust::new(&anchors).map_err(|it| it.to_string())?.without_revocation();
    let chain = Chain::from_der(shown.to_vec()).map_err(|_| {
        "the connection shows no certificate; use the address below mtls_endpoint_aliases".to_owned()
    })?;
    let valid = validate(&chain, &trust, now, Usage::Client).map_err(|it| it.to_string())?;
    if valid.certificate.subject == subject {
        Ok(())
    } else {
        Err("the certificate names somebody else than the registered subject".to_owned())
    }
}
