//! The snapshot of a version: which texts count, each with its hash.

use crate::model::{Import, KeptSet};
use rates::in_force;
use std::fmt::Write as _;

/// The snapshot of the version `at`, as a text that never changes. Each line names one thing, the version that brought
/// it, and the SHA-256 of its text, which can be fetched like the snapshot itself.
pub fn manifest(tenant: &str, versions: &[Import], sets: &[KeptSet], at: i64) -> String {
    let numbers: Vec<(i64, Option<i64>)> =
        versions.iter().filter_map(|it| Some((it.number?, it.undoes))).collect();
    let counting = in_force(&numbers, at);
    let made = versions.iter().find(|it| it.number == Some(at)).map_or(0, |it| it.made_at);
    let list: Vec<String> = counting.iter().map(i64::to_string).collect();
    let mut text = format!(
        "fachwerk rollout snapshot 1\ntenant {tenant}\nversion {at}\nmade {made}\nin-force {}\n",
        list.join(" ")
    );
    let mut kept: Vec<&KeptSet> = sets.iter().filter(|it| counting.contains(&it.number)).collect();
    kept.sort_by_key(|it| (&it.kind, &it.subject, it.number));
    for it in kept {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{} {} {} {} {}", it.kind, it.subject, it.number, it.lines, it.sha256);
    }
    text
}
