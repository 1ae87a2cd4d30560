//! Any bytes through the whole check: recognised by content and by name, against the default sets and each profile.
#![no_main]

use requirements::Library;

/// Names that say what a file is where its content does not.
const NAMES: [&str; 8] = [
    "file",
    "bom.json",
    "publiccode.yml",
    "openapi.yaml",
    "README.md",
    "modelcard.md",
    "LICENSES/MIT.txt",
    "rules.cbom.json",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::report_on("file", data, Vec::new());
    // Chosen by the length, so that one input is always checked alike.
    let sets = Library::shipped().sets();
    let name = NAMES.get(data.len() % NAMES.len());
    let set = sets.get(data.len() / NAMES.len() % sets.len().max(1));
    if let (Some(name), Some(set)) = (name, set) {
        fuzz::report_on(name, data, vec![&set.id]);
    }
});
