//! Names, identifiers and addresses in a form in which they can be compared.

use std::borrow::Cow;

/// A name in one form, and how much it says when two are equal in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NameForm {
    pub text: String,
    pub strength: f64,
    /// Whether something in brackets was left out: two such names are different.
    pub shortened: bool,
    /// Whether it is what stands in brackets: that may be the kind of a thing as well as its abbreviation.
    pub bracketed: bool,
}

/// The whole name is the same.
pub(crate) const WHOLE: f64 = 0.9;
/// It is the same but for a version behind it.
pub(crate) const WITHOUT_VERSION: f64 = 0.85;
/// It is the same but for what one of them has in brackets.
const WITHOUT_BRACKETS: f64 = 0.8;
/// Another name, or an abbreviation in brackets.
const ANOTHER: f64 = 0.75;

/// All forms of a name.
pub(crate) fn forms(name: &str) -> Vec<NameForm> {
    let form =
        |text: &str, strength| NameForm { text: folded(text), strength, shortened: false, bracketed: false };
    let mut forms = vec![form(name, WHOLE)];
    if let Some((outside, inside)) = brackets(name) {
        forms.push(NameForm { shortened: true, ..form(&outside, WITHOUT_BRACKETS) });
        if (2..=12).contains(&inside.chars().count()) && !inside.contains(' ') {
            forms.push(NameForm { bracketed: true, ..form(inside, ANOTHER) });
        }
    }
    if let Some((plain, _)) = versioned(name) {
        forms.push(form(plain, WITHOUT_VERSION));
    }
    forms.retain(|it| !it.text.is_empty());
    // One letter is a name only as a whole.
    forms.retain(|it| it.strength >= WHOLE || it.text.chars().count() > 1);
    if forms.len() < 2 {
        return forms;
    }
    let mut seen: Vec<String> = Vec::new();
    forms.retain(|it| {
        !seen.contains(&it.text) && {
            seen.push(it.text.clone());
            true
        }
    });
    forms
}

/// The forms of what is also called so.
pub(crate) fn other_forms(name: &str) -> Vec<NameForm> {
    let text = folded(name);
    let fits = text.chars().count() > 1;
    fits.then_some(NameForm { text, strength: ANOTHER, shortened: false, bracketed: false })
        .into_iter()
        .collect()
}

/// Small letters, digits, `+` and `#`; umlauts written out. "Open ID" and "OpenID" are the same, "C" and "C++" are not.
pub(crate) fn folded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for it in name.chars() {
        match it {
            'a'..='z' | '0'..='9' | '+' | '#' => text.push(it),
            'A'..='Z' => text.push(it.to_ascii_lowercase()),
            'ä' | 'Ä' => text.push_str("ae"),
            'ö' | 'Ö' => text.push_str("oe"),
            'ü' | 'Ü' => text.push_str("ue"),
            'ß' | 'ẞ' => text.push_str("ss"),
            _ if it.is_ascii() => {}
            _ => text.extend(it.to_lowercase().filter(|it| it.is_alphanumeric())),
        }
    }
    text
}

fn brackets(name: &str) -> Option<(String, &str)> {
    let (before, rest) = name.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    Some((format!("{before} {after}"), inside.trim()))
}

/// A name and the version behind it: "OAuth 2.0" is "OAuth" and "2.0".
pub(crate) fn versioned(name: &str) -> Option<(&str, &str)> {
    let (plain, last) = name.trim().rsplit_once(' ')?;
    let digits = last.strip_prefix(['v', 'V']).unwrap_or(last);
    let version = digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.chars().all(|it| it.is_ascii_digit() || it == '.');
    (version && plain.chars().filter(|it| it.is_alphabetic()).count() > 1).then_some((plain, digits))
}

/// The first number of a version: "v2.18.0" has 2.
pub(crate) fn major(version: &str) -> Option<&str> {
    let version = version.trim();
    let rest = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end).filter(|it| !it.is_empty())
}

/// An address without scheme, `www.`, fragment, `.git` and a slash at the end; the host in small letters.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |it| it.1);
    let rest = rest.strip_prefix("git@").unwrap_or(rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // `git@host:owner/name` is how git writes an address.
    let (host, path) = match host.split_once(':') {
        Some((host, first)) if !first.starts_with(|it: char| it.is_ascii_digit()) => {
            (host, Cow::from(format!("{first}/{path}")))
        }
        _ => (host, Cow::from(path)),
    };
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (host.contains('.') && !host.contains(char::is_whitespace))
        .then(|| if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") })
}

/// The address of source code: of `owner/name` alone, that at GitHub is meant. Large and small letters are the same.
pub(crate) fn repository(text: &str) -> Option<String> {
    let text = text.trim();
    let short = !text.contains("://") && text.split('/').count() == 2 && !text.starts_with("git@");
    let whole = match text.split('/').next() {
        Some(owner) if short && !owner.contains('.') => address(&format!("github.com/{text}")),
        _ => address(text),
    }?;
    whole.contains('/').then(|| whole.to_lowercase())
}

/// An identifier without the version: that of a package URL, that of a CPE. Nothing where the scheme tells nothing.
pub(crate) fn identifier(scheme: &str, value: &str) -> Option<String> {
    let value = value.trim();
    let plain = match scheme {
        "purl" => {
            let end = value.find(['?', '#']).unwrap_or(value.len());
            let rest = value.get(..end)?;
            // A version stands behind the last `@`, after the last slash: `@` also begins a namespace of npm.
            let name = rest.rfind('/').map_or(0, |it| it + 1);
            let at = rest.get(name..)?.find('@').filter(|it| *it > 0).map_or(rest.len(), |it| name + it);
            rest.get(..at)?.to_owned()
        }
        "cpe" => cpe(value),
        "wikidata" => value.rsplit('/').next()?.to_uppercase(),
        "publiccode" => address(value).map_or_else(|| value.to_owned(), |it| it.to_lowercase()),
        "dvc" => value.to_owned(),
        _ => return None,
    };
    (!plain.is_empty()).then(|| format!("{scheme}:{plain}"))
}

/// Part, vendor and product of a CPE, of either form.
fn cpe(value: &str) -> String {
    let rest = value.strip_prefix("cpe:2.3:").or_else(|| value.strip_prefix("cpe:/")).unwrap_or(value);
    rest.split(':').take(3).collect::<Vec<_>>().join(":").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Vec<String> {
        forms(name).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn names_have_forms() {
        assert_eq!(texts("Open ID Connect (OIDC)"), ["openidconnectoidc", "openidconnect", "oidc"]);
        assert_eq!(texts("OAuth 2.0"), ["oauth20", "oauth"]);
        assert_eq!(texts("C++"), ["c++"]);
        assert_eq!(texts("C"), ["c"]);
        assert_eq!(texts("TÜV"), ["tuev"]);
        assert_eq!(texts("…"), [""; 0]);
        assert_eq!(texts("X 1"), ["x1"]);
    }

    #[test]
    fn addresses_are_one() {
        for it in ["https://www.Drupal.org/", "http://drupal.org", "drupal.org/#top"] {
            assert_eq!(address(it).as_deref(), Some("drupal.org"), "{it}");
        }
        for it in [
            "keycloak/keycloak",
            "https://github.com/Keycloak/keycloak.git",
            "git@github.com:keycloak/keycloak",
        ] {
            assert_eq!(repository(it).as_deref(), Some("github.com/keycloak/keycloak"), "{it}");
        }
        assert_eq!(repository("https://github.com"), None);
        assert_eq!(address("unbekannt"), None);
    }

    #[test]
    fn identifiers_lose_their_version() {
        let same = |scheme, one, other| assert_eq!(identifier(scheme, one), identifier(scheme, other));
        same("purl", "pkg:npm/%40angular/core@1.2?arch=x", "pkg:npm/%40angular/core");
        same("purl", "pkg:npm/@angular/core@1.2", "pkg:npm/@angular/core@3");
        same("cpe", "cpe:2.3:a:apache:kafka:3.1:*:*:*:*:*:*:*", "cpe:/a:apache:kafka:2.8");
        same("wikidata", "https://www.wikidata.org/wiki/Q42", "q42");
        assert_eq!(identifier("other", "1"), None);
        assert_ne!(identifier("purl", "pkg:npm/a"), identifier("purl", "pkg:npm/b"));
    }

    #[test]
    fn versions_have_a_first_number() {
        assert_eq!(major("v2.18.0"), Some("2"));
        assert_eq!(major("2025-06-18"), Some("2025"));
        assert_eq!(major("stable"), None);
    }
}
