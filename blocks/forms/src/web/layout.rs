//! The steps, groups and fields of a form as markup.

use form::{Choice, Field, Form, Group, Part, Step, Widget, Words};
use maud::{Markup, Render, html};
use serde_json::Value;
use ui::Shell;

/// What stands for the number of a repeated item; the script replaces it.
const NUMBERED: &str = "{n}";

/// All steps of a form, in order.
pub(super) fn steps(shell: &Shell, form: &Form) -> Markup {
    html! { @for step in &form.steps { (section(shell, form, step)) } }
}

fn section(shell: &Shell, form: &Form, step: &Step) -> Markup {
    let title = t(shell, &step.title);
    let short = step.short.as_ref().map_or(title, |it| t(shell, it));
    html! {
        section.app-form-step data-step=(step.id) data-title=(short) data-visible-when=[condition(step.visible_when.as_ref())] {
            h2.kern-heading-large { (title) }
            @for part in &step.parts { (of_step(shell, form, part)) }
        }
    }
}

fn of_step(shell: &Shell, form: &Form, part: &Part) -> Markup {
    match part {
        Part::Field(it) => field(shell, form, &it.at, it),
        Part::Group(it) => group(shell, form, it),
        Part::Heading(words) => ui::subheading(t(shell, words)),
        Part::Text(words) => html! { p.kern-body { (t(shell, words)) } },
    }
}

fn group(shell: &Shell, form: &Form, group: &Group) -> Markup {
    let limit = |keyword| form.keyword(&group.at, keyword).and_then(Value::as_u64);
    let item = t(shell, &group.item);
    let inner = html! {
        @for part in &group.parts {
            @match part {
                Part::Field(it) => (field(shell, form, &format!("{}/{{i}}{}", group.at, it.at), it)),
                other => (of_step(shell, form, other)),
            }
        }
    };
    let legend = format!("{item} {NUMBERED}");
    let items = html! {
        template data-group-item { (ui::fieldset("", &legend, inner).wrapper("data-item", "")) }
        div data-group-items {}
    };
    let mut all = ui::fieldset("", t(shell, &group.label), items)
        .hint(group.hint.as_ref().map_or("", |it| t(shell, it)))
        .wrapper("data-group", group.at.clone())
        .wrapper("data-min", limit("minItems").unwrap_or(0).to_string())
        .wrapper("data-max", limit("maxItems").unwrap_or(100).to_string())
        .wrapper("data-item-label", item.to_owned());
    if let Some(condition) = condition(group.visible_when.as_ref()) {
        all = all.wrapper("data-visible-when", condition);
    }
    all.render()
}

/// A field with its help; what hides one hides both.
fn field(shell: &Shell, form: &Form, pointer: &str, field: &Field) -> Markup {
    let shown = condition(field.visible_when.as_ref());
    let Some(help) = &field.help else { return control(shell, form, pointer, field, shown) };
    let about = html! { p.kern-body { (t(shell, help)) } };
    html! {
        div.app-stack data-visible-when=[shown] {
            (control(shell, form, pointer, field, None))
            (ui::details(shell.t("Mehr dazu", "More about this"), about))
        }
    }
}

fn control(shell: &Shell, form: &Form, pointer: &str, field: &Field, shown: Option<String>) -> Markup {
    let choices: Vec<ui::Choice<'_>> = field.options.iter().map(|it| choice(shell, it)).collect();
    let (label, optional) = (t(shell, &field.label), form.is_optional(pointer));
    let hint = field.hint.as_ref().map_or("", |it| t(shell, it));
    let group = match field.widget {
        Widget::Radios => Some(ui::radios(pointer, label, &choices)),
        Widget::Checkboxes => Some(ui::checkboxes(pointer, label, &choices)),
        Widget::Date => Some(ui::date_parts(pointer, label, shell.lang())),
        _ => None,
    };
    if let Some(mut group) = group {
        group = group.hint(hint).wrapper("data-field", pointer.to_owned());
        group = if optional { group.optional() } else { group };
        group = if let Some(shown) = shown { group.wrapper("data-visible-when", shown) } else { group };
        return group.render();
    }
    let mut one = match field.widget {
        Widget::Textarea => ui::textarea(pointer, label),
        Widget::Email => ui::email_field(pointer, label),
        Widget::Telephone => ui::telephone_field(pointer, label),
        Widget::Number => ui::number_field(pointer, label),
        Widget::Calendar => ui::date_field(pointer, label),
        Widget::Select => {
            ui::select(pointer, label, &choices).empty_choice(shell.t("Bitte auswählen", "Please choose"))
        }
        Widget::Checkbox => ui::checkbox(pointer, label),
        Widget::File => files(form, pointer, field, label),
        _ => ui::text_field(pointer, label),
    };
    one = one.hint(hint).wrapper("data-field", pointer.to_owned());
    // An unticked check box is an answer, so it is never called optional.
    one = if optional && field.widget != Widget::Checkbox { one.optional() } else { one };
    one = if let Some(shown) = shown { one.wrapper("data-visible-when", shown) } else { one };
    one = if let Some(width) = field.width { one.narrow(width) } else { one };
    one = if let Some(token) = &field.autocomplete { one.autocomplete(token) } else { one };
    if let Some(most) = form.keyword(pointer, "maxLength").and_then(Value::as_u64) {
        one = one.attribute("maxlength", most.to_string());
    }
    one.render()
}

fn files<'f>(form: &Form, pointer: &'f str, field: &Field, label: &'f str) -> ui::Field<'f> {
    let most = form.keyword(pointer, "maxItems").and_then(Value::as_u64).unwrap_or(1);
    let mut all = ui::file_field(pointer, label)
        .wrapper("data-widget", "file")
        .wrapper("data-max-files", most.to_string());
    if let Some(rule) = &field.file {
        let accepted = rule.mime_types.iter().chain(&rule.endings).map(String::as_str).collect::<Vec<_>>();
        all =
            all.wrapper("data-max-bytes", rule.max_bytes.to_string()).attribute("accept", accepted.join(","));
    }
    if most > 1 { all.attribute("multiple", "") } else { all }
}

fn choice<'c>(shell: &Shell, choice: &'c Choice) -> ui::Choice<'c> {
    let one = ui::Choice::new(&choice.value, t(shell, &choice.label));
    if let Some(hint) = &choice.hint { one.hint(t(shell, hint)) } else { one }
}

fn condition(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_string)
}

fn t<'w>(shell: &Shell, words: &'w Words) -> &'w str {
    words.get(shell.lang().tag())
}
