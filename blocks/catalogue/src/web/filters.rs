//! The filters of the map and of the list.

use super::frame::View;
use crate::rules::{Facet, Line};
use landkarte::{Key, Section, Shape, UNKNOWN, key};
use ports::catalogue::Wanted;
use ui::{Choice, Markup, button, details, grid, html, link_button, row, search_field, select};

/// A list of more choices than these helps nobody; the search does.
const MOST_CHOICES: usize = 400;

/// The form; `action` is the page itself.
pub(super) fn filters(view: &View<'_>, section: Section, wanted: &Wanted, action: &str) -> Markup {
    let elements = section == Section::Elements;
    let more = html! {
        (facet(view, section, "field", &wanted.field, |it| it.field.as_deref()))
        @if elements {
            (facet(view, section, "layer", &wanted.layer, |it| it.layer.as_deref()))
            (facet(view, section, "kind", &wanted.kind, |it| it.kind.as_deref()))
            (facet(view, section, "lifecycle", &wanted.lifecycle, |it| it.lifecycle.as_deref()))
        }
        (facet(view, section, "obligation", &wanted.obligation, |it| it.obligation.as_deref()))
        @if elements {
            (entries(view, "capability", Section::Capabilities, &wanted.capability))
            (entries(view, "standard", Section::Standards, &wanted.standard))
        }
    };
    let used = [
        &wanted.field,
        &wanted.layer,
        &wanted.kind,
        &wanted.lifecycle,
        &wanted.obligation,
        &wanted.capability,
        &wanted.standard,
    ];
    let open = used.iter().any(|it| !it.is_empty());
    html! {
        form.app-stack role="search" method="get" action=(action) {
            @if !wanted.sort.is_empty() { input type="hidden" name="sort" value=(wanted.sort); }
            (search_field("q", view.t("Wörter in Name, Beschreibung oder Schlagwort", "Words in name, description or tag")).value(wanted.q.as_str()))
            @if open { (grid(more)) } @else { (details(view.t("Weitere Filter", "More filters"), grid(more))) }
            (row(html! {
                (button(view.t("Anzeigen", "Show")).icon("search"))
                @if open || !wanted.q.is_empty() { (link_button(action, view.t("Filter aufheben", "Clear filter")).tertiary()) }
            }))
        }
    }
}

/// A filter by what the lines say; `unknown` for those of which nothing is said.
fn facet(
    view: &View<'_>,
    section: Section,
    name: &str,
    chosen: &str,
    of: impl Fn(&Line) -> Option<&str>,
) -> Markup {
    let index = view.opened.index();
    let mut facets = index.facets(section, &of);
    if name == "layer" {
        with_layers_above(view, &mut facets);
    }
    let silent = index.lines(section).iter().filter(|it| of(it).is_none()).count();
    let mut labels: Vec<(String, String)> = facets
        .iter()
        .take(MOST_CHOICES)
        .map(|it| (it.value.clone(), format!("{} ({})", title_of(view, section, name, &it.value), it.count)))
        .collect();
    if silent > 0 && !facets.is_empty() {
        let words = view.t("nicht angegeben", "not stated");
        labels.push((UNKNOWN.to_owned(), format!("{words} ({silent})")));
    }
    let label = key(section, name).map_or(name, |it| it.title(view.german()));
    html! { @if !facets.is_empty() { (choices(view, name, label, labels, chosen)) } }
}

/// Groups count for the layers that they are part of, so those can be chosen too.
fn with_layers_above(view: &View<'_>, facets: &mut Vec<Facet>) {
    let index = view.opened.index();
    let tops = index.map.entries(Section::Layers).iter().filter_map(|layer| {
        let inside = index.at_or_below(Section::Layers, &layer.id);
        let count = facets.iter().filter(|it| inside.contains(it.value.as_str())).map(|it| it.count).sum();
        (count > 0).then(|| Facet { value: layer.id.clone(), count })
    });
    *facets = tops.take(MOST_CHOICES).collect();
}

/// A filter by the entries of a section that elements refer to.
fn entries(view: &View<'_>, name: &str, section: Section, chosen: &str) -> Markup {
    let index = view.opened.index();
    let used = index.map.entries(section).iter().filter(|entry| {
        section == Section::Capabilities
            || index.incoming(section, &entry.id).any(|it| it.from.0 == Section::Elements)
    });
    let labels: Vec<(String, String)> =
        used.take(MOST_CHOICES).map(|it| (it.id.clone(), it.title(view.german()).to_owned())).collect();
    let label = match section {
        Section::Capabilities => view.t("Dient der Fähigkeit", "Serves the capability"),
        _ => view.t("Nutzt den Standard", "Uses the standard"),
    };
    html! { @if !labels.is_empty() { (choices(view, name, label, labels, chosen)) } }
}

fn choices(
    view: &View<'_>,
    name: &str,
    label: &str,
    mut labels: Vec<(String, String)>,
    chosen: &str,
) -> Markup {
    if !chosen.is_empty() && labels.iter().all(|it| it.0 != chosen) {
        labels.push((chosen.to_owned(), chosen.to_owned()));
    }
    let choices: Vec<Choice<'_>> = labels.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! { (select(name, label, &choices).value(chosen).empty_choice(view.t("alle", "all"))) }
}

/// What a value is called: the name of a layer or field, the title of a word.
pub(super) fn title_of(view: &View<'_>, section: Section, name: &str, value: &str) -> String {
    let german = view.german();
    let named = |to: Section| view.opened.index().name(to, value, german).to_owned();
    match name {
        "layer" => named(Section::Layers),
        "field" => named(Section::Fields),
        _ => word(key(section, name), value, german),
    }
}

/// The title of a word of the vocabulary, where it may be inside a record.
fn word(key: Option<&Key>, value: &str, german: bool) -> String {
    let choices = key.into_iter().flat_map(|it| match &it.shape {
        Shape::OneOf(choices) => *choices,
        Shape::Record(parts) => parts
            .iter()
            .find_map(|it| match &it.shape {
                Shape::OneOf(choices) => Some(*choices),
                _ => None,
            })
            .unwrap_or(&[]),
        _ => &[],
    });
    let found = choices.into_iter().find(|it| it.name == value);
    found.map_or(value, |it| if german { it.de } else { it.en }).to_owned()
}
