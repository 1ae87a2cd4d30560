//! The table: every figure beside the limit of the same run.

use crate::{Outcome, machine, say};
use serde::Serialize;

/// What was promised of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// At least this share of the limit, per cent.
    Share(f64),
    /// At most this much, in the figure's unit.
    AtMost(f64),
    /// At least this much, in the figure's unit.
    AtLeast(f64),
}

/// One line of the table.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// How much it is.
    pub measured: f64,
    /// In which unit.
    pub unit: &'static str,
    /// How much is possible on this machine, measured in the same run.
    pub limit: f64,
    /// What the limit is.
    pub limit_is: &'static str,
    /// What was promised.
    pub promise: Promise,
}

impl Figure {
    /// Per cent of what is possible: of a rate how much is reached, of a cost how much nobody could save.
    pub fn share(&self) -> f64 {
        let rate = self.unit.ends_with("/s");
        let (part, whole) = if rate { (self.measured, self.limit) } else { (self.limit, self.measured) };
        if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
    }

    /// Whether the promise was kept.
    pub fn kept(&self) -> bool {
        match self.promise {
            Promise::Share(least) => self.share() >= least,
            Promise::AtMost(most) => self.measured <= most,
            Promise::AtLeast(least) => self.measured >= least,
        }
    }

    fn row(&self) -> [String; 5] {
        let unit = self.unit;
        let promise = match self.promise {
            Promise::Share(least) => format!("≥ {least:.0} %"),
            Promise::AtMost(most) => format!("≤ {most} {unit}"),
            Promise::AtLeast(least) => format!("≥ {least} {unit}"),
        };
        let verdict = if self.kept() { "✓" } else { "✗" };
        [
            self.what.clone(),
            format!("{} {unit}", short(self.measured)),
            format!("{} {unit} ({})", short(self.limit), self.limit_is),
            format!("{:.0} %", self.share()),
            format!("{promise} {verdict}"),
        ]
    }
}

/// Three digits are as much as such a figure is worth.
fn short(value: f64) -> String {
    match value {
        it if it >= 100.0 => format!("{it:.0}"),
        it if it >= 10.0 => format!("{it:.1}"),
        it if it >= 1.0 => format!("{it:.2}"),
        it => format!("{it:.3}"),
    }
}

/// All figures and what there is to say about them.
#[derive(Default, Serialize)]
pub struct Table {
    /// The lines.
    pub figures: Vec<Figure>,
    /// Sentences below the table.
    pub notes: Vec<String>,
}

impl Table {
    /// Prints the table as Markdown, or as JSON.
    pub fn print(&self, json: bool) -> Outcome {
        if json {
            let figures: Vec<_> = self
                .figures
                .iter()
                .map(|it| serde_json::json!({ "figure": it, "share": it.share(), "kept": it.kept() }))
                .collect();
            let all = serde_json::json!({ "machine": machine::describe(), "figures": figures, "notes": self.notes });
            return say(&all.to_string());
        }
        say(&machine::describe())?;
        say("")?;
        say(&markdown(&self.figures))?;
        for note in &self.notes {
            say(&format!("- {note}"))?;
        }
        Ok(())
    }
}

fn markdown(figures: &[Figure]) -> String {
    let head = ["what", "measured", "limit of the same run", "share", "promise"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(figures.iter().map(Figure::row)).collect();
    let width = |column: usize| {
        rows.iter().filter_map(|it| it.get(column)).map(|it| it.chars().count()).max().unwrap_or(0)
    };
    let widths = [0, 1, 2, 3, 4].map(width);
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        })
        .collect();
    lines.insert(1, format!("|{}|", widths.map(|it| "-".repeat(it + 2)).join("|")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(unit: &'static str, measured: f64, limit: f64, promise: Promise) -> Figure {
        Figure { what: "it".to_owned(), measured, unit, limit, limit_is: "bare", promise }
    }

    #[test]
    fn a_rate_is_a_share_of_its_limit_and_a_cost_contains_its_limit() {
        assert!(figure("/s", 61.0, 100.0, Promise::Share(60.0)).kept());
        assert!(!figure("/s", 59.0, 100.0, Promise::Share(60.0)).kept());
        assert!((figure("MB", 50.0, 5.0, Promise::AtMost(60.0)).share() - 10.0).abs() < 1e-9);
        assert!(!figure("MB", 61.0, 5.0, Promise::AtMost(60.0)).kept());
    }

    #[test]
    fn the_table_is_markdown() {
        let text = markdown(&[figure("/s", 61.0, 100.0, Promise::Share(60.0))]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2], "| it   | 61.0 /s  | 100 /s (bare)         | 61 %  | ≥ 60 % ✓ |");
    }
}
