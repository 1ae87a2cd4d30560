//! Listing what waits to be fetched.

use crate::{
    model::{Page, WaitingReply, WaitingSubmission, Window},
    names::may,
    operations::fetch,
    store,
};
use kernel::{Ctx, Result};
use ports::ids::DestinationId;

/// Submissions that wait at the caller's destinations, or at one of them, the oldest first.
///
/// # Errors
/// Forbidden where the caller names a destination it is not connected to.
pub async fn submissions(
    ctx: &Ctx,
    destination: Option<&DestinationId>,
    window: Window,
) -> Result<Page<WaitingSubmission>> {
    let mut tx = ctx.read(may::FETCH).await?;
    let client = ctx.actor().name.as_ref();
    let (items, total) = if let Some(destination) = destination {
        fetch::require_linked(ctx, &mut tx, destination).await?;
        let items = store::submission::waiting_at(&mut tx, destination, window).await?;
        let total = match counted(items.len(), window) {
            Some(it) => it,
            None => store::submission::count_waiting_at(&mut tx, destination).await?,
        };
        (items, total)
    } else {
        let items = store::submission::waiting(&mut tx, client, window).await?;
        let total = match counted(items.len(), window) {
            Some(it) => it,
            None => store::submission::count_waiting(&mut tx, client).await?,
        };
        (items, total)
    };
    Ok(Page { items, offset: window.offset, total })
}

/// Replies that wait for the caller, the oldest first.
pub async fn replies(ctx: &Ctx, window: Window) -> Result<Page<WaitingReply>> {
    let mut tx = ctx.read(may::SEND).await?;
    let reader = ctx.actor().name.as_ref();
    let items = store::reply::waiting(&mut tx, reader, window).await?;
    let total = match counted(items.len(), window) {
        Some(it) => it,
        None => store::reply::count_waiting(&mut tx, reader).await?,
    };
    Ok(Page { items, offset: window.offset, total })
}

/// How many there are, where the part already tells: it is not full, and does not begin behind the end.
pub fn counted(found: usize, window: Window) -> Option<i64> {
    let found = i64::try_from(found).ok()?;
    (found < window.limit && (found > 0 || window.offset == 0)).then(|| window.offset.saturating_add(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_not_full_tells_the_total() {
        let of = |found, limit, offset| counted(found, Window { limit, offset });
        assert_eq!(of(3, 10, 0), Some(3));
        assert_eq!(of(0, 10, 0), Some(0));
        assert_eq!(of(3, 10, 20), Some(23));
        assert_eq!(of(10, 10, 0), None);
        assert_eq!(of(0, 10, 20), None);
    }
}
