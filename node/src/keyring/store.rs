//! Where keys lie. Today in files; whoever keeps them elsewhere writes another [`KeyStore`].

use super::{envelope, malformed, unreadable, write_secret};
use crate::config::Fault;
use kernel::{Ids, Key};
use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::SystemTime,
};
use zeroize::Zeroizing;

/// Where keys lie.
pub trait KeyStore: Send + Sync {
    /// The ids of all keys, the oldest first.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn list(&self) -> Result<Vec<String>, Fault>;

    /// One key.
    ///
    /// # Errors
    /// When it cannot be read or unlocked.
    fn load(&self, id: &str) -> Result<Key, Fault>;

    /// Keeps a key.
    ///
    /// # Errors
    /// When it cannot be written.
    fn store(&self, key: &Key) -> Result<(), Fault>;

    /// Something that is another one after any change.
    fn state(&self) -> Vec<(String, Option<SystemTime>)>;
}

/// Keys in sealed files of a folder: `ID.key`, and `ID.crt` with its certificate.
pub struct FileStore {
    folder: PathBuf,
    unlock_file: PathBuf,
}

impl FileStore {
    /// Opens a folder; makes it and the unlock secret where there is neither. Files of earlier versions, which were not
    /// sealed, are sealed.
    ///
    /// # Errors
    /// When there are sealed keys and no secret, or when a file cannot be read or written.
    pub fn open(folder: &Path, unlock_file: &Path) -> Result<Self, Fault> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|cause| unreadable(folder, cause))?;
        let store = Self { folder: folder.to_owned(), unlock_file: unlock_file.to_owned() };
        if !unlock_file.exists() {
            if !store.list()?.is_empty() {
                return Err(malformed(
                    unlock_file,
                    "the keys are sealed, and the file with the secret that opens them is missing; put it back or name it in `[keys] unlock_file`",
                ));
            }
            write_secret(unlock_file, &Ids::Random.bytes::<32>())?;
        }
        store.seal_old_files()?;
        Ok(store)
    }

    fn secret(&self) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let secret = fs::read(&self.unlock_file).map_err(|cause| unreadable(&self.unlock_file, cause))?;
        if secret.len() < 32 {
            return Err(malformed(&self.unlock_file, "expected are at least 32 bytes"));
        }
        Ok(Zeroizing::new(secret))
    }

    fn seal_old_files(&self) -> Result<(), Fault> {
        for id in self.names("pk8")? {
            let plain = self.folder.join(format!("{id}.pk8"));
            let pkcs8 = Zeroizing::new(fs::read(&plain).map_err(|cause| unreadable(&plain, cause))?);
            self.seal(&id, &pkcs8)?;
            // Only what can be opened again may go.
            if *self.load(&id)?.pkcs8 == *pkcs8 {
                fs::remove_file(&plain).map_err(|cause| unreadable(&plain, cause))?;
            }
        }
        Ok(())
    }

    fn seal(&self, id: &str, pkcs8: &[u8]) -> Result<(), Fault> {
        let path = self.folder.join(format!("{id}.key"));
        let sealed = envelope::seal(&self.secret()?, id, pkcs8)
            .ok_or_else(|| malformed(&path, "the key could not be sealed"))?;
        write_secret(&path, &sealed)
    }

    /// The names of files with an ending, sorted: they begin with their time.
    fn names(&self, ending: &str) -> Result<Vec<String>, Fault> {
        let entries = fs::read_dir(&self.folder).map_err(|cause| unreadable(&self.folder, cause))?;
        let mut names: Vec<String> = entries
            .flatten()
            .map(|it| it.path())
            .filter(|it| it.extension().is_some_and(|it| it == ending))
            .filter_map(|it| it.file_stem().map(|it| it.to_string_lossy().into_owned()))
            .collect();
        names.sort();
        Ok(names)
    }
}

impl KeyStore for FileStore {
    fn list(&self) -> Result<Vec<String>, Fault> {
        self.names("key")
    }

    fn load(&self, id: &str) -> Result<Key, Fault> {
        let path = self.folder.join(format!("{id}.key"));
        let sealed = fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
        let pkcs8 = envelope::open(&self.secret()?, id, &sealed).ok_or_else(|| {
            let secret = self.unlock_file.display();
            malformed(&path, &format!("the secret in {secret} does not open this key"))
        })?;
        let certificate = path.with_extension("crt");
        let certificates = if certificate.exists() {
            vec![fs::read(&certificate).map_err(|cause| unreadable(&certificate, cause))?]
        } else {
            Vec::new()
        };
        Ok(Key { id: id.to_owned(), pkcs8, certificates, made_at: made_at(id) })
    }

    fn store(&self, key: &Key) -> Result<(), Fault> {
        // The certificate first: a key without one would be published without one.
        if let Some(certificate) = key.certificates.first() {
            write_secret(&self.folder.join(format!("{}.crt", key.id)), certificate)?;
        }
        self.seal(&key.id, &key.pkcs8)
    }

    fn state(&self) -> Vec<(String, Option<SystemTime>)> {
        let names = self.list().unwrap_or_default();
        let changed =
            |id: &str| fs::metadata(self.folder.join(format!("{id}.key"))).and_then(|it| it.modified()).ok();
        names.into_iter().map(|it| (it.clone(), changed(&it))).collect()
    }
}

/// When a key was made: its id begins with the milliseconds (UUID version 7, RFC 9562, section 5.7).
fn made_at(id: &str) -> i64 {
    let digits: String = id.chars().filter(char::is_ascii_hexdigit).take(12).collect();
    i64::from_str_radix(&digits, 16).unwrap_or_default().saturating_mul(1000)
}
