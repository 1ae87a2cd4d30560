//! Keys, certificates and metadata of both sides, as files in one folder. There is no table.

use crate::{model::Account, names::fault};
use kernel::{Error, Result};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize};
use saml::{
    Certificate,
    metadata::{IdentityProvider, ServiceProvider},
};
use serde::Serialize;
use std::{
    fs::{DirBuilder, OpenOptions, read_to_string},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// Makes the files that are not there yet: keys of the simulators (`bundid.key`, `company.key`) and of the provider (`sp.key`,
/// `sp-decryption.key`), a certificate beside each, and the metadata of every side.
///
/// # Errors
/// When the folder cannot be written or what is in it cannot be read.
pub fn prepare_files(folder: &Path, base_url: &str) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|it| broken(folder, it))?;
    for (name, rsa) in [("bundid", true), ("company", false), ("sp", true), ("sp-decryption", true)] {
        if !folder.join(format!("{name}.crt")).exists() {
            make(folder, name, rsa)?;
        }
    }
    for account in Account::ALL {
        let name = account.name();
        let provider = IdentityProvider {
            entity_id: entity_id(base_url, account),
            post: Some(sign_in_address(base_url, account)),
            redirect: Some(sign_in_address(base_url, account)),
            certificates: vec![certificate(folder, name)?],
        };
        write(folder, &format!("{name}-idp.xml"), &provider.xml())?;
        let asking = ServiceProvider {
            entity_id: provider_id(base_url, account),
            answer_to: vec![format!("{base_url}/sign-in/saml/{}/acs", connection_id(account))],
            signing: vec![certificate(folder, "sp")?],
            encryption: Some(certificate(folder, "sp-decryption")?),
        };
        write(folder, &format!("{name}-sp.xml"), &asking.xml())?;
    }
    Ok(())
}

/// The entity id of a simulator.
pub fn entity_id(base_url: &str, account: Account) -> String {
    format!("{base_url}/simulator/accounts/{}/metadata", account.name())
}

/// The address of a simulator to which requests go.
pub fn sign_in_address(base_url: &str, account: Account) -> String {
    format!("{base_url}/simulator/accounts/{}/saml", account.name())
}

fn connection_id(account: Account) -> &'static str {
    match account {
        Account::Bundid => "bundid",
        Account::Company => "company-account",
    }
}

fn provider_id(base_url: &str, account: Account) -> String {
    format!("{base_url}/sign-in/saml/{}/metadata", connection_id(account))
}

/// The settings `[[connections]]` of the adapter `samlsp` that lead to both simulators, in TOML.
///
/// # Errors
/// When a path cannot be written as text.
pub fn connections(folder: &Path, base_url: &str) -> Result<String> {
    let connections = Account::ALL.map(|account| Connection::new(folder, base_url, account));
    toml::to_string(&Connections { connections: connections.to_vec() }).map_err(|it| broken(folder, it))
}

#[derive(Serialize)]
struct Connections {
    connections: Vec<Connection>,
}

#[derive(Clone, Serialize)]
struct Connection {
    id: &'static str,
    kind: &'static str,
    label: &'static str,
    label_en: &'static str,
    hint: &'static str,
    hint_en: &'static str,
    idp_metadata_file: String,
    entity_id: String,
    signing_key_file: String,
    signing_certificate_file: String,
    decryption_key_file: String,
    decryption_certificate_file: String,
    organisation: &'static str,
    online_service_id: &'static str,
    level: &'static str,
    attributes: Vec<Asked>,
}

#[derive(Clone, Serialize)]
struct Asked {
    name: &'static str,
    required: bool,
}

impl Connection {
    fn new(folder: &Path, base_url: &str, account: Account) -> Self {
        let file = |name: &str| folder.join(name).display().to_string();
        let optional =
            ["email", "birthdate", "street_address", "postal_code", "locality", "country", "mailbox"];
        let asked = optional.iter().map(|name| Asked { name, required: false });
        let needed = ["given_name", "family_name"].map(|name| Asked { name, required: true });
        let person = account == Account::Bundid;
        Self {
            id: connection_id(account),
            kind: if person { "bundid" } else { "company_account" },
            label: if person { "BundID (SIMULATOR)" } else { "Mein Unternehmenskonto (SIMULATOR)" },
            label_en: if person { "BundID (SIMULATOR)" } else { "Company account (SIMULATOR)" },
            hint: if person { "Erfundene Personen, drei Vertrauensniveaus" } else { "Erfundene Unternehmen" },
            hint_en: if person {
                "Invented persons, three levels of assurance"
            } else {
                "Invented companies"
            },
            idp_metadata_file: file(&format!("{}-idp.xml", account.name())),
            entity_id: provider_id(base_url, account),
            signing_key_file: file("sp.key"),
            signing_certificate_file: file("sp.crt"),
            decryption_key_file: file("sp-decryption.key"),
            decryption_certificate_file: file("sp-decryption.crt"),
            organisation: "Fachwerk-Demo",
            online_service_id: "DEMO-BMI-ID",
            level: if person { "high" } else { "substantial" },
            attributes: if person { needed.into_iter().chain(asked).collect() } else { Vec::new() },
        }
    }
}

/// A key that only its owner may read, and a certificate that only carries its public half.
fn make(folder: &Path, name: &str, rsa: bool) -> Result<()> {
    let unable = |it: rcgen::Error| broken(&folder.join(format!("{name}.key")), it);
    let pair = if rsa {
        KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072).map_err(unable)?
    } else {
        KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(unable)?
    };
    let mut about = CertificateParams::new(Vec::new()).map_err(unable)?;
    about.distinguished_name.push(DnType::CommonName, format!("SIMULATOR {name}"));
    let certificate = about.self_signed(&pair).map_err(unable)?;
    write(folder, &format!("{name}.key"), &pair.serialize_pem())?;
    write(folder, &format!("{name}.crt"), &certificate.pem())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
    file.and_then(|mut it| it.write_all(text.as_bytes())).map_err(|it| broken(&path, it))
}

/// The text of a file in the folder.
pub fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    read_to_string(&path).map_err(|it| broken(&path, it))
}

fn certificate(folder: &Path, name: &str) -> Result<Certificate> {
    let name = format!("{name}.crt");
    Certificate::from_pem(&read(folder, &name)?).map_err(|it| broken(&folder.join(name), it))
}

/// A file that is of no use.
pub fn broken(path: &Path, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    fault::FILES.with("path", path.display()).because(cause)
}
