//! Reading requirements, and how an element stands to them.

use crate::{
    Mcp,
    model::{
        ElementArguments, ElementRecord, Page, PageArguments, RequirementArguments, RequirementRecord,
        SetArguments, SetDetail, SetRecord,
    },
    names::fault,
    rules,
};
use kernel::{Ctx, Kind, Result};
use ports::{
    catalogue::Catalogue,
    conformance::{Conformance, RequirementView},
};

impl Mcp {
    /// How an element of a map stands to the requirements that apply to it.
    pub(crate) async fn element(
        &self,
        ctx: &Ctx,
        (catalogue, conformance): (&dyn Catalogue, &dyn Conformance),
        asked: ElementArguments,
    ) -> Result<ElementRecord> {
        let extract = catalogue.extract(ctx, &asked.map, &asked.id).await?;
        let found = conformance.element(ctx, &extract).await?;
        let element = (asked.map.as_str(), asked.id.as_str());
        Ok(rules::element_record(self.addresses(), element, &found, asked.offset, asked.limit))
    }

    /// The sets of requirements.
    pub(crate) async fn sets(
        &self,
        ctx: &Ctx,
        conformance: &dyn Conformance,
        asked: PageArguments,
    ) -> Result<Page<SetRecord>> {
        let sets = conformance.sets(ctx).await?;
        let records = sets.iter().map(|it| rules::set_record(self.addresses(), it));
        Ok(rules::page(records, asked.offset, asked.limit))
    }

    /// A set with a page of its requirements.
    pub(crate) async fn set(
        &self,
        ctx: &Ctx,
        conformance: &dyn Conformance,
        asked: SetArguments,
    ) -> Result<SetDetail> {
        let found = conformance.set(ctx, &asked.id).await?;
        let sets = conformance.sets(ctx).await?;
        let wanted = |it: &&RequirementView| asked.level.is_none_or(|level| level.as_str() == it.level);
        let requirements: Vec<_> = found.requirements.iter().filter(wanted).collect();
        let records = requirements.iter().map(|it| rules::requirement_record(self.addresses(), it, &sets));
        Ok(SetDetail {
            set: rules::set_record(self.addresses(), &found.set),
            requirements: rules::page(records, asked.offset, asked.limit),
        })
    }

    /// A requirement, as the set has it that it comes from.
    pub(crate) async fn requirement(
        &self,
        ctx: &Ctx,
        conformance: &dyn Conformance,
        asked: RequirementArguments,
    ) -> Result<RequirementRecord> {
        let sets = conformance.sets(ctx).await?;
        let mut inherited = None;
        for set in &sets {
            let found = match conformance.set(ctx, &set.id).await {
                // Somebody withdrew it since the sets were listed.
                Err(error) if error.code().kind == Kind::NotFound => continue,
                found => found?,
            };
            let Some(requirement) = found.requirements.into_iter().find(|it| it.id == asked.id) else {
                continue;
            };
            if requirement.set == set.id {
                return Ok(rules::requirement_record(self.addresses(), &requirement, &sets));
            }
            inherited.get_or_insert(requirement);
        }
        let found =
            inherited.ok_or_else(|| fault::NO_REQUIREMENT.with("requirement", &asked.id).at("/id"))?;
        Ok(rules::requirement_record(self.addresses(), &found, &sets))
    }
}
