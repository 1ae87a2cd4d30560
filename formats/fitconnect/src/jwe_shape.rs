//! The outside of a compact JWE: what a delivery service can check without any key, also as a stream.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// Longest protected header that is read, in characters.
pub const MAX_HEADER: usize = 16 * 1024;
/// Characters of the encrypted key for RSA-4096 and for the largest key, RSA-8192.
const KEY_CHARACTERS: (usize, usize) = (683, 1366);
const IV_CHARACTERS: usize = 16;
const TAG_CHARACTERS: usize = 22;

/// Protected header of a JWE as FIT-Connect uses it. Unknown members are ignored, except `crit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JweHeader {
    pub alg: String,
    pub enc: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    #[serde(default, skip_serializing)]
    crit: Option<serde_json::Value>,
}

impl JweHeader {
    /// The header FIT-Connect asks for, without compression.
    pub(crate) fn new(kid: &str, content_type: Option<&str>) -> Self {
        Self {
            alg: "RSA-OAEP-256".to_owned(),
            enc: "A256GCM".to_owned(),
            kid: Some(kid.to_owned()),
            cty: content_type.map(str::to_owned),
            zip: None,
            crit: None,
        }
    }
}

/// Which rule of the compact form is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum JweRule {
    #[error("a compact JWE has five segments separated by dots")]
    Segments,
    #[error("only base64url characters without padding are allowed")]
    Charset,
    #[error("a segment is not valid base64url (length or trailing bits)")]
    Encoding,
    #[error("the protected header must not be longer than {MAX_HEADER} characters")]
    HeaderLength,
    #[error("the protected header must be a JSON object with the texts alg and enc")]
    Header,
    #[error("alg must be RSA-OAEP-256")]
    Algorithm,
    #[error("enc must be A256GCM")]
    Encryption,
    #[error("zip may only be DEF")]
    Compression,
    #[error("critical header extensions (crit) are not supported")]
    Critical,
    #[error("the encrypted key must have 512 bytes (RSA-4096) or, for a larger key, up to 1024")]
    KeyLength,
    #[error("the initialisation vector must have 12 bytes")]
    IvLength,
    #[error("the authentication tag must have 16 bytes")]
    TagLength,
}

impl JweRule {
    /// Stable identifier of the rule.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Segments => "jwe-segments",
            Self::Charset => "jwe-charset",
            Self::Encoding => "jwe-encoding",
            Self::HeaderLength => "jwe-header-length",
            Self::Header => "jwe-header",
            Self::Algorithm => "jwe-alg",
            Self::Encryption => "jwe-enc",
            Self::Compression => "jwe-zip",
            Self::Critical => "jwe-crit",
            Self::KeyLength => "jwe-key-length",
            Self::IvLength => "jwe-iv-length",
            Self::TagLength => "jwe-tag-length",
        }
    }
}

/// A broken rule and the byte (counted from 0) where it was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule} (at byte {position})")]
pub struct JweShapeFault {
    pub position: u64,
    pub rule: JweRule,
}

/// What is known about a well-formed compact JWE without decrypting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JweShape {
    pub header: JweHeader,
    /// Length of the whole compact form in bytes.
    pub length: u64,
    tag: String,
}

impl JweShape {
    /// Checks a complete compact JWE.
    pub fn parse(compact: &str) -> Result<Self, JweShapeFault> {
        let mut scanner = JweScanner::new();
        scanner.feed(compact.as_bytes())?;
        scanner.finish()
    }

    /// The authentication tag as FIT-Connect compares it: the fifth segment, 22 characters of base64url.
    pub fn tag(&self) -> &str {
        &self.tag
    }
}

/// Checks a compact JWE while it passes by, in memory of at most a few kilobytes besides the header.
///
/// Feed the chunks in order; after a fault the scanner stays broken and repeats it.
#[derive(Clone, Debug, Default)]
pub struct JweScanner {
    segment: usize,
    position: u64,
    start: u64,
    /// Text of the current segment; the ciphertext is not kept, only its last character.
    kept: Vec<u8>,
    last: u8,
    header: Option<JweHeader>,
    fault: Option<JweShapeFault>,
}

const CIPHERTEXT: usize = 3;

impl JweScanner {
    pub fn new() -> Self {
        Self::default()
    }

    /// The protected header, as soon as it has been read.
    pub fn header(&self) -> Option<&JweHeader> {
        self.header.as_ref()
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), JweShapeFault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.take(chunk).inspect_err(|fault| self.fault = Some(*fault))
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), JweShapeFault> {
        let mut rest = chunk;
        while !rest.is_empty() {
            let run = rest.iter().take_while(|byte| is_base64url(**byte)).count();
            let (text, tail) = rest.split_at_checked(run).unwrap_or((rest, &[]));
            self.text(text)?;
            rest = match tail.split_first() {
                None => tail,
                Some((b'.', after)) => {
                    self.close()?;
                    self.segment += 1;
                    if self.segment > 4 {
                        return Err(self.broken(JweRule::Segments));
                    }
                    self.position += 1;
                    self.start = self.position;
                    after
                }
                Some(_) => return Err(self.broken(JweRule::Charset)),
            };
        }
        Ok(())
    }

    /// Ends the stream: the shape, or the rule that is broken.
    pub fn finish(mut self) -> Result<JweShape, JweShapeFault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.segment != 4 {
            return Err(self.broken(JweRule::Segments));
        }
        self.close()?;
        let tag =
            String::from_utf8(std::mem::take(&mut self.kept)).map_err(|_| self.broken(JweRule::Charset))?;
        match self.header.take() {
            Some(header) => Ok(JweShape { header, length: self.position, tag }),
            None => Err(self.broken(JweRule::Header)),
        }
    }

    fn text(&mut self, text: &[u8]) -> Result<(), JweShapeFault> {
        let Some(last) = text.last() else { return Ok(()) };
        self.last = *last;
        if self.segment != CIPHERTEXT {
            let (limit, rule) = match self.segment {
                0 => (MAX_HEADER, JweRule::HeaderLength),
                1 => (KEY_CHARACTERS.1, JweRule::KeyLength),
                2 => (IV_CHARACTERS, JweRule::IvLength),
                _ => (TAG_CHARACTERS, JweRule::TagLength),
            };
            if self.kept.len() + text.len() > limit {
                return Err(self.broken(rule));
            }
            self.kept.extend_from_slice(text);
        }
        self.position += text.len() as u64;
        Ok(())
    }

    /// Judges the segment that has just ended.
    fn close(&mut self) -> Result<(), JweShapeFault> {
        let length = self.kept.len();
        match self.segment {
            0 => self.header = Some(self.read_header()?),
            1 if length < KEY_CHARACTERS.0 => return Err(self.broken(JweRule::KeyLength)),
            2 if length != IV_CHARACTERS => return Err(self.broken(JweRule::IvLength)),
            CIPHERTEXT => self.close_ciphertext()?,
            4 if length != TAG_CHARACTERS => return Err(self.broken(JweRule::TagLength)),
            _ => {}
        }
        if (1..5).contains(&self.segment) && BASE64_URL_SAFE_NO_PAD.decode(&self.kept).is_err() {
            return Err(self.broken(JweRule::Encoding));
        }
        if self.segment < 4 {
            self.kept.clear();
        }
        Ok(())
    }

    /// The ciphertext was not kept: its length and its last character decide whether it is canonical base64url.
    fn close_ciphertext(&self) -> Result<(), JweShapeFault> {
        let spare = match (self.position - self.start) % 4 {
            0 => 0,
            2 => 0b1111,
            3 => 0b11,
            _ => return Err(self.broken(JweRule::Encoding)),
        };
        if spare != 0 && sextet(self.last) & spare != 0 {
            return Err(self.broken(JweRule::Encoding));
        }
        Ok(())
    }

    fn read_header(&self) -> Result<JweHeader, JweShapeFault> {
        let at_start = |rule| JweShapeFault { position: self.start, rule };
        let json = BASE64_URL_SAFE_NO_PAD.decode(&self.kept).map_err(|_| at_start(JweRule::Encoding))?;
        let header: JweHeader = serde_json::from_slice(&json).map_err(|_| at_start(JweRule::Header))?;
        if header.alg != "RSA-OAEP-256" {
            return Err(at_start(JweRule::Algorithm));
        }
        if header.enc != "A256GCM" {
            return Err(at_start(JweRule::Encryption));
        }
        if header.zip.as_deref().is_some_and(|zip| zip != "DEF") {
            return Err(at_start(JweRule::Compression));
        }
        if header.crit.is_some() {
            return Err(at_start(JweRule::Critical));
        }
        Ok(header)
    }

    fn broken(&self, rule: JweRule) -> JweShapeFault {
        JweShapeFault { position: self.position, rule }
    }
}

const fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

const fn sextet(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        _ => 63,
    }
}
