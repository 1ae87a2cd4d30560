//! The shipped map over the 24 stacks, which lie beside the workspace. Where they are not, the test says so and does nothing.

use super::{cluster, joined, question};
use crate::{Axis, Map, Picture, Question, overlay, report};
use std::path::Path;

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    let name = |it: &Path| it.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|it| (name(it), std::fs::read(it).unwrap())).collect()
}

/// The shipped map, then the stacks by file name.
fn maps() -> Option<Vec<Map>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/stacks");
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let beside: Vec<_> =
        files(&folder.join("items")).into_iter().chain(files(&folder.join("layers"))).collect();
    let siblings: Vec<(&str, &[u8])> = beside.iter().map(|it| (it.0.as_str(), it.1.as_slice())).collect();
    let mut all = vec![landkarte::shipped().unwrap()];
    for (name, content) in files(&folder.join("stacks")) {
        all.push(maps::import::read(&name, &content, &siblings).unwrap().0);
    }
    Some(all)
}

#[test]
fn the_shipped_map_over_the_stacks() {
    let Some(maps) = maps() else { return };
    let picture = overlay(&question(&maps)).unwrap();
    let mut text = Vec::new();
    report::text(&picture, true, &mut text).unwrap();
    println!("{}", String::from_utf8(text).unwrap());
    for it in &picture.clusters { for l in &it.links { if l.confidence < 0.9 { println!("LINK {:.2} {} {} {}", l.confidence, l.one, l.other, l.evidence.iter().map(|it| it.reason.de.as_str()).collect::<Vec<_>>().join(" ")); } } }
    for it in &picture.clusters { if it.members.len()==1 { println!("ALONE {}", it.id); } }
    let _ = (joined(&picture), cluster(&picture, "deutschland-stack/produkt:bundid"), Axis::Layer);
    let _: Option<Question<'_>> = None; let _: Option<Picture> = None;
}
