//! Names of files, and what follows from them.

/// Endings of archives of which the parts can be taken out.
const ARCHIVES: [&str; 22] = [
    ".jar", ".war", ".ear", ".aar", ".zip", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".tar",
    ".crate", ".gem", ".nupkg", ".whl", ".egg", ".deb", ".rpm", ".apk", ".7z", ".cab", ".iso",
];

/// Whether a file of this name is a structured archive; nothing where the ending does not say so.
pub(super) fn is_archive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ARCHIVES.iter().any(|it| name.ends_with(it))
}

/// The file that an address leads to: its last part, where that has an ending.
pub(super) fn of_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let (_, rest) = path.split_once("://")?;
    let (_, last) = rest.rsplit_once('/')?;
    is_archive(last).then(|| decoded(last))
}

/// The name that the registry of a package URL gives to the file: stated in `file_name`, or by the rule of the registry
/// (Maven repository layout; `npm pack`; crates.io; `RubyGems`; `NuGet`).
pub(super) fn of_purl(purl: &str) -> Option<String> {
    let rest = purl.strip_prefix("pkg:")?.split('#').next()?;
    let (path, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
    let qualifier = |wanted: &str| {
        let mut pairs = qualifiers.split('&').filter_map(|it| it.split_once('='));
        pairs.find(|it| it.0.eq_ignore_ascii_case(wanted)).map(|it| decoded(it.1))
    };
    if let Some(name) = qualifier("file_name").filter(|it| !it.contains(['/', '\\'])) {
        return Some(name);
    }
    let (path, version) = path.rsplit_once('@')?;
    let (kind, path) = path.trim_start_matches('/').split_once('/')?;
    let (scope, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (scope, name, version) = (decoded(scope), decoded(name), decoded(version));
    if name.is_empty() || version.is_empty() || version.contains('/') {
        return None;
    }
    match kind.to_ascii_lowercase().as_str() {
        "maven" => {
            let ending = qualifier("type").unwrap_or_else(|| "jar".to_owned());
            let classifier = qualifier("classifier").map(|it| format!("-{it}")).unwrap_or_default();
            Some(format!("{name}-{version}{classifier}.{ending}"))
        }
        "npm" => {
            let scope = scope.trim_start_matches('@');
            let dash = if scope.is_empty() { "" } else { "-" };
            Some(format!("{scope}{dash}{name}-{version}.tgz"))
        }
        "cargo" => Some(format!("{name}-{version}.crate")),
        "gem" => {
            let platform = qualifier("platform").filter(|it| it != "ruby").map(|it| format!("-{it}"));
            Some(format!("{name}-{version}{}.gem", platform.unwrap_or_default()))
        }
        "nuget" => Some(format!("{}.{}.nupkg", name.to_lowercase(), version.to_lowercase())),
        _ => None,
    }
}

/// Percent-decoding (RFC 3986, section 2.1); what is not UTF-8 afterwards stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|it| std::str::from_utf8(it).ok());
        if let Some(byte) = code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A file name as a relative address (RFC 3986, section 3.3).
pub(super) fn as_address(name: &str) -> String {
    let plain = |it: &u8| it.is_ascii_alphanumeric() || b"-._~".contains(it);
    name.bytes()
        .map(|it| if plain(&it) { char::from(it).to_string() } else { format!("%{it:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_have_rules() {
        let is = |purl: &str, name: &str| assert_eq!(of_purl(purl).as_deref(), Some(name), "{purl}");
        is("pkg:maven/org.apache/log4j-core@2.17.1?type=jar", "log4j-core-2.17.1.jar");
        is("pkg:maven/org.a/b@1?classifier=sources&type=jar", "b-1-sources.jar");
        is("pkg:npm/%40angular/core@17.0.0", "angular-core-17.0.0.tgz");
        is("pkg:npm/lodash@4.17.21", "lodash-4.17.21.tgz");
        is("pkg:cargo/serde@1.0.200", "serde-1.0.200.crate");
        is("pkg:gem/nokogiri@1.16.0?platform=x86_64-linux", "nokogiri-1.16.0-x86_64-linux.gem");
        is("pkg:nuget/Newtonsoft.Json@13.0.3", "newtonsoft.json.13.0.3.nupkg");
        is("pkg:pypi/a@1?file_name=a-1-py3-none-any.whl", "a-1-py3-none-any.whl");
        for purl in
            ["pkg:pypi/a@1", "pkg:golang/github.com/a/b@v1", "pkg:npm/a", "pkg:", "npm/a@1", "pkg:npm/@"]
        {
            assert_eq!(of_purl(purl), None, "{purl}");
        }
    }

    #[test]
    fn addresses_end_in_files() {
        assert_eq!(of_url("https://example.org/a/b%2B1.tar.gz?x=1").as_deref(), Some("b+1.tar.gz"));
        assert_eq!(of_url("https://example.org/download"), None);
        assert_eq!(of_url("https://example.zip"), None);
        assert_eq!(as_address("ä b.zip"), "%C3%A4%20b.zip");
    }
}
