//! Resident memory of the node's process, idle and at its highest under the delivery load.

use crate::{
    Outcome, Settings,
    delivery::Memory,
    look_up, machine,
    node::Site,
    table::{Figure, Promise, Table},
};
use std::time::Duration;

/// What a bare axum process needs.
pub async fn bare(settings: &Settings) -> Outcome<f64> {
    let site = Site::make(settings)?;
    std::fs::create_dir_all(site.data()).map_err(|it| it.to_string())?;
    let (process, _) = look_up::start_bare(&site, b"HTTP/1.1 200 OK\r\n\r\n").await?;
    tokio::time::sleep(Duration::from_millis(200)).await;
    Ok(machine::memory_of(process.id())?.0)
}

/// Adds both figures.
pub fn add(table: &mut Table, bare: f64, seen: Memory) {
    let mut add = |what: &str, measured, most| {
        table.figures.push(Figure {
            what: what.to_owned(),
            measured,
            unit: "MB",
            limit: bare,
            limit_is: "bare axum process",
            promise: Promise::AtMost(most),
        });
    };
    add("resident memory, idle", seen.idle, 60.0);
    add("resident memory, highest under the delivery load", seen.highest, 150.0);
}
