//! Reference pages out of the sources: names, tables, settings.

use crate::machine::{rooms, root};
use std::{fmt::Write, fs, path::PathBuf};

const NOTE: &str = "<!-- written by `make generate`; do not edit -->\n\n";

/// Permissions by block.
pub fn permissions() -> String {
    named(
        "Permissions",
        "Who may what. Roles are granted permissions in each block's `lib.rs`.",
        "Permission(",
    )
}

/// Audit events by block.
pub fn audit() -> String {
    named("Audit events", "What is recorded, in the same transaction as the fact itself.", "Audit(")
}

/// Events that blocks tell.
pub fn events() -> String {
    let mut text = format!(
        "# Events\n\n{NOTE}What blocks tell each other, delivered at least once.\n\n| topic | meaning |\n|---|---|\n"
    );
    for path in rust_files("ports/src") {
        let source = fs::read_to_string(&path).unwrap_or_default();
        for (index, line) in source.lines().enumerate() {
            let Some(topic) = line.trim().strip_prefix("const TOPIC: &'static str = ") else { continue };
            let name = source.lines().take(index).filter_map(|it| it.strip_prefix("impl Event for ")).last();
            let name = name.unwrap_or_default().trim_end_matches(" {");
            let meaning = doc_before(&source, &format!("pub struct {name} "));
            let _ = writeln!(text, "| `{}` | {meaning} |", topic.trim_matches([';', '"']));
        }
    }
    text
}

/// Tables by block.
pub fn tables() -> String {
    let mut text = format!(
        "# Tables\n\n{NOTE}One database, one prefix a block, the same text for SQLite and PostgreSQL.\n"
    );
    let mut folders = vec![
        ("kernel".to_owned(), "kernel/migrations".to_owned()),
        ("desk".to_owned(), "desk/migrations".to_owned()),
    ];
    folders.extend(rooms().into_iter().map(|it| (it.name.clone(), format!("{}/migrations", it.folder()))));
    for (name, folder) in folders {
        let mut files: Vec<PathBuf> =
            fs::read_dir(root().join(folder)).into_iter().flatten().flatten().map(|it| it.path()).collect();
        files.sort();
        if files.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {name}\n");
        for file in files {
            let _ =
                writeln!(text, "```sql\n{}\n```", fs::read_to_string(file).unwrap_or_default().trim_end());
        }
    }
    text
}

/// Settings of the node and of each block.
pub fn configuration() -> String {
    let mut text = format!(
        "# Configuration\n\n{NOTE}One TOML file, given with `--config`. Unknown lines are refused; secrets stand in files of their own.\n"
    );
    let node: String = ["node/src/config.rs", "node/src/config/secure.rs"]
        .map(|it| fs::read_to_string(root().join(it)).unwrap_or_default())
        .concat();
    let sections = [
        ("(top level)", "Config"),
        ("[keys]", "KeyRules"),
        ("[tls]", "Tls"),
        ("[limits]", "Limits"),
        ("[site]", "Site"),
    ];
    for (title, name) in sections {
        let _ = write!(text, "\n## {title}\n\n{}", fields(&node, name));
    }
    for room in rooms() {
        let source = root().join(room.folder()).join("src/config.rs");
        let Ok(source) = fs::read_to_string(source) else { continue };
        let _ = write!(
            text,
            "\n## [{}.{}]\n\n| setting | meaning |\n|---|---|\n| `mode` | `builtin` or `off` |\n{}",
            room.role,
            room.name,
            rows(&source, "Config")
        );
    }
    text
}

fn fields(source: &str, name: &str) -> String {
    format!("| setting | meaning |\n|---|---|\n{}", rows(source, name))
}

/// The public fields of a struct with their doc comments.
fn rows(source: &str, name: &str) -> String {
    let mut text = String::new();
    let mut doc = String::new();
    let body = source.lines().skip_while(|it| !it.starts_with(&format!("pub struct {name} "))).skip(1);
    for line in body.take_while(|it| !it.starts_with('}')) {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            doc.push_str(words);
        } else if let Some(field) = line.strip_prefix("pub ") {
            let field = field.split(':').next().unwrap_or_default();
            let _ = writeln!(text, "| `{field}` | {} |", doc.trim().replace('|', "\\|"));
            doc.clear();
        }
    }
    text
}

/// A table of names of one kind, with their doc comments.
fn named(title: &str, about: &str, kind: &str) -> String {
    let mut text = format!("# {title}\n\n{NOTE}{about}\n");
    for room in rooms() {
        let block = &room.name;
        let mut rows = String::new();
        for path in rust_files(&format!("{}/src", room.folder())) {
            if path.file_name().is_none_or(|it| it != "names.rs") {
                continue;
            }
            let mut doc = String::new();
            for line in fs::read_to_string(&path).unwrap_or_default().lines().map(str::trim) {
                if let Some(words) = line.strip_prefix("///") {
                    doc.push_str(words);
                } else {
                    if let Some((_, rest)) = line.split_once(kind)
                        && let Some(name) = rest.split('"').nth(1)
                    {
                        let _ = writeln!(rows, "| `{name}` | {} |", doc.trim());
                    }
                    doc.clear();
                }
            }
        }
        let _ = write!(text, "\n## {block}\n\n| name | meaning |\n|---|---|\n{rows}");
    }
    text
}

fn doc_before(source: &str, item: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let at = lines.iter().position(|it| it.starts_with(item)).unwrap_or_default();
    let doc: Vec<&str> = lines
        .iter()
        .take(at)
        .rev()
        .skip_while(|it| it.starts_with("#["))
        .take_while(|it| it.starts_with("///"))
        .map(|it| it.trim_start_matches("///").trim())
        .collect();
    doc.into_iter().rev().collect::<Vec<_>>().join(" ")
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
