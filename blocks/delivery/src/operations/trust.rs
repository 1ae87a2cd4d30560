//! Reads the trusted certificates and revocation lists that the configuration names.

use crate::{Delivery, names::fault, rules::certificate::Anchors};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Ctx, Result};
use std::{path::PathBuf, sync::Arc};

impl Delivery {
    /// Reads the files anew; what was read before stays in force when one cannot be read.
    pub async fn read_trust(&self, ctx: &Ctx) -> Result<()> {
        let anchors = Anchors {
            certificates: read_all(&self.config().trust_anchors).await?,
            revocation_lists: read_all(&self.config().revocation_lists).await?,
            forgiving: self.config().allow_self_signed_certificates || ctx.demo(),
        };
        if let Ok(mut trust) = self.trust().write() {
            *trust = Arc::new(anchors);
        }
        Ok(())
    }

    /// What keys are judged against now.
    pub(crate) fn anchors(&self, ctx: &Ctx) -> Anchors {
        let read = self.trust().read().map(|it| Arc::clone(&it)).unwrap_or_default();
        Anchors {
            forgiving: self.config().allow_self_signed_certificates || ctx.demo(),
            ..Anchors::clone(&read)
        }
    }
}

async fn read_all(files: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for file in files {
        let refuse = || fault::TRUST_FILE.with("file", file.display());
        let content = tokio::fs::read(file).await.map_err(|it| refuse().because(it))?;
        let found = decode(&content);
        if found.is_empty() {
            return Err(refuse());
        }
        all.extend(found);
    }
    Ok(all)
}

/// The DER parts of a file: itself, or each PEM block in it.
fn decode(content: &[u8]) -> Vec<Vec<u8>> {
    // DER of a certificate or revocation list is a SEQUENCE.
    if content.first() == Some(&0x30) {
        return vec![content.to_vec()];
    }
    let text = String::from_utf8_lossy(content);
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim) {
        if line.starts_with("-----BEGIN ") {
            open = Some(String::new());
        } else if line.starts_with("-----END ") {
            blocks.extend(open.take().and_then(|it| STANDARD.decode(it).ok()));
        } else if let Some(block) = &mut open {
            block.push_str(line);
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pem_and_der_are_read() {
        assert_eq!(decode(&[0x30, 1, 2]), [vec![0x30, 1, 2]]);
        let pem =
            b"x\n-----BEGIN A-----\nMAEC\n-----END A-----\n-----BEGIN A-----\r\nMA==\r\n-----END A-----\n";
        assert_eq!(decode(pem), [vec![0x30, 1, 2], vec![0x30]]);
        assert!(decode(b"nothing").is_empty());
    }
}
