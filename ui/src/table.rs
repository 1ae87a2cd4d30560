//! Tables: always with a caption, always scrollable by keyboard on narrow screens.

use crate::Shell;
use maud::{Markup, Render, html};

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column.
#[derive(Debug, Clone)]
#[must_use]
pub struct Column<'a> {
    label: &'a str,
    numeric: bool,
    sort: Option<(String, Option<Order>)>,
}

impl<'a> Column<'a> {
    /// A column of text.
    pub fn new(label: &'a str) -> Self {
        Self { label, numeric: false, sort: None }
    }

    /// A column of figures, flush right.
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// A column that can be sorted by a link (`?sort=key` or `?sort=-key`); `sorted` is the value now in force.
    pub fn sortable(mut self, shell: &Shell, key: &str, sorted: &str) -> Self {
        let (order, next) = match sorted.strip_prefix('-') {
            Some(it) if it == key => (Some(Order::Descending), key.to_owned()),
            None if sorted == key => (Some(Order::Ascending), format!("-{key}")),
            _ => (None, key.to_owned()),
        };
        self.sort = Some((shell.here_with(&[("sort", &next), ("offset", "0")]), order));
        self
    }

    fn head(&self) -> Markup {
        let numeric = if self.numeric { " kern-table__header--numeric app-number" } else { "" };
        let order = self.sort.as_ref().and_then(|it| it.1);
        let spoken = order.map(|it| if it == Order::Ascending { "ascending" } else { "descending" });
        html! {
            th class={ "kern-table__header" (numeric) } scope="col" aria-sort=[spoken] {
                @match &self.sort {
                    Some((path, order)) => {
                        a.kern-link.kern-link--no-visited-state href=(path) {
                            (self.label)
                            span.app-sort aria-hidden="true" {
                                (match order { Some(Order::Ascending) => " ↑", Some(Order::Descending) => " ↓", None => " ↕" })
                            }
                        }
                    },
                    None => (self.label),
                }
            }
        }
    }
}

/// What stands in a cell: anything that maud renders.
pub type Cell = Markup;

/// A table; put it into a page as it is.
#[derive(Debug, Clone)]
#[must_use]
pub struct Table<'a> {
    caption: &'a str,
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<Cell>>,
    quiet: bool,
    row_headers: bool,
}

impl<'a> Table<'a> {
    /// A table with its caption and columns.
    pub fn new(caption: &'a str, columns: impl IntoIterator<Item = Column<'a>>) -> Self {
        Self {
            caption,
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            quiet: false,
            row_headers: true,
        }
    }

    /// Adds a row: one cell for each column.
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Adds rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The caption is there for screen readers only, where a heading right above says the same.
    pub fn quiet_caption(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// The first cell of a row does not name it.
    pub fn without_row_headers(mut self) -> Self {
        self.row_headers = false;
        self
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        let numeric = |place: usize| self.columns.get(place).is_some_and(|it| it.numeric);
        let class = |place| {
            if numeric(place) {
                "kern-table__cell kern-table__cell--numeric app-number"
            } else {
                "kern-table__cell"
            }
        };
        html! {
            div.app-table-wrap tabindex="0" role="region" aria-label=(self.caption) {
                table.kern-table.kern-table--small.kern-table--striped {
                    caption class=(if self.quiet { "kern-sr-only" } else { "kern-title" }) { (self.caption) }
                    thead.kern-table__head { tr.kern-table__row { @for column in &self.columns { (column.head()) } } }
                    tbody.kern-table__body {
                        @for row in &self.rows {
                            tr.kern-table__row {
                                @for (place, cell) in row.iter().enumerate() {
                                    @if place == 0 && self.row_headers { th class=(class(place)) scope="row" { (cell) } }
                                    @else { td class=(class(place)) { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
