//! How an element stands to its requirements: asked of whoever knows.

use super::{Catalogue, Opened, aside};
use crate::{names::fault, rules};
use kernel::{Ctx, Result};
use ports::conformance::{ElementExtract, ElementFindings};
use std::sync::Arc;

impl Catalogue {
    /// What was found about an element; nothing where nobody can be asked.
    ///
    /// # Errors
    /// Not found where the map has no such element.
    pub(crate) async fn findings(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        id: &str,
    ) -> Result<Option<ElementFindings>> {
        let Some(conformance) = &self.0.conformance else { return Ok(None) };
        let extract = self.cut_out(opened, id).await?;
        conformance.element(ctx, &extract).await.map(Some)
    }

    /// An element with whatever is needed to judge it.
    ///
    /// # Errors
    /// Not found where the map has no such element.
    pub(super) async fn cut_out(&self, opened: &Opened, id: &str) -> Result<ElementExtract> {
        let (ready, element) = (Arc::clone(&opened.ready), id.to_owned());
        let document = aside(move || Ok(rules::extract(&ready.index, &element))).await?;
        let missing =
            || fault::NO_ENTRY.with("map", &opened.address).with("section", "elements").with("id", id);
        let document = document.ok_or_else(missing)?;
        Ok(ElementExtract { map: opened.address.clone(), element: id.to_owned(), document })
    }
}
