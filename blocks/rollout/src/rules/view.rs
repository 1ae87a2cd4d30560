//! Rates as they go out.

use kernel::{Lang, Text};
use ports::rollout::{PartView, RateView, TallyView};
use rates::{Level, Part, Rate, Tally};

/// The formula in words.
pub const FORMULA: Text = Text {
    de: "Quote = Summe der Basis über die angeschlossenen Stellen / Summe der Basis über alle zuständigen Stellen",
    en: "rate = sum of the base over the connected authorities / sum of the base over all competent authorities",
};

/// A rate in words: `45,5 %`, `höchstens 45,5 %`, or that it cannot be said.
pub fn percent(lang: Lang, rate: Rate) -> String {
    let shown = |hundredths: u64| {
        let value = i64::try_from(hundredths).unwrap_or(i64::MAX);
        format!(
            "{}\u{a0}%",
            ui::format::decimal(lang, value, 2).trim_end_matches('0').trim_end_matches([',', '.'])
        )
    };
    let (low, high) = rate.range();
    match rate {
        Rate::Exact(_) => shown(low),
        Rate::AtMost(_) => format!("{} {}", lang.pick("höchstens", "at most"), shown(high)),
        Rate::AtLeast(_) => format!("{} {}", lang.pick("mindestens", "at least"), shown(low)),
        Rate::Unsaid | Rate::Empty => lang.pick("nicht bestimmbar", "cannot be said").to_owned(),
    }
}

/// A rate as it goes out.
pub fn rate_view(lang: Lang, tally: &Tally) -> RateView {
    let rate = Rate::of(tally);
    let (low, high) = rate.range();
    RateView {
        kind: rate.name().to_owned(),
        percent: matches!(rate, Rate::Exact(_)).then(|| hundredths(low)),
        low: hundredths(low),
        high: hundredths(high),
        remark: rate.remark(tally).map(|it| lang.pick(&it.de, &it.en).to_owned()),
    }
}

/// A tally as it goes out.
pub fn tally_view(it: &Tally) -> TallyView {
    TallyView {
        all: part_view(it.all()),
        own: part_view(it.own),
        inherited: part_view(it.inherited),
        in_progress: part_view(it.in_progress),
        planned: part_view(it.planned),
        none: part_view(it.none),
        unstated: part_view(it.unstated),
    }
}

fn part_view(it: Part) -> PartView {
    PartView { authorities: it.authorities, amount: thousandths(it.amount), without_value: it.without_value }
}

/// What the authorities of a level are called, many of them.
pub fn level_word(level: Level) -> Text {
    match level {
        Level::Municipality => Text { de: "Gemeinden", en: "municipalities" },
        Level::Association => Text { de: "Gemeindeverbände", en: "municipal associations" },
        Level::District => {
            Text { de: "Kreise und kreisfreie Städte", en: "districts and independent cities" }
        }
        Level::State => Text { de: "Länder", en: "states" },
        Level::GovernmentRegion => Text { de: "Regierungsbezirke", en: "administrative regions" },
        Level::Federation => Text { de: "Bund", en: "federation" },
    }
}

#[expect(clippy::cast_precision_loss, reason = "per cent in hundredths are small whole numbers")]
fn hundredths(value: u64) -> f64 {
    value as f64 / 100.0
}

/// A sum of a base in its own unit.
#[expect(
    clippy::cast_precision_loss,
    reason = "sums of a base stay below 2^53 in thousandths for all uses of it"
)]
pub fn thousandths(value: u64) -> f64 {
    value as f64 / 1000.0
}

/// The day that the population in the shipped regions is of (`data/regions/SOURCE.md`).
pub const POPULATION_DATE: &str = "2024-12-31";
