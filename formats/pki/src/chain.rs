//! Reading: certificates and revocation lists as DER, PEM or base64.

use crate::{Certificate, Refused, Unreadable};
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer, pem::PemObject};

/// The longest chain that is read.
pub const LONGEST_CHAIN: usize = 8;
/// The largest certificate that is read, in bytes.
pub const LARGEST_CERTIFICATE: usize = 64 * 1024;

/// Certificates as somebody presents them: DER, the leaf first. Nothing is trusted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain(Vec<Vec<u8>>);

impl Chain {
    /// A chain of DER certificates, the leaf first.
    ///
    /// # Errors
    /// When there is none, when there are more than [`LONGEST_CHAIN`], or when one is too large.
    pub fn from_der(certificates: Vec<Vec<u8>>) -> Result<Self, Unreadable> {
        if certificates.is_empty() {
            return Err(Unreadable::Empty);
        }
        if certificates.len() > LONGEST_CHAIN {
            return Err(Unreadable::TooMany { limit: LONGEST_CHAIN });
        }
        if let Some(position) = certificates.iter().position(|it| it.len() > LARGEST_CERTIFICATE) {
            let reason = format!("it is larger than {LARGEST_CERTIFICATE} bytes");
            return Err(Unreadable::Certificate { position, reason });
        }
        Ok(Self(certificates))
    }

    /// A chain of certificates in PEM, the leaf first.
    ///
    /// # Errors
    /// As [`Chain::from_der`], and when the text is not PEM.
    pub fn from_pem(text: &[u8]) -> Result<Self, Unreadable> {
        Self::from_der(read_certificates(text)?)
    }

    /// The certificates, DER, the leaf first.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.0
    }

    /// The first certificate, DER.
    pub fn leaf(&self) -> &[u8] {
        self.0.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// What the first certificate says about itself; nothing is checked.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn describe(&self) -> Result<Certificate, Refused> {
        Certificate::read(self.leaf())
            .map_err(|reason| Unreadable::Certificate { position: 0, reason }.into())
    }
}

/// Certificates of a file: PEM (any number) or DER (one).
///
/// # Errors
/// When there is none, or when the file is neither PEM nor DER.
pub fn read_certificates(file: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    let found = if looks_like_pem(file) {
        CertificateDer::pem_slice_iter(file)
            .enumerate()
            .map(|(position, it)| {
                it.map(|it| it.to_vec())
                    .map_err(|it| Unreadable::Certificate { position, reason: it.to_string() })
            })
            .collect::<Result<Vec<_>, _>>()?
    } else {
        vec![file.to_vec()]
    };
    if found.is_empty() || file.is_empty() {
        return Err(Unreadable::Empty);
    }
    for (position, der) in found.iter().enumerate() {
        Certificate::read(der).map_err(|reason| Unreadable::Certificate { position, reason })?;
    }
    Ok(found)
}

/// Revocation lists of a file: PEM (any number) or DER (one).
///
/// # Errors
/// When the file is PEM and broken. What stands in a list is looked at by [`crate::Trust`].
pub fn read_revocation_lists(file: &[u8]) -> Result<Vec<Vec<u8>>, Unreadable> {
    if !looks_like_pem(file) {
        return Ok(if file.is_empty() { Vec::new() } else { vec![file.to_vec()] });
    }
    CertificateRevocationListDer::pem_slice_iter(file)
        .enumerate()
        .map(|(position, it)| {
            it.map(|it| it.as_ref().to_vec())
                .map_err(|it| Unreadable::RevocationList { position, reason: it.to_string() })
        })
        .collect()
}

/// DER begins with the tag of a sequence, PEM with anything but.
fn looks_like_pem(file: &[u8]) -> bool {
    file.first() != Some(&0x30) && file.windows(11).any(|it| it == b"-----BEGIN ")
}
