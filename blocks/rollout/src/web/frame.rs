//! What the pages share: the choice of base and day, addresses that keep it, words for figures.

use crate::{
    operations::{Chosen, Opened, Rollout},
    rules,
};
use kernel::{Ctx, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rates::{Level, Part, Rate, Share, Stage, Tally};
use serde::Deserialize;
use ui::{Choice, Markup, Shell, Tone, badge, button, date_field, format, html, note, row, select};

/// Whose roll-out, on which base and day, and which part of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub tenant: String,
    pub base: String,
    pub date: String,
    pub q: String,
    pub sort: String,
    pub state: String,
    pub offset: usize,
    pub limit: Option<usize>,
}

/// What a page is about.
pub(super) struct View<'s> {
    pub shell: &'s Shell,
    pub asked: Asked,
    pub opened: Opened,
    pub chosen: Chosen,
    pub bases: Vec<ports::rollout::BaseView>,
}

impl<'s> View<'s> {
    pub async fn new(rollout: &Rollout, ctx: &Ctx, shell: &'s Shell, asked: Asked) -> Result<Self> {
        let opened = rollout.open(ctx, Some(&asked.tenant)).await?;
        let chosen = opened.choose(ctx, &asked.base, &asked.date)?;
        let bases = opened.bases(ctx);
        Ok(Self { shell, asked, opened, chosen, bases })
    }

    pub fn t<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        self.shell.t(de, en)
    }

    /// An address of ours that keeps whose roll-out it is, the base and the day.
    pub fn path(&self, path: &str) -> String {
        let all = [("tenant", &self.asked.tenant), ("base", &self.asked.base), ("date", &self.asked.date)];
        let mut path = path.to_owned();
        for (name, value) in all.iter().filter(|it| !it.1.is_empty()) {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.push_str(&format!("{name}={}", encode(value)));
        }
        path
    }

    /// The form that chooses base and day; `more` are further fields.
    pub fn choice(&self, action: &str, more: &Markup) -> Markup {
        let bases: Vec<Choice<'_>> = self.bases.iter().map(|it| Choice::new(&it.name, &it.title)).collect();
        html! {
            form.app-form action=(action) method="get" {
                @if !self.asked.tenant.is_empty() { input type="hidden" name="tenant" value=(self.asked.tenant); }
                (row(html! {
                    (select("base", self.t("Basis", "Base"), &bases).value(self.chosen.base.name.as_str()))
                    (date_field("date", self.t("Stand", "As of")).value(self.chosen.day.to_string()))
                    (more)
                }))
                (row(button(self.t("Anzeigen", "Show")).secondary()))
            }
        }
    }

    /// The base in a sentence: what, as of when, from where.
    pub fn base_line(&self) -> Markup {
        let base = &self.chosen.base;
        note(html! {
            (self.t("Basis: ", "Base: ")) (base.title)
            @if let Some(date) = &base.date { (self.t(", Stand ", ", as of ")) (date) }
            @if let Some(source) = &base.source { " (" (source) ")" }
            ". " (self.t("Regionen: Stand ", "Regions as of ")) (self.opened.ready.world.territory.as_of())
            ". " (rules::FORMULA.get(self.shell.lang())) "."
        })
    }

    pub fn number(&self, value: impl TryInto<i64>) -> String {
        format::number(self.shell.lang(), value.try_into().unwrap_or(i64::MAX))
    }

    pub fn rate(&self, tally: &Tally) -> String {
        rules::percent(self.shell.lang(), Rate::of(tally))
    }

    /// The share of a part, where all authorities have a value.
    pub fn share(&self, part: Part, tally: &Tally) -> String {
        let all = tally.all();
        if all.without_value > 0 || all.amount == 0 {
            return "–".to_owned();
        }
        rules::percent(self.shell.lang(), Rate::Exact(Share { part: part.amount, whole: all.amount }))
    }
}

/// A level in a word.
pub(super) fn level(shell: &Shell, level: Level) -> &'static str {
    rules::level_word(level).get(shell.lang())
}

/// A stage in a word, with a sign beside the colour; nothing said is said.
pub(super) fn stage(shell: &Shell, stage: Option<Stage>) -> Markup {
    let Some(stage) = stage else { return html! { (shell.t("keine Angabe", "not stated")) } };
    let tone = match stage {
        Stage::Connected => Tone::Success,
        Stage::InProgress => Tone::Info,
        Stage::Planned => Tone::Warning,
        Stage::None => Tone::Danger,
    };
    badge(tone, shell.t(stage.german(), stage.english()))
}

/// A value in an address.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// Sorts by a key that may be `-name`.
pub(super) fn descending(sort: &str) -> (&str, bool) {
    sort.strip_prefix('-').map_or((sort, false), |it| (it, true))
}
