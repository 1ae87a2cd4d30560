//! The sets of requirements that count for whoever asks: those that come with the program, and the own tenant's.

use super::Conformance;
use crate::{
    model::BroughtSet,
    names::{fault, may},
    store,
};
use kernel::{Ctx, Lang, Result};
use requirements::{Fault, Library, Set};
use std::sync::{Arc, LazyLock};

/// The shipped sets, shared.
static SHIPPED: LazyLock<Arc<Library>> = LazyLock::new(|| Arc::new(Library::shipped().clone()));

impl Conformance {
    /// The sets that count for the asker.
    pub(crate) async fn library(&self, ctx: &Ctx) -> Result<Arc<Library>> {
        let brought = self.brought(ctx).await?;
        if brought.is_empty() {
            return Ok(Arc::clone(&SHIPPED));
        }
        let hash: String = brought.iter().map(|it| it.sha256.as_str()).collect();
        if let Ok(known) = self.libraries.lock()
            && let Some((at, library)) = known.get(ctx.tenant())
            && *at == hash
        {
            return Ok(Arc::clone(library));
        }
        let library = match together(&brought, ctx.lang()) {
            Ok(it) => Arc::new(it),
            // What held when it was brought may not hold beside the sets of a newer program. The shipped ones still count.
            Err(error) => {
                tracing::warn!(
                    ?error,
                    tenant = ctx.tenant(),
                    "sets of a tenant no longer hold; they do not count"
                );
                Arc::clone(&SHIPPED)
            }
        };
        if let Ok(mut known) = self.libraries.lock() {
            known.insert(ctx.tenant().to_owned(), (hash, Arc::clone(&library)));
        }
        Ok(library)
    }

    /// What the asker's tenant brought.
    pub(super) async fn brought(&self, ctx: &Ctx) -> Result<Vec<BroughtSet>> {
        let mut db = ctx.read(may::READ).await?;
        store::sets(&mut db, ctx.tenant()).await
    }
}

/// The shipped sets and these.
pub(super) fn together(brought: &[BroughtSet], lang: Lang) -> Result<Library> {
    let mut sets: Vec<Set> = SHIPPED.sets().to_vec();
    for it in brought {
        sets.push(Set::read(&it.id, it.text.as_bytes()).map_err(|it| bad_set(&it, lang))?);
    }
    Library::new(sets).map_err(|it| bad_set(&it, lang))
}

/// The first fault in the sentence, all of them as issues.
pub(super) fn bad_set(faults: &[Fault], lang: Lang) -> kernel::Error {
    let german = lang == Lang::De;
    let first = faults.first().map(|it| it.get(german).to_owned()).unwrap_or_default();
    let issues = faults.iter().take(100).map(|it| kernel::Issue {
        pointer: format!("{}:{}", it.file, it.place),
        detail: it.get(german).to_owned(),
    });
    fault::BAD_SET.with("reason", first).listing(issues.collect())
}
