//! Lines over time with a band between two bounds.

use super::{Chart, MOST_SERIES, Scale, Series, WIDTH};
use maud::{Markup, html};
use std::fmt::Write as _;

const LEFT: i64 = 108;
const TOP: i64 = 28;
const HEIGHT: i64 = 300;
const FOOT: i64 = 30;
/// Room at the right for half of the last label.
const RIGHT: i64 = 40;
/// More labels than these run into each other.
const MOST_LABELS: usize = 9;

/// The height, and what is drawn.
pub(super) fn drawn(chart: &Chart<'_>, scale: &Scale) -> (i64, Markup) {
    let body = html! {
        (axis(chart, scale))
        (labels(chart))
        (mark(chart))
        @for (place, series) in chart.series.iter().enumerate() {
            g class={ "app-series app-series--" (place.min(MOST_SERIES - 1)) } {
                path.app-series__band d=(band(chart, scale, series)) {}
                path.app-series__bound d=(line(chart, scale, series, false)) {}
                path.app-series__line d=(line(chart, scale, series, true)) {}
            }
        }
        @for (place, series) in chart.series.iter().enumerate() {
            g class={ "app-series app-series--" (place.min(MOST_SERIES - 1)) } { (points(chart, scale, place, series)) }
        }
    };
    (TOP + HEIGHT + FOOT, body)
}

fn axis(chart: &Chart<'_>, scale: &Scale) -> Markup {
    html! {
        @for tick in scale.ticks() {
            @let y = down(scale, tick);
            line.app-chart__grid x1=(LEFT) y1=(y) x2=(WIDTH - RIGHT) y2=(y) {}
            text.app-chart__tick x=(LEFT - 10) y=(y + 5) text-anchor="end" { (chart.unit.step(chart.shell.lang(), tick)) }
        }
    }
}

fn labels(chart: &Chart<'_>) -> Markup {
    let every = chart.labels.len().div_ceil(MOST_LABELS).max(1);
    html! {
        @for (place, label) in chart.labels.iter().enumerate().step_by(every) {
            text.app-chart__tick x=(across(chart, place)) y=(TOP + HEIGHT + 22) text-anchor="middle" { (label) }
        }
    }
}

/// A line across all values where something happens, with its words above.
fn mark(chart: &Chart<'_>) -> Markup {
    let Some((place, words)) = chart.mark.filter(|it| it.0 < chart.labels.len()) else { return html! {} };
    let x = across(chart, place);
    // Words stay inside the picture.
    let anchor = match place * 3 / chart.labels.len() {
        0 => "start",
        1 => "middle",
        _ => "end",
    };
    html! {
        line.app-chart__mark x1=(x) y1=(TOP - 6) x2=(x) y2=(TOP + HEIGHT) {}
        text.app-chart__label x=(x) y=(TOP - 12) text-anchor=(anchor) { (words) }
    }
}

/// Where a label stands from the left.
fn across(chart: &Chart<'_>, place: usize) -> i64 {
    let (place, last) = (whole(place), whole(chart.labels.len().saturating_sub(1)));
    let room = WIDTH - LEFT - RIGHT;
    if last == 0 { LEFT + room / 2 } else { LEFT + place * room / last }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn down(scale: &Scale, value: i64) -> i64 {
    TOP + HEIGHT - scale.place(value, HEIGHT)
}

/// The lower or the upper bounds, broken where one is not known.
fn line(chart: &Chart<'_>, scale: &Scale, series: &Series<'_>, low: bool) -> String {
    let mut path = String::new();
    let mut drawing = false;
    for (place, span) in series.values.iter().enumerate() {
        let value = span.and_then(|it| if low { Some(it.low) } else { it.high });
        if let Some(value) = value {
            let step = if drawing { 'L' } else { 'M' };
            // Writing into a string cannot fail.
            let _ = write!(path, "{step}{} {}", across(chart, place), down(scale, value));
        }
        drawing = value.is_some();
    }
    path
}

/// The room between the bounds, wherever both are known at two labels in a row.
fn band(chart: &Chart<'_>, scale: &Scale, series: &Series<'_>) -> String {
    let mut path = String::new();
    let known: Vec<Option<(i64, i64, i64)>> = series
        .values
        .iter()
        .enumerate()
        .map(|(place, span)| {
            let span = (*span)?;
            Some((across(chart, place), down(scale, span.low), down(scale, span.high?)))
        })
        .collect();
    for run in known.split(Option::is_none) {
        let run: Vec<_> = run.iter().flatten().collect();
        if run.len() < 2 {
            continue;
        }
        let there = run.iter().map(|it| (it.0, it.2));
        let back = run.iter().rev().map(|it| (it.0, it.1));
        for (place, (x, y)) in there.chain(back).enumerate() {
            // Writing into a string cannot fail.
            let _ = write!(path, "{}{x} {y}", if place == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    path
}

/// A marker at each lower bound; an arrow up from it where there is no upper one.
fn points(chart: &Chart<'_>, scale: &Scale, number: usize, series: &Series<'_>) -> Markup {
    html! {
        @for (place, span) in series.values.iter().enumerate() {
            @if let Some(span) = span {
                @let (x, y) = (across(chart, place), down(scale, span.low));
                @if span.high.is_none() { path.app-series__open d={ "M" (x) " " (y) "v-20m-4 6l4-6l4 6" } {} }
                (marker(number, x, y))
            }
        }
    }
}

/// Circle, square, triangle or diamond.
pub(super) fn marker(series: usize, x: i64, y: i64) -> Markup {
    let path = match series {
        0 => return html! { circle.app-series__marker cx=(x) cy=(y) r="4" {} },
        1 => format!("M{} {}h8v8h-8z", x - 4, y - 4),
        2 => format!("M{x} {}l5 9h-10z", y - 6),
        _ => format!("M{x} {}l5 5l-5 5l-5-5z", y - 5),
    };
    html! { path.app-series__marker d=(path) {} }
}
