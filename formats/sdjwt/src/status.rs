//! Token Status List: whether a credential was revoked (draft-ietf-oauth-status-list, JWT form).

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde_json::{Map, Value, json};

use crate::jws::{self, Jws, JwsFault};
use crate::key::{PublicKey, SigningKey};

/// The type of the token.
pub const TYPE: &str = "statuslist+jwt";
/// What is asked for and answered over HTTP.
pub const MEDIA_TYPE: &str = "application/statuslist+jwt";

/// Why a status list is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusFault {
    #[error("the status list: {0}")]
    Jws(#[from] JwsFault),
    #[error("the status list must have status_list with bits (1, 2, 4 or 8) and lst")]
    Shape,
    #[error("the status list is not compressed with zlib, or damaged")]
    Compression,
    #[error("the status list has more than {0} bytes")]
    TooLarge(usize),
    #[error("the status list belongs to another address (sub)")]
    Subject,
    #[error("the status list has expired or is from the future")]
    Time,
    #[error("the status list has no entry {0}")]
    NoEntry(u64),
    #[error("the random source or the signature failed")]
    Build,
}

/// Where the status of a credential is found: the claim `status` with `status_list`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub uri: String,
    pub index: u64,
}

impl Reference {
    /// Reads the value of the claim `status`; nothing if it is not of the expected shape.
    pub fn read(status: &Value) -> Option<Self> {
        let list = status.get("status_list")?;
        Some(Self { uri: list.get("uri")?.as_str()?.to_owned(), index: list.get("idx")?.as_u64()? })
    }

    /// The value of the claim `status`.
    pub fn to_claim(&self) -> Value {
        json!({"status_list": {"idx": self.index, "uri": self.uri}})
    }
}

/// What a list says about a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Valid,
    Invalid,
    Suspended,
    /// Anything else; what it means is the issuer's business, so it is not valid for us.
    Other(u8),
}

impl From<u8> for Status {
    fn from(value: u8) -> Self {
        match value {
            0 => Self::Valid,
            1 => Self::Invalid,
            2 => Self::Suspended,
            other => Self::Other(other),
        }
    }
}

/// A list of statuses, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    bits: u8,
    bytes: Vec<u8>,
}

impl StatusList {
    /// A list of `length` entries, all valid, with 1, 2, 4 or 8 bits each.
    pub fn new(bits: u8, length: usize) -> Result<Self, StatusFault> {
        let per_byte = per_byte(bits)?;
        Ok(Self { bits, bytes: vec![0; length.div_ceil(per_byte)] })
    }

    /// Unpacks `lst` (base64url of zlib); `max_bytes` bounds the unpacked size.
    pub fn unpack(bits: u8, lst: &str, max_bytes: usize) -> Result<Self, StatusFault> {
        per_byte(bits)?;
        let packed = BASE64URL.decode(lst).map_err(|_| StatusFault::Shape)?;
        let mut bytes = Vec::new();
        let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1);
        flate2::read::ZlibDecoder::new(packed.as_slice())
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|_| StatusFault::Compression)?;
        if bytes.len() > max_bytes {
            return Err(StatusFault::TooLarge(max_bytes));
        }
        Ok(Self { bits, bytes })
    }

    /// The packed form for `lst`.
    pub fn pack(&self) -> Result<String, StatusFault> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&self.bytes).map_err(|_| StatusFault::Build)?;
        Ok(BASE64URL.encode(packer.finish().map_err(|_| StatusFault::Build)?))
    }

    /// What the list says about an entry.
    pub fn status(&self, index: u64) -> Result<Status, StatusFault> {
        let (byte, shift, mask) = self.position(index)?;
        let byte = self.bytes.get(byte).ok_or(StatusFault::NoEntry(index))?;
        Ok(Status::from((byte >> shift) & mask))
    }

    /// Sets an entry; what does not fit into its bits is cut off.
    pub fn set(&mut self, index: u64, value: u8) -> Result<(), StatusFault> {
        let (byte, shift, mask) = self.position(index)?;
        let byte = self.bytes.get_mut(byte).ok_or(StatusFault::NoEntry(index))?;
        *byte = (*byte & !(mask << shift)) | ((value & mask) << shift);
        Ok(())
    }

    /// Byte, shift and mask of an entry; the lowest bits of a byte come first.
    fn position(&self, index: u64) -> Result<(usize, u32, u8), StatusFault> {
        let per_byte = per_byte(self.bits)?;
        let number = usize::try_from(index).map_err(|_| StatusFault::NoEntry(index))?;
        let shift = u32::try_from(number % per_byte).unwrap_or_default() * u32::from(self.bits);
        Ok((number / per_byte, shift, u8::MAX >> (8 - self.bits)))
    }
}

fn per_byte(bits: u8) -> Result<usize, StatusFault> {
    match bits {
        1 | 2 | 4 | 8 => Ok(usize::from(8 / bits)),
        _ => Err(StatusFault::Shape),
    }
}

/// A status list token, not believed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusListToken {
    jws: Jws,
}

/// A list that was checked, and how long it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub list: StatusList,
    /// Seconds since the epoch after which it must not be used, if the issuer says so.
    pub expires: Option<i64>,
    /// For how many seconds it may be cached, if the issuer says so.
    pub ttl: Option<i64>,
}

impl StatusListToken {
    /// Takes a token apart and checks its type.
    pub fn parse(compact: &str) -> Result<Self, StatusFault> {
        let jws = Jws::parse(compact.trim())?;
        jws.expect_type(TYPE)?;
        Ok(Self { jws })
    }

    /// The issuer's certificates (DER): to be judged before [`StatusListToken::verify`] gets the key.
    pub fn x5c(&self) -> Result<Vec<Vec<u8>>, StatusFault> {
        Ok(self.jws.x5c()?)
    }

    /// Checks signature, address and times, and unpacks the list. `now` in seconds since the epoch.
    pub fn verify(
        &self,
        issuer: &PublicKey,
        uri: &str,
        now: i64,
        max_bytes: usize,
    ) -> Result<Checked, StatusFault> {
        const LEEWAY: i64 = 60;
        self.jws.verify(issuer)?;
        let claims = &self.jws.payload;
        if claims.get("sub").and_then(Value::as_str) != Some(uri) {
            return Err(StatusFault::Subject);
        }
        let from = self.jws.number("iat").ok_or(StatusFault::Time)?;
        let expires = self.jws.number("exp");
        if from > now.saturating_add(LEEWAY) || expires.is_some_and(|it| it.saturating_add(LEEWAY) <= now) {
            return Err(StatusFault::Time);
        }
        let list = claims.get("status_list").ok_or(StatusFault::Shape)?;
        let bits = list.get("bits").and_then(Value::as_u64).and_then(|it| u8::try_from(it).ok());
        let packed = list.get("lst").and_then(Value::as_str);
        let (Some(bits), Some(packed)) = (bits, packed) else { return Err(StatusFault::Shape) };
        let list = StatusList::unpack(bits, packed, max_bytes)?;
        Ok(Checked { list, expires, ttl: self.jws.number("ttl") })
    }
}

/// The issuer's side, for a development wallet: signs a list for the address `uri`. Times in seconds.
pub fn sign(
    list: &StatusList,
    uri: &str,
    (now, ttl, lifetime): (i64, i64, i64),
    (issuer, chain): (&SigningKey, &[Vec<u8>]),
) -> Result<String, StatusFault> {
    let mut header = Map::new();
    header.insert("typ".to_owned(), TYPE.into());
    header.insert("x5c".to_owned(), jws::x5c(chain));
    let payload = json!({
        "sub": uri,
        "iat": now,
        "exp": now.saturating_add(lifetime),
        "ttl": ttl,
        "status_list": {"bits": list.bits, "lst": list.pack()?},
    });
    Ok(jws::sign(&header, &payload, issuer)?)
}
