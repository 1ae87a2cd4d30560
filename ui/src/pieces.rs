//! Small components: notices, badges, buttons, cards, and what else a page is made of.

use crate::tag::{Attributes, close, open};
use kernel::Lang;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// How something is meant; colour and icon follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// It failed, or it cannot be undone.
    Danger,
}

impl Tone {
    /// The word in class names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

fn icon(name: &str) -> Markup {
    html! { span class={ "kern-icon kern-icon--" (name) } aria-hidden="true" {} }
}

/// A notice with more than title and body; see [`alert`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Alert<'a> {
    tone: Tone,
    title: &'a str,
    body: Option<Markup>,
    heading: bool,
    live: bool,
}

impl<'a> Alert<'a> {
    /// A notice with a title.
    pub fn new(tone: Tone, title: &'a str) -> Self {
        Self { tone, title, body: None, heading: false, live: false }
    }

    /// A sentence or two.
    pub fn text(self, text: &str) -> Self {
        self.body(html! { p.kern-body { (text) } })
    }

    /// Anything.
    pub fn body(mut self, body: impl Render) -> Self {
        self.body = Some(body.render());
        self
    }

    /// The title is a heading of the second level, for notices that make a part of the page.
    pub fn heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Read aloud at once: the answer to what somebody has just done.
    pub fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// The notice as markup.
    pub fn done(self) -> Markup {
        self.render()
    }
}

impl Render for Alert<'_> {
    fn render(&self) -> Markup {
        let role = match (self.live, self.tone) {
            (false, _) => None,
            (true, Tone::Danger | Tone::Warning) => Some("alert"),
            (true, Tone::Info | Tone::Success) => Some("status"),
        };
        html! {
            div class={ "kern-alert kern-alert--" (self.tone.name()) } role=[role] {
                div.kern-alert__header {
                    (icon(self.tone.name()))
                    @if self.heading { h2.kern-title { (self.title) } } @else { p.kern-title { (self.title) } }
                }
                @if let Some(body) = &self.body { div.kern-alert__body { (body) } }
            }
        }
    }
}

/// A notice.
pub fn alert(tone: Tone, title: &str, body: impl Render) -> Markup {
    Alert::new(tone, title).body(body).done()
}

/// A state in a word or two. The colour never stands alone: the words say it too.
pub fn badge(tone: Tone, text: &str) -> Markup {
    html! {
        span class={ "kern-badge kern-badge--small kern-badge--" (tone.name()) } {
            (icon(tone.name()))
            span.kern-label { (text) }
        }
    }
}

/// A button, or a link that looks like one.
#[derive(Debug, Clone)]
#[must_use]
pub struct Button<'a> {
    element: &'static str,
    label: Cow<'a, str>,
    weight: &'static str,
    icon: Option<&'a str>,
    attributes: Attributes<'a>,
}

impl<'a> Button<'a> {
    /// The one thing to do on this page.
    pub fn primary(mut self) -> Self {
        self.weight = "primary";
        self
    }

    /// One of several things to do.
    pub fn secondary(mut self) -> Self {
        self.weight = "secondary";
        self
    }

    /// Like a link: the least weight.
    pub fn tertiary(mut self) -> Self {
        self.weight = "tertiary";
        self
    }

    /// An icon of KERN before the words (`download`, `search`, `add` …).
    pub fn icon(mut self, name: &'a str) -> Self {
        self.icon = Some(name);
        self
    }

    /// A name and value sent with the form.
    pub fn sends(self, name: &'a str, value: &'a str) -> Self {
        self.attribute("name", name).attribute("value", value)
    }

    /// Any other attribute (`data-copy`, `formaction` …).
    pub fn attribute(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes.add(name, value);
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let mut all = Attributes::new();
        all.add("class", format!("kern-btn kern-btn--{}", self.weight));
        html! {
            (open(self.element, &all.and(&self.attributes)))
            @if let Some(name) = self.icon { (icon(name)) }
            span.kern-label { (self.label) }
            (close(self.element))
        }
    }
}

/// A button that sends its form; the primary one unless it says otherwise.
pub fn button<'a>(label: impl Into<Cow<'a, str>>) -> Button<'a> {
    let mut attributes = Attributes::new();
    attributes.add("type", "submit");
    Button { element: "button", label: label.into(), weight: "primary", icon: None, attributes }
}

/// A link that looks like a button; a secondary one unless it says otherwise.
pub fn link_button<'a>(path: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Button<'a> {
    let mut attributes = Attributes::new();
    attributes.add("href", path);
    Button { element: "a", label: label.into(), weight: "secondary", icon: None, attributes }
}

/// A form that is only a button: something changes, so it is never a link. `hidden` are names and values sent with it.
pub fn post_button(action: &str, hidden: &[(&str, &str)], button: impl Render) -> Markup {
    html! {
        form.app-inline action=(action) method="post" {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (button)
        }
    }
}

/// A card; the whole card is the link if it has one.
#[derive(Debug, Clone)]
#[must_use]
pub struct Card<'a> {
    title: &'a str,
    body: Option<Markup>,
    path: Option<&'a str>,
    above: Option<&'a str>,
    foot: Option<Markup>,
    level: u8,
}

impl<'a> Card<'a> {
    /// A few words above the title.
    pub fn above(mut self, words: &'a str) -> Self {
        self.above = Some(words);
        self
    }

    /// A sentence or two.
    pub fn text(self, text: &str) -> Self {
        self.body(html! { p.kern-body { (text) } })
    }

    /// Anything.
    pub fn body(mut self, body: impl Render) -> Self {
        self.body = Some(body.render());
        self
    }

    /// Where the card leads.
    pub fn link(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Buttons at the end; not together with [`Card::link`].
    pub fn foot(mut self, foot: impl Render) -> Self {
        self.foot = Some(foot.render());
        self
    }

    /// The level of its heading, 2 or 3; 3 unless said.
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }
}

impl Render for Card<'_> {
    fn render(&self) -> Markup {
        let interactive = if self.path.is_some() { " kern-card--interactive" } else { "" };
        let title = html! {
            @match self.path {
                Some(path) => a.kern-link.kern-link--stretched.kern-link--no-visited-state href=(path) { (self.title) },
                None => (self.title),
            }
        };
        html! {
            article class={ "kern-card" (interactive) } {
                div.kern-card__container {
                    div.kern-card__header {
                        @if let Some(words) = self.above { p.kern-preline { (words) } }
                        @if self.level == 2 { h2.kern-title { (title) } } @else { h3.kern-title { (title) } }
                    }
                    @if let Some(body) = &self.body { div.kern-card__body { (body) } }
                    @if let Some(foot) = &self.foot { div.kern-card__footer { (foot) } }
                }
            }
        }
    }
}

/// A card with a title.
pub fn card(title: &str) -> Card<'_> {
    Card { title, body: None, path: None, above: None, foot: None, level: 3 }
}

/// Something that can be opened.
pub fn details(summary: &str, body: impl Render) -> Markup {
    html! {
        details.kern-accordion {
            summary.kern-accordion__header { span.kern-title.kern-title--small { (summary) } }
            section.kern-accordion__body { (body) }
        }
    }
}

/// What stands where there is nothing yet: why, and what to do.
pub fn empty_state(title: &str, text: &str, action: Option<Button<'_>>) -> Markup {
    html! {
        div.app-empty {
            p.kern-title { (title) }
            p.kern-body { (text) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// How far something is; without a value: it goes on. `id` must be unique on the page.
pub fn progress(id: &str, label: &str, value: Option<(u64, u64)>) -> Markup {
    html! {
        div.kern-progress {
            label.kern-label for=(id) { (label) }
            progress id=(id) max=[value.map(|it| it.1.max(1))] value=[value.map(|it| it.0)] {}
        }
    }
}

/// A search: one field and its button in a row; the words come as `q`. `more` is for hidden or further fields.
pub fn search_form(action: &str, field: impl Render, button: impl Render, more: impl Render) -> Markup {
    html! {
        form.app-search role="search" action=(action) method="get" {
            (more)
            (field)
            (button)
        }
    }
}

/// A value to copy; load the script `copy`. Without scripts the button stays hidden and the value can be marked.
pub fn copy_field(lang: Lang, id: &str, label: &str, value: &str) -> Markup {
    html! {
        div.kern-form-input.app-copy {
            label.kern-label for=(id) { (label) }
            div.app-copy__row {
                input.kern-form-input__input.app-code id=(id) type="text" value=(value) readonly;
                button.kern-btn.kern-btn--secondary type="button" data-copy={ "#" (id) } data-needs-script hidden
                    aria-label={ (lang.pick("Kopieren: ", "Copy: ")) (label) } {
                    (icon("content-copy"))
                    span.kern-label { (lang.pick("Kopieren", "Copy")) }
                }
            }
        }
    }
}

/// What somebody without scripts reads: why it does not work here, and what to do instead.
pub fn needs_script(lang: Lang, why: &str) -> Markup {
    html! {
        noscript {
            (Alert::new(Tone::Warning, lang.pick("Diese Seite braucht JavaScript", "This page needs JavaScript")).text(why))
        }
    }
}

/// Text as it is written in files and on the wire.
pub fn code(text: &str) -> Markup {
    html! { code.app-code { (text) } }
}
