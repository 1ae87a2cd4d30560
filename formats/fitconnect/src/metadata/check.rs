//! Walks through metadata and compares them with the rules.

use serde_json::Value;
use uuid::Uuid;

use super::rules::{Shape, TextRule, V1, V1_LATER, V2};
use crate::wire;

/// A broken rule and where, as a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {rule}", if pointer.is_empty() { "/" } else { pointer })]
pub struct MetadataFault {
    pub pointer: String,
    pub rule: MetadataRule,
}

/// The rules. The texts complete "this member …".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataRule {
    #[error("must be {0}")]
    Type(&'static str),
    #[error("is required")]
    Required,
    #[error("is not allowed here")]
    Unknown,
    #[error("must have exactly one member")]
    ExactlyOne,
    #[error("must have at least {0} entries")]
    TooFew(usize),
    #[error("must not contain the same entry twice")]
    Unique,
    #[error("must be one of {0:?}")]
    OneOf(&'static [&'static str]),
    #[error("must be {0}")]
    Text(&'static str),
    #[error("must have {0} to {1} characters")]
    Length(usize, usize),
    #[error("must be an amount of at least 0.01 with at most two decimals")]
    Amount,
    #[error("cannot be read: {0}")]
    Unreadable(String),
}

/// What a member must be.
#[derive(Debug)]
pub(super) enum Kind {
    Any,
    Flag,
    Amount,
    Text(&'static [TextRule]),
    List { item: &'static Kind, least: usize, unique: bool },
    Object(&'static Shape),
}

/// Everything that is wrong with metadata of version 1 or 2; empty when nothing is.
pub fn check(metadata: &Value) -> Vec<MetadataFault> {
    let mut faults = Vec::new();
    let shape = match metadata.get("$schema").and_then(Value::as_str).and_then(generation) {
        Some((2, _)) => &V2,
        Some((1, later)) if later => &V1_LATER,
        _ => &V1,
    };
    let known = metadata.get("$schema").is_none_or(|schema| schema.as_str().and_then(generation).is_some());
    if !known {
        let rule = MetadataRule::Text("the URL of a metadata schema of version 1 or 2");
        faults.push(MetadataFault { pointer: "/$schema".to_owned(), rule });
    }
    object(metadata, shape, &mut String::new(), &mut faults);
    faults
}

/// Major version out of the URL, and whether it is later than x.0.0.
pub(super) fn generation(schema: &str) -> Option<(u8, bool)> {
    let version = schema
        .strip_prefix("https://schema.fitko.de/fit-connect/metadata/")?
        .strip_suffix("/metadata.schema.json")?;
    let mut parts = version.split('.');
    let major = match parts.next()? {
        "1" => 1,
        "2" => 2,
        _ => return None,
    };
    let rest: Vec<&str> = parts.collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (rest.len() == 2 && rest.iter().all(digits)).then(|| (major, rest.iter().any(|part| *part != "0")))
}

fn add(pointer: &str, rule: MetadataRule, faults: &mut Vec<MetadataFault>) {
    faults.push(MetadataFault { pointer: pointer.to_owned(), rule });
}

/// Runs `judge` one level deeper in the pointer.
fn inside(pointer: &mut String, name: &str, judge: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
    judge(pointer);
    pointer.truncate(length);
}

fn object(value: &Value, shape: &Shape, pointer: &mut String, faults: &mut Vec<MetadataFault>) {
    let Value::Object(members) = value else {
        return add(pointer, MetadataRule::Type("an object"), faults);
    };
    if shape.exactly_one && members.len() != 1 {
        add(pointer, MetadataRule::ExactlyOne, faults);
    }
    for member in shape.members {
        inside(pointer, member.name, |pointer| match members.get(member.name) {
            Some(found) => judge(found, &member.kind, pointer, faults),
            None if member.required => add(pointer, MetadataRule::Required, faults),
            None => {}
        });
    }
    if shape.closed {
        for name in
            members.keys().filter(|name| shape.members.iter().all(|member| member.name != name.as_str()))
        {
            inside(pointer, name, |pointer| add(pointer, MetadataRule::Unknown, faults));
        }
    }
}

fn judge(value: &Value, kind: &Kind, pointer: &mut String, faults: &mut Vec<MetadataFault>) {
    match kind {
        Kind::Any => {}
        Kind::Flag if value.is_boolean() => {}
        Kind::Flag => add(pointer, MetadataRule::Type("true or false"), faults),
        Kind::Amount => amount(value, pointer, faults),
        Kind::Text(rules) => text(value, rules, pointer, faults),
        Kind::List { item, least, unique } => {
            let Value::Array(items) = value else {
                return add(pointer, MetadataRule::Type("a list"), faults);
            };
            if items.len() < *least {
                add(pointer, MetadataRule::TooFew(*least), faults);
            }
            let mut seen = std::collections::HashSet::new();
            if *unique && !items.iter().filter_map(Value::as_str).all(|text| seen.insert(text)) {
                add(pointer, MetadataRule::Unique, faults);
            }
            for (index, found) in items.iter().enumerate() {
                inside(pointer, &index.to_string(), |pointer| judge(found, item, pointer, faults));
            }
        }
        Kind::Object(shape) => object(value, shape, pointer, faults),
    }
}

fn amount(value: &Value, pointer: &str, faults: &mut Vec<MetadataFault>) {
    let good = value.as_f64().is_some_and(|euro| {
        let cents = euro * 100.0;
        euro >= 0.01 && (cents - cents.round()).abs() < 1e-6 * cents.max(1.0)
    });
    if !good {
        let rule = if value.is_number() { MetadataRule::Amount } else { MetadataRule::Type("a number") };
        add(pointer, rule, faults);
    }
}

fn text(value: &Value, rules: &'static [TextRule], pointer: &str, faults: &mut Vec<MetadataFault>) {
    let Value::String(text) = value else {
        return add(pointer, MetadataRule::Type("a text"), faults);
    };
    if let Some(rule) = rules.iter().find_map(|rule| broken(text, rule)) {
        add(pointer, rule, faults);
    }
}

fn broken(text: &str, rule: &TextRule) -> Option<MetadataRule> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let all =
        |also: &'static [u8]| !text.is_empty() && text.bytes().all(|byte| word(byte) || also.contains(&byte));
    let (good, wanted) = match rule {
        TextRule::OneOf(list) => return (!list.contains(&text)).then_some(MetadataRule::OneOf(list)),
        TextRule::Length(least, most) => {
            let fits = (*least..=*most).contains(&text.chars().count());
            return (!fits).then_some(MetadataRule::Length(*least, *most));
        }
        TextRule::Uuid => (text.len() == 36 && Uuid::try_parse(text).is_ok(), "a UUID"),
        TextRule::Uri => (wire::is_uri(text), "a URI"),
        TextRule::Email => (wire::is_email(text), "an e-mail address"),
        TextRule::Date => (is_date(text), "a date like 2026-11-21"),
        TextRule::DateTime => (is_date_time(text), "a time like 2026-11-21T12:00:00Z"),
        TextRule::Sha512 => {
            let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            (text.len() == 128 && text.bytes().all(hex), "128 lower-case hex digits")
        }
        TextRule::MimeType => {
            let part = |part: &str, plus: bool| {
                let also: &[u8] = if plus { b"-.+" } else { b"-." };
                !part.is_empty() && part.bytes().all(|byte| word(byte) || also.contains(&byte))
            };
            let good = text.split_once('/').is_some_and(|(kind, name)| part(kind, false) && part(name, true));
            (good, "a media type like application/pdf")
        }
        TextRule::Word => (all(b"-"), "a word of letters, digits, _ and -"),
        TextRule::Base64Url => (all(b"-."), "base64url"),
        TextRule::Digits(count) => (
            text.len() == *count && text.bytes().all(|byte| byte.is_ascii_digit()),
            "a number with 10 digits",
        ),
        TextRule::Version => (wire::is_version(text), "a version of three numbers"),
        TextRule::Urn => (wire::is_urn(text), "a URN"),
        TextRule::FinkAddress(empty) => {
            let character =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._~/".contains(&byte);
            ((*empty || !text.is_empty()) && text.bytes().all(character), "a mailbox address")
        }
        TextRule::PgpKey => {
            (text.starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"), "a PGP public key")
        }
        TextRule::SignatureValue => (is_signature_value(text), "base64 or base64url"),
        TextRule::Schema => (generation(text).is_some(), "the URL of a metadata schema of version 1 or 2"),
    };
    (!good).then_some(MetadataRule::Text(wanted))
}

/// As loose as the published pattern: begins like base64 or ends like base64url.
fn is_signature_value(text: &str) -> bool {
    let begins =
        text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    let ends = text.bytes().last().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    begins || ends
}

fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && range.contains(number))
}

/// RFC 3339 full-date.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) =
        (number(next(), 4, 0..=9999), number(next(), 2, 1..=12), number(next(), 2, 1..=31));
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    day <= last
}

/// RFC 3339 date-time; leap seconds are not needed here.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else { return false };
    let clock = |text: &str| {
        text.split_once(':').is_some_and(|(hour, minute)| {
            number(hour, 2, 0..=23).is_some() && number(minute, 2, 0..=59).is_some()
        })
    };
    let (time, zone) = match rest.find(['Z', 'z', '+', '-']).and_then(|at| rest.split_at_checked(at)) {
        Some((time, "Z" | "z")) => (time, true),
        Some((time, zone)) => (time, zone.get(1..).is_some_and(clock)),
        None => return false,
    };
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let seconds =
        whole.rsplit_once(':').is_some_and(|(begin, end)| clock(begin) && number(end, 2, 0..=59).is_some());
    is_date(date)
        && zone
        && seconds
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
