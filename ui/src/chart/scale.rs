//! From values to places on an axis, in whole numbers.

/// An axis with round ends and steps, which always has zero on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    low: i64,
    high: i64,
    step: i64,
}

/// More steps than these crowd an axis.
const MOST_STEPS: i64 = 5;

impl Scale {
    /// An axis over these values; a step is never smaller than `least`.
    pub fn over(values: impl Iterator<Item = i64>, least: i64) -> Self {
        let (mut low, mut high) = (0, 0);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        let step = step(high.saturating_sub(low), least);
        // An axis of nothing still has a length.
        let high = round_up(high, step).max(if low < 0 { 0 } else { step });
        Self { low: -round_up(low.saturating_neg(), step), high, step }
    }

    /// Where a value lies on a line of this length.
    pub fn place(&self, value: i64, length: i64) -> i64 {
        let length_so_far = (i128::from(value) - i128::from(self.low)) * i128::from(length);
        let whole = (i128::from(self.high) - i128::from(self.low)).max(1);
        i64::try_from(length_so_far / whole).unwrap_or(length).clamp(0, length)
    }

    /// The values that the axis is marked with.
    pub fn ticks(&self) -> Vec<i64> {
        let steps = (self.high.saturating_sub(self.low)) / self.step;
        (0..=steps).map(|it| self.low.saturating_add(it.saturating_mul(self.step))).collect()
    }
}

/// 1, 2 or 5 times a power of ten (times the least), so that there are few steps.
fn step(range: i64, least: i64) -> i64 {
    let mut unit = least.max(1);
    loop {
        for factor in [1, 2, 5] {
            let step = unit.saturating_mul(factor);
            if range / step < MOST_STEPS || step == i64::MAX {
                return step;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn round_up(value: i64, step: i64) -> i64 {
    let rest = value % step;
    if rest == 0 { value } else { value.saturating_add(step - rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_ends_and_zero() {
        let check = |values: &[i64], least, ticks: &[i64]| {
            assert_eq!(Scale::over(values.iter().copied(), least).ticks(), ticks, "{values:?}");
        };
        check(&[], 1, &[0, 1]);
        check(&[0], 100, &[0, 100]);
        check(&[3], 1, &[0, 1, 2, 3]);
        check(&[97], 1, &[0, 20, 40, 60, 80, 100]);
        check(&[250_000, 120], 100, &[0, 100_000, 200_000, 300_000]);
        check(&[-50, 130], 1, &[-50, 0, 50, 100, 150]);
        check(&[-7], 1, &[-8, -6, -4, -2, 0]);
        assert!(Scale::over([i64::MAX].into_iter(), 1).ticks().len() < 7);
    }

    #[test]
    fn places_lie_on_the_line() {
        let scale = Scale::over([97].into_iter(), 1);
        assert_eq!([0, 50, 100].map(|it| scale.place(it, 600)), [0, 300, 600]);
        assert_eq!(scale.place(-5, 600), 0);
        assert_eq!(scale.place(i64::MAX, 600), 600);
    }
}
