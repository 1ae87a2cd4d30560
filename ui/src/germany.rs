//! A map of Germany as a picture in the page: no tiles, no script, no request elsewhere.

use crate::{Shell, format, outlines::PICTURE};
use maud::{Markup, PreEscaped, Render, html};
use std::{borrow::Cow, collections::HashMap};

pub use crate::outlines::Outlines;

/// The most classes that can be told apart by shade and pattern.
pub const MOST_CLASSES: usize = 6;

/// What a map says of an area.
#[derive(Debug, Clone)]
pub struct Area<'a> {
    /// The region key: two digits for a state, five for a district.
    pub key: Cow<'a, str>,
    /// Which of the classes, counted from 0; nothing where it is not known.
    pub class: Option<usize>,
    /// The value in words, as the table beside the map says it.
    pub value: Cow<'a, str>,
    /// Where a click leads.
    pub path: Option<Cow<'a, str>>,
}

/// A map of Germany; put it into a page as it is, with the same figures as a table beside it.
///
/// The picture is for eyes and mouse only. Assistive programs and keyboards have title, summary and legend, and the table: four
/// hundred links before it would be in the way of everybody.
#[derive(Debug, Clone)]
#[must_use]
pub struct Germany<'a> {
    shell: &'a Shell,
    id: &'a str,
    title: &'a str,
    outlines: Outlines,
    summary: Option<Markup>,
    classes: Vec<&'a str>,
    unknown: &'a str,
    areas: HashMap<Cow<'a, str>, Area<'a>>,
}

impl<'a> Germany<'a> {
    /// A map with its title, which says what is shown, of what and as of when; `id` must be unique on the page.
    pub fn new(shell: &'a Shell, id: &'a str, title: &'a str, outlines: Outlines) -> Self {
        let unknown = shell.t("nicht bekannt", "not known");
        Self {
            shell,
            id,
            title,
            outlines,
            summary: None,
            classes: Vec::new(),
            unknown,
            areas: HashMap::new(),
        }
    }

    /// What the picture shows, in a sentence or two.
    pub fn summary(mut self, summary: impl Render) -> Self {
        self.summary = Some(summary.render());
        self
    }

    /// What the classes mean, the palest first; those beyond [`MOST_CLASSES`] are drawn like the last one.
    pub fn classes(mut self, labels: impl IntoIterator<Item = &'a str>) -> Self {
        self.classes = labels.into_iter().collect();
        self
    }

    /// What it means to have no class; “not known” where nothing is said.
    pub fn unknown(mut self, label: &'a str) -> Self {
        self.unknown = label;
        self
    }

    /// What is said of areas. One that is not named has no class; one that the picture does not have is left out.
    pub fn areas(mut self, areas: impl IntoIterator<Item = Area<'a>>) -> Self {
        self.areas.extend(areas.into_iter().map(|it| (it.key.clone(), it)));
        self
    }

    /// The class of an area; nothing where there is none of that number.
    fn class_of(&self, key: &str) -> Option<usize> {
        self.areas.get(key).and_then(|it| it.class).filter(|it| *it < self.classes.len())
    }

    /// How many areas there are of a class.
    fn count(&self, class: Option<usize>) -> usize {
        self.outlines.keys().filter(|it| self.class_of(it.0) == class).count()
    }

    fn fill(&self, class: Option<usize>) -> String {
        match class {
            Some(class) => format!("url(#{}-{})", self.id, shade(class, self.classes.len())),
            None => format!("url(#{}-none)", self.id),
        }
    }

    fn every_class(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        std::iter::once(None).chain((0..self.classes.len()).map(Some))
    }

    fn drawn(&self) -> Markup {
        let size = format!("-20 -20 {} {}", PICTURE.width + 40, PICTURE.height + 40);
        html! {
            svg.app-germany__picture viewBox=(size) aria-hidden="true" focusable="false" {
                defs { (self.patterns()) }
                @for class in self.every_class() {
                    g.app-germany__areas fill=(self.fill(class)) {
                        @for it in self.outlines.all().iter().filter(|it| self.class_of(&it.0) == class) {
                            (self.area(&it.0, &it.1, &it.2))
                        }
                    }
                }
                @if self.outlines == Outlines::Districts {
                    g.app-germany__borders { @for it in Outlines::States.all() { path d=(it.2) {} } }
                }
            }
        }
    }

    fn area(&self, key: &str, name: &str, path: &str) -> Markup {
        let said = self.areas.get(key);
        let value = said.map_or(self.unknown, |it| it.value.as_ref());
        let drawn = html! { path d=(path) { title { (name) ": " (value) } } };
        match said.and_then(|it| it.path.as_deref()) {
            Some(path) => html! { a href=(path) tabindex="-1" { (drawn) } },
            None => drawn,
        }
    }

    /// One pattern a class: its shade, and marks on it that can be told apart without any colour.
    fn patterns(&self) -> Markup {
        let used = self.every_class().map(|it| it.map(|it| shade(it, self.classes.len())));
        let mut used: Vec<Option<usize>> = used.collect();
        used.dedup();
        html! {
            @for shade in used {
                @let (name, class) = match shade {
                    Some(it) => (it.to_string(), format!("app-shade app-shade--{it}")),
                    None => ("none".to_owned(), "app-shade app-shade--none".to_owned()),
                };
                pattern id={ (self.id) "-" (name) } width="160" height="160" patternUnits="userSpaceOnUse" {
                    g class=(class) { rect width="160" height="160" {} (PreEscaped(marks(shade))) }
                }
            }
        }
    }

    fn legend(&self) -> Markup {
        let number = |it: usize| format::number(self.shell.lang(), i64::try_from(it).unwrap_or(i64::MAX));
        let named = |count: usize| match (self.outlines, count) {
            (Outlines::States, 1) => self.shell.t("Land", "state"),
            (Outlines::States, _) => self.shell.t("Länder", "states"),
            (Outlines::Districts, 1) => self.shell.t("Kreis", "district"),
            (Outlines::Districts, _) => self.shell.t("Kreise", "districts"),
        };
        html! {
            ul.app-legend {
                @for class in self.every_class().skip(1).chain([None]) {
                    @let count = self.count(class);
                    @if class.is_some() || count > 0 {
                        li {
                            svg.app-legend__mark viewBox="0 0 480 320" aria-hidden="true" focusable="false" {
                                rect.app-germany__areas width="480" height="320" fill=(self.fill(class)) {}
                            }
                            span {
                                (class.and_then(|it| self.classes.get(it)).unwrap_or(&self.unknown))
                                span.app-legend__count { " (" (number(count)) "\u{a0}" (named(count)) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Germany<'_> {
    fn render(&self) -> Markup {
        html! {
            figure.app-figure {
                figcaption {
                    p.kern-title { (self.title) }
                    @if let Some(summary) = &self.summary { div.kern-body { (summary) } }
                }
                div.app-germany {
                    (self.drawn())
                    div.app-germany__words { (self.legend()) (notice()) }
                }
            }
        }
    }
}

/// What the licence of the outlines asks for, word for word in every language.
fn notice() -> Markup {
    html! {
        p.kern-body.kern-body--small.kern-body--muted.app-germany__notice {
            a.kern-link href="http://www.bkg.bund.de" { "© GeoBasis-DE / BKG 2021 (Daten verändert)" } ", "
            a.kern-link href="https://www.govdata.de/dl-de/by-2-0" { "dl-de/by-2-0" }
        }
    }
}

/// Classes spread over all shades: the first is the palest, the last the darkest.
const fn shade(class: usize, classes: usize) -> usize {
    let darkest = MOST_CLASSES - 1;
    if class >= darkest {
        darkest
    } else if classes <= 1 {
        darkest / 2
    } else if classes >= MOST_CLASSES {
        class
    } else {
        class * darkest / (classes - 1)
    }
}

/// What is drawn on the ground of a shade.
const fn marks(shade: Option<usize>) -> &'static str {
    match shade {
        None => "<path d=\"M60 60l40 40m0-40l-40 40\"/>",
        Some(0 | 5) => "",
        Some(1) => "<circle cx=\"40\" cy=\"40\" r=\"14\"/><circle cx=\"120\" cy=\"120\" r=\"14\"/>",
        Some(2) => "<path d=\"M-10 170L170-10M-10 10L10-10M150 170l20-20\"/>",
        Some(3) => "<path d=\"M0 40h160M0 120h160\"/>",
        Some(_) => "<path d=\"M0 0L160 160M160 0L0 160\"/>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_spread_over_the_shades() {
        let all = |classes| (0..classes).map(|it| shade(it, classes)).collect::<Vec<_>>();
        assert_eq!(all(1), [2]);
        assert_eq!(all(2), [0, 5]);
        assert_eq!(all(3), [0, 2, 5]);
        assert_eq!(all(4), [0, 1, 3, 5]);
        assert_eq!(all(5), [0, 1, 2, 3, 5]);
        assert_eq!(all(6), [0, 1, 2, 3, 4, 5]);
        assert_eq!(all(8), [0, 1, 2, 3, 4, 5, 5, 5]);
    }
}
