//! The board's table: what is agreed, proven, missing or expired for each element.

use super::{
    frame::{View, count},
    overlay::{Pairs, value},
};
use crate::operations::Catalogue;
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use landkarte::Section;
use maps::{DUTY_MONTHS, Duty, DutyLine, DutyRow, DutyTable, Standing};
use ui::{
    Cell, Choice, Column, Markup, Paging, Shell, Table, Tone, badge, button, empty_state, grid, html, lead,
    link, note, number_field, pagination, row, search_field, select,
};

/// How many elements stand on a page.
const PAGE: usize = 50;

/// Which elements are looked for.
struct Filter<'f> {
    words: String,
    duty: Option<Duty>,
    standing: Option<Standing>,
    months: Option<u16>,
    pairs: &'f [(String, String)],
}

impl<'f> Filter<'f> {
    fn of(pairs: &'f [(String, String)]) -> Self {
        Self {
            words: places::fold(value(pairs, "q")),
            duty: Duty::ALL.into_iter().find(|it| it.name() == value(pairs, "duty")),
            standing: Standing::ALL.into_iter().find(|it| it.name() == value(pairs, "standing")),
            months: value(pairs, "months").trim().parse().ok(),
            pairs,
        }
    }

    fn fits(&self, it: &DutyRow) -> bool {
        let text = places::fold(&format!("{} {} {}", it.element, it.title_de, it.title_en));
        let stands = |line: &DutyLine| {
            self.duty.is_none_or(|it| it == line.duty) && self.standing.is_none_or(|it| it == line.standing)
        };
        self.words.split(' ').all(|it| text.contains(it)) && it.lines.iter().any(stands)
    }
}

/// All duties of all elements, filtered.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let filter = Filter::of(&pairs);
    let duties = catalogue.duties(&ctx, &opened, filter.months).await?;
    let found: Vec<&DutyRow> = duties.rows.iter().filter(|it| filter.fits(it)).collect();
    let offset: usize = value(&pairs, "offset").parse().unwrap_or(0);
    let wide = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: wide(offset), limit: wide(PAGE), total: wide(found.len()) };
    let page: Vec<&DutyRow> = found.iter().skip(offset).take(PAGE).copied().collect();
    Ok(view.page(shell.t("Pflichten im Betrieb", "Duties of operation"), None, &html! {
        (lead(shell.t(
            "Was für jeden Baustein vereinbart, belegt, abgelaufen oder gar nicht geregelt ist. Eine Angabe ohne Nachweis ist „vereinbart“, mehr nicht.",
            "What is agreed, proven, expired or not settled at all for each element. A statement without evidence is “agreed”, and no more.",
        )))
        (counts(&view, &duties))
        (form(&view, &filter))
        p.kern-body role="status" { (count(&shell, found.len())) " " (shell.t("Bausteine", "elements")) }
        @if found.is_empty() {
            (empty_state(shell.t("Kein Baustein passt", "No element fits"), shell.t("Nehmen Sie einen Filter weg.", "Take a filter away."), None))
        } @else if let Some(duty) = filter.duty { (one_duty(&view, duty, &page)) (pagination(&shell, paging)) }
        @else { (all_duties(&view, &page)) (pagination(&shell, paging)) }
        @if duties.left_out > 0 {
            (note(html! { (count(&shell, duties.left_out)) " " (shell.t("Bausteine der Art Standard sind nicht dabei: Einen Standard betreibt niemand.", "elements of the kind standard are left out: nobody operates a standard.")) }))
        }
    }))
}

/// How many elements stand how, duty by duty.
fn counts(view: &View<'_>, duties: &DutyTable) -> Markup {
    let titles = Standing::ALL.map(|it| it.title(view.german()));
    let columns = std::iter::once(Column::new(view.t("Pflicht", "Duty")))
        .chain(titles.iter().map(|it| Column::new(it).numeric()));
    let rows = duties.counts.iter().map(|it| {
        let path = view.shell.here_with(&[("duty", it.duty.name()), ("offset", "0")]);
        let head = link(&path, it.duty.title(view.german()));
        let numbers = Standing::ALL.map(|standing| html! { (count(view.shell, it.of(standing))) });
        std::iter::once(head).chain(numbers).collect::<Vec<_>>()
    });
    let caption = view.t("Wie viele Bausteine wie dastehen", "How many elements stand how");
    let table = Table::new(caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

fn form(view: &View<'_>, filter: &Filter<'_>) -> Markup {
    let german = view.german();
    let duties: Vec<Choice<'_>> =
        Duty::ALL.iter().map(|it| Choice::new(it.name(), it.title(german))).collect();
    let standings: Vec<Choice<'_>> =
        Standing::ALL.iter().map(|it| Choice::new(it.name(), it.title(german))).collect();
    let months = filter.months.unwrap_or(DUTY_MONTHS).to_string();
    html! {
        form.app-stack role="search" method="get" action=(view.opened.path("/duties")) {
            (grid(html! {
                (search_field("q", view.t("Baustein", "Element")).value(value(filter.pairs, "q")))
                (select("duty", view.t("Pflicht", "Duty"), &duties).value(value(filter.pairs, "duty")).empty_choice(view.t("alle", "all")))
                (select("standing", view.t("Wie sie steht", "How it stands"), &standings).value(value(filter.pairs, "standing")).empty_choice(view.t("alles", "everything")))
                (number_field("months", view.t("So viele Monate zählt ein erprobter Ausstieg", "For so many months a tested exit counts")).value(months).attribute("min", "1").attribute("max", "1200").narrow(6))
            }))
            (row(button(view.t("Anzeigen", "Show"))))
        }
    }
}

/// How a duty stands, in colour and in a word.
fn standing(view: &View<'_>, line: &DutyLine) -> Markup {
    let tone = match line.standing {
        Standing::Proven => Tone::Success,
        Standing::Agreed => Tone::Info,
        Standing::Expired | Standing::Unknown => Tone::Warning,
        Standing::Missing => Tone::Danger,
    };
    badge(tone, line.standing.title(view.german()))
}

fn named(view: &View<'_>, it: &DutyRow) -> Cell {
    link(&view.path(Section::Elements, &it.element), view.t(&it.title_de, &it.title_en))
}

/// Elements against duties.
fn all_duties<'a>(view: &View<'a>, rows: &[&DutyRow]) -> Table<'a> {
    let columns = std::iter::once(Column::new(view.t("Baustein", "Element")))
        .chain(Duty::ALL.into_iter().map(|it| Column::new(it.title(view.german()))));
    let rows = rows.iter().map(|it| {
        let cells = it.lines.iter().map(|line| standing(view, line));
        std::iter::once(named(view, it)).chain(cells).collect::<Vec<_>>()
    });
    Table::new(view.t("Bausteine und Pflichten", "Elements and duties"), columns)
        .rows(rows.collect::<Vec<_>>())
}

/// One duty of every element, with what is said and who says it.
fn one_duty<'a>(view: &View<'a>, duty: Duty, rows: &[&DutyRow]) -> Table<'a> {
    let unknown = view.t("nicht angegeben", "not stated");
    let columns = [
        Column::new(view.t("Baustein", "Element")),
        Column::new(view.t("Wie sie steht", "How it stands")),
        Column::new(view.t("In Worten", "In words")),
        Column::new(view.t("Stand", "As of")),
        Column::new(view.t("Gilt bis", "Holds until")),
        Column::new(view.t("Quelle", "Source")),
    ];
    let rows = rows.iter().filter_map(|it| {
        let line = it.lines.iter().find(|it| it.duty == duty)?;
        let source = if view.german() { &line.source_de } else { &line.source_en };
        let source = source.as_deref().unwrap_or(unknown);
        let web = line.url.as_deref().filter(|it| it.starts_with("https://") || it.starts_with("http://"));
        Some(vec![
            named(view, it),
            standing(view, line),
            html! { (line.wording(view.german())) },
            html! { (line.date.as_deref().unwrap_or(unknown)) },
            html! { (line.until.as_deref().unwrap_or(unknown)) },
            html! { @match web { Some(url) => (link(url, source)), None => (source) } },
        ])
    });
    Table::new(duty.title(view.german()), columns).rows(rows.collect::<Vec<_>>())
}
