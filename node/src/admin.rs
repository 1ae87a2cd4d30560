//! The operator's token for the command line and for scripts: whoever holds the one in `DIR/admin-token`, or one derived
//! from it. People sign in with accounts of their own (block `identity`).
//!
//! The operator's token may everything. `fachwerk token --tenant NAME` derives one for scripts of a tenant from it;
//! nothing is stored, and a new `admin-token` ends all of them.

use crate::{config::Fault, keyring::write_secret};
use async_trait::async_trait;
use aws_lc_rs::{constant_time, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Check, Error, Frame, Ids, Result, Role, Shown, fault, http::Credentials};
use std::{path::Path, sync::Arc};

/// The operator's token and what is derived from it.
#[derive(Clone)]
pub struct AdminToken(Arc<str>);

impl AdminToken {
    /// Reads the token; makes one at the first start.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn load_or_make(data: &Path) -> std::result::Result<Self, Fault> {
        let path = data.join("admin-token");
        if let Ok(text) = std::fs::read_to_string(&path)
            && text.trim().len() >= 32
        {
            return Ok(Self(text.trim().into()));
        }
        let token = URL_SAFE_NO_PAD.encode(Ids::Random.bytes::<32>());
        write_secret(&path, token.as_bytes())?;
        Ok(Self(token.as_str().into()))
    }

    /// The token itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A token for the clerks of a tenant.
    pub fn for_tenant(&self, tenant: &str) -> String {
        let name = URL_SAFE_NO_PAD.encode(tenant);
        format!("tenant.{name}.{}", self.mac(&format!("tenant {tenant}")))
    }

    fn mac(&self, message: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()))
    }

    /// The actor behind a token; nothing where it is no token of this kind.
    fn actor(&self, token: &str) -> Result<Option<Actor>> {
        if equal(token, &self.0) {
            return Ok(Some(administrator("")));
        }
        let Some(("tenant", rest)) = token.split_once('.') else { return Ok(None) };
        let bad = || Error::from(fault::BAD_CREDENTIALS);
        let (name, mac) = rest.split_once('.').ok_or_else(bad)?;
        let name = URL_SAFE_NO_PAD.decode(name).map_err(|_| bad())?;
        let tenant = String::from_utf8(name).map_err(|_| bad())?;
        if tenant.is_empty() || !equal(mac, &self.mac(&format!("tenant {tenant}"))) {
            return Err(bad());
        }
        Ok(Some(administrator(&tenant)))
    }
}

/// The operator, or a clerk of a tenant.
fn administrator(tenant: &str) -> Actor {
    if tenant.is_empty() {
        Actor::new("admin", "", Role::Admin)
    } else {
        Actor::new(format!("clerk@{tenant}"), tenant.to_owned(), Role::Clerk)
    }
}

fn equal(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[async_trait]
impl Check for AdminToken {
    async fn check(&self, _: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        // By header only: a browser cannot be made to send it, and it never lies in a cookie.
        match shown.under("Bearer").filter(|_| shown.by == Credentials::Header) {
            Some(token) => self.actor(token),
            None => Ok(None),
        }
    }
}
