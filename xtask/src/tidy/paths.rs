//! Where a crate stands says what it may depend on.

use super::{files_with, read, short};
use crate::machine::root;
use std::collections::BTreeMap;

/// Role folder → roles it may depend on.
const LAW: &[(&str, &[&str])] = &[
    ("formats", &[]),
    ("kernel", &[]),
    ("ports", &["kernel"]),
    ("ui", &["kernel"]),
    ("engines", &["formats"]),
    ("blocks", &["kernel", "ports", "ui", "formats", "engines"]),
    ("adapters", &["kernel", "ports", "ui", "formats", "client"]),
    ("client", &["formats"]),
    ("desk", &["kernel", "ui", "client", "formats"]),
    ("testkit", &["kernel", "ports", "ui", "client"]),
    ("node", &["kernel", "ports", "ui", "formats", "engines", "blocks", "adapters", "client", "desk"]),
    ("bench", &["kernel", "ports", "ui", "formats", "engines", "blocks", "client", "desk", "node"]),
    ("fuzz", &["formats", "engines"]),
    ("xtask", &["formats"]),
];

/// Formats that other formats stand on ([decision 0012](../../../docs/decisions/0012-formats-on-a-tree.md)).
const GROUND: &[&str] = &["tree", "schema"];

/// Every dependency that the law does not allow.
pub fn broken() -> Vec<String> {
    let manifests: Vec<_> =
        files_with(&["Cargo.toml"]).into_iter().filter(|it| *it != root().join("Cargo.toml")).collect();
    let role_of = |path: &std::path::Path| short(path).split('/').next().unwrap_or_default().to_owned();
    let mut roles = BTreeMap::new();
    let mut faults = Vec::new();
    for path in &manifests {
        let Ok(manifest) = read(path).parse::<toml::Table>() else {
            faults.push(format!("{} cannot be read", short(path)));
            continue;
        };
        let name = manifest.get("package").and_then(|it| it.get("name")).and_then(toml::Value::as_str);
        let folder = path.parent().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
        if name.map(str::to_owned) != folder {
            faults.push(format!("{}: the crate is not named like its folder", short(path)));
        }
        faults.extend(lenient(&manifest).map(|it| format!("{}: {it}", short(path))));
        roles.insert(name.unwrap_or_default().to_owned(), (role_of(path), path, manifest));
    }
    for (name, (role, path, manifest)) in &roles {
        let Some((_, allowed)) = LAW.iter().find(|(it, _)| it == role) else {
            faults.push(format!("{}: the law knows no folder {role}", short(path)));
            continue;
        };
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let dependencies = manifest.get(section).and_then(toml::Value::as_table);
            for dependency in dependencies.into_iter().flat_map(|it| it.keys()) {
                let Some((other, ..)) = roles.get(dependency) else { continue };
                let ground = role == "formats" && GROUND.contains(&dependency.as_str());
                // Tests of an engine may get their maps by another one (decision 0016).
                let testing = section == "dev-dependencies"
                    && (other == "testkit"
                        || role == "node"
                        || role == "bench"
                        || (role == "engines" && other == "engines"));
                if !testing && !ground && !allowed.contains(&other.as_str()) {
                    faults.push(format!("{name} ({role}) must not depend on {dependency} ({other})"));
                }
            }
        }
    }
    faults
}

/// What is wrong with the lints of a crate. Crates take those of the workspace; a workspace of its own (`fuzz`, whose
/// tool does not belong into the product) cannot, so that it has to repeat them.
fn lenient(manifest: &toml::Table) -> Option<&'static str> {
    let lints = manifest.get("lints");
    if manifest.contains_key("workspace") {
        let house = read(&root().join("Cargo.toml")).parse::<toml::Table>().ok();
        let house = house.as_ref().and_then(|it| it.get("workspace")?.get("lints"));
        return (lints.is_none() || lints != house).then_some("the lints are not those of the house");
    }
    let inherited = lints.and_then(|it| it.get("workspace")).and_then(toml::Value::as_bool);
    (inherited != Some(true)).then_some("`[lints] workspace = true` is missing")
}
