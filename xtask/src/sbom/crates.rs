//! What Cargo links into the binary: the normal dependencies of `node` on this platform, without procedural macros.

use super::{ByPurl, Maker, Part, hex, person};
use crate::machine::root;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// Every crate of others, and the package URLs of those that our own crates name.
pub fn linked() -> Result<(Vec<Part>, Vec<String>), String> {
    let metadata = metadata()?;
    let packages: ByPurl<&Value> =
        list(&metadata, "packages").iter().map(|it| (text(it, "id"), it)).collect();
    let nodes: ByPurl<&Value> = metadata
        .get("resolve")
        .map(|it| list(it, "nodes"))
        .unwrap_or_default()
        .iter()
        .map(|it| (text(it, "id"), it))
        .collect();
    let start = packages.iter().find(|(_, it)| it["name"] == "node" && it["source"].is_null());
    let start = start.map(|it| it.0.clone()).ok_or("cargo metadata names no package `node`")?;
    let needs = |id: &str| -> Vec<String> {
        let all = nodes.get(id).map(|it| list(it, "deps")).unwrap_or_default();
        let normal = all.iter().filter(|it| list(it, "dep_kinds").iter().any(|it| it["kind"].is_null()));
        normal
            .map(|it| text(it, "pkg"))
            .filter(|it| packages.get(it).is_some_and(|it| !is_macro(it)))
            .collect()
    };
    let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
    let (mut parts, mut direct) = (Vec::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let Some(package) = packages.get(&id) else { return Err(format!("cargo metadata lacks {id}")) };
        let below = needs(&id);
        let purls = || {
            below
                .iter()
                .filter_map(|it| packages.get(it))
                .filter(|it| !it["source"].is_null())
                .map(|it| purl(it))
        };
        if package["source"].is_null() {
            direct.extend(purls());
        } else {
            parts.push(part(package, purls().collect())?);
        }
        open.extend(below);
    }
    parts.sort_by(|one, other| one.purl.cmp(&other.purl));
    Ok((parts, direct.into_iter().collect()))
}

fn metadata() -> Result<Value, String> {
    let output = Command::new("cargo")
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(root())
        .output()
        .map_err(|it| format!("cargo metadata: {it}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|it| format!("cargo metadata: {it}"))
}

/// A crate that only runs while building.
fn is_macro(package: &Value) -> bool {
    list(package, "targets").iter().any(|it| list(it, "kind").iter().any(|it| it == "proc-macro"))
}

fn part(package: &Value, mut needs: Vec<String>) -> Result<Part, String> {
    needs.sort();
    needs.dedup();
    let (name, version) = (text(package, "name"), text(package, "version"));
    let file = format!("{name}-{version}.crate");
    Ok(Part {
        purl: purl(package),
        licence: expression(&text(package, "license")),
        maker: maker(package),
        from: format!("https://crates.io/api/v1/crates/{name}/{version}/download"),
        source: package["repository"].as_str().map(str::to_owned),
        file: (file.clone(), hex(&archive(package, &file)?)),
        name,
        version,
        needs,
    })
}

/// Cargo keeps what it fetched beside what it unpacked: `cache` and `src`.
fn archive(package: &Value, file: &str) -> Result<Vec<u8>, String> {
    let manifest = text(package, "manifest_path");
    let unpacked = Path::new(&manifest).parent().and_then(Path::parent);
    let registry =
        unpacked.and_then(Path::file_name).ok_or_else(|| format!("{manifest} lies in no registry"))?;
    let home = unpacked.and_then(Path::parent).and_then(Path::parent).unwrap_or(Path::new(""));
    let path = home.join("cache").join(registry).join(file);
    fs::read(&path).map_err(|it| format!("{}: {it}; run `cargo fetch`", path.display()))
}

fn maker(package: &Value) -> Maker {
    let page = ["repository", "homepage"].iter().find_map(|it| package[*it].as_str());
    let authors: Vec<Maker> = list(package, "authors").iter().filter_map(Value::as_str).map(person).collect();
    let reachable = authors.into_iter().reduce(|best, next| if best.email.is_some() { best } else { next });
    let mut maker = reachable.unwrap_or(Maker { name: String::new(), email: None, url: None });
    if maker.name.is_empty() {
        maker.name = format!("{} developers", text(package, "name"));
    }
    // Where nobody says more, the registry's page of the crate is where its owners can be found.
    maker.url = page
        .map(str::to_owned)
        .or_else(|| Some(format!("https://crates.io/crates/{}", text(package, "name"))));
    maker
}

/// Older manifests separate alternatives by a slash.
fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

fn purl(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(package, "name"), text(package, "version").replace('+', "%2B"))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}
