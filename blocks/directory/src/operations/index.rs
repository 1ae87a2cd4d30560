//! Everything that can be looked up, in memory. Built anew when something changes, never altered.

use super::{
    Noun,
    body::{self, Body},
};
use crate::{
    model::{
        ChannelEntry, CheckedRule, DatasetEntry, Destination, Kept, Office, Organisation, OwnPublicService,
        SHIPPED,
    },
    names::may,
    rules::{self, Catalogue},
    store,
};
use kernel::{Ctx, Result, Text, fault};
use places::{Competences, Places};
use regions::{Dataset, PostcodeRow, RegionKey};
use std::{collections::HashMap, sync::Arc};

/// Everything that can be looked up.
pub struct Index {
    pub version: i64,
    /// Id of the edition of the regions in force.
    pub dataset: String,
    pub datasets: Vec<DatasetEntry>,
    pub places: Arc<Places>,
    pub catalogue: Arc<Catalogue>,
    pub own_public_services: Vec<Kept<OwnPublicService>>,
    pub organisations: Vec<Kept<Organisation>>,
    pub offices: Vec<Kept<Office>>,
    pub rules: Vec<Kept<CheckedRule>>,
    pub channels: Vec<Kept<ChannelEntry>>,
    pub destinations: Vec<Destination>,
    pub competences: Competences,
    /// Offices and active destinations, for searching.
    pub bodies: Vec<Body>,
    /// What keeps the directory from doing its work in full.
    pub trouble: Option<Text>,
    /// Who keeps an entry, and whether it is deleted.
    pub(super) keepers: HashMap<Noun, HashMap<String, (String, bool)>>,
    pub(super) body_at: HashMap<String, usize>,
    office_at: HashMap<String, usize>,
    destination_at: HashMap<String, usize>,
}

impl Index {
    /// Nothing at all.
    pub fn empty() -> Self {
        let nothing =
            Dataset { as_of: String::new(), regions: Vec::new(), notes: std::collections::BTreeMap::new() };
        Self {
            version: -1,
            dataset: String::new(),
            datasets: Vec::new(),
            places: Arc::new(Places::new(&nothing, &[])),
            catalogue: Arc::default(),
            own_public_services: Vec::new(),
            organisations: Vec::new(),
            offices: Vec::new(),
            rules: Vec::new(),
            channels: Vec::new(),
            destinations: Vec::new(),
            competences: Competences::default(),
            bodies: Vec::new(),
            trouble: None,
            keepers: HashMap::new(),
            body_at: HashMap::new(),
            office_at: HashMap::new(),
            destination_at: HashMap::new(),
        }
    }

    /// An office that is there.
    pub fn office(&self, id: &str) -> Option<&Office> {
        let kept = self.offices.get(*self.office_at.get(id)?)?;
        (!kept.deleted).then_some(&kept.entry)
    }

    /// An organisation that is there.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|it| !it.deleted && it.entry.id == id).map(|it| &it.entry)
    }

    pub fn destination(&self, id: &str) -> Option<&Destination> {
        self.destinations.get(*self.destination_at.get(id)?)
    }

    /// The edition of the regions that was loaded under an id.
    pub fn dataset_entry(&self, id: &str) -> Option<&DatasetEntry> {
        self.datasets.iter().find(|it| it.id == id)
    }

    /// The name of a region; the federation has one too.
    pub fn region_name(&self, key: RegionKey) -> String {
        if key == RegionKey::FEDERATION {
            return "Deutschland".to_owned();
        }
        self.places.get(key).map_or_else(|| key.to_string(), |it| it.name.to_owned())
    }

    /// The name of a public service, or its key where the catalogue does not know it.
    pub fn public_service_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.catalogue.get(key).map_or(key, |it| &it.name)
    }

    /// The name of a public service for people: a key that has no name says what it is.
    pub fn public_service_label(&self, lang: kernel::Lang, key: &str) -> String {
        match self.catalogue.get(key) {
            Some(it) => it.name.to_string(),
            None => format!("{} {key}", lang.pick("Leistung", "Public service")),
        }
    }

    fn arrange(&mut self) {
        self.keepers = HashMap::from([
            (Noun::Organisation, keepers(&self.organisations, |it| &it.id)),
            (Noun::Office, keepers(&self.offices, |it| &it.id)),
            (Noun::Rule, keepers(&self.rules, |it| &it.rule.id)),
            (Noun::Channel, keepers(&self.channels, |it| &it.channel.id)),
            (Noun::PublicService, keepers(&self.own_public_services, |it| &it.key)),
        ]);
        self.office_at = self.offices.iter().zip(0..).map(|(it, at)| (it.entry.id.clone(), at)).collect();
        self.destination_at = self.destinations.iter().zip(0..).map(|(it, at)| (it.id.clone(), at)).collect();
        // Entered rules first: of equal rules that lead to the same target, the entered one is named.
        let entered = self.rules.iter().filter(|it| !it.deleted).filter_map(|it| self.living(&it.entry));
        let learnt = self.destinations.iter().flat_map(|it| rules::rules_of_destination(it, &self.places));
        self.competences = Competences::new(entered.chain(learnt).collect());
        self.bodies = body::entered(self);
        let learnt: Vec<Body> = self
            .destinations
            .iter()
            .filter(|it| it.is_active())
            .map(|it| body::learnt(it, &self.places))
            .collect();
        self.bodies.extend(learnt);
        self.bodies.sort_by(|a, b| (&a.folded, &a.office.id).cmp(&(&b.folded, &b.office.id)));
        self.body_at = self.bodies.iter().zip(0..).map(|(it, at)| (it.office.id.clone(), at)).collect();
    }

    /// A rule with what of it is still there; nothing if it leads nowhere: its office is deleted, or delivery has
    /// withdrawn its destination. It comes back when they do.
    fn living(&self, it: &CheckedRule) -> Option<places::Rule> {
        let office = it.rule.office.as_deref().filter(|id| self.office(id).is_some());
        // A destination of which delivery told nothing lies elsewhere, and is taken as it was entered.
        let withdrawn = |id: &str| self.destination(id).is_some_and(|it| !it.is_active());
        let destination = it.rule.destination.as_deref().filter(|id| !withdrawn(id));
        if office.is_none() && destination.is_none() {
            return None;
        }
        Some(places::Rule {
            target: rules::target_of(office, destination),
            body: office.unwrap_or_default().into(),
            ..competence_rule(it)
        })
    }
}

fn keepers<T>(all: &[Kept<T>], id: impl Fn(&T) -> &str) -> HashMap<String, (String, bool)> {
    all.iter().map(|it| (id(&it.entry).to_owned(), (it.tenant.clone(), it.deleted))).collect()
}

/// A rule as the look-up wants it.
pub(super) fn competence_rule(it: &CheckedRule) -> places::Rule {
    places::Rule {
        id: it.rule.id.as_str().into(),
        public_service: it.rule.public_service.as_str().into(),
        region: it.region,
        target: rules::target_of(it.rule.office.as_deref(), it.rule.destination.as_deref()),
        body: it.rule.office.as_deref().unwrap_or_default().into(),
        valid_from: it.valid_from,
        valid_until: it.valid_until,
    }
}

/// Builds the index from the database. Regions and catalogue are taken over from `before` while they stay the same.
pub async fn load(ctx: &Ctx, before: &Index) -> Result<Index> {
    let mut index = Index::empty();
    {
        let mut db = ctx.read(may::READ).await?;
        index.version = store::version(&mut db).await?;
        index.dataset = store::active_dataset(&mut db).await?.unwrap_or_else(|| SHIPPED.to_owned());
        index.datasets = store::all_datasets(&mut db).await?;
        index.own_public_services = store::all_public_services(&mut db).await?;
        index.organisations = store::all_organisations(&mut db).await?;
        index.offices = store::all_offices(&mut db).await?;
        index.rules = store::all_rules(&mut db).await?;
        index.channels = store::all_channels(&mut db).await?;
        index.destinations = store::all_destinations(&mut db).await?;
    }
    for kept in &mut index.rules {
        let rule = &mut kept.entry;
        rule.rule.valid_from = rule.valid_from.map(rules::date).unwrap_or_default();
        rule.rule.valid_until = rule.valid_until.map(|it| rules::date(it - 1)).unwrap_or_default();
    }
    if before.dataset == index.dataset {
        index.places = Arc::clone(&before.places);
        index.trouble = before.trouble;
    } else {
        load_places(ctx, &mut index).await?;
    }
    let same = before.version >= 0 && before.own_public_services == index.own_public_services;
    index.catalogue = if same { Arc::clone(&before.catalogue) } else { catalogue(&index).await? };
    index.arrange();
    Ok(index)
}

const LOST: Text = Text {
    de: "Der aktivierte Stand der Regionen ist nicht lesbar; es gelten die mitgelieferten Regionen. Laden und aktivieren Sie die Datei neu.",
    en: "The activated edition of the regions cannot be read; the shipped regions hold. Load and activate the file again.",
};

async fn load_places(ctx: &Ctx, index: &mut Index) -> Result<()> {
    if index.dataset != SHIPPED {
        if let Some(dataset) = stored(ctx, index.dataset_entry(&index.dataset)).await? {
            index.places = build(move || Ok(dataset)).await?;
            return Ok(());
        }
        tracing::error!(
            dataset = index.dataset,
            "the activated regions cannot be read; the shipped ones are used"
        );
        index.trouble = Some(LOST);
    }
    index.places = build(regions::shipped::dataset).await?;
    Ok(())
}

/// An edition from the content store; nothing if it is gone or does not hold.
pub(super) async fn stored(ctx: &Ctx, entry: Option<&DatasetEntry>) -> Result<Option<Dataset>> {
    let Some(entry) = entry else { return Ok(None) };
    let Some(bytes) = ctx.content().get(&entry.content).await? else { return Ok(None) };
    aside(move || Ok(Dataset::read(&bytes).ok())).await
}

async fn build(
    dataset: impl FnOnce() -> std::result::Result<Dataset, regions::Faults> + Send + 'static,
) -> Result<Arc<Places>> {
    aside(move || {
        let dataset = dataset().map_err(|it| fault::INTERNAL.because(it))?;
        let postcodes: Vec<PostcodeRow> =
            regions::shipped::postcodes().map_err(|it| fault::INTERNAL.because(it))?;
        Ok(Arc::new(Places::new(&dataset, &postcodes)))
    })
    .await
}

async fn catalogue(index: &Index) -> Result<Arc<Catalogue>> {
    let own: Vec<OwnPublicService> =
        index.own_public_services.iter().filter(|it| !it.deleted).map(|it| it.entry.clone()).collect();
    aside(move || {
        let shipped = regions::shipped::public_services().map_err(|it| fault::INTERNAL.because(it))?;
        Ok(Arc::new(Catalogue::new(&shipped, own.iter())))
    })
    .await
}

/// Runs what takes milliseconds of one core where it blocks nobody.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|it| fault::INTERNAL.because(it))?
}
