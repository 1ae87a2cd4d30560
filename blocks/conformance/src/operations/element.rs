//! How an element of a map stands: its facts and the evidence kept for it, held against what applies to it.

use super::{Conformance, check::day, probe::TLS_RECORD};
use crate::{
    PolicyRules,
    model::Evidence,
    names::{fault, may},
    rules, store,
};
use async_trait::async_trait;
use check::{Question, Report};
use kernel::{Ctx, Lang, Result};
use landkarte::{Map, Section};
use ports::conformance::{ElementExtract, ElementFindings, SetSummary, SetView};
use requirements::Library;
use std::sync::Arc;

#[async_trait]
impl ports::conformance::Conformance for Conformance {
    async fn sets(&self, ctx: &Ctx) -> Result<Vec<SetSummary>> {
        self.all_sets(ctx).await
    }

    async fn set(&self, ctx: &Ctx, id: &str) -> Result<SetView> {
        self.one_set(ctx, id).await
    }

    async fn element(&self, ctx: &Ctx, element: &ElementExtract) -> Result<ElementFindings> {
        ctx.require(may::READ)?;
        let german = ctx.lang() == Lang::De;
        let library = self.library(ctx).await?;
        let evidence = self.counting(ctx, &element.map, &element.element).await?;
        let (policy, today) = (Arc::clone(ctx.keys().policy()), day(ctx.now()));
        let element = element.clone();
        // Reading and judging keep a core busy; other requests go on meanwhile.
        let work = move || judge(&element, &evidence, &library, &policy, &today, german);
        tokio::task::spawn_blocking(work).await.map_err(|it| kernel::fault::INTERNAL.because(it))?
    }
}

fn judge(
    element: &ElementExtract,
    evidence: &[Evidence],
    library: &Library,
    policy: &kernel::Policy,
    today: &str,
    german: bool,
) -> Result<ElementFindings> {
    let map = Map::read(element.document.as_bytes()).map_err(|it| {
        let first = it.first().map(|it| (it.de.clone(), it.en.clone())).unwrap_or_default();
        kernel::Error::from(fault::BAD_EXTRACT).worded("reason", &first.0, &first.1)
    })?;
    let entry = map.entry(Section::Elements, &element.element).ok_or_else(|| {
        kernel::Error::from(fault::BAD_EXTRACT).worded(
            "reason",
            "Das Element steht nicht darin.",
            "The element does not stand in it.",
        )
    })?;
    let kept: Vec<check::Evidence> = evidence.iter().map(kept).collect();
    let policy = PolicyRules(policy);
    let question = Question {
        library,
        sets: Vec::new(),
        today: today.to_owned(),
        crypto: &policy,
        most_misfits: 50,
        hashes: false,
        more: &[],
    };
    let findings = check::check_element(&map, entry, &kept, &question);
    let report = Report { findings, date: today.to_owned(), ..Report::default() };
    let models = library.sets().iter().flat_map(|it| &it.maturity);
    Ok(ElementFindings {
        maturity: models.map(|it| rules::maturity(&report.maturity(it), german)).collect(),
        findings: report.findings.iter().map(|it| rules::finding(it, today, german)).collect(),
        evidence: evidence.iter().map(rules::evidence).collect(),
    })
}

impl Conformance {
    /// The evidence of the asker's tenant for an element that was not taken back, the newest first; others' counts for nobody
    /// else, and whoever keeps none sees none.
    pub(crate) async fn counting(&self, ctx: &Ctx, map: &str, element: &str) -> Result<Vec<Evidence>> {
        let mut all = self.all_evidence(ctx, map, element).await?;
        all.retain(|it| !it.removed && it.tenant == ctx.tenant());
        Ok(all)
    }

    /// The evidence for an element that the asker may see, also what was taken back.
    pub(crate) async fn all_evidence(&self, ctx: &Ctx, map: &str, element: &str) -> Result<Vec<Evidence>> {
        if !ctx.may(may::KEEP) {
            return Ok(Vec::new());
        }
        let mut db = ctx.read(may::KEEP).await?;
        let mut all = store::evidence_of(&mut db, map, element).await?;
        all.retain(|it| ctx.actor().sees(&it.tenant));
        Ok(all)
    }
}

/// Evidence as the engine asks for it.
fn kept(it: &Evidence) -> check::Evidence {
    check::Evidence {
        kind: it.kind.clone(),
        about: it.about.clone(),
        address: if it.origin == "upload" { it.name.clone() } else { it.origin.clone() },
        probe: (it.kind == "cbom" && it.origin != "upload" && it.name.starts_with(TLS_RECORD))
            .then_some("tls"),
        sha256: it.sha256.clone(),
        date: day(it.kept_at),
        answers: rules::read_answers(&it.answers),
    }
}
