//! The form: which maps, which rows, what counts how much.

use super::{HERE, value, values};
use crate::{names::may, operations::Catalogue};
use ::overlay::{Axis, PartKind, Weights};
use kernel::{Ctx, Result};
use ports::catalogue::Catalogue as _;
use ui::{
    Choice, Markup, Shell, button, checkboxes, code, file_field, grid, html, link, note, number_field, row,
    select,
};

/// The form, filled with what was asked.
pub(super) async fn form(
    catalogue: &Catalogue,
    ctx: &Ctx,
    shell: &Shell,
    pairs: &[(String, String)],
) -> Result<Markup> {
    let maps = catalogue.maps(ctx).await?;
    let named: Vec<(String, String)> = maps
        .iter()
        .map(|it| {
            let elements = super::super::frame::count(shell, it.elements);
            (it.id.clone(), format!("{} ({elements} {})", it.title, shell.t("Bausteine", "elements")))
        })
        .collect();
    let choices: Vec<Choice<'_>> = named.iter().map(|(id, label)| Choice::new(id, label)).collect();
    let ticked: Vec<&str> = values(pairs, "map").collect();
    let german = shell.lang() == kernel::Lang::De;
    let axes: Vec<Choice<'_>> = Axis::ALL.iter().map(|it| Choice::new(it.name(), it.title(german))).collect();
    let may_send = ctx.may(may::EDIT);
    Ok(html! {
        form.app-form action=(HERE) method=(if may_send { "post" } else { "get" }) enctype=[may_send.then_some("multipart/form-data")] {
            (checkboxes("map", shell.t("Karten", "Maps"), &choices).values(&ticked))
            @if may_send {
                (file_field("file", shell.t("Weitere Karten als Dateien", "Further maps as files")).attribute("multiple", "")
                    .hint(shell.t("Sie werden nicht aufbewahrt. Gelesen wird alles, was sich importieren lässt.", "They are not kept. Everything is read that can be imported.")).optional())
            }
            (select("by", shell.t("Zeilen der Übersicht", "Rows of the overview"), &axes).value(value(pairs, "by"))
                .empty_choice(shell.t("was zu den Karten passt", "what fits the maps")).optional())
            (weights(shell, pairs))
            (row(button(shell.t("Übereinanderlegen", "Lay over each other"))))
        }
        @if may_send {
            p.kern-body { (link(&format!("{HERE}/decisions"), shell.t("Entscheidungen darüber, was dasselbe ist", "Decisions about what is the same"))) }
        }
    })
}

/// One field a part, with the weight in force.
fn weights(shell: &Shell, pairs: &[(String, String)]) -> Markup {
    let german = shell.lang() == kernel::Lang::De;
    let shipped = Weights::shipped().ok();
    let shown = |kind: PartKind| {
        let asked = value(pairs, kind.name());
        let usual = || shipped.as_ref().map(|it| it.part(kind).to_string()).unwrap_or_default();
        if asked.is_empty() { usual() } else { asked.to_owned() }
    };
    html! {
        (ui::fieldset("weights", shell.t("Was wie viel zählt", "What counts how much"), html! {
            (grid(html! {
                @for kind in PartKind::ALL {
                    (number_field(kind.name(), kind.title(german)).value(shown(kind)).attribute("min", "0").attribute("max", "1000").attribute("step", "any").narrow(6))
                }
            }))
            (note(html! {
                (shell.t(
                    "0 lässt einen Teil weg. Die Gewichte hier sind ein Vorschlag des Programms und kein Beschluss. Die ganze Datei nehmen die Schnittstelle und ",
                    "0 leaves a part out. The weights here are the program's proposal and no decision of anybody. The whole file goes to the interface and to ",
                )) (code("fachwerk overlay --weights")) "."
            }))
        }))
    }
}
