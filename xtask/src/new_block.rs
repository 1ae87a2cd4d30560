//! `cargo xtask new-block parking`: draws the room, so that the shape is cheaper to keep than to break.

use crate::{Outcome, machine::root};
use std::fs;

/// Makes `blocks/NAME` with its furniture.
pub fn draw(name: &str) -> Outcome {
    let plain = !name.is_empty() && name.chars().all(|it| it.is_ascii_lowercase());
    if !plain {
        return Err(format!("`{name}`: a block's name is one English word in lower case"));
    }
    let folder = root().join("blocks").join(name);
    if folder.exists() {
        return Err(format!("blocks/{name} exists already"));
    }
    let kind = capitalised(name);
    let files = [
        ("Cargo.toml", manifest(name)),
        ("README.md", readme(name)),
        (
            "migrations/0001_init.sql",
            format!(
                "CREATE TABLE {name}_{name} (\n    id TEXT PRIMARY KEY,\n    tenant TEXT NOT NULL,\n    made_at BIGINT NOT NULL\n);\n"
            ),
        ),
        ("src/lib.rs", door(name, &kind)),
        ("src/names.rs", names(name)),
        ("src/config.rs", config(name)),
    ];
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder)).map_err(|it| it.to_string())?;
        fs::write(&path, text).map_err(|it| format!("{}: {it}", path.display()))?;
    }
    eprintln!(
        "blocks/{name} is drawn. Next: a line in Cargo.toml ([workspace.dependencies] {name} = {{ path = \"blocks/{name}\" }}), \
         a port in ports/src/{name}.rs, a paragraph in node/src/wiring.rs, a section in node/src/config.rs."
    );
    Ok(())
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|it| it.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\ndescription = \"\"\nversion.workspace = true\nedition.workspace = true\nrust-version.workspace = true\n\
         license.workspace = true\npublish.workspace = true\n\n[dependencies]\nkernel.workspace = true\nports.workspace = true\n\
         serde.workspace = true\n\n[lints]\nworkspace = true\n"
    )
}

fn readme(name: &str) -> String {
    let chapters =
        ["What it does", "Standards", "Asks and answers", "Data", "Switch", "Configuration", "Limits"];
    let mut text = format!("# {name}\n");
    for chapter in chapters {
        text.push_str(&format!("\n## {chapter}\n\n"));
    }
    text
}

fn door(name: &str, kind: &str) -> String {
    format!(
        "#![doc = include_str!(\"../README.md\")]\n\nmod config;\npub mod names;\n\npub use config::Config;\n\n\
         use kernel::{{Block, Migration, Text}};\n\n/// The block's handle; cheap to copy.\n#[derive(Clone)]\npub struct {kind} {{\n    config: Config,\n}}\n\n\
         impl {kind} {{\n    /// The block with these settings.\n    pub fn new(config: Config) -> Self {{\n        Self {{ config }}\n    }}\n\n\
         \u{20}   /// The block as the node sees it.\n    pub fn block(&self) -> Block {{\n        Block {{\n            migrations: &[Migration {{ version: 1, sql: include_str!(\"../migrations/0001_init.sql\") }}],\n\
         \u{20}           ..Block::new(\"{name}\", Text {{ de: \"{kind}\", en: \"{kind}\" }})\n        }}\n    }}\n}}\n"
    )
}

fn names(name: &str) -> String {
    format!(
        "//! Every name that this block publishes.\n\n/// Permissions.\npub mod may {{\n    use kernel::Permission;\n    /// Read what is public.\n    pub const READ: Permission = Permission(\"{name}.read\");\n}}\n"
    )
}

fn config(name: &str) -> String {
    format!(
        "//! What can be set.\n\nuse serde::Deserialize;\n\n/// The settings of `[blocks.{name}]`.\n#[derive(Debug, Clone, Default, Deserialize)]\n#[serde(default, deny_unknown_fields)]\npub struct Config {{}}\n"
    )
}
