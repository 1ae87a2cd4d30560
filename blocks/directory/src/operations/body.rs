//! Offices and active destinations with all that is known of them, for searching and showing.

use super::Index;
use crate::{
    model::{Channel, ChannelEntry, CheckedRule, Destination, Office},
    rules,
};
use places::Places;
use regions::RegionKey;
use std::collections::HashMap;

/// An office, or a destination that stands for one.
#[derive(Debug, Clone)]
pub struct Body {
    pub origin: Origin,
    pub office: Office,
    /// Where it is, and where it is competent.
    pub regions: Vec<RegionKey>,
    /// What it is competent for.
    pub public_services: Vec<(String, RegionKey)>,
    pub channels: Vec<ChannelEntry>,
    /// Name and kind, folded for searching.
    pub folded: String,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody entered it here.
    Entered,
    /// Delivery told it about a destination.
    Destination,
}

impl Origin {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Destination => "destination",
        }
    }
}

/// Rules by their office and channels by their owner: nobody can look through all of them for each of many offices.
struct Groups<'a> {
    rules: HashMap<&'a str, Vec<&'a CheckedRule>>,
    channels: HashMap<&'a str, Vec<&'a ChannelEntry>>,
}

/// All offices that are there.
pub(super) fn entered(index: &Index) -> Vec<Body> {
    let mut groups = Groups { rules: HashMap::new(), channels: HashMap::new() };
    for rule in index.rules.iter().filter(|it| !it.deleted).map(|it| &it.entry) {
        if let Some(office) = rule.rule.office.as_deref() {
            groups.rules.entry(office).or_default().push(rule);
        }
    }
    for channel in index.channels.iter().filter(|it| !it.deleted).map(|it| &it.entry) {
        groups.channels.entry(&channel.channel.owner).or_default().push(channel);
    }
    index.offices.iter().filter(|it| !it.deleted).map(|it| groups.body(&it.entry)).collect()
}

impl Groups<'_> {
    fn body(&self, office: &Office) -> Body {
        let rules = self.rules.get(office.id.as_str()).into_iter().flatten();
        let public_services: Vec<(String, RegionKey)> =
            rules.map(|it| (it.rule.public_service.clone(), it.region)).collect();
        let owners = [Some(office.id.as_str()), office.organisation.as_deref()].into_iter().flatten();
        let channels = owners.filter_map(|owner| self.channels.get(owner)).flatten();
        let own: Option<RegionKey> = office.region.parse().ok();
        let mut regions: Vec<RegionKey> =
            own.into_iter().chain(public_services.iter().map(|(_, it)| *it)).collect();
        regions.sort_unstable();
        regions.dedup();
        Body {
            origin: Origin::Entered,
            folded: places::fold(&format!("{} {}", office.name, office.kind)),
            office: office.clone(),
            regions,
            channels: channels.map(|it| (*it).clone()).collect(),
            public_services,
        }
    }
}

/// What stands for an active destination.
pub(super) fn learnt(destination: &Destination, places: &Places) -> Body {
    let text = |name: &str| {
        destination.contact.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    let public_services: Vec<(String, RegionKey)> = rules::rules_of_destination(destination, places)
        .into_iter()
        .map(|rule| (rule.public_service.to_string(), rule.region))
        .collect();
    let mut regions: Vec<RegionKey> = public_services.iter().map(|(_, it)| *it).collect();
    regions.sort_unstable();
    regions.dedup();
    let name = if destination.name.is_empty() { text("legalName") } else { destination.name.clone() };
    let office = Office {
        id: destination.id.clone(),
        name: if name.is_empty() { destination.id.clone() } else { name },
        kind: "Zustellpunkt".to_owned(),
        region: regions.first().map(ToString::to_string).unwrap_or_default(),
        address: text("address"),
        phone: text("phone"),
        email: text("email"),
        note: text("unit"),
        ..Office::default()
    };
    let channel = Channel {
        id: destination.id.clone(),
        owner: destination.id.clone(),
        kind: "FIT-Connect".to_owned(),
        address: destination.id.clone(),
        ..Channel::default()
    };
    Body {
        origin: Origin::Destination,
        folded: places::fold(&format!("{} {}", office.name, office.kind)),
        office,
        regions,
        public_services,
        channels: vec![ChannelEntry { channel, certificate: None, warned: 0 }],
    }
}
