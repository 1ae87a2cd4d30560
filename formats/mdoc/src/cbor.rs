//! CBOR within limits, and the shapes of it that a mobile document is made of.

use crate::Fault;
use ciborium::Value;

/// The largest response, in bytes: a portrait fits, a film does not.
pub const MAX_BYTES: usize = 1 << 20;
/// How deeply CBOR may be nested, each embedded item (tag 24) counting anew.
pub const MAX_DEPTH: usize = 24;
/// Embedded CBOR (RFC 8949, section 3.4.5.1).
const EMBEDDED: u64 = 24;

/// A map of a mobile document: text or number as key, each key once.
pub(crate) struct Map {
    place: &'static str,
    entries: Vec<(Value, Value)>,
}

/// Reads one item and nothing behind it.
pub(crate) fn read(bytes: &[u8], place: &'static str) -> Result<Value, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLarge(bytes.len()));
    }
    let mut rest = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH)
        .map_err(|_| Fault::NotCbor(place))?;
    if rest.is_empty() { Ok(value) } else { Err(Fault::NotCbor(place)) }
}

/// Writes one item.
pub(crate) fn write(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail, and a value holds nothing that cannot be written.
    let _ = ciborium::into_writer(value, &mut bytes);
    bytes
}

/// Embedded CBOR: tag 24 around bytes.
pub(crate) fn embed(bytes: Vec<u8>) -> Value {
    Value::Tag(EMBEDDED, Box::new(Value::Bytes(bytes)))
}

/// The bytes inside tag 24, exactly as they arrived.
pub(crate) fn embedded(value: Value, place: &'static str) -> Result<Vec<u8>, Fault> {
    match value {
        Value::Tag(EMBEDDED, inner) => bytes(*inner, place),
        _ => Err(Fault::Shape { place, expected: "embedded CBOR (tag 24)" }),
    }
}

pub(crate) fn bytes(value: Value, place: &'static str) -> Result<Vec<u8>, Fault> {
    value.into_bytes().map_err(|_| Fault::Shape { place, expected: "a byte string" })
}

pub(crate) fn text(value: Value, place: &'static str) -> Result<String, Fault> {
    value.into_text().map_err(|_| Fault::Shape { place, expected: "a text" })
}

pub(crate) fn unsigned(value: &Value, place: &'static str) -> Result<u64, Fault> {
    let number = value.as_integer().and_then(|it| u64::try_from(it).ok());
    number.ok_or(Fault::Shape { place, expected: "a whole number of at least 0" })
}

pub(crate) fn array(value: Value, place: &'static str) -> Result<Vec<Value>, Fault> {
    value.into_array().map_err(|_| Fault::Shape { place, expected: "an array" })
}

/// A time (`tdate`: tag 0 around RFC 3339), in seconds since the epoch.
pub(crate) fn time(value: Value, place: &'static str) -> Result<i64, Fault> {
    let wrong = Fault::Shape { place, expected: "a time (tag 0, RFC 3339)" };
    let Value::Tag(0, inner) = value else { return Err(wrong) };
    let Ok(text) = inner.into_text() else { return Err(wrong) };
    text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).map_err(|_| wrong)
}

/// A time as `tdate`, without fractions of a second (ISO/IEC 18013-5, 9.1.2.4).
pub(crate) fn tdate(seconds: i64) -> Value {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Value::Tag(0, Box::new(Value::Text(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())))
}

impl Map {
    /// A map; the same key twice is refused, since readers would differ in which one they take.
    pub(crate) fn of(value: Value, place: &'static str) -> Result<Self, Fault> {
        let entries = value.into_map().map_err(|_| Fault::Shape { place, expected: "a map" })?;
        let mut seen = std::collections::BTreeSet::new();
        for (key, _) in &entries {
            if !matches!(key, Value::Text(_) | Value::Integer(_)) {
                return Err(Fault::Shape { place, expected: "texts or numbers as keys" });
            }
            if !seen.insert(write(key)) {
                return Err(Fault::Twice(place));
            }
        }
        Ok(Self { place, entries })
    }

    /// Takes a member out.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        let index = self.entries.iter().position(|(it, _)| it.as_text() == Some(key))?;
        Some(self.entries.swap_remove(index).1)
    }

    /// Takes a member with a number as key out.
    pub(crate) fn take_number(&mut self, key: i64) -> Option<Value> {
        let index = self.entries.iter().position(|(it, _)| *it == Value::from(key))?;
        Some(self.entries.swap_remove(index).1)
    }

    /// Takes a member out that must be there.
    pub(crate) fn need(&mut self, key: &'static str) -> Result<Value, Fault> {
        self.take(key).ok_or(Fault::Shape { place: self.place, expected: key })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All members whose keys must be texts.
    pub(crate) fn named(self) -> Result<Vec<(String, Value)>, Fault> {
        let place = self.place;
        self.entries.into_iter().map(|(key, value)| Ok((text(key, place)?, value))).collect()
    }

    /// All members whose keys must be whole numbers.
    pub(crate) fn numbered(self) -> Result<Vec<(u64, Value)>, Fault> {
        let place = self.place;
        self.entries.into_iter().map(|(key, value)| Ok((unsigned(&key, place)?, value))).collect()
    }
}
