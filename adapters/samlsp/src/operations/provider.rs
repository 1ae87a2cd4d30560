//! An identity provider with everything that was read from files.

use crate::{
    config::{Binding, Connection, ConnectionKind},
    names::fault,
    rules,
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{Ctx, Error, Lang, Result};
use saml::{
    Algorithm, Certificate, DecryptionKey, Fault, Policy, SigningKey,
    metadata::{IdentityProvider, ServiceProvider},
};
use std::{fs, path::Path, sync::OnceLock};

/// A connection and, once it is prepared, its keys.
pub struct Provider {
    pub connection: Connection,
    ready: OnceLock<Ready>,
}

/// What was read.
pub struct Ready {
    pub there: IdentityProvider,
    pub signing: SigningKey,
    pub certificate: Certificate,
    pub decryption: Vec<DecryptionKey>,
    pub encryption: Option<Certificate>,
    pub policy: Policy,
    pub sign_with: Algorithm,
    /// The last moment at which our own key may sign so.
    pub sign_until: i64,
}

impl Provider {
    pub fn new(connection: Connection) -> Self {
        Self { connection, ready: OnceLock::new() }
    }

    /// What was read at the start.
    pub fn ready(&self) -> Result<&Ready> {
        self.ready.get().ok_or_else(|| self.misconfigured("not prepared"))
    }

    /// Reads files and checks settings.
    pub fn prepare(&self, ctx: &Ctx) -> Result<()> {
        let ready = self.read(ctx).map_err(|it| self.misconfigured(it))?;
        // Prepared twice it stays as it was.
        let _ = self.ready.set(ready);
        Ok(())
    }

    pub fn misconfigured(&self, why: impl std::fmt::Display) -> Error {
        fault::CONFIGURATION.with("connection", &self.connection.id).with("reason", why)
    }

    /// What its button says.
    pub fn label(&self, lang: Lang) -> &str {
        let it = &self.connection;
        lang.pick(&it.label, it.label_en.as_deref().unwrap_or(&it.label))
    }

    /// The address that responses are posted to.
    pub fn answer_to(&self, ctx: &Ctx) -> String {
        format!("{}/sign-in/saml/{}/acs", ctx.base_url(), self.connection.id)
    }

    /// Where requests go.
    pub fn address<'r>(&self, ready: &'r Ready) -> Option<&'r String> {
        match self.connection.binding {
            Binding::Post => ready.there.post.as_ref(),
            Binding::Redirect => ready.there.redirect.as_ref(),
        }
    }

    /// Our metadata there.
    pub fn metadata(&self, ctx: &Ctx, ready: &Ready) -> String {
        let provider = ServiceProvider {
            entity_id: self.connection.entity_id.clone(),
            answer_to: vec![self.answer_to(ctx)],
            signing: vec![ready.certificate.clone()],
            encryption: ready.encryption.clone(),
        };
        provider.xml()
    }

    fn read(&self, ctx: &Ctx) -> std::result::Result<Ready, String> {
        let it = &self.connection;
        if it.id.is_empty() || !it.id.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-') {
            return Err("`id` may have letters, digits and `-` only".to_owned());
        }
        let local = it.entity_id.starts_with("http://");
        if local && !ctx.demo() {
            return Err("`entity_id` must be an https address".to_owned());
        }
        let signing = SigningKey::from_pem(&file(&it.signing_key_file)?)
            .map_err(|why| named("signing_key_file", &why))?;
        let certificate = Certificate::from_pem(&file(&it.signing_certificate_file)?)
            .map_err(|why| named("signing_certificate_file", &why))?;
        if !signing.belongs_to(&certificate) {
            return Err("`signing_certificate_file` is not of the key in `signing_key_file`".to_owned());
        }
        let decryption = it.decryption_key_file.as_deref().map(file).transpose()?;
        let decryption = decryption.map(|text| DecryptionKey::from_pem(&text)).transpose();
        let decryption = decryption.map_err(|why| named("decryption_key_file", &why))?;
        let encryption = it.decryption_certificate_file.as_deref().map(file).transpose()?;
        let encryption = encryption.map(|text| Certificate::from_pem(&text)).transpose();
        let encryption = encryption.map_err(|why| named("decryption_certificate_file", &why))?;
        let sign_with = it.sign_with.unwrap_or_else(|| signing.algorithm());
        let (there, own, node) = (self.read_there()?, self.policy()?, ctx.keys().policy());
        // Elliptic curves have no length in question.
        let shortest =
            |all: &[Certificate]| all.iter().filter_map(Certificate::rsa_bits).min().unwrap_or(usize::MAX);
        let lengths =
            (shortest(&there.certificates), decryption.as_ref().map_or(usize::MAX, DecryptionKey::bits));
        let allowed =
            own.lines().iter().find(|(it, _)| *it == sign_with).map_or(i64::MIN, |(_, until)| *until);
        let length = shortest(std::slice::from_ref(&certificate));
        let sign_until = allowed.min(rules::end(node, sign_with, length, lengths.1, ctx.now()));
        let ready = Ready {
            policy: rules::within(node, &own, lengths.0, lengths.1, ctx.now()),
            there,
            sign_until,
            decryption: decryption.into_iter().collect(),
            signing,
            certificate,
            encryption,
            sign_with,
        };
        if sign_until < ctx.now() {
            return Err(format!(
                "`sign_with`: the crypto policy does not allow {} with this key now",
                sign_with.uri()
            ));
        }
        check_policy(&ready, ctx.now())?;
        if self.address(&ready).is_none() {
            return Err("the identity provider has no address for this `binding`".to_owned());
        }
        // What BundID would refuse later is refused now.
        let asked = rules::extension(it, it.level, ctx.lang().tag(), format!("{}/sign-in", ctx.base_url()));
        asked.map_or(Ok(()), |asked| asked.check()).map_err(|why| why.to_string())?;
        Ok(ready)
    }

    fn read_there(&self) -> std::result::Result<IdentityProvider, String> {
        let it = &self.connection;
        if let Some(path) = &it.idp_metadata_file {
            return IdentityProvider::read(&file(path)?).map_err(|why| named("idp_metadata_file", &why));
        }
        let missing = || {
            "either `idp_metadata_file` or `idp_entity_id`, `idp_sso_url` and `idp_certificates`".to_owned()
        };
        let entity_id = it.idp_entity_id.clone().ok_or_else(missing)?;
        let address = it.idp_sso_url.clone().ok_or_else(missing)?;
        let certificates = it
            .idp_certificates
            .iter()
            .map(|path| Certificate::from_pem(&file(path)?).map_err(|why| named("idp_certificates", &why)));
        let certificates = certificates.collect::<std::result::Result<Vec<_>, _>>()?;
        if certificates.is_empty() {
            return Err(missing());
        }
        Ok(IdentityProvider { entity_id, post: Some(address.clone()), redirect: Some(address), certificates })
    }

    fn policy(&self) -> std::result::Result<Policy, String> {
        let it = &self.connection;
        let mut policy = Policy::default();
        if let Some(day) = &it.pkcs1_until {
            policy = policy.with_pkcs1_until(end_of(day)?);
        }
        if let Some(day) = &it.cbc_until {
            policy = policy.with_cbc_until(end_of(day)?);
        }
        Ok(policy)
    }

    /// Whether this is BundID.
    pub fn is_bundid(&self) -> bool {
        self.connection.kind == ConnectionKind::Bundid
    }
}

/// Refuses keys of the other side, and ours, that the policy leaves nothing to do for.
fn check_policy(ready: &Ready, now: i64) -> std::result::Result<(), String> {
    use Algorithm as A;
    let any = |all: &[A]| all.iter().any(|it| ready.policy.check(*it, now).is_ok());
    let rsa = ready.there.certificates.iter().any(|it| it.rsa_bits().is_some());
    if rsa && !any(&[A::RsaPssSha256, A::RsaPssSha384, A::RsaPssSha512, A::RsaSha256, A::RsaSha512]) {
        return Err(
            "the crypto policy allows no RSA signature with a key as short as the identity provider's"
                .to_owned(),
        );
    }
    if !ready.decryption.is_empty() && !any(&[A::OaepSha256, A::OaepSha1]) {
        return Err("`decryption_key_file`: the crypto policy does not allow a key of this length".to_owned());
    }
    Ok(())
}

fn named(name: &str, why: &Fault) -> String {
    format!("`{name}`: {why}")
}

fn file(path: &Path) -> std::result::Result<String, String> {
    fs::read_to_string(path).map_err(|why| format!("cannot read {}: {why}", path.display()))
}

/// The last moment of a day in UTC, microseconds.
fn end_of(day: &str) -> std::result::Result<i64, String> {
    let date: Date = day.parse().map_err(|_| format!("`{day}` is not a day (YYYY-MM-DD)"))?;
    let end = date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map_err(|_| format!("`{day}` is not a day"))?;
    Ok(end.timestamp().as_microsecond())
}
