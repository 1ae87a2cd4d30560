//! Bars that lie: the words above each, the value behind it.

use super::{Chart, MOST_SERIES, Scale, Span, WIDTH};
use maud::{Markup, html};

/// Behind a bar there is room for its value in words.
const LENGTH: i64 = 500;
const BAR: i64 = 20;
const BETWEEN_BARS: i64 = 4;
const WORDS: i64 = 24;
const BETWEEN_GROUPS: i64 = 14;
const FOOT: i64 = 28;

/// The height, and what is drawn.
pub(super) fn drawn(chart: &Chart<'_>, scale: &Scale) -> (i64, Markup) {
    let bars = i64::try_from(chart.series.len()).unwrap_or(1);
    let groups = i64::try_from(chart.labels.len()).unwrap_or(0);
    let group = WORDS + bars * (BAR + BETWEEN_BARS) + BETWEEN_GROUPS;
    let bottom = groups * group;
    let body = html! {
        (axis(chart, scale, bottom))
        @for (top, (place, label)) in (0..).step_by(step_of(group)).zip(chart.labels.iter().enumerate()) {
            text.app-chart__label x="0" y=(top + WORDS - 7) { (label) }
            @for (y, (number, series)) in (top + WORDS..).step_by(step_of(BAR + BETWEEN_BARS)).zip(chart.series.iter().enumerate()) {
                (bar(chart, scale, number, y, series.values.get(place).and_then(Option::as_ref)))
            }
        }
    };
    (bottom + FOOT, body)
}

fn step_of(length: i64) -> usize {
    usize::try_from(length).unwrap_or(1)
}

fn axis(chart: &Chart<'_>, scale: &Scale, bottom: i64) -> Markup {
    html! {
        @for (place, tick) in scale.ticks().into_iter().enumerate() {
            @let x = scale.place(tick, LENGTH);
            line.app-chart__grid x1=(x) y1="0" x2=(x) y2=(bottom) {}
            text.app-chart__tick x=(x) y=(bottom + 18) text-anchor=(if place == 0 { "start" } else { "middle" }) {
                (chart.unit.step(chart.shell.lang(), tick))
            }
        }
    }
}

/// Full up to the lower bound, hatched up to the upper one; an arrow where there is no upper one.
fn bar(chart: &Chart<'_>, scale: &Scale, series: usize, y: i64, span: Option<&Span>) -> Markup {
    let zero = scale.place(0, LENGTH);
    let low = scale.place(span.map_or(0, |it| it.low), LENGTH);
    let high = span.map_or(zero, |it| it.high.map_or(low, |it| scale.place(it, LENGTH)));
    // What is sure reaches from zero to the bound that is nearer to it.
    let sure = if low >= zero { (zero, low) } else { (high.min(zero), zero) };
    let maybe = if low >= zero { (low, high) } else { (low, high.min(zero)) };
    let open = span.is_some_and(|it| it.high.is_none());
    let end = if open { low + 16 } else { high.max(sure.1) };
    let shape = format!("app-series app-series--{}", series.min(MOST_SERIES - 1));
    html! {
        rect x=(sure.0) y=(y) width=(sure.1 - sure.0) height=(BAR) fill=(chart.fill(series)) {}
        g class=(shape) {
            rect.app-series__maybe x=(maybe.0) y=(y) width=(maybe.1 - maybe.0) height=(BAR) {}
            rect.app-series__edge x=(sure.0) y=(y) width=((high.max(sure.1)) - sure.0.min(maybe.0)) height=(BAR) {}
            @if open { path.app-series__arrow d={ "M" (low + 2) " " (y) "l12 " (BAR / 2) "l-12 " (BAR / 2) "z" } {} }
        }
        text x=((end + 8).min(WIDTH)) y=(y + BAR - 5) { (chart.said(span)) }
    }
}
