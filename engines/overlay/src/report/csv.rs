//! The ranked list as CSV, one line a cluster.

use super::maps_of;
use crate::{Cluster, PartKind, Picture};
use spreadsheet::guarded;
use std::io::{self, Write};

/// Writes the ranked list as CSV (RFC 4180, UTF-8, commas, decimal points): one line a cluster, with its range, its parts, its maps, its
/// elements and the reasons why they are the same. No spreadsheet takes a cell for a formula.
///
/// # Errors
/// When it cannot be written.
pub fn csv(picture: &Picture, german: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    let mut head: Vec<String> =
        ["rank", "name", "low_percent", "high_percent", "middle_percent"].map(str::to_owned).into();
    for kind in PartKind::ALL {
        head.push(format!("{}_low", kind.name()));
        head.push(format!("{}_high", kind.name()));
    }
    head.extend(
        ["map_count", "maps", "elements", "confidence", "reasons", "rows", "contradictions", "versions"]
            .map(str::to_owned),
    );
    writer.write_record(&head)?;
    for cluster in &picture.clusters {
        writer.write_record(line(picture, cluster, german))?;
    }
    writer.flush()
}

fn line(picture: &Picture, cluster: &Cluster, german: bool) -> Vec<String> {
    let potential = &cluster.potential;
    let mut line = vec![
        cluster.rank.to_string(),
        guarded(cluster.name.get(german)).into_owned(),
        format!("{:.1}", potential.low),
        format!("{:.1}", potential.high),
        format!("{:.1}", potential.middle()),
    ];
    for kind in PartKind::ALL {
        let range = potential.part(kind).map(|it| it.range);
        line.push(range.map_or_else(String::new, |it| format!("{:.3}", it.low)));
        line.push(range.map_or_else(String::new, |it| format!("{:.3}", it.high)));
    }
    let joined =
        |each: &mut dyn Iterator<Item = &str>| guarded(&each.collect::<Vec<_>>().join(" | ")).into_owned();
    line.push(cluster.maps().to_string());
    line.push(joined(&mut maps_of(picture, cluster).into_iter()));
    line.push(joined(&mut cluster.members.iter().map(|it| it.reference.as_str())));
    line.push(format!("{:.2}", cluster.confidence));
    let reasons = cluster.links.iter().filter_map(|it| it.evidence.first()).map(|it| it.reason.get(german));
    let mut reasons: Vec<&str> = reasons.collect();
    let mut seen: Vec<&str> = Vec::new();
    reasons.retain(|it| {
        !seen.contains(it) && {
            seen.push(it);
            true
        }
    });
    line.push(joined(&mut reasons.into_iter()));
    let rows = cluster.rows.iter().filter_map(|it| picture.matrix.rows.get(*it));
    line.push(joined(&mut rows.map(|it| it.title.get(german))));
    line.push(joined(&mut cluster.contradictions.iter().map(|it| it.title.get(german))));
    let versions: Vec<String> =
        cluster.versions.iter().map(|it| format!("{}: {}", picture.handle(it.map), it.version)).collect();
    line.push(joined(&mut versions.iter().map(String::as_str)));
    line
}
