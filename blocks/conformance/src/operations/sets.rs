//! Sets of requirements: shown, compared, brought, withdrawn.

use super::{
    Conformance,
    library::{bad_set, together},
};
use crate::{
    model::{BroughtSet, DifferenceView, TermView},
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Lang, Result};
use ports::conformance::{RequirementView, SetSummary, SetView};
use requirements::{Library, Resolved, Set};

/// The largest set that can be brought, in bytes.
pub(crate) const LARGEST_SET: usize = 4 * 1024 * 1024;

impl Conformance {
    /// Every set that counts for the asker.
    pub(crate) async fn all_sets(&self, ctx: &Ctx) -> Result<Vec<SetSummary>> {
        let library = self.library(ctx).await?;
        let hashes = self.hashes(ctx).await?;
        let german = ctx.lang() == Lang::De;
        Ok(library.sets().iter().map(|it| rules::summary(&library, it, &hashes, german)).collect())
    }

    /// A set with everything it inherits.
    ///
    /// # Errors
    /// Not found where there is no such set.
    pub(crate) async fn one_set(&self, ctx: &Ctx, id: &str) -> Result<SetView> {
        let library = self.library(ctx).await?;
        let hashes = self.hashes(ctx).await?;
        let german = ctx.lang() == Lang::De;
        let set = library.set(id).ok_or_else(|| fault::NO_SET.with("id", id))?;
        let resolved = resolved(&library, id)?;
        Ok(SetView {
            set: rules::summary(&library, set, &hashes, german),
            requirements: resolved.entries.iter().map(|it| rules::requirement(it, german)).collect(),
        })
    }

    /// A requirement, and the terms it uses.
    ///
    /// # Errors
    /// Not found where no set has it.
    pub(crate) async fn requirement(&self, ctx: &Ctx, id: &str) -> Result<(RequirementView, Vec<TermView>)> {
        let library = self.library(ctx).await?;
        let german = ctx.lang() == Lang::De;
        let found = library.requirement(id).ok_or_else(|| fault::NO_REQUIREMENT.with("id", id))?;
        let terms = found.terms.iter().filter_map(|it| library.term(it)).map(|it| rules::term(it, german));
        Ok((rules::requirement(found, german), terms.collect()))
    }

    /// What differs between two sets, as sentences.
    ///
    /// # Errors
    /// Not found where there is no such set.
    pub(crate) async fn differences(&self, ctx: &Ctx, old: &str, new: &str) -> Result<Vec<DifferenceView>> {
        let library = self.library(ctx).await?;
        let german = ctx.lang() == Lang::De;
        let found = requirements::differences(resolved(&library, old)?, resolved(&library, new)?);
        Ok(found.iter().map(|it| rules::difference(it, german)).collect())
    }

    /// Every term of every set, by its word.
    pub(crate) async fn terms(&self, ctx: &Ctx) -> Result<Vec<TermView>> {
        let library = self.library(ctx).await?;
        let german = ctx.lang() == Lang::De;
        let mut terms: Vec<TermView> =
            library.sets().iter().flat_map(|it| &it.terms).map(|it| rules::term(it, german)).collect();
        terms.sort_by_key(|it| it.title.to_lowercase());
        terms.dedup_by(|one, other| one.id == other.id);
        Ok(terms)
    }

    /// Brings a set of the tenant's own, or a newer text of one.
    ///
    /// # Errors
    /// Every fault of the file with its line; nothing is kept then.
    pub(crate) async fn bring(&self, ctx: &Ctx, content: &[u8]) -> Result<String> {
        ctx.require(may::KEEP)?;
        if content.len() > LARGEST_SET {
            return Err(kernel::fault::TOO_LARGE.with("limit", LARGEST_SET));
        }
        let text = std::str::from_utf8(content).map_err(|it| {
            kernel::Error::from(fault::BAD_SET)
                .worded(
                    "reason",
                    "Die Datei ist kein UTF-8; speichern Sie sie so.",
                    "The file is no UTF-8; save it as such.",
                )
                .because(it)
        })?;
        let set = Set::read("set.yaml", text.as_bytes()).map_err(|it| bad_set(&it, ctx.lang()))?;
        if Library::shipped().set(&set.id).is_some() || set.id == "new" {
            return Err(fault::SHIPPED.with("id", &set.id));
        }
        let brought = BroughtSet {
            tenant: ctx.tenant().to_owned(),
            id: set.id.clone(),
            text: text.to_owned(),
            sha256: rules::sha256(text.as_bytes()),
        };
        let mut all = self.brought(ctx).await?;
        all.retain(|it| it.id != brought.id);
        all.push(brought.clone());
        // The set has to hold together with all others: inheritance, ids, nothing loosened.
        together(&all, ctx.lang())?;
        let mut tx = ctx.write(may::KEEP).await?;
        store::put_set(&mut tx, &brought, ctx.now()).await?;
        tx.commit(did::BROUGHT, &set.id).await?;
        Ok(set.id)
    }

    /// Withdraws a set of the tenant's own, unless another one inherits from it.
    ///
    /// # Errors
    /// Not found where the tenant has no such set.
    pub(crate) async fn withdraw(&self, ctx: &Ctx, id: &str) -> Result<()> {
        ctx.require(may::KEEP)?;
        if Library::shipped().set(id).is_some() {
            return Err(fault::SHIPPED.with("id", id));
        }
        let all = self.brought(ctx).await?;
        let left: Vec<BroughtSet> = all.iter().filter(|it| it.id != id).cloned().collect();
        // Another set may inherit from it; sets that no longer hold anyway can be withdrawn one by one.
        if let Err(error) = together(&left, ctx.lang())
            && together(&all, ctx.lang()).is_ok()
        {
            return Err(error);
        }
        let mut tx = ctx.write(may::KEEP).await?;
        if !store::remove_set(&mut tx, ctx.tenant(), id, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_SET.with("id", id)));
        }
        tx.commit(did::WITHDRAWN, id).await
    }

    /// The hash of each brought set's file, by id.
    async fn hashes(&self, ctx: &Ctx) -> Result<Vec<(String, String)>> {
        Ok(self.brought(ctx).await?.into_iter().map(|it| (it.id, it.sha256)).collect())
    }
}

fn resolved<'l>(library: &'l Library, id: &str) -> Result<&'l Resolved> {
    library.resolved(id).ok_or_else(|| fault::NO_SET.with("id", id))
}
