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

/// The classes of a map, the palest first.
pub const CLASSES: [Text; 6] = [
    Text { de: "0 %", en: "0 %" },
    Text { de: "unter 25 %", en: "below 25 %" },
    Text { de: "25 bis unter 50 %", en: "25 to below 50 %" },
    Text { de: "50 bis unter 75 %", en: "50 to below 75 %" },
    Text { de: "75 bis unter 100 %", en: "75 to below 100 %" },
    Text { de: "100 %", en: "100 %" },
];

/// The class of a rate; nothing where it is only a bound or cannot be said.
pub fn class_of(tally: &Tally) -> Option<usize> {
    let Rate::Exact(share) = Rate::of(tally) else { return None };
    Some(match share.percent_hundredths() {
        0 => 0,
        1..2_500 => 1,
        2_500..5_000 => 2,
        5_000..7_500 => 3,
        7_500..10_000 => 4,
        _ => 5,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(connected: u64, all: u64) -> Tally {
        let part = |amount| Part { authorities: 1, amount, without_value: 0 };
        Tally { own: part(connected), unstated: part(all - connected), ..Tally::default() }
    }

    #[test]
    fn rates_are_said_in_words() {
        let said = |connected, all| percent(Lang::De, Rate::of(&tally(connected, all)));
        assert_eq!(said(455, 1000), "45,5\u{a0}%");
        assert_eq!((said(0, 7).as_str(), said(7, 7).as_str()), ("0\u{a0}%", "100\u{a0}%"));
        assert_eq!(said(1, 3), "33,33\u{a0}%");
        let mut open = tally(1, 2);
        open.unstated.without_value = 1;
        assert_eq!(percent(Lang::De, Rate::of(&open)), "höchstens 50\u{a0}%");
        assert_eq!((rate_view(Lang::En, &open).percent, rate_view(Lang::En, &open).high), (None, 50.0));
        open.own.without_value = 1;
        assert_eq!(percent(Lang::En, Rate::of(&open)), "cannot be said");
        assert_eq!(class_of(&open), None);
    }

    #[test]
    fn only_all_is_all() {
        assert_eq!(class_of(&tally(0, 10_000_000)), Some(0));
        assert_eq!(class_of(&tally(1, 10_000_000)), Some(1));
        assert_eq!(class_of(&tally(9_999_999, 10_000_000)), Some(4));
        assert_eq!(class_of(&tally(5, 5)), Some(5));
    }
}
