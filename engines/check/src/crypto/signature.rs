//! The parameters of an RSASSA-PSS signature (RFC 4055), of which only the hash function matters here.

use super::{identifier, name::hash_in};

const SEQUENCE: u8 = 0x30;
const IDENTIFIER: u8 = 0x06;
const HASH: u8 = 0xA0;

/// The hash function of the signature of a DER certificate with RSASSA-PSS, as the crypto policy has it.
///
/// A missing parameter means SHA-1 (RFC 4055, section 3.1). Nothing where it is not known or cannot be read.
pub(super) fn pss_hash(der: &[u8]) -> Option<(&'static str, u32)> {
    let (tag, certificate, _) = value(der)?;
    let (_, _, after_content) = value(certificate).filter(|_| tag == SEQUENCE)?;
    let (_, algorithm, _) = value(after_content).filter(|it| it.0 == SEQUENCE)?;
    let (_, _, parameters) = value(algorithm).filter(|it| it.0 == IDENTIFIER)?;
    let (_, parameters, _) = value(parameters).filter(|it| it.0 == SEQUENCE)?;
    let Some((HASH, hash, _)) = value(parameters) else { return Some(("SHA-1", 160)) };
    let (_, hash, _) = value(hash).filter(|it| it.0 == SEQUENCE)?;
    let (_, hash, _) = value(hash).filter(|it| it.0 == IDENTIFIER)?;
    hash_in(identifier::algorithm(&dotted(hash)?)?)
}

/// Tag, content and what follows of a DER value.
fn value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (length, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
        // More than four bytes of length would be more than any certificate has.
        if length.len() > 4 {
            return None;
        }
        (length.iter().fold(0_usize, |sum, it| sum << 8 | usize::from(*it)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// An object identifier, dotted (X.690, section 8.19).
fn dotted(content: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number = 0_u64;
    for byte in content {
        number = number.checked_mul(128)?.checked_add(u64::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.push(first);
                number -= first * 40;
            }
            numbers.push(number);
            number = 0;
        }
    }
    (!numbers.is_empty()).then(|| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers() {
        let sha256 = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
        assert_eq!(dotted(&sha256).as_deref(), Some("2.16.840.1.101.3.4.2.1"));
        assert_eq!(dotted(&[]), None);
    }

    #[test]
    fn what_is_cut_off_is_nothing() {
        assert_eq!(pss_hash(&[]), None);
        assert_eq!(pss_hash(&[0x30, 0x82, 0xFF]), None);
        assert_eq!(pss_hash(&[0x30, 0x85, 1, 1, 1, 1, 1, 0]), None);
    }
}
