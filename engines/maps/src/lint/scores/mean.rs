//! The stated value over all criteria against their mean.

use super::{Bands, Claim, band};
use crate::lint::{Severity, remarks::Remarks};
use landkarte::{Entry, Section};

/// By how much rounding or cutting off may move a mean of whole percentages.
const ROUNDING: f64 = 1.0;

/// The mean of the percentages, where each criterion has one. Where only levels are known, the mean lies between those of
/// their lower and upper ends: a value outside contradicts them, one inside that is not the mean of the upper ends is a
/// hint, since that is how the published map computes it.
pub(super) fn check(element: &Entry, claims: &[Claim<'_>], bands: &Bands<'_>, remarks: &mut Remarks) {
    let Some(stated) = element.fact("stated_mean").and_then(|it| it.value.as_f64()) else { return };
    let percents: Option<Vec<f64>> = claims.iter().map(|it| it.percent).collect();
    if let Some(mean) = percents.and_then(|it| mean(&it)) {
        if (stated - mean).abs() > ROUNDING {
            contradicts(element, stated, mean, remarks);
        }
        return;
    }
    let bands: Option<Vec<(f64, f64)>> =
        claims.iter().map(|it| band(bands, it.criterion, it.level?)).collect();
    let Some(bands) = bands else { return };
    let lower = mean(&bands.iter().map(|it| it.0).collect::<Vec<_>>());
    let upper = mean(&bands.iter().map(|it| it.1).collect::<Vec<_>>());
    let (Some(lower), Some(upper)) = (lower, upper) else { return };
    if stated > upper + ROUNDING || stated < lower - ROUNDING {
        outside(element, stated, (lower, upper), remarks);
    } else if (stated - upper).abs() > ROUNDING {
        differs(element, stated, upper, remarks);
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|it| *it > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}

fn contradicts(element: &Entry, stated: f64, mean: f64, remarks: &mut Remarks) {
    let said = (
        "mean",
        Severity::Warning,
        format!(
            "„{}“: angegeben sind {stated} %, das Mittel der Kriterien ist {mean:.1} %.",
            element.title(true)
        ),
        format!(
            "\"{}\": {stated} % is stated, the mean of the criteria is {mean:.1} %.",
            element.title(false)
        ),
    );
    remarks.on(Section::Elements, element, "stated_mean", said);
}

fn outside(element: &Entry, stated: f64, (lower, upper): (f64, f64), remarks: &mut Remarks) {
    let said = (
        "mean",
        Severity::Warning,
        format!(
            "„{}“: angegeben sind {stated} %; nach den Stufen der Kriterien sind nur {lower:.1} bis {upper:.1} % möglich.",
            element.title(true)
        ),
        format!(
            "\"{}\": {stated} % is stated; by the levels of the criteria only {lower:.1} to {upper:.1} % are possible.",
            element.title(false)
        ),
    );
    remarks.on(Section::Elements, element, "stated_mean", said);
}

fn differs(element: &Entry, stated: f64, upper: f64, remarks: &mut Remarks) {
    let said = (
        "mean",
        Severity::Hint,
        format!(
            "„{}“: angegeben sind {stated} %, das Mittel der vollen Stufen ist {upper:.1} %. Die Prozentwerte der Kriterien fehlen, die es erklären könnten.",
            element.title(true)
        ),
        format!(
            "\"{}\": {stated} % is stated, the mean of the full levels is {upper:.1} %. The percentages of the criteria are missing that could explain it.",
            element.title(false)
        ),
    );
    remarks.on(Section::Elements, element, "stated_mean", said);
}
