//! One signing key for all tests: making an RSA key of 4096 bits takes seconds, so it is kept beside the build.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use kernel::Key;
use std::{path::PathBuf, sync::OnceLock};

static PKCS8: OnceLock<Vec<u8>> = OnceLock::new();

pub fn key() -> Key {
    let pkcs8 = PKCS8.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/testkit-key.pk8");
        if let Ok(known) = std::fs::read(&path)
            && KeyPair::from_pkcs8(&known).is_ok()
        {
            return known;
        }
        let pair = KeyPair::generate(KeySize::Rsa4096).unwrap();
        let made = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref().to_vec();
        // Another test process may be doing the same: whoever renames last wins, and either key is good.
        let fresh = path.with_extension(std::process::id().to_string());
        if std::fs::write(&fresh, &made).is_ok() {
            let _ = std::fs::rename(&fresh, &path);
        }
        made
    });
    Key {
        id: "test-signing-key".to_owned(),
        pkcs8: pkcs8.clone().into(),
        certificates: Vec::new(),
        made_at: 0,
    }
}

/// A key on P-256, with which the OpenID Provider signs; made in no time, so each node has its own.
pub fn provider_key() -> Key {
    let document =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    Key {
        id: "test-provider-key".to_owned(),
        pkcs8: document.as_ref().to_vec().into(),
        certificates: Vec::new(),
        made_at: 0,
    }
}
