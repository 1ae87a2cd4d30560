//! Listing what waits to be fetched.

use crate::{
    model::{Page, WaitingReply, WaitingSubmission, Window},
    names::may,
    operations::fetch,
    rules, store,
};
use kernel::{Ctx, Result};
use ports::ids::DestinationId;
use sqlx::AnyConnection;

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
    if let Some(destination) = destination {
        fetch::require_linked(ctx, &mut tx, destination).await?;
        return at(&mut tx, destination, window).await;
    }
    let actor = ctx.actor();
    let linked = store::link::ids(&mut tx, &actor.name, MOST_LINKED).await?;
    let (mut reached, out_of_reach): (Vec<_>, Vec<_>) =
        linked.into_iter().partition(|it| rules::scope::may_subscribe(&actor.scopes, it));
    // Usually there is one, and an index has its list in order.
    if reached.len() == 1
        && let Some(only) = reached.pop()
    {
        return at(&mut tx, &only, window).await;
    }
    if reached.is_empty() {
        return Ok(Page { items: Vec::new(), offset: window.offset, total: 0 });
    }
    let only = if out_of_reach.is_empty() {
        String::new()
    } else {
        reached.iter().map(DestinationId::as_str).collect::<Vec<_>>().join(" ")
    };
    let items = store::submission::waiting(&mut tx, &actor.name, &only, window).await?;
    let total = match counted(items.len(), window) {
        Some(it) => it,
        None => store::submission::count_waiting(&mut tx, &actor.name, &only).await?,
    };
    Ok(Page { items, offset: window.offset, total })
}

/// So many connected destinations are looked at to find out which of them a token reaches.
const MOST_LINKED: i64 = 10_000;

async fn at(
    db: &mut AnyConnection,
    destination: &DestinationId,
    window: Window,
) -> Result<Page<WaitingSubmission>> {
    let items = store::submission::waiting_at(db, destination, window).await?;
    let total = match counted(items.len(), window) {
        Some(it) => it,
        None => store::submission::count_waiting_at(db, destination).await?,
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
