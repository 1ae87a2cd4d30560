//! What a target begins with: our samples and, where they are present, real files beside the checkout.

use super::Target;
use crate::machine::root;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// No seed and no input is larger, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// How many seeds of one folder there are at most; the smallest, since they are tried most often in a given time.
const MOST: usize = 40;

/// How many words there are at most.
const MOST_WORDS: usize = 400;

/// Where seeds lie, seen from the root.
const FOLDERS: &[&str] = &[
    "fuzz/seeds",
    "data/requirements",
    "data/landkarte",
    "data/rollout",
    "engines/check/samples",
    "engines/maps/samples",
    "formats/landkarte/samples",
    "formats/sbom/samples",
    "blocks/catalogue/samples",
    "../shared/data/sbom",
    "../shared/data/cbom",
    "../shared/data/stacks",
    "../shared/data/modelcards",
    "../shared/data/publiccode",
    "../shared/data/openapi",
];

/// Puts the seeds of a target into a folder, and the words that stand in them into a file; answers how many seeds.
pub fn gather(target: &Target, to: &Path, words: &Path) -> Result<usize, String> {
    let mut seeds = Vec::new();
    for folder in FOLDERS {
        let mut of_folder = BTreeSet::new();
        for path in files(&root().join(folder)) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !target.endings.iter().any(|it| name.ends_with(it)) {
                continue;
            }
            let text = fs::read(&path).map_err(|it| format!("{}: {it}", path.display()))?;
            let speaks = |sign: &&str| text.windows(sign.len()).any(|it| it == sign.as_bytes());
            if target.signs.is_empty() || target.signs.iter().any(speaks) {
                of_folder.extend(certificates(&text).into_iter().map(|it| (it.len(), it)));
                of_folder.extend(fitting(&name, text).map(|it| (it.len(), it)));
            }
        }
        seeds.extend(of_folder.into_iter().take(MOST).map(|(_, it)| it));
    }
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(to.join(number.to_string()), seed).map_err(|it| it.to_string())?;
    }
    fs::write(words, dictionary(&seeds)).map_err(|it| it.to_string())?;
    Ok(seeds.len())
}

/// A file as a seed: a list of lines that is too long may be cut, other forms would be broken by it.
fn fitting(name: &str, mut text: Vec<u8>) -> Option<Vec<u8>> {
    if text.len() > LARGEST {
        if ![".yaml", ".yml", ".csv", ".spdx"].iter().any(|it| name.ends_with(it)) {
            return None;
        }
        let end = text.get(..LARGEST)?.iter().rposition(|it| *it == b'\n')?;
        text.truncate(end + 1);
    }
    (!text.is_empty()).then_some(text)
}

/// The certificates of a PEM text as DER, so that mutations reach what is inside.
fn certificates(text: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(text);
    let blocks = text.split("-----BEGIN CERTIFICATE-----").skip(1);
    let bodies = blocks.filter_map(|it| it.split_once("-----END")).map(|(body, _)| body);
    let digits = bodies.map(|it| it.split_whitespace().collect::<String>());
    digits.filter_map(|it| STANDARD.decode(it).ok()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The words of the seeds that stand in most of them, in libFuzzer's form. It cannot see with what a text is compared, so
/// that it would hardly ever find a keyword by itself.
fn dictionary(seeds: &[Vec<u8>]) -> String {
    let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
    for seed in seeds {
        let parts = seed.split(|it| !(it.is_ascii_alphanumeric() || b"_-:.@$".contains(it)));
        let words: BTreeSet<&[u8]> = parts.filter(|it| (2..=32).contains(&it.len())).collect();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut counts: Vec<(usize, &[u8])> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    counts.sort_by(|one, other| other.cmp(one));
    let marks =
        ["\\\"", "\\\\u0000", "&a ", "*a", "<![CDATA[", "]]>", "&#x41;", "---\\x0a", "\\x0a- ", "\\x0a  "];
    let words = counts.iter().take(MOST_WORDS).map(|(_, it)| String::from_utf8_lossy(it).into_owned());
    marks.iter().map(|it| (*it).to_owned()).chain(words).map(|it| format!("\"{it}\"\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_seeds_come_first() {
        let seeds = [b"{\"name\": 1}".to_vec(), b"name = other".to_vec()];
        let text = dictionary(&seeds);
        let place = |word: &str| text.find(&format!("\"{word}\"\n"));
        assert!(place("other").is_some() && place("name") < place("other"));
    }

    #[test]
    fn certificates_are_taken_out_of_their_text() {
        let text = b"x\n-----BEGIN CERTIFICATE-----\nMAMC\nAQU=\n-----END CERTIFICATE-----\n";
        assert_eq!(certificates(text), [[0x30, 3, 2, 1, 5]]);
    }

    #[test]
    fn long_lines_are_cut_and_long_json_is_left_out() {
        let text = "key: value\n".repeat(10_000).into_bytes();
        let cut = fitting("a.yaml", text.clone()).unwrap();
        assert!(cut.len() <= LARGEST && cut.ends_with(b"value\n"));
        assert!(fitting("a.json", text).is_none());
    }
}
