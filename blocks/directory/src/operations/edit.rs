//! Entering, changing, deleting and restoring.

use super::{Directory, Index};
use crate::{
    model::{Channel, ChannelEntry, CheckedRule, Office, Organisation, OwnPublicService, Rule},
    names::{did, fault, may},
    rules::{self, Flaw},
    store,
};
use kernel::{Ctx, Error, Issue, Lang, Result, Write};
use std::collections::BTreeSet;

/// Something that can be entered.
#[derive(Debug, Clone)]
pub enum Entry {
    Organisation(Organisation),
    Office(Office),
    Rule(Rule),
    Channel(Channel),
    PublicService(OwnPublicService),
}

/// What sort of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    Organisation,
    Office,
    Rule,
    Channel,
    PublicService,
}

/// An entry that may be stored.
pub(super) enum Checked {
    Organisation(Organisation),
    Office(Office),
    Rule(CheckedRule),
    Channel(Box<ChannelEntry>),
    PublicService(OwnPublicService),
}

/// No step of warning is as large: nothing was warned about yet.
const NEVER_WARNED: i64 = i64::MAX;

impl Directory {
    /// Stores an entry of the caller's tenant and gives its id: a new one if it has none, the same again otherwise.
    ///
    /// # Errors
    /// All that is wrong with it; not found where the id belongs to another tenant.
    pub(crate) async fn put(&self, ctx: &Ctx, entry: Entry) -> Result<String> {
        ctx.require(may::EDIT)?;
        let index = self.index();
        let known = index.keeper(entry.noun(), entry.id());
        if known.is_some_and(|(tenant, _)| !ctx.actor().sees(tenant)) {
            return Err(fault::NO_ENTRY.with("id", entry.id()));
        }
        let mut checked =
            check(&index, &entry, &BTreeSet::new()).map_err(|flaws| refusal(ctx.lang(), &flaws))?;
        let tenant = known.map_or_else(|| ctx.tenant().to_owned(), |(tenant, _)| tenant.to_owned());
        if checked.id().is_empty() {
            checked.set_id(ctx.id().to_string());
        }
        let mut tx = ctx.write(may::EDIT).await?;
        if !checked.store(&mut tx, &tenant, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_ENTRY.with("id", checked.id())));
        }
        store::bump(&mut tx, ctx.tenant()).await?;
        let done = if known.is_some() { did::CHANGED } else { did::ENTERED };
        tx.commit(done, checked.id()).await?;
        self.load(ctx).await?;
        Ok(checked.id().to_owned())
    }

    /// Names a public service that the shipped list does not know, or names it better; once more is no error.
    ///
    /// # Errors
    /// When the key is none, or another tenant named it.
    pub async fn name_public_service(&self, ctx: &Ctx, key: &str, name: &str, source: &str) -> Result<()> {
        let entry =
            OwnPublicService { key: key.to_owned(), name: name.to_owned(), source: source.to_owned() };
        let index = self.index();
        let known = index.own_public_services.iter().any(|it| !it.deleted && it.entry == entry);
        if known { Ok(()) } else { self.put(ctx, Entry::PublicService(entry)).await.map(drop) }
    }

    /// Deletes an entry, or brings it back.
    ///
    /// # Errors
    /// Not found where there is none, or it belongs to another tenant.
    pub(crate) async fn delete(&self, ctx: &Ctx, noun: Noun, id: &str, deleted: bool) -> Result<()> {
        ctx.require(may::EDIT)?;
        let index = self.index();
        let known = index
            .keeper(noun, id)
            .filter(|(tenant, is_deleted)| ctx.actor().sees(tenant) && (*is_deleted != deleted));
        let Some((tenant, _)) = known else { return Err(fault::NO_ENTRY.with("id", shown(id))) };
        let at = deleted.then(|| ctx.now());
        let mut tx = ctx.write(may::EDIT).await?;
        match noun {
            Noun::Organisation => store::delete_organisation(&mut tx, tenant, id, at).await?,
            Noun::Office => store::delete_office(&mut tx, tenant, id, at).await?,
            Noun::Rule => store::delete_rule(&mut tx, tenant, id, at).await?,
            Noun::Channel => store::delete_channel(&mut tx, tenant, id, at).await?,
            Noun::PublicService => store::delete_public_service(&mut tx, tenant, id, at).await?,
        }
        store::bump(&mut tx, ctx.tenant()).await?;
        tx.commit(if deleted { did::DELETED } else { did::RESTORED }, id).await?;
        self.load(ctx).await
    }
}

fn shown(id: &str) -> String {
    id.chars().take(80).collect()
}

/// Everything that is wrong, as one error in the reader's language.
pub(super) fn refusal(lang: Lang, flaws: &[Flaw]) -> Error {
    let text = |flaw: &Flaw| lang.pick(&flaw.text.de, &flaw.text.en).to_owned();
    let issues: Vec<Issue> =
        flaws.iter().map(|flaw| Issue { pointer: format!("/{}", flaw.field), detail: text(flaw) }).collect();
    let reasons: Vec<String> = flaws.iter().map(|flaw| format!("{}: {}", flaw.field, text(flaw))).collect();
    fault::BAD_ENTRY.with("reason", reasons.join(" ")).listing(issues)
}

/// Checks an entry against what is there; `also` are ids that come with it.
pub(super) fn check(
    index: &Index,
    entry: &Entry,
    also: &BTreeSet<String>,
) -> std::result::Result<Checked, Vec<Flaw>> {
    let good = |flaws: Vec<Flaw>| if flaws.is_empty() { Ok(()) } else { Err(flaws) };
    Ok(match entry {
        Entry::Organisation(it) => {
            good(rules::flaws_of_organisation(it, &index.places))?;
            Checked::Organisation(Organisation { region: normal_region(index, &it.region), ..it.clone() })
        }
        Entry::Office(it) => {
            good(rules::flaws_of_office(it, &index.places, |id| {
                also.contains(id) || index.organisation(id).is_some()
            }))?;
            Checked::Office(Office { region: normal_region(index, &it.region), ..it.clone() })
        }
        Entry::Rule(it) => {
            let known = |id: &str| also.contains(id) || index.office(id).is_some();
            Checked::Rule(rules::read_rule(it, &index.places, known)?)
        }
        Entry::Channel(it) => {
            let known = |id: &str| index.office(id).is_some() || index.organisation(id).is_some();
            good(rules::flaws_of_channel(it, known))?;
            Checked::Channel(Box::new(with_certificate(it)?))
        }
        Entry::PublicService(it) => {
            good(rules::flaws_of_public_service(it))?;
            let source = if it.source.is_empty() { "Eigener Eintrag".to_owned() } else { it.source.clone() };
            let key = rules::normalise(&it.key).unwrap_or_default();
            Checked::PublicService(OwnPublicService { key, source, name: it.name.clone() })
        }
    })
}

fn normal_region(index: &Index, text: &str) -> String {
    let key = text.trim().parse().ok().and_then(|key| index.places.resolve(key));
    key.map(|key| key.to_string()).unwrap_or_default()
}

fn with_certificate(channel: &Channel) -> std::result::Result<ChannelEntry, Vec<Flaw>> {
    let pem = channel.certificate.trim();
    let certificate = if pem.is_empty() { None } else { rules::read_certificate(pem) };
    if certificate.is_none() && !pem.is_empty() {
        let (de, en) = (fault::BAD_CERTIFICATE.detail.de, fault::BAD_CERTIFICATE.detail.en);
        return Err(vec![Flaw { field: "certificate", text: regions::Wording::new(de, en) }]);
    }
    let settings = if channel.settings.is_null() { serde_json::json!({}) } else { channel.settings.clone() };
    let channel = Channel { certificate: pem.to_owned(), settings, ..channel.clone() };
    Ok(ChannelEntry { channel, certificate, warned: NEVER_WARNED })
}

impl Entry {
    /// The id it brings along, empty for none.
    pub fn id(&self) -> &str {
        match self {
            Self::Organisation(it) => &it.id,
            Self::Office(it) => &it.id,
            Self::Rule(it) => &it.id,
            Self::Channel(it) => &it.id,
            Self::PublicService(it) => &it.key,
        }
    }

    /// What sort of entry this is.
    pub fn noun(&self) -> Noun {
        match self {
            Self::Organisation(_) => Noun::Organisation,
            Self::Office(_) => Noun::Office,
            Self::Rule(_) => Noun::Rule,
            Self::Channel(_) => Noun::Channel,
            Self::PublicService(_) => Noun::PublicService,
        }
    }
}

impl Checked {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Organisation(it) => &it.id,
            Self::Office(it) => &it.id,
            Self::Rule(it) => &it.rule.id,
            Self::Channel(it) => &it.channel.id,
            Self::PublicService(it) => &it.key,
        }
    }

    pub(super) fn set_id(&mut self, id: String) {
        match self {
            Self::Organisation(it) => it.id = id,
            Self::Office(it) => it.id = id,
            Self::Rule(it) => it.rule.id = id,
            Self::Channel(it) => it.channel.id = id,
            // The key is the id, and a public service without one is not accepted.
            Self::PublicService(_) => {}
        }
    }

    pub(super) async fn store(&self, tx: &mut Write<'_>, tenant: &str, at: i64) -> Result<bool> {
        match self {
            Self::Organisation(it) => store::put_organisation(tx, tenant, it, at).await,
            Self::Office(it) => store::put_office(tx, tenant, it, at).await,
            Self::Rule(it) => store::put_rule(tx, tenant, it, at).await,
            Self::Channel(it) => store::put_channel(tx, tenant, it, at).await,
            Self::PublicService(it) => store::put_public_service(tx, tenant, it, at).await,
        }
    }
}

impl Index {
    /// The tenant that keeps an entry, and whether the entry is deleted.
    pub(crate) fn keeper(&self, noun: Noun, id: &str) -> Option<(&str, bool)> {
        self.keepers.get(&noun)?.get(id).map(|(tenant, deleted)| (tenant.as_str(), *deleted))
    }
}
