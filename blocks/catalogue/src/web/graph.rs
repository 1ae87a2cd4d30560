//! Relations of an entry, as a small picture and as lists that say the same.

use super::frame::View;
use crate::rules::{BOX_HEIGHT, BOX_WIDTH, Picture, encode, picture};
use ports::catalogue::RelationView;
use ui::{Markup, code, html, link, note, subheading};

/// The picture; what it shows stands in the lists too.
pub(super) fn drawn(view: &View<'_>, name: &str, relations: &[RelationView]) -> Markup {
    let picture = picture(name, relations);
    // A side without neighbours is not drawn; a little room is for the lines at the edge.
    let (left, right) = (relations.iter().any(|it| it.incoming), relations.iter().any(|it| !it.incoming));
    let start = if left { 0 } else { picture.centre.0 };
    let end = if right { picture.width } else { picture.centre.0 + BOX_WIDTH };
    let size = format!("{} -2 {} {}", start - 2, end - start + 4, picture.height + 4);
    html! {
        svg.app-graph viewBox=(size) width="100%" role="img" aria-labelledby="graph-title" font-family="inherit" font-size="13" {
            title id="graph-title" {
                (view.t("Bild der Beziehungen von ", "Picture of the relations of ")) (name)
                (view.t(": links, was darauf verweist, rechts, worauf es verweist. Dasselbe steht darunter als Liste.", ": on the left what refers to it, on the right what it refers to. The same stands below as a list."))
            }
            (lines(&picture))
            (boxed(picture.centre, "", &picture.name, "2.5"))
            // A picture with a name is one thing for assistive programs; the links are in the list.
            @for arm in &picture.arms { (boxed(arm.at, &arm.relation, &arm.name, "1")) }
        }
        @if picture.more > 0 {
            (note(html! { (view.t("Nur in der Liste stehen weitere Beziehungen: ", "More relations stand in the list only: ")) (picture.more) "." }))
        }
    }
}

/// Lines with a dot at the end that is referred to.
fn lines(picture: &Picture) -> Markup {
    html! {
        @for arm in &picture.arms {
            @let ((near_x, near_y), (edge_x, edge_y)) = arm.line;
            line x1=(near_x) y1=(near_y) x2=(edge_x) y2=(edge_y) stroke="currentColor" stroke-width="1" {}
            @if arm.incoming { circle cx=(edge_x) cy=(edge_y) r="4" fill="currentColor" {} }
            @else { circle cx=(near_x) cy=(near_y) r="4" fill="currentColor" {} }
        }
    }
}

fn boxed((x, y): (i32, i32), relation: &str, name: &str, stroke: &str) -> Markup {
    let middle = x + BOX_WIDTH / 2;
    let baseline = if relation.is_empty() { y + BOX_HEIGHT / 2 + 5 } else { y + 36 };
    html! {
        rect x=(x) y=(y) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx="4" fill="none" stroke="currentColor" stroke-width=(stroke) {}
        @if !relation.is_empty() { text x=(middle) y=(y + 17) text-anchor="middle" fill="currentColor" font-size="11" { (relation) } }
        text x=(middle) y=(baseline) text-anchor="middle" fill="currentColor" font-weight="600" { (name) }
    }
}

/// The same as lists: what the entry says of others, and what others say of it.
pub(super) fn listed(view: &View<'_>, relations: &[RelationView]) -> Markup {
    let (incoming, outgoing): (Vec<_>, Vec<_>) = relations.iter().partition(|it| it.incoming);
    html! {
        @if !outgoing.is_empty() {
            (subheading(view.t("Worauf der Eintrag verweist", "What the entry refers to")))
            ul.kern-list { @for it in outgoing { li { (it.title) ": " (named(view, it)) } } }
        }
        @if !incoming.is_empty() {
            (subheading(view.t("Was auf den Eintrag verweist", "What refers to the entry")))
            ul.kern-list { @for it in incoming { li { (named(view, it)) " – " (it.title) " " (view.t("diesen Eintrag", "this entry")) } } }
        }
    }
}

fn named(view: &View<'_>, it: &RelationView) -> Markup {
    html! {
        @match &it.name {
            Some(name) => (link(&entry_path(view, &it.section, &it.id), name)),
            None => { (code(&it.id)) " " (view.t("(nicht in der Karte)", "(not in the map)")) }
        }
    }
}

fn entry_path(view: &View<'_>, section: &str, id: &str) -> String {
    view.opened.path(&format!("/{section}/{}", encode(id)))
}
