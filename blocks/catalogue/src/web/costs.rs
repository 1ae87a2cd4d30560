//! What a choice of elements costs a municipality, when, and on which assumptions; two scenarios beside each other.

mod form;
mod lines;
mod result;

use super::{
    frame::View,
    overlay::{Pairs, value, values},
};
use crate::operations::{Catalogue, Opened, municipality};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use costs::{Amount, DEFAULT_YEARS, Municipality, Pick, Question, Scenario};
use kernel::{
    Ctx, Lang, Result,
    http::{Path, Query},
};
use ui::{Shell, chart::Span, html, lead};

/// The two scenarios of the page: how their parameters are called.
const SCENARIOS: [&str; 2] = ["a", "b"];

/// What was asked, and the page that answers.
#[derive(Clone, Copy)]
struct Asked<'a> {
    view: View<'a>,
    pairs: &'a [(String, String)],
    /// The year of today.
    this_year: u16,
}

impl<'a> Asked<'a> {
    fn t<'t>(&self, de: &'t str, en: &'t str) -> &'t str {
        self.view.t(de, en)
    }

    fn value(&self, name: &str) -> &'a str {
        value(self.pairs, name)
    }

    /// Whether the form was sent, or this is the first look at it.
    fn sent(&self) -> bool {
        !self.value("asked").is_empty()
    }

    fn opened(&self) -> &'a Opened {
        self.view.opened
    }

    /// The municipality with what was said about it.
    fn municipality(&self) -> Option<Municipality> {
        let mut found = municipality(self.value("ars"))?;
        found.workplaces = self.value("workplaces").trim().parse().ok();
        let cases = self.pairs.iter().filter_map(|(name, value)| {
            Some((name.strip_prefix("case.")?.to_owned(), value.trim().parse().ok()?))
        });
        found.cases = cases.collect();
        Some(found)
    }

    fn question(&self, municipality: Municipality) -> Question {
        let number = |name: &str, usual| {
            let text = self.value(name).trim();
            if text.is_empty() { usual } else { text.parse().unwrap_or(0) }
        };
        Question {
            municipality,
            first_year: number("first", self.this_year),
            years: number("years", DEFAULT_YEARS),
        }
    }

    /// The elements ticked in a scenario.
    fn ticked(&self, scenario: &'a str) -> Vec<&'a str> {
        let mut ids: Vec<&str> = values(self.pairs, scenario).collect();
        let mut seen = std::collections::HashSet::new();
        ids.retain(|it| seen.insert(*it));
        ids
    }

    /// The elements ticked in a scenario, by any name for it.
    fn ticked_of(&self, scenario: &str) -> Vec<&'a str> {
        SCENARIOS.into_iter().filter(|it| *it == scenario).flat_map(|it| self.ticked(it)).collect()
    }

    /// A scenario as it was ticked.
    fn scenario(&self, scenario: &'a str, first_year: u16) -> Scenario {
        let map = &self.opened().index().map.head.id;
        let year = |part: &str, id: &str| self.value(&format!("{scenario}.{part}.{id}")).trim().parse().ok();
        let picks = self.ticked(scenario).into_iter().map(|id| Pick {
            map: map.clone(),
            element: id.to_owned(),
            from: year("from", id).unwrap_or(first_year),
            until: year("until", id),
        });
        Scenario { name: self.name(scenario), picks: picks.collect() }
    }

    /// What a scenario is called.
    fn name(&self, scenario: &str) -> String {
        let said = self.value(&format!("{scenario}.name")).trim();
        let usual = if scenario == "a" {
            self.t("Erstes Szenario", "First scenario")
        } else {
            self.t("Zweites Szenario", "Second scenario")
        };
        if said.is_empty() { usual.to_owned() } else { said.chars().take(100).collect() }
    }

    fn german(&self) -> bool {
        self.view.german()
    }
}

/// Money as a span of a chart, in cents.
fn span(amount: Amount) -> Span {
    let cents = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    Span { low: cents(amount.low), high: amount.top().map(cents) }
}

/// The form, and the answer once a municipality and an element are chosen.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let this_year = u16::try_from(crate::operations::this_year(&ctx)).unwrap_or(2026);
    let asked = Asked { view, pairs: &pairs, this_year };
    let offer = catalogue.offer(&opened).await?;
    let municipality = asked.municipality();
    let mut status = StatusCode::OK;
    let answer = match &municipality {
        Some(municipality) if asked.sent() && !asked.ticked("a").is_empty() => {
            let question = asked.question(municipality.clone());
            let one = asked.scenario("a", question.first_year);
            let other = (!asked.ticked("b").is_empty()).then(|| asked.scenario("b", question.first_year));
            match catalogue.reckon(&ctx, &opened, question, (one, other)).await {
                Ok(reckoning) => result::result(&asked, &reckoning),
                Err(error) => {
                    status = StatusCode::UNPROCESSABLE_ENTITY;
                    super::exchange::faults(&shell, &error)
                }
            }
        }
        _ => html! {},
    };
    let heading = match shell.lang() {
        Lang::De => "Was es kostet",
        Lang::En => "What it costs",
    };
    let page = view.page(heading, None, &html! {
        (lead(shell.t(
            "Wählen Sie Ihre Gemeinde und die Bausteine. Sie sehen, was Sie wann zahlen, mit Spannen und allen Annahmen. Wo keine Zahl bekannt ist, heißt es „mindestens“, und es steht da, was fehlt.",
            "Choose your municipality and the elements. You see what you pay and when, with ranges and every assumption. Where no figure is known it says “at least”, and what is missing.",
        )))
        (form::place(&asked, municipality.as_ref()))
        @if let Some(municipality) = &municipality {
            @let choice = form::choice(&asked, municipality, &offer);
            @if answer.0.is_empty() { (choice) }
            @else { div.app-no-print { (ui::details(shell.t("Auswahl ändern", "Change the choice"), choice)) } (answer) }
        }
    });
    Ok((status, page).into_response())
}
