//! `fachwerk backup` and `fachwerk restore`.
//!
//! The database is copied first: content is never changed, so whatever the copy names is there when the content is
//! copied after it. A list of hashes lets `restore` notice a damaged copy before anything is put in place.

use super::{Global, Outcome, Trouble, mention, say};
use aws_lc_rs::digest;
use std::{
    fs,
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

const LIST: &str = "SHA256SUMS";

/// Copies a node into a new folder.
pub(crate) async fn backup(global: &Global, folder: &Path) -> Outcome {
    if folder.exists() {
        return Err(Trouble::Said(format!("{} exists already; name a folder to be made", folder.display())));
    }
    let config = global.read_config()?;
    if config.database.as_deref().is_some_and(|it| it.starts_with("postgres")) {
        return Err(Trouble::Said(
            "this node lies in PostgreSQL; back it up with pg_dump, and the content with the tools of its store".to_owned(),
        ));
    }
    if !global.data.exists() {
        return Err(Trouble::Said(format!("there is no node in {}", global.data.display())));
    }
    make_folder(folder)?;
    let db = config.open_database(&global.data).await?;
    let copy = folder.join("fachwerk.db");
    db.copy_to(&copy.display().to_string()).await?;
    let database = PathBuf::from(config.database_url(&global.data).trim_start_matches("sqlite:"));
    for path in files(&global.data)? {
        let relative = path.strip_prefix(&global.data).unwrap_or(&path);
        let name = relative.display().to_string();
        // What the node remembers of its record may be newer than the copy of the database, which then would look cut off.
        if name.starts_with("fachwerk.db") || database == path || name.starts_with("last-checkpoint.") {
            continue;
        }
        copy_file(&path, &folder.join(relative))?;
    }
    if let Some(content) = config.content.as_deref().filter(|it| !it.starts_with("s3://")) {
        for path in files(Path::new(content))? {
            let relative = path.strip_prefix(content).unwrap_or(&path);
            copy_file(&path, &folder.join("content").join(relative))?;
        }
    }
    let mut list = String::new();
    let mut count = 0;
    for path in files(folder)? {
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        list.push_str(&format!("{}  {}\n", hash(&path)?, relative.display()));
        count += 1;
    }
    write(&folder.join(LIST), list.as_bytes())?;
    if let Some(path) = &config.keys.unlock_file {
        mention(&format!(
            "the secret that opens the keys lies elsewhere ({}): keep a copy of it too",
            path.display()
        ));
    }
    mention("the folder holds keys and tokens: keep it as safe as the node");
    say(&format!("{count} files in {}", folder.display()))
}

/// Puts a backup into an empty data directory.
pub(crate) fn restore(global: &Global, folder: &Path) -> Outcome {
    let list = fs::read_to_string(folder.join(LIST))
        .map_err(|it| Trouble::Said(format!("{} is no backup: {it}", folder.display())))?;
    if global.data.exists()
        && fs::read_dir(&global.data).map_err(|it| trouble(&global.data, &it))?.next().is_some()
    {
        return Err(Trouble::Said(format!(
            "{} is not empty; a backup is restored into an empty data directory only",
            global.data.display()
        )));
    }
    let mut names = Vec::new();
    for line in list.lines() {
        let (sum, name) = line.split_once("  ").unwrap_or_default();
        let safe = Path::new(name).components().all(|it| matches!(it, std::path::Component::Normal(_)));
        if !safe || hash(&folder.join(name))? != sum {
            return Err(Trouble::Said(format!("{name} is damaged; nothing was restored")));
        }
        names.push(name);
    }
    for name in &names {
        copy_file(&folder.join(name), &global.data.join(name))?;
    }
    say(&format!("{} files in {}", names.len(), global.data.display()))
}

/// All files below a folder, in a fixed order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|it| trouble(&next, &it))? {
            let entry = entry.map_err(|it| trouble(&next, &it))?;
            let kind = entry.file_type().map_err(|it| trouble(&next, &it))?;
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn copy_file(from: &Path, to: &Path) -> Outcome {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    let mut source = match fs::File::open(from) {
        Ok(it) => it,
        // Content that was deleted while we copied is content that nothing names.
        Err(it) if it.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(it) => return Err(trouble(from, &it)),
    };
    let mut copy = || {
        let mut target = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
        io::copy(&mut source, &mut target)?;
        target.sync_all()
    };
    copy().map_err(|it| trouble(to, &it))
}

fn make_folder(path: &Path) -> Outcome {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|it| trouble(path, &it))
}

fn write(path: &Path, content: &[u8]) -> Outcome {
    let write = || {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(content)?;
        file.sync_all()
    };
    write().map_err(|it| trouble(path, &it))
}

fn hash(path: &Path) -> Result<String, Trouble> {
    let mut file = fs::File::open(path).map_err(|it| trouble(path, &it))?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(|it| trouble(path, &it))?;
        if read == 0 {
            break;
        }
        context.update(buffer.get(..read).unwrap_or_default());
    }
    Ok(context.finish().as_ref().iter().map(|it| format!("{it:02x}")).collect())
}

fn trouble(path: &Path, cause: &io::Error) -> Trouble {
    Trouble::Said(format!("{}: {cause}", path.display()))
}
