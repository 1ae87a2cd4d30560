//! Plain scalars by the core schema of YAML 1.2 (section 10.3.2), of which JSON's are a part.

use crate::Kind;
use serde_json::{Number, Value};

/// The kind of a plain scalar.
pub(crate) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Truth,
        _ if is_number(text) => Kind::Number,
        _ => Kind::Text,
    }
}

fn is_number(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|it| matches!(it, b'0'..=b'7'));
    }
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(bare, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") || is_decimal(bare)
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_decimal(text: &str) -> bool {
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    if let Some(exponent) = exponent {
        let bare = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if bare.is_empty() || !digits(bare) {
            return false;
        }
    }
    match mantissa.split_once('.') {
        None => !mantissa.is_empty() && digits(mantissa),
        Some((whole, rest)) => digits(whole) && digits(rest) && !(whole.is_empty() && rest.is_empty()),
    }
}

/// A number as a double; nothing if it is too large for one.
pub(crate) fn double(text: &str) -> Option<f64> {
    if is_based(text) {
        #[expect(clippy::cast_precision_loss, reason = "a double is what was asked for")]
        return based(text).map(|it| it as f64);
    }
    match text.trim_start_matches(['-', '+']) {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        _ => text.parse::<f64>().ok().filter(|it| it.is_finite()),
    }
}

/// A number that is whole and fits.
pub(crate) fn whole(text: &str) -> Option<i64> {
    if is_based(text) {
        return based(text);
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole);
    }
    if text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'-' | b'+')) {
        return None;
    }
    // Up to 2^53 every whole number is a double.
    let double = double(text).filter(|it| it.fract() == 0.0 && it.abs() <= 9_007_199_254_740_992.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "the number is whole and below 2^53")]
    let whole = double as i64;
    Some(whole)
}

/// The number as `serde_json` has it.
pub(crate) fn value(text: &str) -> Value {
    let looks_whole = !text.bytes().any(|it| matches!(it, b'.' | b'e' | b'E')) || text.starts_with("0x");
    if looks_whole {
        if let Some(whole) = whole(text) {
            return Value::Number(whole.into());
        }
        if let Ok(large) = text.parse::<u64>() {
            return Value::Number(large.into());
        }
    }
    match double(text).and_then(Number::from_f64) {
        Some(number) => Value::Number(number),
        None => Value::String(text.to_owned()),
    }
}

fn is_based(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0o")
}

/// A number in hexadecimal or octal writing, if it fits.
fn based(text: &str) -> Option<i64> {
    let (digits, radix) = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => (digits, 16),
        (_, Some(digits)) => (digits, 8),
        _ => return None,
    };
    i64::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_have_the_kinds_of_the_core_schema() {
        for it in
            ["0", "-12", "+3", "0x1F", "0o17", "1.", ".5", "1e3", "-1.5E+3", ".inf", "-.INF", ".nan", "0123"]
        {
            assert_eq!(kind(it), Kind::Number, "{it}");
        }
        for it in [
            "1.2.3",
            "2024-01-01",
            "yes",
            "no",
            "on",
            "off",
            "0xZ",
            "0o8",
            "0b1",
            "1e",
            ".",
            "-",
            "+",
            "e3",
            "1_000",
            "12:30",
            "NaN",
            "-.nan",
            "tRUE",
        ] {
            assert_eq!(kind(it), Kind::Text, "{it}");
        }
        for it in ["", "~", "null", "NULL"] {
            assert_eq!(kind(it), Kind::Null, "{it}");
        }
        assert_eq!(kind("True"), Kind::Truth);
    }

    #[test]
    fn numbers_have_values() {
        assert_eq!(whole("0x1F"), Some(31));
        assert_eq!(whole("0o17"), Some(15));
        assert_eq!(whole("1.0"), Some(1));
        assert_eq!(whole("1e3"), Some(1000));
        assert_eq!(whole("1.5"), None);
        assert_eq!(whole("99999999999999999999"), None);
        assert_eq!(double("1e999999"), None);
        assert_eq!(double("-.inf"), Some(f64::NEG_INFINITY));
        assert_eq!(double("1.10"), Some(1.1));
        assert_eq!(value("18446744073709551615"), serde_json::json!(u64::MAX));
        assert_eq!(value("1e999999"), serde_json::json!("1e999999"));
        assert_eq!(value("1.0"), serde_json::json!(1.0));
    }
}
