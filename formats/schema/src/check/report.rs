//! What happens to a misfit: it is noted, or it is enough that there is one.

use crate::{Misfit, What};
use tree::Node;

pub(super) trait Report<'a> {
    /// Whether somebody reads what is wrong.
    const DETAIL: bool;

    fn add(&mut self, node: Node<'a>, keyword: &str, what: impl FnOnce() -> What);

    /// Whether nothing more needs to be found.
    fn full(&self) -> bool;

    /// How many misfits there are so far.
    fn count(&self) -> usize;
}

/// Only whether there is a misfit.
#[derive(Default)]
pub(super) struct First {
    failed: bool,
}

impl<'a> Report<'a> for First {
    const DETAIL: bool = false;

    fn add(&mut self, _: Node<'a>, _: &str, _: impl FnOnce() -> What) {
        self.failed = true;
    }

    fn full(&self) -> bool {
        self.failed
    }

    fn count(&self) -> usize {
        usize::from(self.failed)
    }
}

/// All misfits, up to a number.
pub(super) struct All<'a> {
    pub(super) found: Vec<Misfit<'a>>,
    most: usize,
}

impl All<'_> {
    pub(super) fn new(most: usize) -> Self {
        Self { found: Vec::new(), most }
    }
}

impl<'a> Report<'a> for All<'a> {
    const DETAIL: bool = true;

    fn add(&mut self, node: Node<'a>, keyword: &str, what: impl FnOnce() -> What) {
        if self.found.len() < self.most {
            let misfit = Misfit { node, keyword: keyword.to_owned(), what: what() };
            // Two ways through a schema may lead to the same misfit.
            if !self.found.iter().rev().take(16).any(|it| *it == misfit) {
                self.found.push(misfit);
            }
        }
    }

    fn full(&self) -> bool {
        self.found.len() >= self.most
    }

    fn count(&self) -> usize {
        self.found.len()
    }
}
