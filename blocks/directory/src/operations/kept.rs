//! A keeper's entries, whatever their sort: for lists and forms.

use super::{Index, Noun};
use crate::model::Kept;
use kernel::Actor;
use serde::Serialize;
use serde_json::{Map, Value};

/// An entry as a line of a list, with its values for a form.
#[derive(Debug, Clone)]
pub struct KeptEntry {
    pub id: String,
    pub name: String,
    /// The rest in a few words.
    pub about: String,
    pub values: Map<String, Value>,
}

impl Index {
    /// Entries of one sort that the actor keeps, by name.
    pub fn kept(&self, actor: &Actor, noun: Noun) -> Vec<KeptEntry> {
        match noun {
            Noun::Organisation => own(&self.organisations, actor, |it| {
                (it.id.clone(), it.name.clone(), self.named_region(&it.region), values(it))
            }),
            Noun::Office => own(&self.offices, actor, |it| {
                (
                    it.id.clone(),
                    it.name.clone(),
                    format!("{}, {}", it.kind, self.named_region(&it.region)),
                    values(it),
                )
            }),
            Noun::Rule => own(&self.rules, actor, |it| {
                let rule = &it.rule;
                let name = format!(
                    "{}, {}",
                    self.public_service_name(&rule.public_service),
                    self.region_name(it.region)
                );
                let office = rule.office.as_deref().and_then(|id| self.office(id)).map(|it| it.name.as_str());
                let to = office.or(rule.destination.as_deref()).unwrap_or_default();
                let valid = [rule.valid_from.as_str(), rule.valid_until.as_str()].join(" – ");
                let about = if valid == " – " { to.to_owned() } else { format!("{to}; {valid}") };
                (rule.id.clone(), name, about, values(rule))
            }),
            Noun::Channel => own(&self.channels, actor, |it| {
                let channel = &it.channel;
                let owner = self.office(&channel.owner).map(|it| it.name.as_str());
                let owner = owner.or_else(|| self.organisation(&channel.owner).map(|it| it.name.as_str()));
                let name = format!("{}, {}", channel.kind, owner.unwrap_or("–"));
                (channel.id.clone(), name, channel.address.clone(), values(channel))
            }),
            Noun::PublicService => own(&self.own_public_services, actor, |it| {
                (it.key.clone(), it.name.clone(), format!("{}; {}", it.key, it.source), values(it))
            }),
        }
    }

    fn named_region(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |key| self.region_name(key))
    }
}

fn own<T>(
    all: &[Kept<T>],
    actor: &Actor,
    line: impl Fn(&T) -> (String, String, String, Map<String, Value>),
) -> Vec<KeptEntry> {
    let kept = all.iter().filter(|it| !it.deleted && actor.sees(&it.tenant));
    let mut entries: Vec<KeptEntry> = kept
        .map(|it| {
            let (id, name, about, values) = line(&it.entry);
            KeptEntry { id, name, about, values }
        })
        .collect();
    entries.sort_by_key(|it| places::fold(&it.name));
    entries
}

fn values<T: Serialize>(entry: &T) -> Map<String, Value> {
    match serde_json::to_value(entry) {
        Ok(Value::Object(values)) => values,
        _ => Map::new(),
    }
}
