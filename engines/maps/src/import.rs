//! Reading other people's descriptions of building blocks into a map.

mod backstage;
mod bill;
mod draft;
mod landscape;
mod landscape_table;
mod publiccode;
mod stack;
mod table;

use landkarte::{Fault, Map};
use tree::{Format, Node, Place, Tree};

/// Something that was not carried over, or was carried over in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A sentence in German.
    pub de: String,
    /// A sentence in English.
    pub en: String,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Our own format, YAML or JSON.
    Landkarte,
    /// The CSV that `export::csv` writes.
    Table,
    /// `full.json` of a landscape2 site.
    Landscape,
    /// `items.csv` or `projects.csv` of a landscape2 site.
    LandscapeTable,
    /// One stack of a comparison of stacks: a list of item ids, the items in files beside it.
    Stack,
    /// publiccode.yml.
    Publiccode,
    /// Backstage's catalog-info.yaml.
    Backstage,
    /// A bill of materials: `CycloneDX` or SPDX.
    Bill,
}

impl Source {
    /// What to call it, in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Landkarte => ("Landkarte", "map"),
            Self::Table => ("Landkarte als CSV", "map as CSV"),
            Self::Landscape => ("landscape2 full.json", "landscape2 full.json"),
            Self::LandscapeTable => ("landscape2 CSV", "landscape2 CSV"),
            Self::Stack => ("Stack eines Stack-Vergleichs", "stack of a comparison of stacks"),
            Self::Publiccode => ("publiccode.yml", "publiccode.yml"),
            Self::Backstage => ("Backstage catalog-info.yaml", "Backstage catalog-info.yaml"),
            Self::Bill => ("Software-Stückliste", "software bill of materials"),
        };
        if german { de } else { en }
    }
}

/// Says what a file is, by its content; nothing where it is none of the known formats.
pub fn recognise(content: &[u8]) -> Option<Source> {
    if sbom::recognise(content).is_some() {
        return Some(Source::Bill);
    }
    if let Some(table) = recognise_table(content) {
        return Some(table);
    }
    let (format, tree) = Tree::read(content, &Map::LIMITS).ok()?;
    recognise_tree(format, tree.root())
}

/// Reads a file into a map. `name` is its file name, used as the title of the source; `siblings` are other files of the same
/// collection (the items and layers of a stack), which other formats ignore.
///
/// # Errors
/// The faults of a file that cannot be read, with line and column; one fault if it is none of the known formats.
pub fn read(name: &str, content: &[u8], siblings: &[(&str, &[u8])]) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    if sbom::recognise(content).is_some() {
        return bill::read(name, content);
    }
    match recognise_table(content) {
        Some(Source::Table) => return table::read(name, content),
        Some(_) => return landscape_table::read(name, content),
        None => {}
    }
    let (format, tree) = Tree::read(content, &Map::LIMITS).map_err(|it| vec![fault(&it)])?;
    let root = tree.root();
    match recognise_tree(format, root) {
        Some(Source::Landkarte) => Ok((Map::of(&tree)?, Vec::new())),
        Some(Source::Landscape) => Ok(landscape::read(name, root)),
        Some(Source::Stack) => Ok(stack::read(name, root, siblings)),
        Some(Source::Publiccode) => publiccode::read(name, root),
        Some(Source::Backstage) => backstage::read(name, content),
        _ => Err(vec![unrecognised(name)]),
    }
}

fn recognise_table(content: &[u8]) -> Option<Source> {
    // A file of JSON can be one long line.
    if tree::is_json(content) {
        return None;
    }
    let text = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let line = text.split(|it| matches!(it, b'\n' | b'\r')).next()?;
    let line = std::str::from_utf8(line).ok()?;
    let columns: Vec<&str> = line.split(',').map(|it| it.trim_matches('"')).collect();
    if columns.starts_with(&["section", "id"]) {
        Some(Source::Table)
    } else if columns.contains(&"project_name")
        || (columns.contains(&"name") && columns.contains(&"subcategory"))
    {
        Some(Source::LandscapeTable)
    } else {
        None
    }
}

fn recognise_tree(format: Format, root: Node<'_>) -> Option<Source> {
    let first = |key: &str| root.get(key).and_then(|it| it.at(0));
    if root.get("landkarte").is_some() {
        Some(Source::Landkarte)
    } else if root.get("publiccodeYmlVersion").is_some() {
        Some(Source::Publiccode)
    } else if first("items").is_some_and(|it| it.get("itemId").is_some()) {
        Some(Source::Stack)
    } else if first("items").is_some_and(|it| it.get("category").is_some() && it.get("name").is_some()) {
        Some(Source::Landscape)
    } else if format == Format::Yaml && backstage::is_entity(root) {
        Some(Source::Backstage)
    } else {
        None
    }
}

fn unrecognised(name: &str) -> Fault {
    let known = "CSV, landscape2, publiccode.yml, catalog-info.yaml, CycloneDX, SPDX";
    Fault {
        place: Place { line: 1, column: 1 },
        pointer: String::new(),
        de: format!(
            "„{name}“ ist keine bekannte Beschreibung von Bausteinen. Bekannt sind: Landkarte, {known}."
        ),
        en: format!("\"{name}\" is no known description of building blocks. Known are: landkarte, {known}."),
    }
}

/// A fault of the reader as a fault of the map.
fn fault(it: &tree::Fault) -> Fault {
    Fault { place: it.place, pointer: it.pointer.clone(), de: it.wording(true), en: it.wording(false) }
}

/// A text, number or truth under a key, without white space around it; nothing where it is blank.
fn text<'a>(node: Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key).and_then(plain)
}

/// A text, number or truth without white space around it; nothing where it is blank.
fn plain(node: Node<'_>) -> Option<&str> {
    node.scalar().map(str::trim).filter(|it| !it.is_empty())
}

/// The texts of a list, or the one text.
fn texts(node: Node<'_>) -> Vec<&str> {
    plain(node).into_iter().chain(node.items().filter_map(plain)).collect()
}
