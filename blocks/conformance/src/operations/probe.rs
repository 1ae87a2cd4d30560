//! Asking an interface contract's address, once and only when somebody wants it. What comes back is checked and kept like
//! any other evidence.

use super::{Conformance, check::day};
use crate::{
    model::{Evidence, For},
    names::{did, fault, may},
    rules::{self, is_askable, may_ask},
};
use bytes::Bytes;
use kernel::{
    Ctx, Error, Policy, Result,
    policy::{Use, Verdict},
};
use reqwest::redirect;
use rustls::{
    CipherSuite, ClientConfig, ClientConnection, NamedGroup, ProtocolVersion, RootCertStore,
    crypto::{CryptoProvider, aws_lc_rs},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpStream, time::timeout};
use url::Url;

/// A contract is a text; nobody writes a larger one.
const LARGEST: usize = 16 * 1024 * 1024;

impl Conformance {
    /// Asks `address` and keeps as evidence for an element: what it answered, the certificate it showed, and what TLS agreed on.
    ///
    /// # Errors
    /// When the address may not be asked, does not answer, or answers with what cannot be checked.
    pub(crate) async fn probe(&self, ctx: &Ctx, place: &For, address: &str) -> Result<Vec<Evidence>> {
        ctx.require(may::PROBE)?;
        let url: Url = address.parse().map_err(|_| {
            Error::from(fault::BAD_ADDRESS).with("address", address).worded(
                "reason",
                "Sie ist keine vollständige Adresse; schreiben Sie https://…",
                "It is no complete address; write https://…",
            )
        })?;
        let target = self.target(ctx, &url).await?;
        let mut kept = Vec::new();
        if url.scheme() == "https" {
            for (name, content) in self.greet(ctx, &url, target).await? {
                kept.push(self.keep_from(ctx, place, &name, content, address).await?);
            }
        }
        let body = self.fetch(&url, target).await?;
        let name = url.path_segments().and_then(Iterator::last).filter(|it| !it.is_empty());
        let name = name.unwrap_or("contract").to_owned();
        kept.push(self.keep_from(ctx, place, &name, body, address).await?);
        // Which address was asked, beside the rows of what was kept.
        ctx.write(may::PROBE).await?.commit(did::PROBED, url.host_str().unwrap_or_default()).await?;
        Ok(kept)
    }

    /// The one network address that is asked, so that a name cannot mean another one a moment later.
    async fn target(&self, ctx: &Ctx, url: &Url) -> Result<SocketAddr> {
        let refuse = |why: rules::Refused| {
            Error::from(fault::BAD_ADDRESS).with("address", url).worded("reason", why.0, why.1)
        };
        is_askable(url).map_err(refuse)?;
        let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(443));
        let host = host.trim_matches(['[', ']']);
        let found =
            tokio::net::lookup_host((host, port)).await.map_err(|it| no_answer(url, &it.to_string()))?;
        let mut refused = None;
        for target in found {
            match may_ask(target.ip(), self.config.probe_private, ctx.demo()) {
                Ok(()) => return Ok(target),
                Err(why) => refused = Some(why),
            }
        }
        Err(refused.map_or_else(|| no_answer(url, "the name leads nowhere"), refuse))
    }

    async fn fetch(&self, url: &Url, target: SocketAddr) -> Result<Bytes> {
        let client = reqwest::Client::builder()
            .resolve(url.host_str().unwrap_or_default(), target)
            // A redirect could lead where a probe must not go.
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(self.config.probe_seconds))
            .user_agent("fachwerk-probe")
            .build()
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let mut answer = client.get(url.clone()).send().await.map_err(|it| no_answer(url, &told(&it)))?;
        if !answer.status().is_success() {
            return Err(no_answer(url, &format!("status {}", answer.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|it| no_answer(url, &told(&it)))? {
            if body.len() + piece.len() > LARGEST {
                return Err(no_answer(url, "the answer is larger than 16 MiB"));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.into())
    }

    /// Makes a TLS connection of its own, offering only what the crypto policy allows, and tells what came of it. Whether the
    /// certificate is trusted is decided by the request itself; here it is only looked at.
    async fn greet(&self, ctx: &Ctx, url: &Url, target: SocketAddr) -> Result<Vec<(String, Bytes)>> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let name = rustls::pki_types::ServerName::try_from(host.clone())
            .map_err(|it| no_answer(url, &it.to_string()))?;
        let config = config(ctx.keys().policy(), ctx.now())?;
        let wait = Duration::from_secs(self.config.probe_seconds);
        let greeting = async {
            let stream = TcpStream::connect(target).await?;
            tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await
        };
        let stream =
            timeout(wait, greeting).await.map_err(|_| no_answer(url, "no TLS connection in time"))?.map_err(
                |it| no_answer(url, &format!("no TLS connection with what the crypto policy allows: {it}")),
            )?;
        let connection: &ClientConnection = stream.get_ref().1;
        let version = match connection.protocol_version() {
            Some(ProtocolVersion::TLSv1_3) => "1.3",
            _ => "1.2",
        };
        let suite = connection
            .negotiated_cipher_suite()
            .map_or(CipherSuite::TLS_NULL_WITH_NULL_NULL, |it| it.suite());
        let group = connection.negotiated_key_exchange_group().map(|it| group(it.name()));
        let bill = rules::bill(
            &host,
            version,
            &registered(suite),
            group.as_deref(),
            &ctx.id().to_string(),
            &format!("{}T00:00:00Z", day(ctx.now())),
        );
        let mut kept = vec![(format!("tls-{host}.cdx.json"), bill.to_string().into_bytes().into())];
        let first = connection.peer_certificates().and_then(|it| it.first());
        kept.extend(first.map(|it| (format!("{host}.der"), Bytes::copy_from_slice(it))));
        Ok(kept)
    }
}

/// What a client offers that keeps to the policy.
fn config(policy: &Policy, now: i64) -> Result<ClientConfig> {
    let fits =
        |mechanism: &str, usage| !matches!(policy.check(mechanism, "", usage, now), Verdict::Refused { .. });
    let usual = aws_lc_rs::default_provider();
    let provider = CryptoProvider {
        cipher_suites: usual
            .cipher_suites
            .iter()
            .copied()
            .filter(|it| fits(&format!("{:?}", it.suite()), Use::TlsSuite))
            .collect(),
        kx_groups: aws_lc_rs::ALL_KX_GROUPS
            .iter()
            .copied()
            .filter(|it| fits(&group(it.name()), Use::TlsGroup))
            .collect(),
        ..usual
    };
    let broken = |it: rustls::Error| kernel::fault::INTERNAL.because(it);
    let verifier = trust::Anybody(provider.signature_verification_algorithms);
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(broken)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    config.dangerous().set_certificate_verifier(Arc::new(verifier));
    Ok(config)
}

/// A group by the name that the policy and the registry use.
fn group(name: NamedGroup) -> String {
    match name {
        NamedGroup::secp256r1MLKEM768 => "SECP256R1MLKEM768".to_owned(),
        other => format!("{other:?}"),
    }
}

/// A suite by its registered name; rustls writes those of TLS 1.3 with a prefix.
fn registered(suite: CipherSuite) -> String {
    format!("{suite:?}").replace("TLS13_", "TLS_")
}

fn no_answer(url: &Url, reason: &str) -> Error {
    fault::NO_ANSWER.with("address", url).with("reason", reason)
}

/// The innermost cause of a failed request: the outer ones only repeat the address.
fn told(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// A verifier that lets every chain through but still checks that the other side holds the key: the certificate is evidence
/// here, not a reason for trust.
mod trust {
    use rustls::{
        DigitallySignedStruct, Error, SignatureScheme,
        client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature},
        pki_types::{CertificateDer, ServerName, UnixTime},
    };

    #[derive(Debug)]
    pub(super) struct Anybody(pub WebPkiSupportedAlgorithms);

    impl ServerCertVerifier for Anybody {
        fn verify_server_cert(
            &self,
            _: &CertificateDer<'_>,
            _: &[CertificateDer<'_>],
            _: &ServerName<'_>,
            _: &[u8],
            _: UnixTime,
        ) -> Result<ServerCertVerified, Error> {
            Ok(ServerCertVerified::assertion())
        }

        fn verify_tls12_signature(
            &self,
            message: &[u8],
            certificate: &CertificateDer<'_>,
            signature: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            verify_tls12_signature(message, certificate, signature, &self.0)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            certificate: &CertificateDer<'_>,
            signature: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            verify_tls13_signature(message, certificate, signature, &self.0)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.0.supported_schemes()
        }
    }
}
