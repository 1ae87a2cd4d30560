//! Session transcripts: what binds a device's signature to one request.

use crate::cbor::write;
use aws_lc_rs::digest;
use ciborium::Value;

/// The session transcript of one request (ISO/IEC 18013-5, 9.1.5.1), encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionTranscript(Vec<u8>);

impl SessionTranscript {
    /// The transcript of a request answered to `response_uri` (OpenID4VP 1.0, B.2.6.1).
    ///
    /// `jwk_thumbprint` is the SHA-256 thumbprint (RFC 7638) of the key that the response is encrypted to, if it is.
    pub fn openid4vp(
        client_id: &str,
        nonce: &str,
        jwk_thumbprint: Option<&[u8; 32]>,
        response_uri: &str,
    ) -> Self {
        let info = [client_id.into(), nonce.into(), thumbprint(jwk_thumbprint), response_uri.into()];
        Self::of("OpenID4VPHandover", &info)
    }

    /// The transcript of a request over the Digital Credentials API (OpenID4VP 1.0, B.2.6.2).
    pub fn dc_api(origin: &str, nonce: &str, jwk_thumbprint: Option<&[u8; 32]>) -> Self {
        let info = [origin.into(), nonce.into(), thumbprint(jwk_thumbprint)];
        Self::of("OpenID4VPDCAPIHandover", &info)
    }

    /// The transcript, encoded.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn of(handover: &str, info: &[Value]) -> Self {
        let hash = digest::digest(&digest::SHA256, &write(&Value::Array(info.to_vec())));
        let handover = Value::Array(vec![handover.into(), Value::Bytes(hash.as_ref().to_vec())]);
        Self(write(&Value::Array(vec![Value::Null, Value::Null, handover])))
    }

    /// What the device signs (`DeviceAuthenticationBytes`, 9.1.3.4), around the very bytes of its own items.
    pub(crate) fn device_authentication(&self, doc_type: &str, device_items: &[u8]) -> Vec<u8> {
        // An array of four, put together by hand so that the transcript goes in as it is.
        let mut inner = vec![0x84];
        inner.extend(write(&"DeviceAuthentication".into()));
        inner.extend(&self.0);
        inner.extend(write(&doc_type.into()));
        inner.extend(write(&crate::cbor::embed(device_items.to_vec())));
        write(&crate::cbor::embed(inner))
    }
}

fn thumbprint(it: Option<&[u8; 32]>) -> Value {
    it.map_or(Value::Null, |it| Value::Bytes(it.to_vec()))
}
