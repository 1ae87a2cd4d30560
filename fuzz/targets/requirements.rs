//! Any bytes as a set of requirements, alone and beside the shipped ones.
#![no_main]

use requirements::{Library, Set};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let faults = match Set::read("hostile.yaml", data) {
        Ok(set) => match Library::shipped().with(set.clone()) {
            Ok(library) => {
                assert!(library.resolve(&set.id).is_some(), "a set of the library cannot be resolved");
                return;
            }
            Err(faults) => faults,
        },
        Err(faults) => faults,
    };
    assert!(!faults.is_empty(), "refused without a reason");
    assert!(faults.iter().all(|it| !it.de.is_empty() && !it.en.is_empty()));
});
