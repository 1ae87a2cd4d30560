//! Decisions: who may open a case, and what its page is told.

pub mod claim;
pub mod steps;

use crate::{
    model::{CaseStep, CaseView, Claim, MailboxCase, Message, PublicServiceName},
    names::fault,
};
use aws_lc_rs::{constant_time, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{DAY, Error, Result};
use ports::delivery::{CaseEvent, CaseLog};
use serde_json::Value;

/// The longest wait for news, seconds; below the time after which proxies usually give up.
pub const LONGEST_WAIT: u64 = 25;

/// The access token in the value of an `Authorization` header: `Case` and 32 bytes as base64url.
pub fn token(authorization: Option<&str>) -> Result<Vec<u8>> {
    let (scheme, token) = authorization.and_then(|it| it.split_once(' ')).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(token.trim()).unwrap_or_default();
    if scheme.eq_ignore_ascii_case("case") && bytes.len() == 32 {
        Ok(bytes)
    } else {
        Err(fault::NO_SECRET.at("Authorization").asking("Case"))
    }
}

/// Admits whoever holds the secret. An unknown case and a wrong secret look the same, and take the same time.
pub fn admit(token: &[u8], case: Option<MailboxCase>) -> Result<MailboxCase> {
    let shown = digest::digest(&digest::SHA256, token);
    let kept = case.as_ref().and_then(|it| URL_SAFE_NO_PAD.decode(&it.access_hash).ok()).unwrap_or_default();
    let fits = constant_time::verify_slices_are_equal(shown.as_ref(), &kept).is_ok();
    case.filter(|_| fits).ok_or_else(|| Error::from(fault::NO_CASE))
}

/// What the page of a case is told.
pub fn view(case: MailboxCase, log: CaseLog, messages: Vec<Message>, claim: Option<Claim>) -> CaseView {
    CaseView {
        case_id: case.case_id,
        public_service: PublicServiceName { identifier: log.public_service, name: log.public_service_name },
        destination_name: log.destination_name,
        steps: log.events.into_iter().map(step).collect(),
        public_key: serde_json::from_str(&case.public_key).unwrap_or_default(),
        wrapped_key: case.wrapped_key,
        messages,
        version: case.version,
        claim,
    }
}

/// Of an event's payload only the problems are meant for the page; tags are checked where messages are opened.
fn step(event: CaseEvent) -> CaseStep {
    let problems = event.payload.get("problems").filter(|it| it.is_array()).cloned();
    CaseStep { at: event.at, kind: event.kind, issuer: event.issuer, problems }
}

/// The wait a caller asked for, within bounds, seconds.
pub fn wait(asked: u64) -> u64 {
    asked.min(LONGEST_WAIT)
}

/// What becomes of a mailbox after delivery was asked for its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The case goes on.
    Keep,
    /// Delivery does not know the case: from now on, or for some time.
    MissingSince(i64),
    /// Delivery has not known the case for long enough.
    Remove,
}

/// Decides what becomes of a mailbox. It outlives its case for some days, lest a fault elsewhere deletes it.
pub fn fate(known: bool, missing_since: Option<i64>, now: i64, days: i64) -> Fate {
    match (known, missing_since) {
        (true, _) => Fate::Keep,
        (false, Some(since)) if now - since >= days * DAY => Fate::Remove,
        (false, since) => Fate::MissingSince(since.unwrap_or(now)),
    }
}

/// Whether a stored mailbox is the one that is opened again.
pub fn same_keys(case: &MailboxCase, access_hash: &str, public_key: &Value, wrapped_key: &str) -> bool {
    case.access_hash == access_hash
        && serde_json::from_str::<Value>(&case.public_key).is_ok_and(|it| it == *public_key)
        && case.wrapped_key == wrapped_key
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Kind;

    fn case(access_hash: &str) -> MailboxCase {
        MailboxCase {
            case_id: "6c3b8d8e-0c1f-4c39-9d0e-2f6f2c1d7a11".parse().unwrap(),
            tenant: String::new(),
            sender: "forms".to_owned(),
            access_hash: access_hash.to_owned(),
            public_key: "{}".to_owned(),
            wrapped_key: String::new(),
            version: 1,
            missing_since: None,
        }
    }

    #[test]
    fn a_token_is_32_bytes_under_its_own_scheme() {
        let good = URL_SAFE_NO_PAD.encode([7; 32]);
        assert_eq!(token(Some(&format!("Case {good}"))).unwrap(), [7; 32]);
        assert_eq!(token(Some(&format!("case {good}"))).unwrap(), [7; 32]);
        let short = URL_SAFE_NO_PAD.encode([7; 31]);
        for bad in [
            None,
            Some("Case"),
            Some("Case "),
            Some("Case x"),
            Some(good.as_str()),
            Some(&*format!("Case {short}")),
        ] {
            assert_eq!(token(bad).unwrap_err().code().kind, Kind::Unauthenticated, "{bad:?}");
        }
        assert!(token(Some(&format!("Bearer {good}"))).is_err());
    }

    #[test]
    fn an_unknown_case_and_a_wrong_secret_look_the_same() {
        let hash = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &[7; 32]));
        assert!(admit(&[7; 32], Some(case(&hash))).is_ok());
        let wrong = admit(&[8; 32], Some(case(&hash))).unwrap_err();
        let unknown = admit(&[7; 32], None).unwrap_err();
        let broken = admit(&[7; 32], Some(case("no base64url!"))).unwrap_err();
        assert_eq!(wrong.to_string(), unknown.to_string());
        assert_eq!(wrong.to_string(), broken.to_string());
    }

    #[test]
    fn a_mailbox_outlives_its_case_for_some_days() {
        let now = 100 * DAY;
        assert_eq!(fate(true, Some(now - 90 * DAY), now, 30), Fate::Keep);
        assert_eq!(fate(false, None, now, 30), Fate::MissingSince(now));
        assert_eq!(fate(false, Some(now - 29 * DAY), now, 30), Fate::MissingSince(now - 29 * DAY));
        assert_eq!(fate(false, Some(now - 30 * DAY), now, 30), Fate::Remove);
    }

    #[test]
    fn nobody_waits_longer_than_a_proxy_does() {
        assert_eq!(wait(0), 0);
        assert_eq!(wait(20), 20);
        assert_eq!(wait(9999), 25);
    }
}
