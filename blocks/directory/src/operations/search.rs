//! Finding offices by kind, region, public service and channel.

use super::{Body, Index};
use crate::model::ChannelEntry;
use kernel::{Actor, Lang};
use ports::directory::{Competence, Level, PublicService};
use regions::RegionKey;
use serde::Deserialize;
use utoipa::IntoParams;

/// What an office must fit; empty parts fit everything.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub struct OfficeFilter {
    /// Words of the name or kind.
    pub q: String,
    /// Standesamt, Vollstreckungsbehörde, …
    pub kind: String,
    /// Region key: offices in this region, and those above that are competent for it.
    pub region: String,
    /// LeiKa key or URN.
    pub public_service: String,
    /// FIT-Connect, XTA, beBPo, …
    pub channel: String,
}

impl Index {
    /// Offices that fit, by name. A region or public service that is no key fits nothing.
    pub fn find_offices(&self, filter: &OfficeFilter) -> Vec<&Body> {
        let words = places::fold(&filter.q);
        let (kind, channel) = (places::fold(&filter.kind), places::fold(&filter.channel));
        let region: Option<Option<RegionKey>> = (!filter.region.is_empty())
            .then(|| filter.region.trim().parse().ok().and_then(|key| self.places.resolve(key)));
        let public_service =
            (!filter.public_service.is_empty()).then(|| crate::rules::normalise(&filter.public_service));
        let fits = |body: &&Body| {
            words.split(' ').all(|typed| body.folded.split(' ').any(|word| word.starts_with(typed)))
                && (kind.is_empty() || places::fold(&body.office.kind) == kind)
                && (channel.is_empty()
                    || body.channels.iter().any(|it| places::fold(&it.channel.kind) == channel))
                && region.is_none_or(|region| region.is_some_and(|region| touches(body, region)))
                && public_service.as_ref().is_none_or(|key| offers(body, key.as_deref(), region.flatten()))
        };
        self.bodies.iter().filter(fits).collect()
    }

    /// An office, or a destination that stands for one.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.get(*self.body_at.get(id)?)
    }

    /// Public services that fit what was typed, best first.
    pub fn find_public_services(&self, typed: &str) -> Vec<PublicService> {
        let found = self.catalogue.search(typed).into_iter();
        found
            .map(|it| PublicService {
                key: it.key.to_string(),
                name: it.name.to_string(),
                source: it.source.to_string(),
            })
            .collect()
    }

    /// Why an office is competent, as a sentence.
    pub fn say_why(&self, lang: Lang, it: &Competence) -> String {
        let public_service = self.public_service_label(lang, &it.public_service);
        let (office, region) = (&it.office, &it.rule_region_name);
        let level = level_name(lang, it.level);
        match (lang, it.origin.as_str()) {
            (Lang::De, "destination") => format!(
                "Zuständig ist {office}, weil die Stelle „{public_service}“ für {region} (Ebene {level}) anbietet."
            ),
            (Lang::De, _) => format!(
                "Zuständig ist {office}, weil die Regel „{public_service} in {region}“ (Ebene {level}) diese Stelle nennt."
            ),
            (Lang::En, "destination") => format!(
                "{office} is competent, because it offers “{public_service}” for {region} (level: {level})."
            ),
            (Lang::En, _) => format!(
                "{office} is competent, because the rule “{public_service} in {region}” (level: {level}) names this office."
            ),
        }
    }

    /// The kinds of offices there are, in order.
    pub fn office_kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.bodies.iter().map(|it| it.office.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The kinds of channels there are, in order.
    pub fn channel_kinds(&self) -> Vec<&str> {
        let channels = self.bodies.iter().flat_map(|it| &it.channels);
        let mut kinds: Vec<&str> = channels.map(|it| it.channel.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The actor's channels that have a certificate, the one that ends first first.
    pub fn certificates(&self, actor: &Actor) -> Vec<&ChannelEntry> {
        let own = self.channels.iter().filter(|it| !it.deleted && actor.sees(&it.tenant)).map(|it| &it.entry);
        let mut found: Vec<&ChannelEntry> = own.filter(|it| it.certificate.is_some()).collect();
        found.sort_by_key(|it| it.certificate.as_ref().map(|it| it.not_after));
        found
    }

    /// The public services for which somebody is competent in a region, by name; `online` leaves out those for which
    /// nobody takes submissions here.
    pub fn offered_in(&self, region: RegionKey, at: i64, online: bool) -> Vec<&str> {
        let mut keys: Vec<&str> = self
            .competences
            .rules()
            .iter()
            .filter(|rule| rule.region.contains(region) && rule.is_valid(at))
            .filter(|rule| !online || self.named_by(rule).2.is_some())
            .map(|rule| &*rule.public_service)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.sort_by_key(|key| places::fold(self.public_service_name(key)));
        keys
    }
}

fn overlaps(a: RegionKey, b: RegionKey) -> bool {
    a.contains(b) || b.contains(a)
}

fn touches(body: &Body, region: RegionKey) -> bool {
    body.regions.iter().any(|it| overlaps(*it, region))
}

fn offers(body: &Body, key: Option<&str>, region: Option<RegionKey>) -> bool {
    body.public_services
        .iter()
        .any(|(own, at)| Some(own.as_str()) == key && region.is_none_or(|region| overlaps(*at, region)))
}

/// The word for a level.
pub fn level_name(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Municipality => lang.pick("Gemeinde", "municipality"),
        Level::Association => lang.pick("Gemeindeverband", "municipal association"),
        Level::District => lang.pick("Kreis", "district"),
        Level::Province => lang.pick("Regierungsbezirk", "administrative region"),
        Level::State => lang.pick("Land", "state"),
        Level::Federation => lang.pick("Bund", "federation"),
    }
}
