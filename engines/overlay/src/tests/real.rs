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

fn reasons(picture: &Picture, reference: &str) -> Vec<String> {
    let links = &cluster(picture, reference).links;
    links.iter().flat_map(|it| &it.evidence).map(|it| it.reason.de.clone()).collect()
}

/// Counted and compared by eye in the published files.
#[test]
fn the_shipped_map_over_the_stacks() {
    let Some(maps) = maps() else { return };
    let picture = overlay(&question(&maps)).unwrap();
    assert_eq!(picture.maps.iter().map(|it| it.elements).sum::<usize>(), 173 + 336);
    // Kubernetes stands in 18 of the stacks (by the ids of their items) and in the shipped map.
    let kubernetes = cluster(&picture, "deutschland-stack/tile:kubernetes");
    assert_eq!((kubernetes.rank, kubernetes.members.len(), kubernetes.maps()), (1, 19, 19));
    assert!(reasons(&picture, "germany/kubernetes").contains(&"Beide heißen „Kubernetes“.".to_owned()));
    // All 128 tiles of the official map are in the unofficial German stack.
    let german = |it: &&Vec<&str>| it.iter().any(|it| it.starts_with("germany/"));
    let joined = joined(&picture);
    let of_germany: Vec<&Vec<&str>> = joined.iter().filter(german).collect();
    assert_eq!(of_germany.len(), 128);
    assert!(of_germany.iter().all(|it| it[0].starts_with("deutschland-stack/tile:")));
    // The name of one has an abbreviation that the other has not.
    let scs = cluster(&picture, "deutschland-stack/plattform:scs");
    assert_eq!(scs.members[1].reference, "eu-cloud-sovereignty-framework/sovereign-cloud-stack");
    assert!((scs.confidence - 0.8).abs() < 1e-9);
    // What only Germany has.
    for alone in ["produkt:bundid", "produkt:fit-connect", "basisdienst:postfach"] {
        assert_eq!(cluster(&picture, &format!("deutschland-stack/{alone}")).members.len(), 1, "{alone}");
    }
    // The German stack gives the vector database Milvus another licence than the official map.
    let milvus = cluster(&picture, "germany/milvus");
    assert_eq!(milvus.contradictions.len(), 1);
    let said: Vec<&str> = milvus.contradictions[0].statements.iter().map(|it| it.value.en.as_str()).collect();
    assert_eq!(said, ["Apache-2.0", "AGPL-3.0"]);
}

#[test]
fn the_shipped_map_over_the_stacks_by_layer_and_capability() {
    let Some(maps) = maps() else { return };
    let picture = overlay(&question(&maps)).unwrap();
    assert_eq!(picture.by(), Axis::Layer);
    let gaps: Vec<&str> = picture.matrix.gaps().map(|it| it.title.de.as_str()).collect();
    assert!(gaps.contains(&"Strategie, Architektur und Governance"), "{gaps:?}");
    assert_eq!(picture.matrix.unplaced.len(), 0);
    let by = Some(Axis::Capability);
    let picture = overlay(&Question { by, ..question(&maps) }).unwrap();
    assert_eq!(picture.matrix.rows.len(), 23);
    let row = |title: &str| picture.matrix.rows.iter().find(|it| it.title.en == title).unwrap();
    assert!(row("Authentication").is_crowded());
    assert!(row("Consent").is_gap());
    for german in [true, false] {
        let mut text = Vec::new();
        report::text(&picture, german, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let long: Vec<&str> = text.lines().filter(|it| it.chars().count() > 100).collect();
        assert_eq!(long, [""; 0]);
    }
}
