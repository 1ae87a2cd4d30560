//! Any bytes as a bill of materials; what was repaired can be read again, and a second repair finds nothing to do.
#![no_main]

use sbom::{Completeness, Creator, Given, GivenFile, Source};
use tree::Limits;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let limits = Limits::default();
    let readable = read(data, &limits);
    let given = given();
    match sbom::repair(data, &given, &limits) {
        Ok(repaired) => {
            assert!(readable, "repaired what cannot be read");
            assert!(read(&repaired.content, &limits), "what was repaired cannot be read");
            let again = sbom::repair(&repaired.content, &given, &limits);
            assert!(
                again.is_ok_and(|it| it.content == repaired.content),
                "a second repair changes something"
            );
        }
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
});

/// Reads everything that there is to read; whether that could be done.
fn read(content: &[u8], limits: &Limits) -> bool {
    let Ok(source) = Source::open(content, limits) else { return false };
    let Ok(tree) = source.tree(limits) else { return false };
    let Ok(document) = source.document(&tree) else { return false };
    for misfit in document.misfits(20).unwrap_or_default() {
        let _ = (document.place(misfit.node), misfit.wording(true), misfit.wording(false));
    }
    let bom = document.bom();
    let _ = (bom.described(), bom.completeness(), bom.cycles());
    assert_eq!(bom.reached().len(), bom.components.len());
    for component in &bom.components {
        let _ = bom.find(component.reference);
    }
    true
}

fn given() -> Given<'static> {
    Given {
        creator: Some(Creator { name: Some("Amt"), email: Some("amt@example.org"), url: None }),
        name: Some("Fachverfahren"),
        version: Some("1.0"),
        now: "2026-11-28T09:00:00Z",
        serial: "8f0f6f0e-3b63-4f0d-9d3e-0a4c4f2f9d11",
        completeness: Some(Completeness::Complete),
        files: vec![GivenFile {
            component: None,
            name: "fachverfahren.tar.gz",
            url: Some("https://example.org/fachverfahren.tar.gz"),
            sha512: "",
            executable: false,
            archive: true,
            structured: true,
        }],
    }
}
