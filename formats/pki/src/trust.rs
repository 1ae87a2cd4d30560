//! What is trusted: authorities and their revocation lists, read once and used for many chains.

use crate::{Certificate, Unreadable};
use rustls_pki_types::{CertificateDer, TrustAnchor};
use webpki::{CertRevocationList, OwnedCertRevocationList, anchor_from_trusted_cert};
use x509_cert::{certificate::Rfc5280, crl::CertificateList, der::Decode};

/// The shortest RSA key that is accepted where nothing else is said (BSI TR-02102-1, section 2).
pub const SMALLEST_RSA: u32 = 3000;

/// What is trusted. Cheap to share, dear to make: revocation lists are indexed once.
#[derive(Debug)]
pub struct Trust {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) lists: Vec<List>,
    pub(crate) require_revocation: bool,
    pub(crate) smallest_rsa: u32,
}

#[derive(Debug)]
pub(crate) struct Anchor {
    pub(crate) der: Vec<u8>,
    pub(crate) root: TrustAnchor<'static>,
    pub(crate) certificate: Certificate,
}

#[derive(Debug)]
pub(crate) struct List {
    pub(crate) list: CertRevocationList<'static>,
    pub(crate) this_update: i64,
}

impl Trust {
    /// Trusts these authorities (or, pinned, single certificates), DER. Revocation lists are demanded until
    /// [`Trust::without_revocation`] says otherwise.
    ///
    /// # Errors
    /// Names the certificate that cannot be read.
    pub fn new(anchors: &[Vec<u8>]) -> Result<Self, Unreadable> {
        let anchors = anchors
            .iter()
            .enumerate()
            .map(|(position, der)| anchor(der).map_err(|reason| Unreadable::Certificate { position, reason }))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { anchors, lists: Vec::new(), require_revocation: true, smallest_rsa: SMALLEST_RSA })
    }

    /// Adds revocation lists, DER. Whether an authority signed them is looked at when they are used.
    ///
    /// # Errors
    /// Names the list that cannot be read.
    pub fn with_revocation_lists(mut self, lists: &[Vec<u8>]) -> Result<Self, Unreadable> {
        for (position, der) in lists.iter().enumerate() {
            let list = list(der).map_err(|reason| Unreadable::RevocationList { position, reason })?;
            self.lists.push(list);
        }
        // The newest of an issuer is asked first.
        self.lists.sort_by_key(|it| std::cmp::Reverse(it.this_update));
        Ok(self)
    }

    /// Accepts certificates of issuers without a (current) revocation list. What a list at hand revokes stays refused.
    #[must_use]
    pub fn without_revocation(mut self) -> Self {
        self.require_revocation = false;
        self
    }

    /// Sets the shortest RSA key, in bits.
    #[must_use]
    pub fn with_smallest_rsa(mut self, bits: u32) -> Self {
        self.smallest_rsa = bits;
        self
    }

    /// What the trusted certificates say about themselves.
    pub fn anchors(&self) -> impl Iterator<Item = &Certificate> {
        self.anchors.iter().map(|it| &it.certificate)
    }
}

fn anchor(der: &[u8]) -> Result<Anchor, String> {
    let certificate = Certificate::read(der)?;
    let shared = CertificateDer::from(der);
    let root = anchor_from_trusted_cert(&shared).map_err(|it| it.to_string())?.to_owned();
    Ok(Anchor { der: der.to_vec(), root, certificate })
}

fn list(der: &[u8]) -> Result<List, String> {
    let parsed = CertificateList::<Rfc5280>::from_der(der).map_err(|it| it.to_string())?;
    let this_update = parsed.tbs_cert_list.this_update.to_unix_duration().as_secs();
    let list = OwnedCertRevocationList::from_der(der).map_err(|it| it.to_string())?;
    Ok(List { list: list.into(), this_update: i64::try_from(this_update).unwrap_or(i64::MAX) })
}
