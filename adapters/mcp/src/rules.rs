//! Decisions without any asking: addresses, pages of lists, and where records come from.

mod address;
mod catalogue;
mod conformance;
mod provenance;

pub(crate) use address::{Addresses, Place};
pub(crate) use catalogue::{entry_record, line_record, map_record};
pub(crate) use conformance::{element_record, requirement_record, set_record};

use crate::model::Page;

/// The most records on one page.
pub(crate) const MOST: usize = 50;

/// The page of a list that begins after `offset` records.
pub(crate) fn page<T>(all: impl ExactSizeIterator<Item = T>, offset: usize, limit: usize) -> Page<T> {
    let total = all.len();
    let records: Vec<T> = all.skip(offset).take(limit).collect();
    Page { total, next_offset: next(total, offset, records.len()), records }
}

/// Where the next page begins; nothing after the last one.
pub(crate) fn next(total: usize, offset: usize, here: usize) -> Option<usize> {
    let next = offset.saturating_add(here);
    (here > 0 && next < total).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_until_nothing_is_left() {
        for (offset, limit, records, next) in [
            (0, 2, vec![0, 1], Some(2)),
            (2, 2, vec![2, 3], Some(4)),
            (4, 2, vec![4], None),
            (5, 2, vec![], None),
            (usize::MAX, 50, vec![], None),
            (0, 5, vec![0, 1, 2, 3, 4], None),
        ] {
            let page = page(0..5, offset, limit);
            assert_eq!((page.total, page.records, page.next_offset), (5, records, next), "{offset}, {limit}");
        }
    }
}
