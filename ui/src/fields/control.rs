//! Fields with one control.

use super::{described_by, error_line, hint_line, id_of};
use crate::tag::{Attributes, close, open};
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// One of several values to choose from.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// What it means, where the label does not say it.
    pub hint: Option<&'a str>,
}

impl<'a> Choice<'a> {
    /// A value and its label.
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: None }
    }

    /// Says what it means.
    #[must_use]
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }
}

#[derive(Debug, Clone)]
enum Control<'a> {
    Input(&'static str),
    Textarea { rows: u8 },
    Select { choices: &'a [Choice<'a>], empty: Option<&'a str> },
    Checkbox { checked: bool },
}

/// A field with one control; put it into a page as it is: `(ui::text_field("name", "Name").hint("…"))`.
#[derive(Debug, Clone)]
#[must_use]
pub struct Field<'a> {
    control: Control<'a>,
    name: &'a str,
    label: &'a str,
    id: Cow<'a, str>,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    value: Option<Cow<'a, str>>,
    optional: bool,
    narrow: Option<u8>,
    attributes: Attributes<'a>,
    wrapper: Attributes<'a>,
}

impl<'a> Field<'a> {
    fn new(control: Control<'a>, name: &'a str, label: &'a str) -> Self {
        Self {
            control,
            name,
            label,
            id: id_of(name).into(),
            hint: None,
            error: None,
            value: None,
            optional: false,
            narrow: None,
            attributes: Attributes::new(),
            wrapper: Attributes::new(),
        }
    }

    /// Another id than the one made of the name.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.id = id.into();
        self
    }

    /// What to write into it.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint).filter(|it| !it.is_empty());
        self
    }

    /// What is wrong with it and how to mend it; nothing if it is right.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// What stands in it (for a check box: what it sends).
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Must be filled; the browser checks it too.
    pub fn required(self) -> Self {
        self.attribute("required", "")
    }

    /// May be left empty; the label says so.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// What the browser may fill in (`given-name`, `email`, `off` …; HTML, section 4.10.18.7).
    pub fn autocomplete(self, token: &'a str) -> Self {
        self.attribute("autocomplete", token)
    }

    /// Room for two or four characters only.
    pub fn narrow(mut self, characters: u8) -> Self {
        self.narrow = Some(if characters <= 2 { 2 } else { 4 });
        self
    }

    /// The height of a text area.
    pub fn rows(mut self, lines: u8) -> Self {
        if let Control::Textarea { rows } = &mut self.control {
            *rows = lines;
        }
        self
    }

    /// Whether a check box is ticked.
    pub fn checked(mut self, ticked: bool) -> Self {
        if let Control::Checkbox { checked } = &mut self.control {
            *checked = ticked;
        }
        self
    }

    /// A first entry of a select that chooses nothing.
    pub fn empty_choice(mut self, label: &'a str) -> Self {
        if let Control::Select { empty, .. } = &mut self.control {
            *empty = Some(label);
        }
        self
    }

    /// Any other attribute of the control (`min`, `maxlength`, `data-places-url` …).
    pub fn attribute(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes.add(name, value);
        self
    }

    /// Any attribute of the element around label and control (`data-field`, `data-visible-when` …).
    pub fn wrapper(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.wrapper.add(name, value);
        self
    }

    fn control_attributes(&self, class: String) -> Attributes<'_> {
        let mut all = Attributes::new();
        all.add("class", class);
        all.add("id", self.id.as_ref());
        if !self.name.is_empty() {
            all.add("name", self.name);
        }
        all.maybe("aria-describedby", described_by(&self.id, self.hint.is_some(), self.error.is_some()));
        if self.error.is_some() {
            all.add("aria-invalid", "true");
        }
        all
    }

    fn label_line(&self) -> Markup {
        html! {
            label.kern-label for=(self.id) {
                (self.label)
                @if self.optional { " " span.kern-label__optional { "(optional)" } }
            }
        }
    }

    fn input(&self, kind: &'static str) -> Markup {
        let mut class = String::from("kern-form-input__input");
        if let Some(width) = self.narrow {
            class.push_str(if width == 2 {
                " kern-form-input__input--width-2"
            } else {
                " kern-form-input__input--width-4"
            });
        }
        if self.error.is_some() {
            class.push_str(" kern-form-input__input--error");
        }
        let mut all = self.control_attributes(class);
        all.add("type", kind);
        all.maybe("value", self.value.as_deref().filter(|it| !it.is_empty() && kind != "password"));
        open("input", &all.and(&self.attributes))
    }

    fn textarea(&self, rows: u8) -> Markup {
        let error = if self.error.is_some() { " kern-form-input__input--error" } else { "" };
        let mut all = self.control_attributes(format!("kern-form-input__input app-textarea{error}"));
        all.add("rows", rows.to_string());
        html! {
            // A browser swallows a line feed right after the tag; this one is for it.
            (open("textarea", &all.and(&self.attributes))) "\n" (self.value.as_deref().unwrap_or_default()) (close("textarea"))
        }
    }

    fn select(&self, choices: &[Choice<'_>], empty: Option<&str>) -> Markup {
        let error = if self.error.is_some() { " kern-form-input__select--error" } else { "" };
        let all = self.control_attributes(format!("kern-form-input__select{error}"));
        html! {
            div.kern-form-input__select-wrapper {
                (open("select", &all.and(&self.attributes)))
                @if let Some(label) = empty { option value="" { (label) } }
                @for choice in choices {
                    option value=(choice.value) selected[self.value.as_deref() == Some(choice.value)] { (choice.label) }
                }
                (close("select"))
            }
        }
    }

    fn render_checkbox(&self, checked: bool) -> Markup {
        let error = if self.error.is_some() { " kern-form-check__checkbox--error" } else { "" };
        let mut all = self.control_attributes(format!("kern-form-check__checkbox{error}"));
        all.add("type", "checkbox");
        all.add("value", self.value.as_deref().unwrap_or("true"));
        all.flag("checked", checked);
        let mut around = Attributes::new();
        around.add(
            "class",
            if self.error.is_some() { "app-check kern-form-check--error" } else { "app-check" },
        );
        html! {
            (open("div", &around.and(&self.wrapper)))
                div.kern-form-check {
                    (open("input", &all.and(&self.attributes)))
                    (self.label_line())
                }
                (hint_line(&self.id, self.hint))
                (error_line(&self.id, self.error))
            (close("div"))
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let control = match self.control {
            Control::Checkbox { checked } => return self.render_checkbox(checked),
            Control::Input(kind) => self.input(kind),
            Control::Textarea { rows } => self.textarea(rows),
            Control::Select { choices, empty } => self.select(choices, empty),
        };
        let mut around = Attributes::new();
        around.add(
            "class",
            if self.error.is_some() { "kern-form-input kern-form-input--error" } else { "kern-form-input" },
        );
        html! {
            (open("div", &around.and(&self.wrapper)))
                (self.label_line())
                (hint_line(&self.id, self.hint))
                (control)
                (error_line(&self.id, self.error))
            (close("div"))
        }
    }
}

/// One line of text.
pub fn text_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("text"), name, label)
}

/// An e-mail address.
pub fn email_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("email"), name, label).attribute("spellcheck", "false")
}

/// A telephone number.
pub fn telephone_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("tel"), name, label)
}

/// A number. A text field with a number pad: spinning wheels change numbers nobody meant to change.
pub fn number_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("text"), name, label).attribute("inputmode", "decimal")
}

/// A date by the browser's calendar; the value is `YYYY-MM-DD`. For dates known by heart see [`crate::date_parts`].
pub fn date_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("date"), name, label)
}

/// A secret; what stands in it is never written back into a page.
pub fn password_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("password"), name, label)
}

/// Words to search for.
pub fn search_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("search"), name, label)
}

/// A file; `.attribute("accept", "application/pdf,.pdf")`.
pub fn file_field<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Input("file"), name, label)
}

/// Several lines of text.
pub fn textarea<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Textarea { rows: 5 }, name, label)
}

/// One of many values.
pub fn select<'a>(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Field<'a> {
    Field::new(Control::Select { choices, empty: None }, name, label)
}

/// Yes or no; sends `true` if it is ticked, unless [`Field::value`] says otherwise.
pub fn checkbox<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field::new(Control::Checkbox { checked: false }, name, label)
}
