//! Charts: pictures in the page, each with the same figures as a table. No script, and no meaning by colour alone.

mod bars;
mod lines;
mod scale;

use crate::{Column, Shell, Table, format};
use kernel::Lang;
use maud::{Markup, PreEscaped, Render, html};
use scale::Scale;

/// The most series that can be told apart; more are drawn like the last one, and the table has them all.
pub const MOST_SERIES: usize = 4;

/// The width of every chart in its own measure.
const WIDTH: i64 = 760;

/// What is counted, and how it is written. Values are whole numbers of the smallest part named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit<'a> {
    /// Money, given in cents, shown in whole euros.
    Euros,
    /// Whole things.
    Count,
    /// Parts of a hundred, given in tenths of a per cent.
    Percent,
    /// Anything else, whole, with its name.
    Other(&'a str),
}

impl Unit<'_> {
    /// A value as people read it.
    fn shown(self, lang: Lang, value: i64) -> String {
        match self {
            Self::Euros => {
                let whole = format::number(lang, (value + value.signum() * 50) / 100);
                lang.pick(&format!("{whole}\u{a0}€"), &format!("€{whole}")).to_owned()
            }
            Self::Count => format::number(lang, value),
            Self::Percent => format!("{}\u{a0}%", format::decimal(lang, value, 1)),
            Self::Other(name) => format!("{}\u{a0}{name}", format::number(lang, value)),
        }
    }

    /// A value at an axis: shorter, because steps are round.
    fn step(self, lang: Lang, value: i64) -> String {
        match self {
            Self::Percent => format!("{}\u{a0}%", format::number(lang, value / 10)),
            other => other.shown(lang, value),
        }
    }

    /// The smallest step of an axis.
    const fn whole(self) -> i64 {
        match self {
            Self::Euros => 100,
            Self::Percent => 10,
            Self::Count | Self::Other(_) => 1,
        }
    }
}

/// A value that is known to lie between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// At least this much.
    pub low: i64,
    /// At most this much; nothing where no upper bound is known.
    pub high: Option<i64>,
}

impl Span {
    /// Exactly this much.
    pub const fn exactly(value: i64) -> Self {
        Self { low: value, high: Some(value) }
    }

    /// Between two bounds, whichever is the lower one.
    pub const fn between(one: i64, other: i64) -> Self {
        if one <= other { Self { low: one, high: Some(other) } } else { Self { low: other, high: Some(one) } }
    }

    /// At least this much; nobody knows how much more.
    pub const fn at_least(low: i64) -> Self {
        Self { low, high: None }
    }

    /// The span in words.
    pub fn shown(self, lang: Lang, unit: Unit<'_>) -> String {
        let low = unit.shown(lang, self.low);
        match self.high {
            Some(high) if high == self.low => low,
            Some(high) => format!("{low} {} {}", lang.pick("bis", "to"), unit.shown(lang, high)),
            None => format!("{} {low}", lang.pick("mindestens", "at least")),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bars,
    Lines,
}

/// Values under one name: one for each label; nothing where it is not known.
#[derive(Debug, Clone)]
struct Series<'a> {
    name: &'a str,
    values: Vec<Option<Span>>,
}

/// A chart; put it into a page as it is.
#[derive(Debug, Clone)]
#[must_use]
pub struct Chart<'a> {
    shell: &'a Shell,
    id: &'a str,
    title: &'a str,
    unit: Unit<'a>,
    kind: Kind,
    summary: Option<&'a str>,
    axis: &'a str,
    labels: Vec<&'a str>,
    series: Vec<Series<'a>>,
    mark: Option<(usize, &'a str)>,
}

impl<'a> Chart<'a> {
    fn new(shell: &'a Shell, id: &'a str, title: &'a str, unit: Unit<'a>, kind: Kind) -> Self {
        Self {
            shell,
            id,
            title,
            unit,
            kind,
            summary: None,
            axis: "",
            labels: Vec::new(),
            series: Vec::new(),
            mark: None,
        }
    }

    /// Bars to compare amounts; `id` must be unique on the page.
    pub fn bars(shell: &'a Shell, id: &'a str, title: &'a str, unit: Unit<'a>) -> Self {
        Self::new(shell, id, title, unit, Kind::Bars)
    }

    /// Lines over time, with a band between the lower and the upper bound; `id` must be unique on the page.
    pub fn lines(shell: &'a Shell, id: &'a str, title: &'a str, unit: Unit<'a>) -> Self {
        Self::new(shell, id, title, unit, Kind::Lines)
    }

    /// What the chart shows, in a sentence.
    pub fn summary(mut self, text: &'a str) -> Self {
        self.summary = Some(text);
        self
    }

    /// What is compared or how time passes, and what that is called: the first column of the table.
    pub fn labels(mut self, axis: &'a str, labels: impl IntoIterator<Item = &'a str>) -> Self {
        self.axis = axis;
        self.labels = labels.into_iter().collect();
        self
    }

    /// Adds values under a name: one for each label, nothing where it is not known.
    pub fn series(mut self, name: &'a str, values: impl IntoIterator<Item = Option<Span>>) -> Self {
        self.series.push(Series { name, values: values.into_iter().collect() });
        self
    }

    /// Marks a label, counted from 0, with words: where something happens. For lines only.
    pub fn mark(mut self, label: usize, words: &'a str) -> Self {
        self.mark = Some((label, words));
        self
    }

    fn scale(&self) -> Scale {
        let spans = self.series.iter().flat_map(|it| &it.values).flatten();
        Scale::over(spans.flat_map(|it| [it.low, it.high.unwrap_or(it.low)]), self.unit.whole())
    }

    fn said(&self, span: Option<&Span>) -> String {
        let unknown = || self.shell.t("nicht bekannt", "not known").to_owned();
        span.map_or_else(unknown, |it| it.shown(self.shell.lang(), self.unit))
    }

    /// The pattern of the first, second … series.
    fn fill(&self, series: usize) -> String {
        format!("url(#{}-{})", self.id, series.min(MOST_SERIES - 1))
    }

    fn patterns(&self) -> Markup {
        html! {
            @for series in 0..self.series.len().min(MOST_SERIES) {
                pattern id={ (self.id) "-" (series) } width="8" height="8" patternUnits="userSpaceOnUse" {
                    g class={ "app-series app-series--" (series) } {
                        rect width="8" height="8" {} (PreEscaped(texture(series)))
                    }
                }
            }
        }
    }

    fn legend(&self) -> Markup {
        html! {
            @if self.series.len() > 1 {
                ul.app-legend.app-legend--row {
                    @for (place, series) in self.series.iter().enumerate() {
                        li {
                            svg.app-legend__mark viewBox="0 0 24 16" aria-hidden="true" focusable="false" {
                                @match self.kind {
                                    Kind::Bars => rect width="24" height="16" fill=(self.fill(place)) {},
                                    Kind::Lines => g class={ "app-series app-series--" (place.min(MOST_SERIES - 1)) } {
                                        path.app-series__line d="M0 8h24" {}
                                        (lines::marker(place, 12, 8))
                                    },
                                }
                            }
                            span { (series.name) }
                        }
                    }
                }
            }
        }
    }

    fn drawn(&self) -> Markup {
        let scale = self.scale();
        let (height, body) = match self.kind {
            Kind::Bars => bars::drawn(self, &scale),
            Kind::Lines => lines::drawn(self, &scale),
        };
        let (title, description) = (format!("{}-title", self.id), format!("{}-description", self.id));
        html! {
            div.app-chart tabindex="0" role="region" aria-label={ (self.shell.t("Schaubild: ", "Chart: ")) (self.title) } {
                svg.app-chart__picture viewBox={ "0 0 " (WIDTH) " " (height) } role="img"
                    aria-labelledby=(title) aria-describedby=(description) font-size="14" {
                    title id=(title) { (self.title) }
                    desc id=(description) {
                        @if let Some(summary) = self.summary { (summary) " " }
                        (self.shell.t("Dieselben Zahlen stehen darunter als Tabelle.", "The same figures stand below as a table."))
                    }
                    defs { (self.patterns()) }
                    (body)
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let columns = std::iter::once(Column::new(self.axis))
            .chain(self.series.iter().map(|it| Column::new(it.name).numeric()));
        let rows = self.labels.iter().enumerate().map(|(place, label)| {
            let values =
                self.series.iter().map(|it| self.said(it.values.get(place).and_then(Option::as_ref)));
            let mut cells = vec![html! { (label) }];
            cells.extend(values.map(|it| html! { (it) }));
            cells
        });
        Table::new(self.title, columns).quiet_caption().rows(rows).render()
    }
}

impl Render for Chart<'_> {
    fn render(&self) -> Markup {
        html! {
            figure.app-figure {
                figcaption {
                    p.kern-title { (self.title) }
                    @if let Some(summary) = self.summary { p.kern-body { (summary) } }
                }
                (self.legend())
                (self.drawn())
                details.kern-accordion.app-figures {
                    summary.kern-accordion__header {
                        span.kern-title.kern-title--small { (self.shell.t("Zahlen als Tabelle", "Figures as a table")) }
                    }
                    section.kern-accordion__body { (self.table()) }
                }
            }
        }
    }
}

/// What is drawn on the ground of a series.
const fn texture(series: usize) -> &'static str {
    match series {
        0 => "",
        1 => "<path d=\"M-2 10L10-2M-2 2L2-2M6 10l4-4\"/>",
        2 => "<path d=\"M0 2h8M0 6h8\"/>",
        _ => "<path d=\"M2 0v8M6 0v8M0 4h8\"/>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_both_languages() {
        let check = |span: Span, unit, de: &str, en: &str| {
            assert_eq!(span.shown(Lang::De, unit), de);
            assert_eq!(span.shown(Lang::En, unit), en);
        };
        check(
            Span::between(150_050, 120_000),
            Unit::Euros,
            "1.200\u{a0}€ bis 1.501\u{a0}€",
            "€1,200 to €1,501",
        );
        check(Span::at_least(12_345), Unit::Count, "mindestens 12.345", "at least 12,345");
        check(Span::exactly(125), Unit::Percent, "12,5\u{a0}%", "12.5\u{a0}%");
        check(Span::exactly(-100), Unit::Euros, "−1\u{a0}€", "€−1");
        check(Span::exactly(7), Unit::Other("t"), "7\u{a0}t", "7\u{a0}t");
    }
}
