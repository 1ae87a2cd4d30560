//! `fachwerk sbom`: bills of materials, without a node and without network.

use super::{Ending, Outcome, Trouble, check::Lang, mention};
use aws_lc_rs::digest;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use kernel::{Clock, SECOND};
use sbom::{Completeness, Creator, Given, GivenFile, Repaired};
use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// What can be done with a bill of materials.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Adds what can be derived or was given, and says what a person must supply.
    Repair(Repair),
}

/// What is known besides the file.
#[derive(Args)]
pub(crate) struct Repair {
    /// The bill of materials (CycloneDX, SPDX); `-` is standard input.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// Where the repaired one goes; `-` is standard output.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Who makes the bill: name of the organisation.
    #[arg(long, value_name = "NAME")]
    creator: Option<String>,
    /// Who makes the bill: mail address.
    #[arg(long, value_name = "ADDRESS")]
    creator_email: Option<String>,
    /// Who makes the bill: web address, where there is no mail address.
    #[arg(long, value_name = "URL")]
    creator_url: Option<String>,
    /// The name of the described product, where the bill has none.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The version of the described product, where the bill has none.
    #[arg(long, value_name = "VERSION")]
    product_version: Option<String>,
    /// Says that the dependencies in the bill are all there are. Without it they are marked as unknown.
    #[arg(long)]
    complete: bool,
    /// A delivered file whose hash and kind are taken over: `PATH` or `COMPONENT=PATH`. Can be given more than once.
    #[arg(long, value_name = "FILE")]
    file: Vec<String>,
    /// The language of what is said.
    #[arg(long, value_enum, default_value_t = Lang::De)]
    lang: Lang,
}

/// Does it.
pub(super) fn carry_out(command: &Command) -> Outcome {
    match command {
        Command::Repair(asked) => repair(asked),
    }
}

fn repair(asked: &Repair) -> Outcome {
    let german = asked.lang == Lang::De;
    let unreadable = |words: String| Trouble::Ended(Ending { code: 2, words });
    let content = read(&asked.input).map_err(|it| unreadable(format!("{}: {it}", asked.input.display())))?;
    let files: Vec<Delivered> =
        asked.file.iter().map(|it| Delivered::read(it)).collect::<Result<_, _>>().map_err(unreadable)?;
    let second = Clock::Real.now() / SECOND;
    let now = Timestamp::from_second(second).unwrap_or_default().to_string();
    let serial = serial(&content, second);
    let given = Given {
        creator: Some(Creator {
            name: asked.creator.as_deref(),
            email: asked.creator_email.as_deref(),
            url: asked.creator_url.as_deref(),
        })
        .filter(|it| it.name.or(it.email).or(it.url).is_some()),
        name: asked.name.as_deref(),
        version: asked.product_version.as_deref(),
        now: &now,
        serial: &serial,
        completeness: asked.complete.then_some(Completeness::Complete),
        files: files.iter().map(Delivered::given).collect(),
    };
    let repaired = sbom::repair(&content, &given, &tree::Limits::default()).map_err(|it| {
        unreadable(format!("{}:{}: {}", asked.input.display(), it.place, it.wording(german)))
    })?;
    write(&asked.output, &repaired.content)
        .map_err(|it| Trouble::Said(format!("{}: {it}", asked.output.display())))?;
    tell(&repaired, german);
    Ok(())
}

fn tell(repaired: &Repaired, german: bool) {
    let pick = |de: &'static str, en: &'static str| if german { de } else { en };
    mention(pick("Ergänzt:", "Added:"));
    if repaired.done.is_empty() {
        mention(pick(
            "  nichts; alles Ableitbare war schon da",
            "  nothing; whatever can be derived was there already",
        ));
    }
    for it in &repaired.done {
        mention(&format!("  {}", it.get(german)));
    }
    if !repaired.open.is_empty() {
        mention(pick("Das kann nur ein Mensch angeben:", "Only a person can supply:"));
    }
    for it in &repaired.open {
        mention(&format!(
            "  {} {}",
            if it.pointer.is_empty() { "/" } else { &it.pointer },
            it.said.get(german)
        ));
    }
}

/// A delivered file that was looked at.
struct Delivered {
    component: Option<String>,
    name: String,
    sha512: String,
    executable: bool,
    archive: bool,
    structured: bool,
}

impl Delivered {
    /// `PATH` or `COMPONENT=PATH`; a path may contain an equals sign if it exists as it stands.
    fn read(text: &str) -> Result<Self, String> {
        let (component, path) = match text.rsplit_once('=') {
            Some((component, path)) if !Path::new(text).exists() => (Some(component.to_owned()), path),
            _ => (None, text),
        };
        let content = fs::read(path).map_err(|it| format!("{path}: {it}"))?;
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (executable, archive, structured) = kind(&name, &content);
        let sha512 = digest::digest(&digest::SHA512, &content);
        let sha512 = sha512.as_ref().iter().map(|it| format!("{it:02x}")).collect();
        Ok(Self { component, name, sha512, executable, archive, structured })
    }

    fn given(&self) -> GivenFile<'_> {
        GivenFile {
            component: self.component.as_deref(),
            name: &self.name,
            url: None,
            sha512: &self.sha512,
            executable: self.executable,
            archive: self.archive,
            structured: self.structured,
        }
    }
}

/// How the first bytes of programs look: ELF, Windows, Mach-O, WebAssembly, Java classes and fat Mach-O, scripts.
const PROGRAMS: [&[u8]; 7] =
    [b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\0asm", b"\xca\xfe\xba\xbe", b"#!"];
/// How the first bytes of archives look: zip, gzip, bzip2, xz, Zstandard, 7z, rpm, ar (deb).
const ARCHIVES: [&[u8]; 8] = [
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"\xed\xab\xee\xdb",
    b"!<arch>\n",
];
/// Endings of images of whole devices, from which parts can be taken only by guessing.
const IMAGES: [&str; 4] = ["img", "bin", "rom", "hex"];

/// Whether a file can be run, is an archive, and is structured (BSI TR-03183-2, section 5.2.2).
fn kind(name: &str, content: &[u8]) -> (bool, bool, bool) {
    let begins = |with: &[&[u8]]| with.iter().any(|it| content.starts_with(it));
    let executable = begins(&PROGRAMS);
    let archive = begins(&ARCHIVES) || content.get(257..262) == Some(b"ustar");
    let ending = Path::new(name).extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    let image = !executable && !archive && ending.is_some_and(|it| IMAGES.contains(&it.as_str()));
    (executable, archive, !image)
}

/// A UUID (version 8) that follows from content and second, so that the same repair twice in a second gives the same file.
fn serial(content: &[u8], second: i64) -> String {
    let hash = digest::digest(&digest::SHA256, &[content, &second.to_be_bytes()].concat());
    let hex: String = hash.as_ref().iter().take(16).map(|it| format!("{it:02x}")).collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return fs::read(path);
    }
    let mut content = Vec::new();
    io::stdin().read_to_end(&mut content)?;
    Ok(content)
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.as_os_str() != "-" {
        return fs::write(path, content);
    }
    let mut out = io::stdout().lock();
    out.write_all(content)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(kind("fachwerk", b"\x7fELF\x02"), (true, false, true));
        assert_eq!(kind("run.sh", b"#!/bin/sh"), (true, false, true));
        assert_eq!(kind("a.jar", b"PK\x03\x04"), (false, true, true));
        assert_eq!(kind("a.tar", &[vec![0; 257], b"ustar".to_vec()].concat()), (false, true, true));
        assert_eq!(kind("disk.img", b"\0\0"), (false, false, false));
        assert_eq!(kind("page.html", b"<!doctype html>"), (false, false, true));
    }

    #[test]
    fn a_serial_number_is_a_uuid() {
        let it = serial(b"x", 1);
        assert_eq!(it.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{it}");
        assert_ne!(it, serial(b"x", 2));
    }
}
