//! Asking an interface contract's address, once and only when somebody wants it. What comes back is checked and kept like
//! any other evidence.

use super::{Conformance, check::day, evidence::is_named};
use crate::{
    model::{Evidence, For},
    names::{did, fault, may},
    rules::{self, is_askable, may_ask},
};
use bytes::Bytes;
use kernel::{
    Ctx, Error, Policy, Result, SECOND,
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

/// Microseconds.
const MINUTE: i64 = 60 * SECOND;

/// How the names of records begin of what TLS agreed on.
pub(super) const TLS_RECORD: &str = "tls-";

/// A contract is a text; nobody writes a larger one.
const LARGEST: usize = 16 * 1024 * 1024;

impl Conformance {
    /// Asks `address` and keeps as evidence for an element: what it answered, the certificate it showed, and what TLS agreed on.
    ///
    /// # Errors
    /// When the address may not be asked, does not answer, or answers with what cannot be checked.
    pub(crate) async fn probe(&self, ctx: &Ctx, place: &For, address: &str) -> Result<Vec<Evidence>> {
        ctx.require(may::PROBE)?;
        is_named(place)?;
        let url: Url = address.parse().map_err(|_| {
            Error::from(fault::BAD_ADDRESS).with("address", address).worded(
                "reason",
                "Sie ist keine vollständige Adresse; schreiben Sie https://…",
                "It is no complete address; write https://…",
            )
        })?;
        let target = self.target(ctx, &url).await?;
        self.take_turn(ctx)?;
        // Who is asked stands in the record before that happens, so that a probe that fails leaves a trace too.
        ctx.write(may::PROBE).await?.commit(did::PROBED, url.host_str().unwrap_or_default()).await?;
        let greeted = if url.scheme() == "https" { self.greet(ctx, &url, target).await? } else { Vec::new() };
        let body = self.fetch(&url, target).await?;
        let name = url.path_segments().and_then(Iterator::last).filter(|it| !it.is_empty());
        // What follows the path can hold a key, which evidence must not show.
        let origin = without_query(&url);
        // The contract goes first: where it cannot be checked, nothing is kept of the probe.
        let contract = self.keep_from(ctx, place, name.unwrap_or("contract"), body, &origin).await?;
        let mut kept = Vec::new();
        for (name, content) in greeted {
            kept.push(self.keep_from(ctx, place, &name, content, &origin).await?);
        }
        kept.push(contract);
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
        let looking = timeout(self.patience(), tokio::net::lookup_host((host, port)));
        let found = looking.await.map_err(|_| {
            no_answer(
                url,
                "Der Name ließ sich nicht rechtzeitig auflösen; versuchen Sie es noch einmal.",
                "The name was not resolved in time; try again.",
            )
        })?;
        let found = found.map_err(|it| {
            no_answer(
                url,
                &format!("Der Name lässt sich nicht auflösen ({it}); prüfen Sie die Schreibweise."),
                &format!("The name cannot be resolved ({it}); check how it is written."),
            )
        })?;
        let mut refused = None;
        for target in found {
            match may_ask(target.ip(), self.config.probe_private, ctx.demo()) {
                Ok(()) => return Ok(target),
                Err(why) => refused = Some(why),
            }
        }
        let nowhere = || {
            no_answer(
                url,
                "Zu dem Namen gehört keine Netzadresse; prüfen Sie die Schreibweise.",
                "No network address belongs to the name; check how it is written.",
            )
        };
        Err(refused.map_or_else(nowhere, refuse))
    }

    /// Counts a probe of the asker's tenant.
    ///
    /// # Errors
    /// Too many, with the seconds to wait, where this minute's probes are used up.
    fn take_turn(&self, ctx: &Ctx) -> Result<()> {
        let minute = ctx.now() / MINUTE;
        let Ok(mut all) = self.probes.lock() else { return Ok(()) };
        all.retain(|_, it| it.0 == minute);
        let (_, count) = all.entry(ctx.tenant().to_owned()).or_insert((minute, 0));
        if *count >= self.config.probes_per_minute {
            let seconds = ((minute + 1) * MINUTE - ctx.now()) / SECOND + 1;
            return Err(kernel::fault::TOO_MANY.with("seconds", seconds));
        }
        *count += 1;
        Ok(())
    }

    /// How long each step of a probe may take.
    fn patience(&self) -> Duration {
        Duration::from_secs(self.config.probe_seconds)
    }

    async fn fetch(&self, url: &Url, target: SocketAddr) -> Result<Bytes> {
        let client = reqwest::Client::builder()
            .resolve(url.host_str().unwrap_or_default(), target)
            // A redirect could lead where a probe must not go.
            .redirect(redirect::Policy::none())
            // A proxy would resolve the name itself, and could reach what must not be asked.
            .no_proxy()
            .timeout(self.patience())
            .user_agent("fachwerk-probe")
            .build()
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let failed = |it: reqwest::Error| {
            let cause = told(&it);
            no_answer(
                url,
                &format!("Die Abfrage brach ab: {cause}."),
                &format!("The request broke off: {cause}."),
            )
        };
        let mut answer = client.get(url.clone()).send().await.map_err(failed)?;
        if !answer.status().is_success() {
            let status = answer.status().as_u16();
            return Err(no_answer(
                url,
                &format!(
                    "Sie antwortet mit dem Status {status}; nötig ist 200, ohne Weiterleitung und ohne Anmeldung."
                ),
                &format!(
                    "It answers with status {status}; needed is 200, without a redirect and without signing in."
                ),
            ));
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(failed)? {
            if body.len() + piece.len() > LARGEST {
                return Err(no_answer(
                    url,
                    "Die Antwort ist größer als 16 MiB; laden Sie die Datei als Nachweis hoch.",
                    "The answer is larger than 16 MiB; upload the file as evidence.",
                ));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.into())
    }

    /// Makes a TLS connection of its own, offering only what the crypto policy allows, and tells what came of it. Whether the
    /// certificate is trusted is decided by the request itself; here it is only looked at.
    async fn greet(&self, ctx: &Ctx, url: &Url, target: SocketAddr) -> Result<Vec<(String, Bytes)>> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let untold = |it: &dyn std::fmt::Display| {
            no_answer(
                url,
                &format!(
                    "Mit dem, was die Kryptorichtlinie erlaubt, kam keine TLS-Verbindung zustande: {it}."
                ),
                &format!("No TLS connection came about with what the crypto policy allows: {it}."),
            )
        };
        let name = rustls::pki_types::ServerName::try_from(host.clone()).map_err(|it| untold(&it))?;
        let config = config(ctx.keys().policy(), ctx.now())?;
        let greeting = async {
            let stream = TcpStream::connect(target).await?;
            tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await
        };
        let stream = timeout(self.patience(), greeting).await.map_err(|_| {
            no_answer(
                url,
                "Eine TLS-Verbindung kam nicht rechtzeitig zustande; versuchen Sie es noch einmal.",
                "No TLS connection came about in time; try again.",
            )
        })?;
        let stream = stream.map_err(|it| untold(&it))?;
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
        let mut kept = vec![(format!("{TLS_RECORD}{host}.cdx.json"), bill.to_string().into_bytes().into())];
        let first = connection.peer_certificates().and_then(|it| it.first());
        kept.extend(first.map(|it| (format!("{host}.der"), Bytes::copy_from_slice(it))));
        Ok(kept)
    }
}

/// An address up to its path.
fn without_query(url: &Url) -> String {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    bare.into()
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

fn no_answer(url: &Url, de: &str, en: &str) -> Error {
    fault::NO_ANSWER.with("address", url).worded("reason", de, en)
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
