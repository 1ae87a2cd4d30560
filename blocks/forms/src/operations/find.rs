//! Finds forms, and who is competent for them where.

use super::Forms;
use crate::{
    model::Listed,
    names::{fault, may},
    rules,
};
use form::Form;
use kernel::{Ctx, Error, Kind, Result};
use ports::{
    directory::{Competence, Region},
    ids::DestinationId,
};
use std::sync::Arc;

/// Who is competent for a public service in a region.
pub(crate) struct Routed {
    /// The region.
    pub region: Region,
    /// Who is competent, and why; or why nobody is.
    pub competence: Result<Competence>,
}

impl Forms {
    /// The forms that fit a search, the newest version of each.
    pub(crate) fn found(&self, search: &str) -> Result<Vec<Arc<Form>>> {
        let search = rules::search(search)?;
        Ok(self.shelf().newest().into_iter().filter(|it| rules::fits(it, search)).map(Arc::clone).collect())
    }

    /// The forms for a public service (14-digit key or URN).
    pub(crate) fn for_public_service(&self, key: &str) -> Vec<Arc<Form>> {
        let matches = |it: &&Arc<Form>| it.competence_key() == key || it.public_service_urn() == key;
        self.shelf().newest().into_iter().filter(matches).map(Arc::clone).collect()
    }

    /// The forms, for other programs.
    pub(crate) fn listed(&self, ctx: &Ctx, search: &str) -> Result<Vec<Listed>> {
        ctx.require(may::READ)?;
        let tag = ctx.lang().tag();
        let listed = self.found(search)?.into_iter().map(|it| Listed {
            form: it.form.clone(),
            version: it.version,
            title: it.title.get(tag).to_owned(),
            summary: it.summary.get(tag).to_owned(),
            public_service: it.competence_key(),
            schema: it.schema_address(ctx.base_url()),
        });
        Ok(listed.collect())
    }

    /// The newest version of a form.
    pub(crate) fn form(&self, id: &str) -> Result<Arc<Form>> {
        self.shelf().form(id).map(Arc::clone).ok_or_else(|| fault::NO_FORM.with("form", id))
    }

    /// A version of a form.
    pub(crate) fn version(&self, id: &str, version: u32) -> Result<Arc<Form>> {
        let found = self.shelf().version(id, version).map(Arc::clone);
        found.ok_or_else(|| fault::NO_VERSION.with("form", id).with("version", version))
    }

    /// The schema of a form as it is published.
    pub(crate) fn schema(&self, ctx: &Ctx, id: &str, version: u32) -> Result<serde_json::Value> {
        ctx.require(may::READ)?;
        Ok(self.version(id, version)?.published_schema(ctx.base_url()))
    }

    /// Who is competent for a public service (14-digit key or URN) in a region; that nobody is, is an answer, too.
    pub(crate) async fn routed(&self, ctx: &Ctx, public_service: &str, region: &str) -> Result<Routed> {
        ctx.require(may::READ)?;
        if !rules::is_region(region) {
            return Err(fault::BAD_REGION.with("region", region).at("region"));
        }
        let known = self.directory.region(ctx, region).await?;
        let region = known.ok_or_else(|| fault::BAD_REGION.with("region", region).at("region"))?;
        match self.directory.competence(ctx, public_service, &region.ars).await {
            Err(error) if !matches!(error.code().kind, Kind::NotFound | Kind::Conflict) => Err(error),
            competence => Ok(Routed { region, competence }),
        }
    }

    /// The destination that takes a form in a region.
    pub(super) async fn destination(&self, ctx: &Ctx, form: &Form, region: &str) -> Result<DestinationId> {
        let found = self.directory.competence(ctx, &form.competence_key(), region).await?;
        found.destination_id.ok_or_else(|| Error::from(fault::NO_DESTINATION).with("office", found.office))
    }
}
