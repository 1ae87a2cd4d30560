//! Opens the mailbox of a case.

use super::Mailbox;
use crate::{
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Result};
use ports::{ids::CaseId, mailbox::NewMailbox};

impl Mailbox {
    /// Opens the mailbox of a case in the name of the asking sender; with the same keys again it is no error.
    pub(super) async fn open_case(&self, ctx: &Ctx, case: &CaseId, new: NewMailbox) -> Result<()> {
        let issues = new.issues(ctx.lang());
        if !issues.is_empty() {
            return Err(fault::BAD_KEYS.with("count", issues.len()).listing(issues));
        }
        let mut tx = ctx.write(may::OPEN).await?;
        if store::insert(&mut tx, ctx.tenant(), &ctx.actor().name, case, &new, ctx.now()).await? {
            return tx.commit(did::OPENED, case.as_str()).await;
        }
        let known = store::case(&mut tx, case).await?;
        drop(tx);
        let same = |it: &_| rules::same_keys(it, &new.access_hash, &new.public_key, &new.wrapped_key);
        if known.as_ref().is_some_and(same) { Ok(()) } else { Err(fault::OTHER_SECRET.into()) }
    }
}
