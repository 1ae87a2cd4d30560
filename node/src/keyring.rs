//! The node's signing keys: made at the first start, rotated while it runs, sealed where they lie.

mod envelope;
mod store;
#[cfg(test)]
mod tests;

pub use store::{FileStore, KeyStore};

use crate::{Config, config::Fault};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use fitconnect::{
    jwk::{KeyUse, PrivateJwk},
    x509,
};
use kernel::{Algorithm, Clock, DAY, Ids, Key, Keys, Policy, Rotation, SECOND};
use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use zeroize::Zeroizing;

/// How long a fresh certificate is valid.
const VALID: i64 = 2 * 365 * DAY;

/// The node's keys and the place they come from.
pub struct Keyring {
    /// The keys as they are used.
    pub keys: Keys,
    store: Arc<dyn KeyStore>,
    seen: Mutex<Vec<(String, Option<SystemTime>)>>,
}

impl Keyring {
    /// Opens the keys of a node; makes one of each kind where there is none.
    ///
    /// # Errors
    /// When a file cannot be read or written, is no key, or when the crypto policy refuses a key that signs.
    pub fn open(config: &Config, data: &Path, policy: Arc<Policy>, clock: &Clock) -> Result<Self, Fault> {
        let folder = data.join("keys");
        let store = open_store(config, data)?;
        let seen = store.state();
        let keys = load_all(&store)?;
        let rotation = Rotation {
            publish_before_use: i64::from(config.keys.publish_before_use) * SECOND,
            keep: i64::from(config.keys.keep_days) * DAY,
        };
        let keys = Keys::open(keys, policy, clock.clone(), rotation)
            .map_err(|it| malformed(&folder, &format!("{it:?}")))?;
        for kind in Algorithm::ALL {
            if keys.key_id(kind).is_none() {
                make(&store, kind, clock.now())?;
            }
        }
        let ring = Self { keys, store: Arc::new(store), seen: Mutex::new(seen) };
        ring.refresh()?;
        ring.check(&folder)?;
        Ok(ring)
    }

    /// Takes up keys that were added or removed; answers whether there were any.
    ///
    /// # Errors
    /// When a file cannot be read; then the keys stay as they were.
    pub fn refresh(&self) -> Result<bool, Fault> {
        let state = self.store.state();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == state {
            return Ok(false);
        }
        let keys = load_all(&*self.store)?;
        self.keys.replace(keys).map_err(|it| malformed(Path::new("keys"), &format!("{it:?}")))?;
        *seen = state;
        Ok(true)
    }

    /// Refuses keys that sign against the crypto policy.
    fn check(&self, folder: &Path) -> Result<(), Fault> {
        for key in self.keys.report().into_iter().filter(|it| it.signs) {
            if let kernel::policy::Verdict::Refused { message, .. } = key.verdict {
                return Err(malformed(
                    &folder.join(format!("{}.key", key.id)),
                    &format!("the crypto policy refuses this key: {message}"),
                ));
            }
        }
        Ok(())
    }
}

/// Makes a new key of each kind beside the node, which takes them up by itself; answers their ids.
///
/// # Errors
/// When the files cannot be written.
pub fn rotate(config: &Config, data: &Path, now: i64) -> Result<Vec<String>, Fault> {
    let store = open_store(config, data)?;
    Algorithm::ALL.into_iter().map(|kind| make(&store, kind, now)).collect()
}

fn open_store(config: &Config, data: &Path) -> Result<FileStore, Fault> {
    let unlock_file = config.keys.unlock_file.clone().unwrap_or_else(|| data.join("unlock-key"));
    FileStore::open(&data.join("keys"), &unlock_file)
}

fn load_all(store: &dyn KeyStore) -> Result<Vec<Key>, Fault> {
    store.list()?.iter().map(|id| store.load(id)).collect()
}

fn make(store: &dyn KeyStore, kind: Algorithm, now: i64) -> Result<String, Fault> {
    let id = Ids::Random.sortable(now).to_string();
    let failed = |it: String| malformed(Path::new(&id), &it);
    let key = match kind {
        Algorithm::Ps512 => {
            let key = PrivateJwk::generate(&id, KeyUse::Sign).map_err(|it| failed(it.to_string()))?;
            let certificate = x509::self_signed(&key, "Fachwerk", now / SECOND, (now + VALID) / SECOND)
                .map_err(|it| failed(it.to_string()))?;
            let pkcs8 = key.to_pkcs8().map_err(|it| failed(it.to_string()))?;
            Key { id: id.clone(), pkcs8, certificates: vec![certificate], made_at: now }
        }
        Algorithm::Es256 => {
            let pkcs8 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                .and_then(|it| it.to_pkcs8v1())
                .map_err(|it| failed(it.to_string()))?;
            let pkcs8 = Zeroizing::new(pkcs8.as_ref().to_vec());
            Key { id: id.clone(), pkcs8, certificates: Vec::new(), made_at: now }
        }
    };
    store.store(&key)?;
    Ok(id)
}

/// The secret that keys what identity keeps only as a hash; made at the first start. With another one nobody is recognised.
///
/// # Errors
/// When the file cannot be read or written.
pub fn identity_secret(data: &Path) -> Result<[u8; 32], Fault> {
    let path = data.join("identity-secret");
    if path.exists() {
        let bytes = fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
        return bytes.try_into().map_err(|_| malformed(&path, "expected are 32 bytes"));
    }
    let secret = Ids::Random.bytes::<32>();
    write_secret(&path, &secret)?;
    Ok(secret)
}

/// Writes a file that only its owner can read, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write_secret(path: &Path, content: &[u8]) -> Result<(), Fault> {
    let fresh = path.with_extension("new");
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(|cause| unreadable(path, cause))
}

fn unreadable(path: &Path, cause: std::io::Error) -> Fault {
    Fault::Unreadable { path: path.to_owned(), cause }
}

fn malformed(path: &Path, message: &str) -> Fault {
    Fault::Malformed { path: path.to_owned(), message: message.to_owned() }
}
