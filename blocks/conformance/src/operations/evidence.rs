//! Keeping evidence for an element of a map, and taking it back.

use super::Conformance;
use crate::{
    model::{Evidence, For},
    names::{did, fault, may},
    rules, store,
};
use bytes::Bytes;
use check::{Finding, Outcome, Report};
use kernel::{Ctx, Result};
use ports::conformance::EvidenceKept;

impl Conformance {
    /// Checks a file and keeps it with its hash and report as evidence for an element.
    ///
    /// # Errors
    /// When the file cannot be checked; nothing is kept then.
    pub(crate) async fn keep(&self, ctx: &Ctx, place: &For, name: &str, content: Bytes) -> Result<Evidence> {
        ctx.require(may::KEEP)?;
        self.keep_from(ctx, place, name, content, "upload").await
    }

    pub(super) async fn keep_from(
        &self,
        ctx: &Ctx,
        place: &For,
        name: &str,
        content: Bytes,
        origin: &str,
    ) -> Result<Evidence> {
        is_named(place)?;
        let name = &tidy(name);
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        self.has_room(ctx, size).await?;
        let report = match self.examine(ctx, name, content.clone(), &[]).await {
            Ok(report) => report,
            // A document that no program reads can still prove facts that are named; a broken file of a known kind proves
            // nothing.
            Err(error)
                if error.code() == fault::UNREADABLE
                    && !place.about.trim().is_empty()
                    && check::suspected(name, &content).is_none() =>
            {
                Report::default()
            }
            Err(error) => return Err(error),
        };
        let mut written = Vec::new();
        check::report::json(&report, false, &mut written)
            .map_err(|it| kernel::fault::INTERNAL.because(it))?;
        let evidence =
            Evidence { sha256: rules::sha256(&content), size, ..row(ctx, place, name, origin, &report) };
        // Content is on disk before the row that names it.
        ctx.content().put(&Evidence::file(&evidence.id), content).await?;
        ctx.content().put(&Evidence::report(&evidence.id), written.into()).await?;
        let mut tx = ctx.write(may::READ).await?;
        store::insert_evidence(&mut tx, &evidence).await?;
        tx.tell(&EvidenceKept {
            map: evidence.map.clone(),
            element: evidence.element.clone(),
            evidence: evidence.id.clone(),
            sha256: evidence.sha256.clone(),
        })
        .await?;
        tx.commit(did::KEPT, &evidence.id).await?;
        Ok(evidence)
    }

    /// Whether the asker's tenant may keep so many bytes more.
    async fn has_room(&self, ctx: &Ctx, size: i64) -> Result<()> {
        let mut db = ctx.read(may::READ).await?;
        let (used, most) = (store::evidence_size(&mut db, ctx.tenant()).await?, self.config.most_evidence);
        if used.saturating_add(size) > most {
            return Err(fault::FULL.with("used", used).with("most", most).with("size", size));
        }
        Ok(())
    }

    /// One piece of evidence of the asker's tenant.
    pub(crate) async fn evidence(&self, ctx: &Ctx, id: &str) -> Result<Evidence> {
        let mut db = ctx.read(may::KEEP).await?;
        let found = store::evidence(&mut db, id).await?;
        found.filter(|it| ctx.actor().sees(&it.tenant)).ok_or_else(|| fault::NO_EVIDENCE.with("id", id))
    }

    /// The file that is the evidence, or the report of the day it was kept.
    pub(crate) async fn evidence_content(
        &self,
        ctx: &Ctx,
        id: &str,
        report: bool,
    ) -> Result<(Evidence, Bytes)> {
        let evidence = self.evidence(ctx, id).await?;
        let name = if report { Evidence::report(id) } else { Evidence::file(id) };
        let content = ctx.content().get(&name).await?;
        let content =
            content.ok_or_else(|| kernel::fault::CONTENT.because("evidence without its content"))?;
        Ok((evidence, content))
    }

    /// Takes evidence back; it can count again.
    pub(crate) async fn remove(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.mark(ctx, id, Some(ctx.now()), did::REMOVED).await
    }

    /// Lets evidence that was taken back count again.
    pub(crate) async fn restore(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.mark(ctx, id, None, did::RESTORED).await
    }

    async fn mark(&self, ctx: &Ctx, id: &str, removed_at: Option<i64>, audit: kernel::Audit) -> Result<()> {
        let tenant = self.evidence(ctx, id).await?.tenant;
        let mut tx = ctx.write(may::KEEP).await?;
        if !store::set_removed(&mut tx, &tenant, id, removed_at).await? {
            return Err(tx.abandon(fault::NO_EVIDENCE.with("id", id)));
        }
        tx.commit(audit, id).await
    }
}

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A name as it can be shown: on one line, of bearable length, never empty.
fn tidy(name: &str) -> String {
    let shown: String = name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect();
    if shown.trim().is_empty() { "file".to_owned() } else { shown }
}

/// Whether it is said what evidence is for.
pub(super) fn is_named(place: &For) -> Result<()> {
    for (key, value) in [("map", &place.map), ("element", &place.element)] {
        if value.trim().is_empty() {
            return Err(required(key));
        }
    }
    Ok(())
}

fn required(key: &'static str) -> kernel::Error {
    kernel::Error::from(fault::BAD_PARAMETER)
        .with("value", "")
        .worded(
            "reason",
            "Nennen Sie Landkarte und Element, zu denen der Nachweis gehört.",
            "Name the map and the element that the evidence belongs to.",
        )
        .at(key)
}

fn row(ctx: &Ctx, place: &For, name: &str, origin: &str, report: &Report) -> Evidence {
    let findings = &report.findings;
    let count = |wanted: Outcome| -> i64 {
        i64::try_from(findings.iter().filter(|it| it.outcome == wanted).count()).unwrap_or(i64::MAX)
    };
    let worst = findings.iter().filter(|it| it.outcome == Outcome::Unmet).map(Finding::level).max();
    let kind = report.files.first().map_or("document", |it| {
        if it.kind == check::Artefact::ModelCard { "modelcard" } else { it.kind.name() }
    });
    Evidence {
        id: ctx.id().to_string(),
        tenant: ctx.tenant().to_owned(),
        map: place.map.trim().to_owned(),
        element: place.element.trim().to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        sha256: String::new(),
        size: 0,
        origin: origin.to_owned(),
        about: place.about.split_whitespace().map(str::to_owned).collect(),
        answers: rules::answers(findings),
        met: count(Outcome::Met),
        unmet: count(Outcome::Unmet),
        unknown: count(Outcome::Unknown),
        worst: worst.map(|it| it.name().to_owned()).unwrap_or_default(),
        kept_at: ctx.now(),
        removed: false,
    }
}
