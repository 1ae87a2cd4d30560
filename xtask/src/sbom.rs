//! The bill of materials of the binary (`CycloneDX` 1.6, after BSI TR-03183-2): what Cargo linked and what npm packed into it.

mod crates;
mod packages;

use crate::{Outcome, machine::root};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, process::Command};

/// Something that is in the binary.
struct Part {
    /// The package URL, unique in the bill.
    purl: String,
    name: String,
    version: String,
    /// What it says itself, as an SPDX expression.
    licence: String,
    /// An address of its makers: e-mail, or else a page.
    maker: Maker,
    /// The file it came as, and the SHA-512 of that file, hexadecimal.
    file: (String, String),
    /// Where the file can be had.
    from: String,
    /// Where its source lies.
    source: Option<String>,
    /// The package URLs of what it needs.
    needs: Vec<String>,
}

/// How the makers of a part can be reached.
struct Maker {
    name: String,
    email: Option<String>,
    url: Option<String>,
}

/// Writes the bill of `binary` beside it, as `NAME.cdx.json`.
pub fn write(binary: &str) -> Outcome {
    let path = root().join(binary);
    let content = fs::read(&path).map_err(|it| format!("{}: {it}; build it first", path.display()))?;
    let (mut parts, mut direct) = crates::linked()?;
    let (packed, also) = packages::packed()?;
    parts.extend(packed);
    direct.extend(also);
    let bill = bill(&path, &content, &parts, &direct)?;
    let text = serde_json::to_string_pretty(&bill).map_err(|it| it.to_string())?;
    let to = path.with_file_name(format!("{}.cdx.json", file_name(&path)));
    fs::write(&to, text + "\n").map_err(|it| format!("{}: {it}", to.display()))?;
    eprintln!("{}: {} components", to.display(), parts.len());
    Ok(())
}

fn bill(path: &Path, content: &[u8], parts: &[Part], direct: &[String]) -> Result<Value, String> {
    let version = format!("{}+{}", env!("CARGO_PKG_VERSION"), git(&["rev-parse", "--short=12", "HEAD"])?);
    let home = home()?;
    let own = format!("pkg:generic/fachwerk@{version}");
    let hash = hex(content);
    let mut dependencies = vec![json!({ "ref": own, "dependsOn": direct })];
    dependencies.extend(parts.iter().map(|it| json!({ "ref": it.purl, "dependsOn": it.needs })));
    let everything: Vec<&str> =
        std::iter::once(own.as_str()).chain(parts.iter().map(|it| it.purl.as_str())).collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial(&hash),
        "version": 1,
        "metadata": {
            // The commit's time, so that the same commit gives the same bill.
            "timestamp": git(&["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"])?,
            "lifecycles": [{ "phase": "build" }],
            "tools": { "components": [{ "type": "application", "name": "xtask sbom", "version": version }] },
            "manufacturer": { "name": "Fachwerk", "url": [home] },
            "component": {
                "type": "application",
                "bom-ref": own,
                "manufacturer": { "name": "Fachwerk", "url": [home] },
                "name": "fachwerk",
                "version": version,
                "purl": own,
                "licenses": [
                    { "license": { "id": "EUPL-1.2", "acknowledgement": "concluded" } },
                    { "license": { "id": "EUPL-1.2", "acknowledgement": "declared" } },
                ],
                "externalReferences": [
                    { "type": "distribution", "url": home, "hashes": [{ "alg": "SHA-512", "content": hash }] },
                    { "type": "source-distribution", "url": home },
                ],
                "properties": traits(&file_name(path), "executable", "no archive", "structured"),
            },
        },
        "components": parts.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
        "compositions": [{ "aggregate": "complete", "assemblies": everything, "dependencies": everything }],
    }))
}

fn component(it: &Part) -> Value {
    let maker = match (&it.maker.email, &it.maker.url) {
        (Some(email), _) => json!({ "name": it.maker.name, "contact": [{ "email": email }] }),
        (None, Some(url)) => json!({ "name": it.maker.name, "url": [url] }),
        (None, None) => json!({ "name": it.maker.name }),
    };
    let hashes = json!([{ "alg": "SHA-512", "content": it.file.1 }]);
    let mut references = vec![json!({ "type": "distribution", "url": it.from, "hashes": hashes })];
    references.extend(it.source.iter().map(|url| json!({ "type": "source-distribution", "url": url })));
    json!({
        "type": "library",
        "bom-ref": it.purl,
        "manufacturer": maker,
        "name": it.name,
        "version": it.version,
        "purl": it.purl,
        "licenses": licences(&it.licence),
        "externalReferences": references,
        "properties": traits(&it.file.0, "non-executable", "archive", "structured"),
    })
}

/// `CycloneDX` 1.6 holds one expression, or several single licences.
fn licences(expression: &str) -> Value {
    if expression.contains(' ') {
        return json!([{ "expression": expression, "acknowledgement": "concluded" }]);
    }
    json!([
        { "license": { "id": expression, "acknowledgement": "concluded" } },
        { "license": { "id": expression, "acknowledgement": "declared" } },
    ])
}

/// Where the project lives, from `publiccode.yml`: the address under which its makers can be reached.
fn home() -> Result<String, String> {
    let path = root().join("publiccode.yml");
    let text = fs::read_to_string(&path).map_err(|it| format!("{}: {it}", path.display()))?;
    let line = text.lines().find_map(|it| it.strip_prefix("url:"));
    line.map(|it| it.trim().to_owned()).ok_or_else(|| format!("{} has no line `url:`", path.display()))
}

/// The properties of BSI's taxonomy.
fn traits(file: &str, executable: &str, archive: &str, structured: &str) -> Value {
    json!([
        { "name": "bsi:component:filename", "value": file },
        { "name": "bsi:component:executable", "value": executable },
        { "name": "bsi:component:archive", "value": archive },
        { "name": "bsi:component:structured", "value": structured },
    ])
}

/// A UUID (version 8) that follows from the binary's hash.
fn serial(hash: &str) -> String {
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

fn hex(content: &[u8]) -> String {
    Sha512::digest(content).iter().fold(String::with_capacity(128), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn git(words: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(words).env("TZ", "UTC").current_dir(root()).output();
    let output = output.map_err(|it| format!("git: {it}"))?;
    if !output.status.success() {
        return Err(format!("git {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A person as Cargo and npm write it: `Name <mail@host> (page)`.
fn person(text: &str) -> Maker {
    let between = |from: char, to: char| {
        let rest = text.split_once(from)?.1;
        Some(rest.split_once(to)?.0.trim().to_owned())
    };
    let name = text.split(['<', '(']).next().unwrap_or_default().trim().to_owned();
    let email = between('<', '>').filter(|it| it.contains('@') && !it.contains(' '));
    Maker { name, email, url: between('(', ')').filter(|it| it.starts_with("http")) }
}

/// Groups by key, keeping the order of keys.
type ByPurl<T> = BTreeMap<String, T>;

#[cfg(test)]
mod tests {
    #[test]
    fn people_are_taken_apart() {
        let it = super::person("Jane Doe <jane@example.org> (https://example.org)");
        assert_eq!((it.name.as_str(), it.email.as_deref()), ("Jane Doe", Some("jane@example.org")));
        assert_eq!(it.url.as_deref(), Some("https://example.org"));
        let it = super::person("The Developers");
        assert_eq!((it.name.as_str(), it.email), ("The Developers", None));
    }

    #[test]
    fn a_serial_number_is_a_uuid() {
        let it = super::serial(&super::hex(b"x"));
        assert_eq!(it.len(), "urn:uuid:".len() + 36, "{it}");
        assert_eq!(it.split('-').map(str::len).collect::<Vec<_>>(), [17, 4, 4, 4, 12]);
    }
}
