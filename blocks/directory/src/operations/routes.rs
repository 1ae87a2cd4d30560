//! The routing interface of FIT-Connect: all equal routes, each with a signed destination.

use super::{Directory, Index};
use crate::{
    model::Destination,
    names::{fault, may},
    rules,
};
use kernel::{Ctx, Result};
use places::{Answer, Rule};
use regions::{RegionKey, public_services::is_leika_key};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where somebody looks for a route: exactly one of three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Ars(String),
    Ags(String),
    Area(String),
}

/// A route: the destination and its signature.
#[derive(Debug, Clone)]
pub struct Route {
    pub destination: Destination,
    pub signature: String,
    pub office: String,
    /// Whether the rule was entered here or offered by the destination.
    pub origin: &'static str,
}

/// A part of the routes, and how many there are.
#[derive(Debug, Clone)]
pub struct Routes {
    pub routes: Vec<Route>,
    pub total: usize,
}

impl Directory {
    /// All routes for a LeiKa key at a spot: those of the longest region key. Unknown is an empty list.
    ///
    /// # Errors
    /// When key or spot are of the wrong shape.
    pub(crate) async fn routes(
        &self,
        ctx: &Ctx,
        leika: &str,
        spot: &Spot,
        offset: usize,
        limit: usize,
    ) -> Result<Routes> {
        ctx.require(may::READ)?;
        if !is_leika_key(leika) {
            return Err(fault::BAD_PUBLIC_SERVICE
                .with("public_service", leika.chars().take(40).collect::<String>())
                .at("leikaKey"));
        }
        let index = self.index();
        let Some(region) = index.spot(spot)? else { return Ok(Routes { routes: Vec::new(), total: 0 }) };
        let found: Vec<(&Rule, &Destination)> = index.equal_routes(leika, region, ctx.now());
        let total = found.len();
        let mut routes = Vec::new();
        for (rule, destination) in found.into_iter().skip(offset).take(limit) {
            let (office, ..) = index.named_by(rule);
            let origin = if super::ask::is_learnt(rule) { "destination" } else { "entered" };
            let signature = self.signature(ctx, destination, &index).await?;
            routes.push(Route { destination: destination.clone(), signature, office, origin });
        }
        Ok(Routes { routes, total })
    }

    /// The destination's offer, signed by this node (PS512), so that a sender can check that nobody altered the route.
    async fn signature(&self, ctx: &Ctx, destination: &Destination, index: &Index) -> Result<String> {
        let key = (destination.id.clone(), destination.revision);
        let known = self.0.signatures.lock().ok().and_then(|it| it.get(&key).cloned());
        if let Some(signature) = known {
            return Ok(signature);
        }
        let mut offers: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for offered in &destination.public_services {
            let (keys, _) = rules::destination_regions(&offered.regions, &index.places);
            let areas = keys.iter().copied().map(area).collect();
            let leika = rules::normalise(&offered.identifier)
                .map_or(offered.identifier.clone(), |it| rules::urn(&it));
            offers.entry(areas).or_default().push(leika);
        }
        let offers: Vec<Value> = offers
            .into_iter()
            .map(|(areas, leika)| json!({ "gebietIDs": areas, "leistungIDs": leika }))
            .collect();
        let claims = json!({
            "submissionHost": host(ctx.base_url()),
            "iss": ctx.base_url(),
            "destinationId": destination.id,
            "iat": ctx.now() / kernel::SECOND,
            "jti": ctx.id().to_string(),
            "services": offers,
        });
        let signature = ctx.keys().sign("jwt", &claims).await?;
        if let Ok(mut known) = self.0.signatures.lock() {
            // An older revision is never asked for again.
            known.retain(|(id, _), _| *id != destination.id);
            known.insert(key, signature.clone());
        }
        Ok(signature)
    }
}

const AREA: &str = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:";

/// The area id of a region; twelve zeros for the federation, since an id must not end in nothing.
fn area(key: RegionKey) -> String {
    if key == RegionKey::FEDERATION { format!("{AREA}000000000000") } else { format!("{AREA}{key}") }
}

/// The host of an address, with its port.
fn host(base_url: &str) -> &str {
    base_url.split_once("://").map_or(base_url, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

impl Index {
    /// The region of a spot, nothing where there is none.
    fn spot(&self, spot: &Spot) -> Result<Option<RegionKey>> {
        let bad = |text: &str, at: &str| {
            fault::BAD_REGION.with("region", text.chars().take(40).collect::<String>()).at(at)
        };
        match spot {
            Spot::Ars(text) => {
                let key = text.parse().ok().filter(|_| !text.is_empty());
                key.map(|key| self.places.resolve(key)).ok_or_else(|| bad(text, "ars"))
            }
            Spot::Ags(text) => {
                let good = matches!(text.len(), 2 | 3 | 5 | 8) && text.bytes().all(|it| it.is_ascii_digit());
                if good { Ok(self.places.by_ags(text)) } else { Err(bad(text, "ags")) }
            }
            // Our area ids are region keys; any other id is simply unknown.
            Spot::Area(text) => Ok(text.parse().ok().and_then(|key| self.places.resolve(key))),
        }
    }

    /// The rules of the longest key whose destination takes submissions, one per destination.
    fn equal_routes(&self, key: &str, region: RegionKey, at: i64) -> Vec<(&Rule, &Destination)> {
        let rules = match self.competences.look_up(key, region, at) {
            Answer::Found { rule, .. } => vec![rule],
            Answer::Conflict { rules, .. } => rules,
            Answer::Nobody { .. } => Vec::new(),
        };
        let mut found: Vec<(&Rule, &Destination)> = Vec::new();
        for rule in rules {
            let Some(destination) = self.destination(&rule.target).filter(|it| it.is_active()) else {
                continue;
            };
            if !found.iter().any(|(_, known)| known.id == destination.id) {
                found.push((rule, destination));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_host_is_cut_out_of_the_address() {
        assert_eq!(super::host("http://localhost:8080"), "localhost:8080");
        assert_eq!(super::host("https://example.org/x"), "example.org");
    }
}
