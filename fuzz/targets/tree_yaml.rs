//! Any text as YAML, within limits that keep one alias bomb from eating the time of all others.
#![no_main]

use tree::{Limits, Tree};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let limits = Limits { nodes: 200_000, ..Limits::default() };
    match Tree::yaml(text, &limits) {
        Ok(tree) => fuzz::walk(&tree),
        Err(fault) => assert!(!fault.wording(true).is_empty() && !fault.wording(false).is_empty()),
    }
});
