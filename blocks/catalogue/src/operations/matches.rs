//! What the people of a tenant say of matches: confirmed, refused, taken back; given and taken as a file.

use super::{Catalogue, import::faulty, today};
use crate::{
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Result};
use overlay::{Decision, Decisions};

/// The most decisions that a tenant keeps.
const MOST: usize = 20_000;
/// How long a reason may be, in characters.
const LONGEST: usize = 500;

impl Catalogue {
    /// All decisions of the asker's tenant.
    ///
    /// # Errors
    /// Forbidden for whoever keeps no maps.
    pub(crate) async fn match_decisions(&self, ctx: &Ctx) -> Result<Decisions> {
        let mut tx = ctx.read(may::EDIT).await?;
        Ok(Decisions { entries: store::decisions(&mut tx, ctx.tenant()).await? })
    }

    /// Confirms or refuses that two elements (`map/element`) are the same.
    ///
    /// # Errors
    /// Unprocessable where it is no decision; forbidden for whoever keeps no maps.
    pub(crate) async fn decide(&self, ctx: &Ctx, pair: (&str, &str), same: bool, reason: &str) -> Result<()> {
        ctx.require(may::EDIT)?;
        let reason: String = reason.trim().chars().filter(|it| !it.is_control()).take(LONGEST).collect();
        let unsaid = || ctx.lang().pick("ohne Begründung", "no reason given").to_owned();
        let reason = Some(reason).filter(|it| !it.is_empty()).unwrap_or_else(unsaid);
        let decision = Decision {
            one: pair.0.to_owned(),
            other: pair.1.to_owned(),
            same,
            by: ctx.actor().name.clone().into_owned(),
            date: today(ctx).to_string(),
            reason,
            place: tree::Place { line: 0, column: 0 },
        };
        let file = Decisions { entries: vec![decision] }.to_yaml();
        self.take_decisions(ctx, file.as_bytes(), false).await.map(|_| ())
    }

    /// Takes decisions from a file, in place of all others or beside them; says how many the file has.
    ///
    /// # Errors
    /// Every fault of the file with line and column; nothing is changed then.
    pub(crate) async fn take_decisions(&self, ctx: &Ctx, file: &[u8], replace: bool) -> Result<usize> {
        ctx.require(may::EDIT)?;
        let read = Decisions::read(file, Some(today(ctx)))
            .map_err(|faults| faulty(fault::BAD_MATCHES, ctx.lang(), &faults))?;
        if read.entries.len() > MOST {
            let error = fault::TOO_MANY_ENTRIES.with("section", "decisions");
            return Err(error.with("count", read.entries.len()).with("most", MOST));
        }
        let mut tx = ctx.write(may::EDIT).await?;
        if replace {
            store::delete_decisions(&mut tx, ctx.tenant()).await?;
        }
        for decision in &read.entries {
            store::put_decision(&mut tx, ctx.tenant(), decision).await?;
        }
        tx.commit(did::MATCHED, &format!("{} decisions", read.entries.len())).await?;
        Ok(read.entries.len())
    }

    /// Takes a decision back, if there is one.
    ///
    /// # Errors
    /// Forbidden for whoever keeps no maps.
    pub(crate) async fn forget_decision(&self, ctx: &Ctx, one: &str, other: &str) -> Result<()> {
        let pair = if one <= other { (one, other) } else { (other, one) };
        let mut tx = ctx.write(may::EDIT).await?;
        store::delete_decision(&mut tx, ctx.tenant(), pair).await?;
        tx.commit(did::MATCHED, &format!("{} / {}", pair.0, pair.1)).await
    }
}
