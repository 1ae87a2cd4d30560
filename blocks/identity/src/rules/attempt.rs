//! Who may go on with a sign-in, and where it leads.

use super::secrets;
use crate::{model::Begun, names::fault};
use kernel::{Error, Level, Result};

/// The attempt, for the browser that began it and while it lasts; every other case looks the same.
pub fn admit(begun: Option<Begun>, browser: Option<&str>, now: i64) -> Result<Begun> {
    let shown = secrets::hash(browser.unwrap_or_default());
    begun
        .filter(|it| it.ended_at.is_none() && now < it.until)
        .filter(|it| browser.is_some() && secrets::equal(&shown, &it.browser_hash))
        .ok_or_else(|| Error::from(fault::NO_ATTEMPT))
}

/// A path on this node, or the account's page: nobody is sent elsewhere by a parameter.
pub fn destination(asked: Option<&str>) -> String {
    let asked = asked.unwrap_or_default();
    let plain = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains(['\\', '\r', '\n', '\t'])
        && !asked.starts_with("/sign-in")
        && asked.len() <= 2000;
    if plain { asked.to_owned() } else { "/account".to_owned() }
}

/// Whether a level is enough.
pub fn reach(wanted: Level, reached: Level) -> Result<()> {
    if reached >= wanted {
        return Ok(());
    }
    let (wanted, reached) = (wanted.title(), reached.title());
    Err(Error::from(fault::LEVEL_NOT_REACHED)
        .worded("wanted", wanted.de, wanted.en)
        .worded("reached", reached.de, reached.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (asked, then) in [
            (None, "/account"),
            (Some("/mailbox"), "/mailbox"),
            (Some("/oidc/authorize?client_id=x&a=https://y"), "/oidc/authorize?client_id=x&a=https://y"),
            (Some("https://evil.example"), "/account"),
            (Some("//evil.example"), "/account"),
            (Some("/\\evil.example"), "/account"),
            (Some("/a\r\nset-cookie: x"), "/account"),
            (Some("javascript:alert(1)"), "/account"),
            (Some("/sign-in?to=/sign-in"), "/account"),
        ] {
            assert_eq!(destination(asked), then, "{asked:?}");
        }
    }

    #[test]
    fn an_attempt_belongs_to_one_browser_and_ends() {
        let begun = || Begun {
            id: "a".into(),
            tenant: String::new(),
            browser_hash: secrets::hash("mark"),
            level: Level::Normal,
            client: None,
            destination: "/".into(),
            adds_to: None,
            device: String::new(),
            began_at: 0,
            until: 10,
            ended_at: None,
        };
        assert!(admit(Some(begun()), Some("mark"), 9).is_ok());
        assert!(admit(Some(begun()), Some("mark"), 10).is_err());
        assert!(admit(Some(begun()), Some("other"), 9).is_err());
        assert!(admit(Some(begun()), None, 9).is_err());
        assert!(admit(Some(Begun { ended_at: Some(1), ..begun() }), Some("mark"), 9).is_err());
        assert!(admit(None, Some("mark"), 9).is_err());
    }
}
