//! A folder as the checks need it: the paths of all its files, and the content of those that can be something.

use ignore::WalkBuilder;
use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

/// The file in which a folder says what checks should leave out, in the form of .gitignore.
const EXCLUDES: &str = ".fachwerkignore";
/// The beginning of a file is enough to find its licence and copyright.
const HEAD: u64 = 16 * 1024;
/// A larger file is no description of anything; a bill of materials of this size can be checked by its own path.
const LARGEST: u64 = 256 * 1024 * 1024;
/// A file without an ending is read as a whole up to this size: a licence is smaller.
const LARGEST_NAMELESS: u64 = 1024 * 1024;
/// How much of a folder is held in memory, bytes; what comes after it is named as unread.
const MOST: u64 = 512 * 1024 * 1024;
/// Endings of files that are read as a whole.
const WHOLE: [&str; 16] = [
    "json", "yaml", "yml", "xml", "spdx", "rdf", "pem", "crt", "cer", "der", "md", "markdown", "toml", "cdx",
    "tag", "txt",
];

/// A folder that was read.
pub(super) struct Folder {
    /// Every file that is not left out, from the folder on, by path.
    pub listing: Vec<String>,
    /// Path and content: all of it for what can be checked by itself, else the beginning.
    pub files: Vec<(String, Vec<u8>)>,
    /// What could not be read, in sentences.
    pub unread: Vec<String>,
    /// How many bytes are held.
    held: u64,
}

impl Folder {
    /// Reads a folder. What .gitignore (also outside of a repository), .fachwerkignore and `excludes` name is left out, and `.git`.
    ///
    /// # Errors
    /// When the folder or the file with patterns cannot be read.
    pub fn read(root: &Path, excludes: Option<&Path>) -> io::Result<Self> {
        fs::read_dir(root)?;
        let mut walk = WalkBuilder::new(root);
        walk.hidden(false).require_git(false).follow_links(false).add_custom_ignore_filename(EXCLUDES);
        walk.filter_entry(|it| it.file_name() != ".git").sort_by_file_path(Ord::cmp);
        if let Some(broken) = excludes.and_then(|it| walk.add_ignore(it)) {
            return Err(io::Error::other(broken));
        }
        let mut folder = Self { listing: Vec::new(), files: Vec::new(), unread: Vec::new(), held: 0 };
        for entry in walk.build() {
            let entry = match entry {
                Ok(it) => it,
                Err(it) => {
                    folder.unread.push(it.to_string());
                    continue;
                }
            };
            if entry.file_type().is_some_and(|it| it.is_file()) {
                folder.add(root, entry.path());
            }
        }
        Ok(folder)
    }

    fn add(&mut self, root: &Path, path: &Path) {
        let short = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        self.listing.push(short.clone());
        match content(path, MOST.saturating_sub(self.held)) {
            Ok(content) => {
                self.held += content.len() as u64;
                self.files.push((short, content));
            }
            Err(it) => self.unread.push(format!("{}: {it}", path.display())),
        }
    }
}

/// The content of a file, or its beginning; `room` is how many bytes may still be held.
fn content(path: &Path, room: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let whole = match path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()) {
        Some(it) => WHOLE.contains(&it.as_str()),
        None => size <= LARGEST_NAMELESS,
    };
    if whole && size > LARGEST {
        return Err(io::Error::other("larger than 256 MiB; name it by itself to have it checked"));
    }
    if size.min(if whole { LARGEST } else { HEAD }) > room {
        return Err(io::Error::other("the folder has more than 512 MiB to check; check parts of it"));
    }
    let mut content = Vec::new();
    file.take(if whole { LARGEST } else { HEAD }).read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_left_out_and_large_sources_are_read_in_part() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(".gitignore", "built/\n");
        write(".fachwerkignore", "samples/\n");
        write("own-excludes", "*.tmp\n");
        for name in
            ["README.md", "built/a.json", "samples/b.json", "c.tmp", ".git/config", ".reuse/dep5", "src/a.rs"]
        {
            write(name, name);
        }
        write("src/long.rs", &"x".repeat(100_000));
        let nameless = usize::try_from(LARGEST_NAMELESS).unwrap() + 1;
        write("core", &"x".repeat(nameless));
        let read = Folder::read(folder.path(), Some(&folder.path().join("own-excludes"))).unwrap();
        assert_eq!(
            read.listing,
            [
                ".fachwerkignore",
                ".gitignore",
                ".reuse/dep5",
                "README.md",
                "core",
                "own-excludes",
                "src/a.rs",
                "src/long.rs"
            ]
        );
        let long = read.files.iter().find(|it| it.0 == "src/long.rs").unwrap();
        assert_eq!(long.1.len(), 16 * 1024);
        assert_eq!(read.files.iter().find(|it| it.0 == "core").unwrap().1.len(), 16 * 1024);
        let refused = content(&folder.path().join("core"), 100).unwrap_err();
        assert!(refused.to_string().contains("512 MiB"), "{refused}");
        assert!(Folder::read(&folder.path().join("nowhere"), None).is_err());
    }
}
