//! What npm packs into the binary: the packages that the browser side is built from, as the lock file names them.

use super::{Maker, Part, person};
use crate::machine::root;
use serde_json::Value;
use std::{fmt::Write as _, fs};

/// Every npm package in the binary, and their package URLs: each is needed by the product itself or by another of them.
pub fn packed() -> Result<(Vec<Part>, Vec<String>), String> {
    let lock = read("web/package-lock.json")?;
    let none = serde_json::Map::new();
    let all = lock.get("packages").and_then(Value::as_object).unwrap_or(&none);
    let delivered = || all.iter().filter(|(path, it)| !path.is_empty() && it["dev"] != true);
    let purl_of = |name: &str| all.get(&format!("node_modules/{name}")).map(|it| purl(name, it));
    let needs = |it: &Value| -> Vec<String> {
        it["dependencies"].as_object().unwrap_or(&none).keys().filter_map(|it| purl_of(it)).collect()
    };
    let mut parts = Vec::new();
    for (path, it) in delivered() {
        let name = path.rsplit("node_modules/").next().unwrap_or_default();
        parts.push(part(path, name, it, needs(it))?);
    }
    let direct = all.get("").map(needs).unwrap_or_default();
    Ok((parts, direct))
}

fn part(path: &str, name: &str, locked: &Value, needs: Vec<String>) -> Result<Part, String> {
    let manifest = read(&format!("web/{path}/package.json"))?;
    let version = locked["version"].as_str().unwrap_or_default().to_owned();
    let hash = locked["integrity"].as_str().and_then(|it| it.strip_prefix("sha512-")).and_then(hex);
    let hash = hash.ok_or_else(|| format!("web/package-lock.json has no SHA-512 of {name}"))?;
    let page = format!("https://www.npmjs.com/package/{name}/v/{version}");
    Ok(Part {
        purl: purl(name, locked),
        licence: manifest.get("license").and_then(Value::as_str).unwrap_or("NOASSERTION").to_owned(),
        maker: maker(&manifest, &page),
        file: (format!("{}-{version}.tgz", name.trim_start_matches('@').replace('/', "-")), hash),
        source: repository(&manifest),
        from: page,
        name: name.to_owned(),
        version,
        needs,
    })
}

fn maker(manifest: &Value, page: &str) -> Maker {
    let author = &manifest["author"];
    let mut maker = author.as_str().map_or_else(
        || Maker {
            name: author["name"].as_str().unwrap_or_default().to_owned(),
            email: author["email"].as_str().map(str::to_owned),
            url: None,
        },
        person,
    );
    if maker.name.is_empty() {
        maker.name = format!("{} developers", manifest["name"].as_str().unwrap_or_default());
    }
    let home = manifest["homepage"].as_str().filter(|it| it.starts_with("http"));
    maker.url = maker.url.or_else(|| Some(home.unwrap_or(page).to_owned()));
    maker
}

fn repository(manifest: &Value) -> Option<String> {
    let it = &manifest["repository"];
    let url = it.as_str().or_else(|| it["url"].as_str())?;
    let url = url.trim_start_matches("git+").replace("git://", "https://");
    url.starts_with("http").then_some(url)
}

fn purl(name: &str, locked: &Value) -> String {
    format!("pkg:npm/{}@{}", name.replace('@', "%40"), locked["version"].as_str().unwrap_or_default())
}

fn read(path: &str) -> Result<Value, String> {
    let full = root().join(path);
    let text = fs::read_to_string(&full).map_err(|it| format!("{path}: {it}; run `make web`"))?;
    serde_json::from_str(&text).map_err(|it| format!("{path}: {it}"))
}

/// Base64 (RFC 4648, section 4) to hexadecimal; nothing if it is none.
fn hex(base64: &str) -> Option<String> {
    let (mut bits, mut held, mut text) = (0_u32, 0_u32, String::new());
    for letter in base64.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            // Writing into a string cannot fail.
            let _ = write!(text, "{:02x}", (held >> bits) & 0xff);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_becomes_hexadecimal() {
        assert_eq!(super::hex("AAECAw==").as_deref(), Some("00010203"));
        assert_eq!(super::hex("/+8=").as_deref(), Some("ffef"));
        assert_eq!(super::hex("*"), None);
    }
}
