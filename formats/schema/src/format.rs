//! The formats that are checked (JSON Schema 2020-12 validation, section 7.3). Others are ignored.

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    DateTime,
    Date,
    Uri,
    UriReference,
    Iri,
    IriReference,
    Email,
    IdnEmail,
    Uuid,
}

impl Format {
    const NAMES: [(&'static str, Self); 9] = [
        ("date-time", Self::DateTime),
        ("date", Self::Date),
        ("uri", Self::Uri),
        ("uri-reference", Self::UriReference),
        ("iri", Self::Iri),
        ("iri-reference", Self::IriReference),
        ("email", Self::Email),
        ("idn-email", Self::IdnEmail),
        ("uuid", Self::Uuid),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|it| it.1 == self).map_or("", |it| it.0)
    }

    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text),
            Self::Date => is_date(text),
            Self::Uri => has_scheme(text) && is_reference(text, false),
            Self::UriReference => is_reference(text, false),
            Self::Iri => has_scheme(text) && is_reference(text, true),
            Self::IriReference => is_reference(text, true),
            Self::Email => text.is_ascii() && is_email(text),
            Self::IdnEmail => is_email(text),
            Self::Uuid => is_uuid(text),
        }
    }
}

/// RFC 3339, section 5.6: `full-date`, with the days that the month has.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return false };
    let (Some(century), Some(years), Some(month), Some(day)) =
        (two(*y1, *y2), two(*y3, *y4), two(*m1, *m2), two(*d1, *d2))
    else {
        return false;
    };
    let year = u32::from(century) * 100 + u32::from(years);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// RFC 3339, section 5.6: `date-time`.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let bytes = time.as_bytes();
    let Some(([b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2], rest)) = bytes.split_first_chunk::<9>()
    else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (two(*h1, *h2), two(*m1, *m2), two(*s1, *s2)) else {
        return false;
    };
    let rest = match rest {
        [b'.', digits @ ..] => {
            let count = digits.iter().take_while(|it| it.is_ascii_digit()).count();
            if count == 0 {
                return false;
            }
            digits.get(count..).unwrap_or_default()
        }
        _ => rest,
    };
    let Some(offset) = offset(rest) else { return false };
    // A leap second is the last one of a day in universal time.
    let minutes = i32::from(hour) * 60 + i32::from(minute) - offset;
    let leap = second == 60 && minutes.rem_euclid(24 * 60) == 24 * 60 - 1;
    is_date(date) && hour < 24 && minute < 60 && (second < 60 || leap)
}

/// The difference to universal time, in minutes.
fn offset(text: &[u8]) -> Option<i32> {
    match text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) =
                (two(*h1, *h2).filter(|it| *it < 24)?, two(*m1, *m2).filter(|it| *it < 60)?);
            let offset = i32::from(hours) * 60 + i32::from(minutes);
            Some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// RFC 3986, section 3.1.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'))
}

/// RFC 3986, section 4.1, and RFC 3987, section 2.2, by the characters that may stand in a reference.
fn is_reference(text: &str, international: bool) -> bool {
    is_plain(text) && has_fitting_colon(text) || is_unusual_reference(text, international)
}

/// Only characters that stand for themselves, wherever they are.
fn is_plain(text: &str) -> bool {
    let plain = |it: u8| {
        it.is_ascii_alphanumeric()
            || matches!(it, b'&'..=b'/' | b':' | b';' | b'_' | b'~' | b'?' | b'@' | b'!' | b'$' | b'=')
    };
    text.bytes().all(plain)
}

/// Without a scheme the first part of the path has no colon (RFC 3986, section 4.2).
fn has_fitting_colon(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    !first.contains(':') || has_scheme(text)
}

/// The same with everything that a reference may have.
fn is_unusual_reference(text: &str, international: bool) -> bool {
    let mut fragment = false;
    let after = text.split_once("//").map_or("", |it| it.1);
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let brackets = text.matches(['[', ']']).count();
    if brackets != authority.matches(['[', ']']).count() {
        return false;
    }
    let mut characters = text.chars();
    while let Some(it) = characters.next() {
        let fits = match it {
            '%' => {
                let digits = (characters.next(), characters.next());
                matches!(digits, (Some(one), Some(other)) if one.is_ascii_hexdigit() && other.is_ascii_hexdigit())
            }
            '#' => !std::mem::replace(&mut fragment, true),
            '[' | ']' => authority.contains(it),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            _ if it.is_ascii() => it.is_ascii_graphic(),
            _ => international && !it.is_control() && !it.is_whitespace(),
        };
        if !fits {
            return false;
        }
    }
    has_fitting_colon(text)
}

/// RFC 5321, section 4.1.2, without the finer points: a local part, one at sign, a domain or an address in brackets.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let plain = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || !it.is_ascii() || "!#$%&'*+-/=?^_`{|}~.".contains(it));
    let bracketed = domain.len() > 2 && domain.starts_with('[') && domain.ends_with(']');
    let named = domain.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || !it.is_ascii())
    });
    (quoted || plain) && (bracketed || named)
}

/// RFC 9562, section 4, in groups of 8, 4, 4, 4 and 12 digits.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(at, it)| if matches!(at, 8 | 13 | 18 | 23) { it == b'-' } else { it.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_fit() {
        for (format, fits, not) in [
            ("date-time", "2024-02-29T23:59:60Z", "2023-02-29T00:00:00Z"),
            ("date-time", "2024-01-01t00:00:00.5+01:30", "2024-01-01T00:00:00"),
            ("date-time", "2024-01-01T00:00:00-00:00", "2024-01-01T24:00:00Z"),
            ("date-time", "1990-12-31T15:59:60-08:00", "1990-12-31T15:59:60Z"),
            ("date", "2000-02-29", "1900-02-29"),
            ("uri", "https://a.example/%20?x#y", "/a"),
            ("uri", "urn:uuid:1", "https://ä.example"),
            ("iri-reference", "https://[::1]/ä", "a b"),
            ("iri-reference", "", "https://a.example/["),
            ("iri-reference", "./a:b", "ä:b"),
            ("iri-reference", "a#b", "a#b#c"),
            ("email", "a.b@c-d.example", "a@"),
            ("idn-email", "ä@ö.example", "a b@c"),
            ("uuid", "00000000-0000-0000-0000-00000000000A", "00000000-0000-0000-0000-00000000000G"),
        ] {
            let format = Format::named(format).unwrap();
            assert!(format.fits(fits), "{} {fits:?}", format.name());
            assert!(!format.fits(not), "{} {not:?}", format.name());
        }
    }
}
