//! Who made a component and what it is called.

use super::Sight;
use crate::sbom::{
    address::{Reach, is_web, reach},
    field::Seen,
};
use ::sbom::Party;

/// The manufacturer; persons who made it, and the supplier, count too, since many formats and tools know no more. What
/// is asked is that somebody can be reached.
pub(super) fn creator(sight: &Sight<'_, '_>) -> Seen {
    let component = sight.component;
    let makers = component.manufacturer.iter().chain(&component.authors);
    match reach(makers) {
        Reach::Mail => Seen::met(&(
            "Der Ersteller ist mit E-Mail-Adresse genannt.",
            "The creator is named with a mail address.",
        )),
        Reach::Web => Seen::met(&(
            "Der Ersteller ist mit Webadresse genannt.",
            "The creator is named with a web address.",
        )),
        makers => supplier_as_creator(makers, reach(component.supplier.iter())),
    }
}

fn supplier_as_creator(makers: Reach, supplier: Reach) -> Seen {
    if supplier >= Reach::Web {
        return Seen::met(&(
            "Erreichbar ist der Lieferant (supplier); ein Hersteller mit Adresse ist nicht genannt.",
            "The supplier can be reached; no manufacturer with an address is named.",
        ));
    }
    let missing = &(
        "E-Mail-Adresse des Erstellers, sonst seine Webadresse",
        "mail address of the creator, else the web address",
    );
    match makers.max(supplier) {
        Reach::Nobody => {
            Seen::absent(&("Der Ersteller ist nicht genannt.", "The creator is not named."), missing)
        }
        Reach::Unreachable => Seen::absent(
            &(
                "Der Ersteller ist genannt, aber ohne E-Mail- oder Webadresse.",
                "The creator is named, but without mail or web address.",
            ),
            missing,
        ),
        _ => Seen::wrong(&(
            "Der Ersteller ist genannt, aber seine Adresse ist weder eine E-Mail- noch eine Webadresse.",
            "The creator is named, but the address is neither a mail nor a web address.",
        )),
    }
}

pub(super) fn supplier(sight: &Sight<'_, '_>) -> Seen {
    let component = sight.component;
    let named = |it: &Party<'_>| it.name.is_some_and(|it| !it.trim().is_empty()) || it.reachable();
    let parties = component.supplier.iter().chain(&component.manufacturer).chain(&component.authors);
    if parties.into_iter().any(named) || component.publisher.is_some_and(|it| !it.text.trim().is_empty()) {
        return Seen::met(&("Der Lieferant ist genannt.", "The supplier is named."));
    }
    Seen::absent(
        &("Der Lieferant ist nicht genannt.", "The supplier is not named."),
        &("Name des Lieferanten oder Herstellers", "name of the supplier or manufacturer"),
    )
}

pub(super) fn name(sight: &Sight<'_, '_>) -> Seen {
    if sight.component.name.trim().is_empty() {
        return Seen::absent(
            &("Die Komponente hat keinen Namen.", "The component has no name."),
            &("Name der Komponente", "name of the component"),
        );
    }
    Seen::met(&("Der Name ist angegeben.", "The name is given."))
}

pub(super) fn version(sight: &Sight<'_, '_>) -> Seen {
    if sight.component.version.is_none_or(|it| it.text.trim().is_empty()) {
        return Seen::absent(
            &("Die Version ist nicht angegeben.", "The version is not given."),
            &(
                "Version; wo es keine gibt, das Datum der Datei nach RFC 3339",
                "version; where there is none, the date of the file as of RFC 3339",
            ),
        );
    }
    Seen::met(&("Die Version ist angegeben.", "The version is given."))
}

pub(super) fn identifier(sight: &Sight<'_, '_>) -> Seen {
    let component = sight.component;
    if let Some(purl) = component.purl.filter(|it| !is_purl(it.text)) {
        return Seen::wrong_as(
            format!("„{}“ ist keine Package-URL (pkg:Art/Name@Version).", purl.text),
            format!("\"{}\" is no package URL (pkg:type/name@version).", purl.text),
        );
    }
    if let Some(cpe) = component.cpe.filter(|it| !is_cpe(it.text)) {
        return Seen::wrong_as(
            format!("„{}“ ist keine CPE (cpe:2.3:… oder cpe:/…).", cpe.text),
            format!("\"{}\" is no CPE (cpe:2.3:… or cpe:/…).", cpe.text),
        );
    }
    let named = component.purl.is_some() || component.cpe.is_some() || component.swid.is_some();
    if named || !component.identifiers.is_empty() {
        return Seen::met(&("Eine weitere Kennung ist angegeben.", "Another unique identifier is given."));
    }
    Seen::absent(
        &(
            "Weder Package-URL noch CPE noch SWID ist angegeben.",
            "Neither package URL nor CPE nor SWID is given.",
        ),
        &("Package-URL, CPE oder SWID, falls es eine gibt", "package URL, CPE or SWID, if there is one"),
    )
}

pub(super) fn security_txt(sight: &Sight<'_, '_>) -> Seen {
    match sight.component.references("rfc-9116").next() {
        Some(reference) if is_web(reference.url) => Seen::met(&(
            "Die Adresse der security.txt ist angegeben.",
            "The address of the security.txt is given.",
        )),
        Some(reference) => Seen::wrong_as(
            format!("„{}“ ist keine Webadresse einer security.txt.", reference.url),
            format!("\"{}\" is no web address of a security.txt.", reference.url),
        ),
        None => Seen::absent(
            &("Keine security.txt ist angegeben.", "No security.txt is given."),
            &(
                "Adresse der security.txt (RFC 9116), falls es eine gibt",
                "address of the security.txt (RFC 9116), if there is one",
            ),
        ),
    }
}

/// Enough of the form of a package URL to tell it from anything else: scheme, type, name.
fn is_purl(text: &str) -> bool {
    let Some(rest) = text.trim().strip_prefix("pkg:") else { return false };
    let Some((kind, name)) = rest.trim_start_matches('/').split_once('/') else { return false };
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '+');
    !kind.is_empty()
        && kind.chars().all(allowed)
        && !name.trim_matches('/').is_empty()
        && !name.starts_with('@')
}

fn is_cpe(text: &str) -> bool {
    let text = text.trim();
    let parts = text.split(':').count();
    text.starts_with("cpe:2.3:") && parts >= 13 || text.starts_with("cpe:/") && parts >= 3
}
