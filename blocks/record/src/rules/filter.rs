//! From what somebody asks to what is looked for.

use crate::{model::Asked, names::fault};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use kernel::{Actor, Error, Result, Role, record::Filter};

/// Rows on a page where nothing is said.
pub const USUAL: i64 = 50;
const MOST: i64 = 1000;

/// The filter of a question by `actor`: other tenants' rows do not exist for it.
pub fn filter(asked: &Asked, actor: &Actor) -> Result<Filter> {
    let everywhere = actor.is(Role::Admin) || actor.is(Role::System);
    let tenant = match (everywhere, asked.tenant.trim()) {
        (true, "") => None,
        (true, it) => Some(it.to_owned()),
        (false, _) => Some(actor.tenant.clone().into_owned()),
    };
    let oldest_first = match asked.sort.as_str() {
        "" | "-time" => false,
        "time" => true,
        other => {
            let (de, en) = ("Erwartet wird „time“ oder „-time“.", "Expected is “time” or “-time”.");
            return Err(Error::from(fault::BAD_FILTER)
                .with("value", other)
                .worded("reason", de, en)
                .at("sort"));
        }
    };
    let text = |it: &str| it.trim().to_owned();
    Ok(Filter {
        tenant,
        actor: text(&asked.actor),
        event: text(&asked.event),
        subject: text(&asked.subject),
        request: text(&asked.request),
        since: time(&asked.from, "from", false)?.unwrap_or(0),
        until: time(&asked.to, "to", true)?.unwrap_or(i64::MAX),
        oldest_first,
        after: asked.after,
        limit: asked.limit.unwrap_or(USUAL).clamp(1, MOST),
    })
}

/// A day in legal German time (its beginning, or its end) or a time; nothing where nothing is said.
fn time(text: &str, at: &str, end: bool) -> Result<Option<i64>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(it) = text.parse::<Timestamp>() {
        return Ok(Some(it.as_microsecond()));
    }
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    let day = day.and_then(|it| if end { it.checked_add(1.day()).ok() } else { Some(it) });
    let begins = day.and_then(|it| it.to_zoned(zone).ok());
    let (de, en) = (
        "Erwartet wird ein Tag wie „2026-11-21“ oder eine Zeit wie „2026-11-21T12:00:00Z“.",
        "Expected is a day like “2026-11-21” or a time like “2026-11-21T12:00:00Z”.",
    );
    let refused = || Error::from(fault::BAD_FILTER).with("value", text).worded("reason", de, en).at(at);
    begins.map(|it| Some(it.timestamp().as_microsecond())).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_and_end_in_legal_german_time() {
        for (text, end, expected) in [
            ("", false, None),
            ("2026-11-21", false, Some("2026-11-20T23:00:00Z")),
            ("2026-11-21", true, Some("2026-11-21T23:00:00Z")),
            ("2026-07-01", false, Some("2026-06-30T22:00:00Z")),
            ("2026-11-21T12:00:00Z", true, Some("2026-11-21T12:00:00Z")),
            ("2026-11-21T12:00:00+01:00", true, Some("2026-11-21T11:00:00Z")),
        ] {
            let expected = expected.map(|it| it.parse::<Timestamp>().unwrap().as_microsecond());
            assert_eq!(time(text, "from", end).unwrap(), expected, "{text}");
        }
        for text in ["yesterday", "2026-13-01", "21.11.2026", "2026-11-21T12:00", "9999-12-31"] {
            let refusal = time(text, "from", true).unwrap_err();
            assert_eq!(
                (refusal.code().code, refusal.pointer()),
                ("record.bad_filter", Some("from")),
                "{text}"
            );
        }
    }

    #[test]
    fn nobody_leaves_the_own_tenant_but_the_operator() {
        let asked = Asked { tenant: "b".to_owned(), ..Asked::default() };
        let of = |actor: Actor| filter(&asked, &actor).unwrap().tenant;
        assert_eq!(of(Actor::new("x", "a", Role::Auditor)), Some("a".to_owned()));
        assert_eq!(of(Actor::new("x", "", Role::Auditor)), Some(String::new()));
        assert_eq!(of(Actor::new("x", "", Role::Admin)), Some("b".to_owned()));
        assert_eq!(filter(&Asked::default(), &Actor::new("x", "", Role::Admin)).unwrap().tenant, None);
    }
}
