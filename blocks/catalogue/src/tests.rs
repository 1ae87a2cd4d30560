//! The block seen from its doors.

mod costs;
mod exchange;
mod history;
mod keeping;
mod overlay;
mod page;
mod read;

use crate::{Catalogue, Config};
use async_trait::async_trait;
use axum::body::Body;
use kernel::{Ctx, Result};
use ports::conformance::{
    Conformance, ElementExtract, ElementFindings, EvidenceView, FindingView, MaturityView, SetSummary,
    SetView,
};
use std::sync::{Arc, Mutex};
use testkit::{Answer, Node};

pub const TOWN: &str = include_str!("../samples/town.yaml");
pub const MAPS: &str = "/api/v1/catalogue/maps";
pub const SHIPPED: &str = "/api/v1/catalogue/maps/deutschland-stack";

pub async fn node() -> Node {
    testkit::node(vec![Catalogue::new(Config::default(), None).block()]).await
}

/// Imports a text as a clerk of a tenant.
pub async fn import(node: &Node, tenant: &str, query: &str, text: impl Into<Body>) -> Answer {
    let path = format!("{MAPS}?{query}");
    node.as_clerk(tenant).ask("POST", &path, Some("application/octet-stream"), text.into()).await
}

/// Somebody who judges: one finding of each result, and what was asked is noted.
#[derive(Default)]
pub struct Judge(pub Mutex<Vec<ElementExtract>>);

#[async_trait]
impl Conformance for Judge {
    async fn sets(&self, _: &Ctx) -> Result<Vec<SetSummary>> {
        Ok(Vec::new())
    }

    async fn set(&self, _: &Ctx, id: &str) -> Result<SetView> {
        Err(crate::names::fault::NO_ENTRY.with("id", id))
    }

    async fn element(&self, _: &Ctx, element: &ElementExtract) -> Result<ElementFindings> {
        self.0.lock().unwrap().push(element.clone());
        let finding = |level: &str, result: &str, missing: Option<&str>| FindingView {
            requirement: format!("set.{level}-{result}"),
            text: format!("Anforderung {level} {result}"),
            level: level.to_owned(),
            result: result.to_owned(),
            subject: element.element.clone(),
            reason: format!("Grund für {result}"),
            missing: missing.map(str::to_owned),
            source: "IT-Planungsrat, 2026-03-18".to_owned(),
            repair: Some("So wird es gut.".to_owned()),
            evidence: None,
            date: Some("2026-11-21".to_owned()),
        };
        Ok(ElementFindings {
            findings: vec![
                finding("muss", "met", None),
                finding("muss", "unmet", None),
                finding("soll", "unknown", Some("eine SBOM")),
                finding("kann", "not-applicable", None),
            ],
            maturity: vec![MaturityView {
                model: "m".to_owned(),
                title: "Modell".to_owned(),
                level: Some(2),
                name: None,
                missing: vec!["set.next".to_owned()],
            }],
            evidence: vec![EvidenceView {
                id: "e".to_owned(),
                name: "bom.json".to_owned(),
                kind: "sbom".to_owned(),
                sha256: "a".repeat(64),
                kept_at: testkit::NOON,
                counts: [3, 2, 1],
            }],
        })
    }
}

/// A node where somebody judges.
pub async fn judged() -> (Node, Arc<Judge>) {
    let judge = Arc::new(Judge::default());
    let conformance = Arc::clone(&judge) as Arc<dyn Conformance>;
    (testkit::node(vec![Catalogue::new(Config::default(), Some(conformance)).block()]).await, judge)
}
