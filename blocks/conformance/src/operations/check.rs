//! Checking a file, kept or not.

use super::Conformance;
use crate::{
    PolicyRules,
    names::{fault, may},
    rules,
};
use bytes::Bytes;
use check::{Input, Question, Report, Unreadable};
use jiff::{Timestamp, tz::TimeZone};
use kernel::{Ctx, Error, Lang, Result};
use std::sync::Arc;

impl Conformance {
    /// Checks a file against the sets with these ids, or against all that speak of its kind; keeps nothing.
    ///
    /// # Errors
    /// When the file cannot be read, or there is no such set.
    pub(crate) async fn check(
        &self,
        ctx: &Ctx,
        name: &str,
        content: Bytes,
        sets: &[String],
    ) -> Result<Report> {
        ctx.require(may::CHECK)?;
        self.examine(ctx, name, content, sets).await
    }

    /// The same, once the asker's right is known.
    pub(super) async fn examine(
        &self,
        ctx: &Ctx,
        name: &str,
        content: Bytes,
        sets: &[String],
    ) -> Result<Report> {
        let library = self.library(ctx).await?;
        let (policy, day) = (Arc::clone(ctx.keys().policy()), day(ctx.now()));
        let (name, sets, known, lang) = (name.to_owned(), sets.to_vec(), Arc::clone(&library), ctx.lang());
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let work = move || {
            // Held until the work ends, even if nobody waits for it any more.
            let _turn = turn;
            let dated = PolicyRules(&policy);
            let dated = check::Recommended::over(&dated);
            let linter = rules::map_linter(&day);
            let question = Question {
                library: &known,
                sets: sets.iter().map(String::as_str).collect(),
                today: day.clone(),
                crypto: &dated,
                most_misfits: 50,
                hashes: true,
                more: &[&linter],
            };
            check::check(&[Input { path: &name, content: &content }], &question)
        };
        // A large file keeps a core busy; other requests go on meanwhile.
        let outcome =
            tokio::task::spawn_blocking(work).await.map_err(|it| kernel::fault::INTERNAL.because(it))?;
        outcome.map_err(|it| unreadable(&it, lang))
    }
}

/// Why a file was not checked, in the reader's language.
fn unreadable(why: &Unreadable, lang: Lang) -> Error {
    fault::UNREADABLE.with("reason", why.sentence(lang == Lang::De)).at(why.path.clone())
}

/// The day of a moment (microseconds since the epoch), UTC, as 2026-11-28.
pub(crate) fn day(moment: i64) -> String {
    Timestamp::from_microsecond(moment)
        .map_or_else(|_| moment.to_string(), |it| it.to_zoned(TimeZone::UTC).date().to_string())
}
