//! Any bytes as JSON.
#![no_main]

use tree::{Limits, Tree};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    match Tree::json(data, &Limits::default()) {
        Ok(tree) => fuzz::walk(&tree),
        Err(fault) => assert!(!fault.wording(true).is_empty() && !fault.wording(false).is_empty()),
    }
});
