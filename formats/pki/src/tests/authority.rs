//! Authorities, certificates and revocation lists to test with.

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber,
};
use time::OffsetDateTime;

/// The time of all tests, seconds since the epoch.
pub(super) const NOW: i64 = 1_790_000_000;
/// When all certificates run out.
pub(super) const LATER: i64 = NOW + 1_000_000;

pub(super) struct Authority {
    params: CertificateParams,
    key: KeyPair,
    pub(super) der: Vec<u8>,
    pub(super) pem: String,
}

pub(super) fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}

pub(super) fn key() -> KeyPair {
    KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap()
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = at(NOW - 1000);
    params.not_after = at(LATER);
    params
}

pub(super) fn authority(name: &str, change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let mut params = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    change(&mut params);
    params
}

pub(super) fn leaf(change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let mut params = named("leaf");
    params.is_ca = IsCa::ExplicitNoCa;
    params.serial_number = Some(SerialNumber::from(42u64));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    change(&mut params);
    params
}

impl Authority {
    pub(super) fn root(name: &str) -> Self {
        Self::root_with(name, key(), |_| {})
    }

    pub(super) fn root_with(name: &str, key: KeyPair, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let params = authority(name, change);
        let made = params.self_signed(&key).unwrap();
        Self { der: made.der().to_vec(), pem: made.pem(), params, key }
    }

    pub(super) fn authority(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let (params, key) = (authority(name, change), key());
        let made = params.signed_by(&key, &self.issuer()).unwrap();
        Self { der: made.der().to_vec(), pem: made.pem(), params, key }
    }

    fn issuer(&self) -> Issuer<'_, &KeyPair> {
        Issuer::from_params(&self.params, &self.key)
    }

    pub(super) fn issue(&self, key: &KeyPair, change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
        leaf(change).signed_by(key, &self.issuer()).unwrap().der().to_vec()
    }

    pub(super) fn list(&self, revoked: &[u64]) -> Vec<u8> {
        self.list_of(revoked, NOW - 100, NOW + 100)
    }

    pub(super) fn list_of(&self, revoked: &[u64], from: i64, until: i64) -> Vec<u8> {
        let revoked_certs = revoked
            .iter()
            .map(|serial| RevokedCertParams {
                serial_number: SerialNumber::from(*serial),
                revocation_time: at(NOW - 500),
                reason_code: None,
                invalidity_date: None,
            })
            .collect();
        let params = CertificateRevocationListParams {
            this_update: at(from),
            next_update: at(until),
            crl_number: SerialNumber::from(1u64),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: rcgen::KeyIdMethod::Sha256,
        };
        params.signed_by(&self.issuer()).unwrap().der().to_vec()
    }
}
