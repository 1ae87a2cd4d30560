//! Mailbox: where a citizen finds what offices send in a case.

use crate::ids::CaseId;
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Issue, Lang, Result, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What any mailbox, ours or another's, can be asked by the blocks of this node.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// Opens the mailbox of a case; opening it again with the same hash is no error.
    async fn open(&self, ctx: &Ctx, case: &CaseId, new: NewMailbox) -> Result<()>;

    /// Refuses whoever does not hold the secret of a case.
    ///
    /// `authorization` is the value of the header: `Case` and the access token derived from the secret.
    async fn admit(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<()>;
}

/// What a browser made for a new case; none of it lets the node read anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMailbox {
    /// SHA-256 of the access token, base64url.
    pub access_hash: String,
    /// The citizen's public key (JWK, RSA-OAEP-256): replies are encrypted to it.
    #[schema(value_type = Object)]
    pub public_key: Value,
    /// The private key, encrypted with a key that only the link of the case gives, base64url.
    pub wrapped_key: String,
}

/// The size of a wrapped private key, bytes: PKCS#8 of 4096 bit takes about 2,400.
const WRAPPED: std::ops::RangeInclusive<usize> = 1000..=6000;

impl NewMailbox {
    /// What is wrong with it, with pointers below it; nothing if it can be stored.
    pub fn issues(&self, lang: Lang) -> Vec<Issue> {
        let key = |name: &str| self.public_key.get(name).and_then(Value::as_str).unwrap_or_default();
        let private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
        let checks = [
            (length(&self.access_hash) == Some(32), "/accessHash", HASH),
            (length(&self.wrapped_key).is_some_and(|it| WRAPPED.contains(&it)), "/wrappedKey", WRAPPED_KEY),
            (key("kty") == "RSA" && key("alg") == "RSA-OAEP-256", "/publicKey/alg", ALGORITHM),
            // 4096 bit are 512 bytes without a leading zero.
            (length(key("n")) == Some(512), "/publicKey/n", MODULUS),
            (length(key("e")).is_some_and(|it| (1..=4).contains(&it)), "/publicKey/e", EXPONENT),
            (length(key("kid")) == Some(32), "/publicKey/kid", KEY_ID),
            (private.iter().all(|it| self.public_key.get(it).is_none()), "/publicKey", PRIVATE),
        ];
        let wrong = checks.into_iter().filter(|(right, ..)| !right);
        wrong
            .map(|(_, at, text)| Issue { pointer: at.to_owned(), detail: text.get(lang).to_owned() })
            .collect()
    }
}

/// How many bytes a base64url text stands for.
fn length(text: &str) -> Option<usize> {
    URL_SAFE_NO_PAD.decode(text).ok().map(|it| it.len())
}

const HASH: Text = Text {
    de: "Erwartet wird SHA-256 des Zugangsschlüssels: 32 Byte als base64url ohne „=“ (43 Zeichen).",
    en: "Expected is SHA-256 of the access token: 32 bytes as base64url without “=” (43 characters).",
};
const WRAPPED_KEY: Text = Text {
    de: "Erwartet wird der verschlüsselte private Schlüssel (PKCS#8, 4096 Bit) als base64url ohne „=“.",
    en: "Expected is the encrypted private key (PKCS#8, 4096 bit) as base64url without “=”.",
};
const ALGORITHM: Text = Text {
    de: "Erwartet wird ein JWK mit „kty“: „RSA“ und „alg“: „RSA-OAEP-256“.",
    en: "Expected is a JWK with “kty”: “RSA” and “alg”: “RSA-OAEP-256”.",
};
const MODULUS: Text = Text {
    de: "Der Modulus muss 4096 Bit haben (512 Byte als base64url ohne führende Null).",
    en: "The modulus must have 4096 bit (512 bytes as base64url without a leading zero).",
};
const EXPONENT: Text = Text {
    de: "Der Exponent fehlt (üblich: „AQAB“).",
    en: "The exponent is missing (usual: “AQAB”).",
};
const KEY_ID: Text = Text {
    de: "Die Kennung ist der Fingerabdruck nach RFC 7638 (SHA-256, base64url, 43 Zeichen).",
    en: "The id is the thumbprint after RFC 7638 (SHA-256, base64url, 43 characters).",
};
const PRIVATE: Text = Text {
    de: "Der Schlüssel enthält private Teile. Der private Schlüssel verlässt den Browser nie unverschlüsselt.",
    en: "The key contains private parts. The private key never leaves the browser unencrypted.",
};
