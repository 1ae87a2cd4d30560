//! The picture as text, JSON, CSV, and HTML to print.

mod csv;
mod html;
mod json;
mod text;

pub use csv::csv;
pub use html::html;
pub use json::json;
pub use text::text;

use crate::{Cluster, InputMap, Picture, Range, Row};

/// A potential, as `41–63 %`.
pub(crate) fn percent(low: f64, high: f64) -> String {
    let (low, high) = (format!("{low:.0}"), format!("{high:.0}"));
    if low == high { format!("{low} %") } else { format!("{low}–{high} %") }
}

/// A range within 0 and 1, as per cent.
pub(crate) fn range(range: Range) -> String {
    percent(range.low * 100.0, range.high * 100.0)
}

/// As of when a map is: its date, else its version.
pub(crate) fn as_of(map: &InputMap, german: bool) -> String {
    match (&map.date, &map.version) {
        (Some(date), _) => date.clone(),
        (None, Some(version)) if german => format!("Fassung {version}"),
        (None, Some(version)) => format!("version {version}"),
        (None, None) => if german { "ohne Stand" } else { "no date" }.to_owned(),
    }
}

/// The clusters of a list, by name; those behind the first `most` are counted.
pub(crate) fn names(picture: &Picture, clusters: &[usize], most: usize, german: bool) -> String {
    let named = clusters.iter().take(most).filter_map(|it| picture.clusters.get(*it));
    let mut text = named.map(|it| it.name.get(german)).collect::<Vec<_>>().join(", ");
    if clusters.len() > most {
        let more = clusters.len() - most;
        text.push_str(&if german { format!(" und {more} weitere") } else { format!(" and {more} more") });
    }
    text
}

/// The maps in which a cluster stands, by handle.
pub(crate) fn maps_of<'p>(picture: &'p Picture, cluster: &Cluster) -> Vec<&'p str> {
    let mut maps: Vec<usize> = cluster.members.iter().map(|it| it.map).collect();
    maps.dedup();
    maps.into_iter().map(|it| picture.handle(it)).collect()
}

/// What a row lacks, in words: nobody, or who is only planned or already retired.
pub(crate) fn nobody(picture: &Picture, row: &Row, german: bool) -> String {
    let mut text = if german { "niemand" } else { "nobody" }.to_owned();
    let lists = [(&row.planned, "geplant", "planned"), (&row.retired, "abgeschaltet", "retired")];
    for (list, de, en) in lists {
        if !list.is_empty() {
            let word = if german { de } else { en };
            text.push_str(&format!("; {word}: {}", names(picture, list, 5, german)));
        }
    }
    text
}
