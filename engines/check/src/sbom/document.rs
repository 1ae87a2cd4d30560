//! The document as a whole.

use super::{
    address::{Reach, reach},
    field::Seen,
};
use crate::{Observation, Question, Read, Subject};
use ::sbom::{Bom, Located, Standard, Syntax};
use std::sync::Arc;
use tree::Node;

pub(super) fn observe(read: &Read<'_>, bom: &Bom<'_>, _question: &Question<'_>, to: &mut Vec<Observation>) {
    let whole = read.whole();
    let at = |it: Option<Node<'_>>| it.map_or_else(|| Arc::clone(&whole), |it| read.node(it, String::new()));
    let located = |it: Option<&Located<'_>>| at(it.map(|it| it.node));
    to.push(format(bom).of("sbom.format", &at(version_node(bom))));
    to.push(creator(bom).of("sbom.creator", &whole));
    to.push(author(bom).of("sbom.author", &whole));
    to.push(timestamp(bom).of("sbom.timestamp", &located(bom.timestamp.as_ref())));
    to.push(identity(bom).of("sbom.identity", &located(bom.identity.as_ref())));
    to.push(subject(bom).of("sbom.subject", &described(read, bom, &whole)));
    to.push(vulnerabilities(bom).of("sbom.no_vulnerabilities", &at(bom.first_vulnerability)));
    to.push(signature(bom).of("sbom.signature", &whole));
}

fn described(read: &Read<'_>, bom: &Bom<'_>, whole: &Arc<Subject>) -> Arc<Subject> {
    bom.described().map_or_else(|| Arc::clone(whole), |it| read.node(it.node, it.name))
}

fn version_node<'t>(bom: &Bom<'t>) -> Option<Node<'t>> {
    bom.node.get("specVersion").or_else(|| bom.node.get("spdxVersion"))
}

/// Officially released versions that BSI TR-03183-2 v2.1.0, section 4, accepts.
const CYCLONEDX: [&str; 2] = ["1.6", "1.7"];
const SPDX: [&str; 1] = ["3.0.1"];
/// Released versions that are older than these.
const OLDER_CYCLONEDX: [&str; 6] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"];
const OLDER_SPDX: [&str; 7] = ["1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3"];

fn format(bom: &Bom<'_>) -> Seen {
    let (accepted, older): (&[&str], &[&str]) = match bom.standard {
        Standard::CycloneDx => (&CYCLONEDX, &OLDER_CYCLONEDX),
        Standard::Spdx => (&SPDX, &OLDER_SPDX),
    };
    let (name, version) = (bom.standard.name(), bom.version);
    if accepted.contains(&version) {
        return Seen::met(&("Format und Version werden angenommen.", "Format and version are accepted."));
    }
    if version.is_empty() {
        return Seen::wrong(&(
            "Die Datei sagt nicht, in welcher Version ihres Formats sie geschrieben ist.",
            "The file does not say in which version of its format it is written.",
        ));
    }
    if older.contains(&version)
        || matches!(bom.syntax, Syntax::TagValue)
        || version == "3.0"
        || version == "3.0.0"
    {
        return Seen::wrong_as(
            format!(
                "{name} {version} ist zu alt: verlangt wird CycloneDX ab 1.6 oder SPDX ab 3.0.1. Meist genügt es, das \
                 erzeugende Werkzeug auf die neuere Version umzustellen; die übrigen Angaben sind unten trotzdem geprüft."
            ),
            format!(
                "{name} {version} is too old: CycloneDX from 1.6 or SPDX from 3.0.1 is required. Mostly it is enough to \
                 set the generating tool to the newer version; the other fields are checked below all the same."
            ),
        );
    }
    Seen::wrong_as(
        format!("{name} {version} ist keine veröffentlichte Version, die hier bekannt ist."),
        format!("{name} {version} is no released version that is known here."),
    )
}

/// Section 8.1.5 names the manufacturer; persons and the supplier count too, since the field asked for is "who made the
/// document and can be reached".
fn creator(bom: &Bom<'_>) -> Seen {
    let parties = bom.manufacturer.iter().chain(&bom.authors).chain(&bom.supplier);
    match reach(parties) {
        Reach::Mail => Seen::met(&(
            "Der Ersteller ist mit E-Mail-Adresse genannt.",
            "The creator is named with a mail address.",
        )),
        Reach::Web => Seen::met(&(
            "Der Ersteller ist mit Webadresse genannt.",
            "The creator is named with a web address.",
        )),
        Reach::Malformed => Seen::wrong(&(
            "Der Ersteller ist genannt, aber seine Adresse ist weder eine E-Mail- noch eine Webadresse.",
            "The creator is named, but the address is neither a mail nor a web address.",
        )),
        Reach::Unreachable => Seen::absent(
            &(
                "Der Ersteller ist genannt, aber ohne E-Mail- oder Webadresse.",
                "The creator is named, but without mail or web address.",
            ),
            &(
                "E-Mail-Adresse des Erstellers, sonst seine Webadresse",
                "mail address of the creator, else the web address",
            ),
        ),
        Reach::Nobody => Seen::absent(
            &(
                "Niemand ist als Ersteller der Stückliste genannt.",
                "Nobody is named as creator of the document.",
            ),
            &(
                "Ersteller der Stückliste mit E-Mail- oder Webadresse",
                "creator of the document with mail or web address",
            ),
        ),
    }
}

fn author(bom: &Bom<'_>) -> Seen {
    let parties = bom.authors.iter().chain(&bom.manufacturer).chain(&bom.supplier);
    if reach(parties) > Reach::Nobody {
        return Seen::met(&("Der Autor der Stückliste ist genannt.", "The author of the document is named."));
    }
    let missing = &("Name dessen, der die Stückliste verantwortet", "name of who answers for the document");
    if bom.tools.is_empty() {
        return Seen::absent(
            &("Niemand ist als Autor der Stückliste genannt.", "Nobody is named as author of the document."),
            missing,
        );
    }
    Seen::unknown(
        &(
            "Nur ein Werkzeug ist genannt, nicht, wer es eingesetzt hat.",
            "Only a tool is named, not who used it.",
        ),
        missing,
    )
}

fn timestamp(bom: &Bom<'_>) -> Seen {
    let Some(stamp) = bom.timestamp.filter(|it| !it.text.trim().is_empty()) else {
        return Seen::absent(
            &("Der Zeitpunkt der Erstellung fehlt.", "The time of assembly is missing."),
            &(
                "Zeitpunkt der Erstellung, etwa 2026-01-31T12:00:00Z",
                "time of assembly, such as 2026-01-31T12:00:00Z",
            ),
        );
    };
    let text = stamp.text.trim();
    if text.as_bytes().get(10) != Some(&b'T') || text.parse::<jiff::Timestamp>().is_err() {
        return Seen::wrong_as(
            format!("„{text}“ ist kein Zeitpunkt nach RFC 3339, etwa 2026-01-31T12:00:00Z."),
            format!("\"{text}\" is no time as of RFC 3339, such as 2026-01-31T12:00:00Z."),
        );
    }
    if text.ends_with('Z') || text.ends_with("+00:00") {
        Seen::met(&("Der Zeitpunkt ist angegeben, in UTC.", "The time is given, in UTC."))
    } else {
        Seen::met(&(
            "Der Zeitpunkt ist angegeben; geraten wird zu UTC (Ende auf Z).",
            "The time is given; UTC (ending in Z) is advised.",
        ))
    }
}

fn identity(bom: &Bom<'_>) -> Seen {
    let Some(identity) = bom.identity.filter(|it| !it.text.trim().is_empty()) else {
        return Seen::absent(
            &("Die Stückliste hat keine eigene Kennung.", "The document has no identifier of its own."),
            &(
                "SBOM-URI (CycloneDX: serialNumber, SPDX: Namensraum oder spdxId), falls es eine gibt",
                "SBOM-URI (CycloneDX: serialNumber, SPDX: namespace or spdxId), if there is one",
            ),
        );
    };
    if url::Url::parse(identity.text.trim()).is_ok() {
        return Seen::met(&(
            "Die Stückliste hat eine eigene Kennung.",
            "The document has an identifier of its own.",
        ));
    }
    Seen::wrong_as(format!("„{}“ ist keine URI.", identity.text), format!("\"{}\" is no URI.", identity.text))
}

fn subject(bom: &Bom<'_>) -> Seen {
    let missing =
        &("Name und Version des beschriebenen Produkts", "name and version of the described product");
    let Some(product) = bom.described() else {
        return Seen::absent(
            &(
                "Die Stückliste sagt nicht, welches Produkt sie beschreibt.",
                "The document does not say which product it describes.",
            ),
            missing,
        );
    };
    if product.name.trim().is_empty() {
        return Seen::absent(
            &("Das beschriebene Produkt hat keinen Namen.", "The described product has no name."),
            missing,
        );
    }
    if product.version.is_none_or(|it| it.text.trim().is_empty()) {
        return Seen::absent(
            &("Das beschriebene Produkt hat keine Version.", "The described product has no version."),
            missing,
        );
    }
    Seen::met(&(
        "Das beschriebene Produkt ist mit Name und Version genannt.",
        "The described product is named with its version.",
    ))
}

fn vulnerabilities(bom: &Bom<'_>) -> Seen {
    if bom.vulnerabilities == 0 {
        return Seen::met(&(
            "Keine Angaben zu Schwachstellen enthalten.",
            "No information on vulnerabilities inside.",
        ));
    }
    let count = bom.vulnerabilities;
    Seen::wrong_as(
        format!("Enthält Angaben zu Schwachstellen ({count}); sie gehören in CSAF oder VEX."),
        format!("Contains information on vulnerabilities ({count}); it belongs into CSAF or VEX."),
    )
}

fn signature(bom: &Bom<'_>) -> Seen {
    match bom.standard {
        Standard::CycloneDx if bom.node.get("signature").is_some() => Seen::met(&(
            "Die Stückliste enthält eine Signatur (hier nicht nachgerechnet).",
            "The document contains a signature (not verified here).",
        )),
        Standard::CycloneDx => Seen::absent(
            &(
                "Die Stückliste enthält keine Signatur; eine abgesetzte ist ihr nicht anzusehen.",
                "The document contains no signature; a detached one cannot be seen from it.",
            ),
            &("Signatur, eingebettet oder abgesetzt", "signature, enveloped or detached"),
        ),
        Standard::Spdx => Seen::unknown(
            &(
                "SPDX-Dokumente werden abgesetzt signiert; der Datei ist das nicht anzusehen.",
                "SPDX documents are signed detached; the file does not show it.",
            ),
            &("die abgesetzte Signatur", "the detached signature"),
        ),
    }
}
