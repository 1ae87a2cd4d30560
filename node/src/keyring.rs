//! The node's signing keys as files: made at the first start, rotated by making a newer one.

use crate::config::Fault;
use fitconnect::{
    jwk::{KeyUse, PrivateJwk},
    x509,
};
use kernel::{DAY, Ids, Key, Keys, SECOND};
use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// How long a fresh certificate is valid.
const VALID: i64 = 2 * 365 * DAY;

/// Loads the keys in `folder`, the newest first; makes one where there is none.
///
/// # Errors
/// When a file cannot be read or written, or is no key.
pub fn load_or_make(folder: &Path, now: i64) -> Result<Keys, Fault> {
    let mut names = key_files(folder)?;
    if names.is_empty() {
        make(folder, now)?;
        names = key_files(folder)?;
    }
    let keys = names.iter().rev().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    Keys::load(keys).map_err(|it| malformed(folder, &format!("{it:?}")))
}

/// Makes a new key; from the next start on it signs, and older ones can still be checked.
///
/// # Errors
/// When the files cannot be written.
pub fn make(folder: &Path, now: i64) -> Result<String, Fault> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|cause| unreadable(folder, cause))?;
    let id = Ids::Random.sortable(now).to_string();
    let key = PrivateJwk::generate(&id, KeyUse::Sign).map_err(|it| malformed(folder, &it.to_string()))?;
    let certificate = x509::self_signed(&key, "Fachwerk", now / SECOND, (now + VALID) / SECOND)
        .map_err(|it| malformed(folder, &it.to_string()))?;
    let pkcs8 = key.to_pkcs8().map_err(|it| malformed(folder, &it.to_string()))?;
    // The certificate first: a key without one would be published without one.
    write_secret(&folder.join(format!("{id}.crt")), &certificate)?;
    write_secret(&folder.join(format!("{id}.pk8")), &pkcs8)?;
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

/// The key files, the oldest first: their names sort by time.
fn key_files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))?;
    let mut names: Vec<PathBuf> = entries
        .flatten()
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|it| it == "pk8"))
        .collect();
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> Result<Key, Fault> {
    let pkcs8 = fs::read(path).map_err(|cause| unreadable(path, cause))?;
    let certificate = path.with_extension("crt");
    let certificate = fs::read(&certificate).map_err(|cause| unreadable(&certificate, cause))?;
    let id = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Key { id, pkcs8: pkcs8.into(), certificates: vec![certificate], made_at: 0 })
}

fn unreadable(path: &Path, cause: std::io::Error) -> Fault {
    Fault::Unreadable { path: path.to_owned(), cause }
}

fn malformed(path: &Path, message: &str) -> Fault {
    Fault::Malformed { path: path.to_owned(), message: message.to_owned() }
}
