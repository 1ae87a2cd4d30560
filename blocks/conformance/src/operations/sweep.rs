//! Content that no row names any more, since an upload broke off between the two.

use super::Conformance;
use crate::{names::may, store};
use kernel::{Ctx, DAY, Result};

impl Conformance {
    /// Deletes content older than a day that no evidence names.
    pub(crate) async fn sweep(&self, ctx: &Ctx) -> Result<()> {
        for (name, stored_at) in ctx.content().list("conformance").await? {
            if stored_at > ctx.now() - DAY {
                continue;
            }
            let id = name.split('/').nth(1).unwrap_or_default();
            let kept = {
                let mut db = ctx.read(may::READ).await?;
                store::is_kept(&mut db, id).await?
            };
            if !kept {
                ctx.content().delete(&name).await?;
            }
        }
        Ok(())
    }
}
