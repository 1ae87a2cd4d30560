//! Who is competent, and what a region is: the questions of the port.

use super::{Directory, Index};
use crate::{
    model::Destination,
    names::{fault, may},
    rules::normalise,
};
use async_trait::async_trait;
use kernel::{Ctx, Result};
use places::{Answer, Rule};
use ports::directory::{Competence, Level, PublicService, Region};
use regions::RegionKey;

#[async_trait]
impl ports::directory::Directory for Directory {
    async fn competence(&self, ctx: &Ctx, public_service: &str, region: &str) -> Result<Competence> {
        ctx.require(may::READ)?;
        let index = self.index();
        let key = read_public_service(public_service)?;
        let region = index.read_region(region)?;
        match index.competences.look_up(&key, region, ctx.now()) {
            Answer::Found { rule, climbed, .. } => Ok(index.competence(&key, region, rule, &climbed)),
            Answer::Conflict { rules, climbed } => {
                let at = climbed.last().copied().unwrap_or(RegionKey::FEDERATION);
                let named: Vec<String> = rules.iter().map(|rule| index.say_rule(rule)).collect();
                Err(fault::CONFLICT
                    .with("public_service", index.public_service_name(&key))
                    .with("region", index.region_name(at))
                    .with("rules", named.join("; "))
                    .listing(rules.iter().map(|rule| index.issue(rule)).collect()))
            }
            Answer::Nobody { .. } => Err(fault::NO_RULE
                .with("public_service", index.public_service_name(&key))
                .with("region", index.region_name(region))),
        }
    }

    async fn region(&self, ctx: &Ctx, ars: &str) -> Result<Option<Region>> {
        ctx.require(may::READ)?;
        let index = self.index();
        let key = ars.parse().ok().and_then(|key| index.places.resolve(key));
        Ok(key.map(|key| index.region(key)))
    }

    async fn public_service(&self, ctx: &Ctx, key: &str) -> Result<Option<PublicService>> {
        ctx.require(may::READ)?;
        let index = self.index();
        let found = normalise(key).and_then(|key| {
            let entry = index.catalogue.get(&key)?;
            Some(PublicService {
                key: key.clone(),
                name: entry.name.to_string(),
                source: entry.source.to_string(),
            })
        });
        Ok(found)
    }
}

/// The key of a public service in its normal form.
///
/// # Errors
/// When it is no key.
pub(crate) fn read_public_service(text: &str) -> Result<String> {
    normalise(text).ok_or_else(|| {
        let shown: String = text.chars().take(80).collect();
        fault::BAD_PUBLIC_SERVICE.with("public_service", shown).at("publicService")
    })
}

impl Index {
    /// The region that a text means: ARS (also padded with zeros).
    ///
    /// # Errors
    /// When it is no key, or no region has it.
    pub(crate) fn read_region(&self, text: &str) -> Result<RegionKey> {
        let shown: String = text.chars().take(40).collect();
        let key: RegionKey =
            text.trim().parse().map_err(|_| fault::BAD_REGION.with("region", &shown).at("region"))?;
        self.places.resolve(key).ok_or_else(|| fault::NO_REGION.with("region", &shown).at("region"))
    }

    /// A region as others see it.
    pub(crate) fn region(&self, key: RegionKey) -> Region {
        let text = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
        let Some(place) = self.places.get(key) else {
            let (ars, name) = (key.to_string(), self.region_name(key));
            return Region {
                ars,
                ags: None,
                name,
                level: level(key),
                district: None,
                state: None,
                population: None,
            };
        };
        Region {
            ars: key.to_string(),
            ags: Some(place.ags).filter(|it| !it.is_empty()),
            name: place.name.to_owned(),
            level: level(key),
            district: text(place.district),
            state: text(place.state),
            population: Some(i64::from(place.population)),
        }
    }

    /// The office and the destination that a rule names.
    pub(crate) fn named_by(&self, rule: &Rule) -> (String, Option<String>, Option<String>) {
        let office = self.office(&rule.body);
        // A target without a colon is a destination; one that delivery has withdrawn leads nowhere.
        let destination = Some(&*rule.target).filter(|it| {
            !it.starts_with("office:") && self.destination(it).is_none_or(Destination::is_active)
        });
        let name = office
            .map(|it| it.name.clone())
            .or_else(|| self.destination(&rule.target).map(|it| it.name.clone()).filter(|it| !it.is_empty()));
        let name = name.unwrap_or_else(|| rule.target.trim_start_matches("office:").to_owned());
        (name, office.map(|it| it.id.clone()), destination.map(str::to_owned))
    }

    fn competence(&self, key: &str, region: RegionKey, rule: &Rule, climbed: &[RegionKey]) -> Competence {
        let (office, office_id, destination) = self.named_by(rule);
        Competence {
            public_service: key.to_owned(),
            region: region.to_string(),
            office,
            office_id,
            destination_id: destination.and_then(|it| it.parse().ok()),
            rule: rule.id.to_string(),
            rule_region: rule.region.to_string(),
            rule_region_name: self.region_name(rule.region),
            level: level(rule.region),
            origin: if is_learnt(rule) { "destination" } else { "entered" }.to_owned(),
            climbed: climbed.iter().map(|key| self.region(*key)).collect(),
        }
    }

    fn say_rule(&self, rule: &Rule) -> String {
        format!("{} ({})", self.named_by(rule).0, rule.id)
    }

    fn issue(&self, rule: &Rule) -> kernel::Issue {
        kernel::Issue { pointer: rule.id.to_string(), detail: self.named_by(rule).0 }
    }
}

/// Whether a rule comes from a destination.
pub(crate) fn is_learnt(rule: &Rule) -> bool {
    rule.id.starts_with("destination:")
}

/// The level of a key in the words of the port.
pub(crate) fn level(key: RegionKey) -> Level {
    match key.level() {
        regions::Level::Federation => Level::Federation,
        regions::Level::State => Level::State,
        regions::Level::GovernmentRegion => Level::Province,
        regions::Level::District => Level::District,
        regions::Level::Association => Level::Association,
        regions::Level::Municipality => Level::Municipality,
    }
}
