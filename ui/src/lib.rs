#![doc = include_str!("../README.md")]

pub mod assets;
pub mod chart;
mod failure;
mod fields;
pub mod format;
mod frame;
mod gallery;
pub mod germany;
mod lists;
mod outlines;
mod pieces;
mod shell;
mod site;
mod table;
mod tag;
mod text;

#[cfg(test)]
mod tests;

pub use failure::error_page;
pub use fields::{
    Choice, Field, Group, checkbox, checkboxes, date_field, date_parts, email_field, error_summary, fieldset,
    file_field, number_field, password_field, radios, search_field, select, telephone_field, text_field,
    textarea,
};
pub use gallery::gallery;
pub use lists::{
    Paging, Step, Task, breadcrumb, check_list, description_list, pagination, stepper, tabs, task_list,
    timeline,
};
pub use maud::{Markup, PreEscaped, html};
pub use pieces::{
    Alert, Button, Card, Tone, alert, badge, button, card, code, copy_field, details, empty_state,
    link_button, needs_script, post_button, progress, search_form,
};
pub use shell::{Page, Shell};
pub use site::{CONTENT_SECURITY_POLICY, Link, Site};
pub use table::{Cell, Column, Order, Table};
pub use text::{
    confirm_page, grid, heading, hero, lead, link, note, paragraph, row, section, subheading, title,
};
