//! The names of the checks that requirements may ask for. What a check does is code elsewhere; here it has its name
//! and what it looks at.

mod crypto;
mod map;
mod publiccode;
mod sbom;
mod software;

use std::sync::LazyLock;

/// A check by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The kind of thing it looks at, a dot, what it looks at.
    pub name: &'static str,
    /// When it is met, in German.
    pub de: &'static str,
    /// When it is met, in English.
    pub en: &'static str,
}

impl Check {
    /// When it is met.
    pub fn get(&self, german: bool) -> &'static str {
        if german { self.de } else { self.en }
    }
}

/// The names of probes, which ask a running system.
pub const PROBES: [&str; 1] = ["tls"];

/// All checks, in groups.
pub static ALL: LazyLock<Vec<Check>> = LazyLock::new(|| {
    [sbom::CHECKS, crypto::CHECKS, publiccode::CHECKS, software::CHECKS, map::CHECKS].concat()
});

/// The check with this name.
pub fn check(name: &str) -> Option<&'static Check> {
    ALL.iter().find(|it| it.name == name)
}

/// All checks as a Markdown table, as it stands in the reference.
pub fn table() -> String {
    let mut table = String::from("| check | met when | erfüllt, wenn |\n|---|---|---|\n");
    for check in ALL.iter() {
        table.push_str(&format!("| `{}` | {} | {} |\n", check.name, check.en, check.de));
    }
    table
}
