//! Fields with several controls, and the list of what is wrong.

use super::{Choice, described_by, error_line, hint_line, id_of};
use crate::tag::{Attributes, close, open};
use kernel::Lang;
use maud::{Markup, Render, html};
use std::borrow::Cow;

#[derive(Debug, Clone)]
enum Content<'a> {
    Radios(&'a [Choice<'a>]),
    Checkboxes(&'a [Choice<'a>]),
    Date(Lang),
    Fields(Markup),
}

/// Several controls under one legend.
#[derive(Debug, Clone)]
#[must_use]
pub struct Group<'a> {
    content: Content<'a>,
    name: &'a str,
    legend: &'a str,
    id: Cow<'a, str>,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    values: Vec<&'a str>,
    optional: bool,
    horizontal: bool,
    required: bool,
    wrapper: Attributes<'a>,
}

impl<'a> Group<'a> {
    fn new(content: Content<'a>, name: &'a str, legend: &'a str) -> Self {
        Self {
            content,
            name,
            legend,
            id: id_of(name).into(),
            hint: None,
            error: None,
            values: Vec::new(),
            optional: false,
            horizontal: false,
            required: false,
            wrapper: Attributes::new(),
        }
    }

    /// Another id than the one made of the name.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.id = id.into();
        self
    }

    /// What to choose or to write.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint).filter(|it| !it.is_empty());
        self
    }

    /// What is wrong and how to mend it; nothing if it is right.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// What is chosen; a date as `YYYY-MM-DD`.
    pub fn value(mut self, value: &'a str) -> Self {
        self.values = vec![value];
        self
    }

    /// What is ticked.
    pub fn values(mut self, values: &[&'a str]) -> Self {
        self.values = values.to_vec();
        self
    }

    /// May be left empty; the legend says so.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// One of the radios must be chosen; the browser checks it too.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Side by side, where there is room; for two or three short choices.
    pub fn horizontal(mut self) -> Self {
        self.horizontal = true;
        self
    }

    /// Any attribute of the fieldset (`data-field`, `data-group`, `data-visible-when` …).
    pub fn wrapper(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.wrapper.add(name, value);
        self
    }

    fn checks(&self, kind: &'static str, choices: &[Choice<'_>]) -> Markup {
        let class = if kind == "radio" { "kern-form-check__radio" } else { "kern-form-check__checkbox" };
        let class = if self.error.is_some() { format!("{class} {class}--error") } else { class.to_owned() };
        html! {
            @for (number, choice) in choices.iter().enumerate() {
                // The first control has the id of the group, so that the list of faults can lead to it.
                @let id = if number == 0 { self.id.to_string() } else { format!("{}-{}", self.id, number + 1) };
                div.app-check {
                    div.kern-form-check {
                        input class=(class) id=(id) name=(self.name) type=(kind) value=(choice.value)
                            checked[self.values.contains(&choice.value)]
                            required[self.required && kind == "radio"]
                            aria-describedby=[choice.hint.map(|_| format!("{id}-hint"))];
                        label.kern-label for=(id) { (choice.label) }
                    }
                    (hint_line(&id, choice.hint))
                }
            }
        }
    }

    fn date(&self, lang: Lang) -> Markup {
        let mut given = self.values.first().copied().unwrap_or_default().splitn(3, '-');
        let (year, month, day) = (given.next(), given.next(), given.next());
        let part = |part: &'static str, label: &str, value: Option<&str>, token: u8, width: &str| {
            let id = if part == "day" { self.id.to_string() } else { format!("{}-{part}", self.id) };
            let error = if self.error.is_some() { " kern-form-input__input--error" } else { "" };
            html! {
                div.kern-form-input {
                    label.kern-label for=(id) { (label) }
                    input class={ "kern-form-input__input " (width) (error) } id=(id) type="text" inputmode="numeric"
                        data-part=(part) maxlength=(token) value=[value.filter(|it| !it.is_empty())]
                        aria-describedby=[described_by(&self.id, self.hint.is_some(), self.error.is_some())];
                }
            }
        };
        html! {
            (part("day", lang.pick("Tag", "Day"), day, 2, "kern-form-input__input--width-2"))
            (part("month", lang.pick("Monat", "Month"), month, 2, "kern-form-input__input--width-2"))
            (part("year", lang.pick("Jahr", "Year"), year, 4, "kern-form-input__input--width-4"))
        }
    }
}

impl Render for Group<'_> {
    fn render(&self) -> Markup {
        let mut around = Attributes::new();
        around.add(
            "class",
            if self.error.is_some() { "kern-fieldset kern-fieldset--error" } else { "kern-fieldset" },
        );
        around.maybe("aria-describedby", described_by(&self.id, self.hint.is_some(), self.error.is_some()));
        let body = match &self.content {
            Content::Radios(choices) => self.checks("radio", choices),
            Content::Checkboxes(choices) => self.checks("checkbox", choices),
            Content::Date(lang) => {
                around.add("data-widget", "date");
                self.date(*lang)
            }
            Content::Fields(fields) => fields.clone(),
        };
        let class = match self.content {
            Content::Date(_) => "kern-fieldset__body app-date",
            _ if self.horizontal => "kern-fieldset__body kern-fieldset__body--horizontal",
            _ => "kern-fieldset__body",
        };
        html! {
            (open("fieldset", &around.and(&self.wrapper)))
                legend.kern-label {
                    (self.legend)
                    @if self.optional { " " span.kern-label__optional { "(optional)" } }
                }
                (hint_line(&self.id, self.hint))
                div class=(class) { (body) }
                (error_line(&self.id, self.error))
            (close("fieldset"))
        }
    }
}

/// One of a few values.
pub fn radios<'a>(name: &'a str, legend: &'a str, choices: &'a [Choice<'a>]) -> Group<'a> {
    Group::new(Content::Radios(choices), name, legend)
}

/// Any of a few values.
pub fn checkboxes<'a>(name: &'a str, legend: &'a str, choices: &'a [Choice<'a>]) -> Group<'a> {
    Group::new(Content::Checkboxes(choices), name, legend)
}

/// A date in three parts, for dates that people know by heart; needs the form page's script.
pub fn date_parts<'a>(name: &'a str, legend: &'a str, lang: Lang) -> Group<'a> {
    Group::new(Content::Date(lang), name, legend)
}

/// Fields that belong together.
pub fn fieldset<'a>(name: &'a str, legend: &'a str, fields: impl Render) -> Group<'a> {
    Group::new(Content::Fields(fields.render()), name, legend)
}

/// Everything that is wrong in a form, each with a link to its field; nothing if nothing is wrong. Stands above the form.
pub fn error_summary<I: AsRef<str>, M: AsRef<str>>(lang: Lang, errors: &[(I, M)]) -> Markup {
    let title = match errors.len() {
        1 => {
            lang.pick("Eine Angabe fehlt oder passt nicht", "One entry is missing or does not fit").to_owned()
        }
        several => match lang {
            Lang::De => format!("{several} Angaben fehlen oder passen nicht"),
            Lang::En => format!("{several} entries are missing or do not fit"),
        },
    };
    html! {
        @if !errors.is_empty() {
            div class="kern-alert kern-alert--danger app-errors" role="alert" tabindex="-1" {
                div.kern-alert__header {
                    span class="kern-icon kern-icon--danger" aria-hidden="true" {}
                    h2.kern-title { (title) }
                }
                div.kern-alert__body {
                    ul.kern-list.kern-list--bullet {
                        @for (id, message) in errors {
                            li { a.kern-link href={ "#" (id.as_ref()) } { (message.as_ref()) } }
                        }
                    }
                }
            }
        }
    }
}
