//! The file that a component is delivered as, and its source.

use super::Sight;
use crate::Fixed;
use crate::sbom::{address::is_address, field::Seen};
use ::sbom::{Hash, Reference, Stated};

pub(super) fn name(sight: &Sight<'_, '_>) -> Seen {
    if sight.component.filename.is_some_and(|it| !it.text.trim().is_empty()) {
        return Seen::met(&("Der Dateiname ist angegeben.", "The file name is given."));
    }
    Seen::absent(
        &("Der Dateiname ist nicht angegeben.", "The file name is not given."),
        &(
            "Dateiname (CycloneDX: Eigenschaft bsi:component:filename)",
            "file name (CycloneDX: property bsi:component:filename)",
        ),
    )
}

/// The SHA-512 of what is delivered; in `CycloneDX` it stands at the reference of kind `distribution`.
pub(super) fn hash(sight: &Sight<'_, '_>) -> Seen {
    let component = sight.component;
    let missing = &(
        "SHA-512 der ausgelieferten Datei (CycloneDX: externalReferences der Art distribution, darin hashes)",
        "SHA-512 of the delivered file (CycloneDX: externalReferences of kind distribution, in it hashes)",
    );
    if let Some(hash) = component.deployable_hash() {
        return if is_hex(hash.value, 128) {
            Seen::met(&(
                "Der SHA-512 der ausgelieferten Datei ist angegeben.",
                "The SHA-512 of the delivered file is given.",
            ))
        } else {
            Seen::wrong_as(
                format!("„{}“ ist kein SHA-512: verlangt sind 128 hexadezimale Ziffern.", shown(hash.value)),
                format!("\"{}\" is no SHA-512: 128 hexadecimal digits are required.", shown(hash.value)),
            )
        };
    }
    if component.hashes.iter().any(|it| it.is("SHA-512")) {
        return Seen::absent(
            &(
                "Ein SHA-512 steht bei der Komponente selbst; er gehört zur ausgelieferten Datei (distribution).",
                "A SHA-512 stands at the component itself; it belongs to the delivered file (distribution).",
            ),
            missing,
        );
    }
    let others =
        component.external.iter().filter(|it| it.kind.starts_with("distribution")).flat_map(|it| &it.hashes);
    if others.chain(&component.hashes).any(|it| !it.value.is_empty()) {
        return Seen::absent(
            &("Ein anderer Hashwert ist angegeben, kein SHA-512.", "Another hash is given, no SHA-512."),
            missing,
        );
    }
    Seen::absent(&("Ein Hashwert ist nicht angegeben.", "No hash is given."), missing)
}

pub(super) fn executable(sight: &Sight<'_, '_>) -> Seen {
    property(
        sight.component.executable.as_ref(),
        &(
            "Nicht angegeben ist, ob die Datei ausführbar ist.",
            "It is not said whether the file is executable.",
        ),
        &(
            "Eigenschaft bsi:component:executable: executable oder non-executable",
            "property bsi:component:executable: executable or non-executable",
        ),
    )
}

pub(super) fn archive(sight: &Sight<'_, '_>) -> Seen {
    property(
        sight.component.archive.as_ref(),
        &(
            "Nicht angegeben ist, ob die Datei ein Archiv ist.",
            "It is not said whether the file is an archive.",
        ),
        &(
            "Eigenschaft bsi:component:archive: archive oder no archive",
            "property bsi:component:archive: archive or no archive",
        ),
    )
}

pub(super) fn structured(sight: &Sight<'_, '_>) -> Seen {
    property(
        sight.component.structured.as_ref(),
        &(
            "Nicht angegeben ist, ob die Datei strukturiert ist.",
            "It is not said whether the file is structured.",
        ),
        &(
            "Eigenschaft bsi:component:structured: structured oder unstructured",
            "property bsi:component:structured: structured or unstructured",
        ),
    )
}

fn property(stated: Option<&Stated<'_>>, absent: Fixed, missing: Fixed) -> Seen {
    let Some(stated) = stated else { return Seen::absent(absent, missing) };
    match (stated.value, stated.text) {
        (Some(_), "true" | "false") => Seen::met(&(
            "Angegeben als true oder false; die Richtlinie schreibt dafür eigene Wörter vor, verstanden wird es.",
            "Given as true or false; the guideline has words of its own for it, but it is understood.",
        )),
        (Some(_), _) => Seen::met(&("Die Eigenschaft ist angegeben.", "The property is given.")),
        (None, text) => Seen::wrong_as(
            format!("„{text}“ ist keiner der vorgesehenen Werte."),
            format!("\"{text}\" is none of the values provided for."),
        ),
    }
}

pub(super) fn source_uri(sight: &Sight<'_, '_>) -> Seen {
    let component = sight.component;
    let missing = &(
        "Adresse des Quelltextes (Art source-distribution), falls es ihn gibt",
        "address of the source code (kind source-distribution), if it exists",
    );
    if let Some(seen) = address(component.references("source-distribution")) {
        return seen;
    }
    if component.references("vcs").next().is_some() {
        return Seen::absent(
            &(
                "Nur die Versionsverwaltung (vcs) ist angegeben, nicht der Quelltext dieser Version.",
                "Only the repository (vcs) is given, not the source code of this version.",
            ),
            missing,
        );
    }
    Seen::absent(
        &("Die Adresse des Quelltextes ist nicht angegeben.", "The address of the source code is not given."),
        missing,
    )
}

pub(super) fn deployable_uri(sight: &Sight<'_, '_>) -> Seen {
    address(sight.component.references("distribution")).unwrap_or(Seen::absent(
        &("Die Bezugsadresse ist nicht angegeben.", "The address of the deployable form is not given."),
        &(
            "Bezugsadresse (Art distribution), falls es eine gibt",
            "address of the deployable form (kind distribution), if there is one",
        ),
    ))
}

/// Nothing where there is no reference with an address.
fn address<'r, 't: 'r>(references: impl Iterator<Item = &'r Reference<'t>>) -> Option<Seen> {
    let mut given = references.filter(|it| !it.url.trim().is_empty()).peekable();
    given.peek()?;
    Some(match given.find(|it| !is_address(it.url)) {
        None => Seen::met(&("Die Adresse ist angegeben.", "The address is given.")),
        Some(bad) => Seen::wrong_as(
            format!("„{}“ ist keine Adresse.", bad.url),
            format!("\"{}\" is no address.", bad.url),
        ),
    })
}

/// A hash that nobody can forge, of the source code.
pub(super) fn source_hash(sight: &Sight<'_, '_>) -> Seen {
    let hashes: Vec<&Hash<'_>> =
        sight.component.references("source-distribution").flat_map(|it| &it.hashes).collect();
    if hashes.is_empty() {
        return Seen::absent(
            &("Ein Hashwert des Quelltextes ist nicht angegeben.", "No hash of the source code is given."),
            &("Hashwert des Quelltextes, möglichst SHA-512", "hash of the source code, preferably SHA-512"),
        );
    }
    let weak =
        |it: &Hash<'_>| ["MD2", "MD4", "MD5", "MD6", "SHA-1", "ADLER-32"].iter().any(|name| it.is(name));
    if hashes.iter().all(|it| weak(it)) {
        return Seen::wrong(&(
            "Der Quelltext hat nur einen Hashwert, der als gebrochen gilt (MD5, SHA-1).",
            "The source code has only a hash that counts as broken (MD5, SHA-1).",
        ));
    }
    match hashes.iter().find(|it| it.is("SHA-512") && !is_hex(it.value, 128)) {
        Some(bad) => Seen::wrong_as(
            format!("„{}“ ist kein SHA-512: verlangt sind 128 hexadezimale Ziffern.", shown(bad.value)),
            format!("\"{}\" is no SHA-512: 128 hexadecimal digits are required.", shown(bad.value)),
        ),
        None => {
            Seen::met(&("Ein Hashwert des Quelltextes ist angegeben.", "A hash of the source code is given."))
        }
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// The beginning of a long value.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(16).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
