//! Licences: expressions, listed ones, own ones.

use super::{Elements, identifier, kind};
use crate::{Acknowledgement, Licence, LicenceForm};
use tree::Node;

const LISTED: [&str; 2] = ["https://spdx.org/licenses/", "http://spdx.org/licenses/"];

/// What a licence relationship leads to: an element, or one of the two individuals that say nothing.
pub(super) fn read<'t>(
    target: Node<'t>,
    elements: &Elements<'t>,
    acknowledgement: Acknowledgement,
) -> Option<Licence<'t>> {
    let (text, form, node) = match elements.resolve(target) {
        Some(element) => {
            let (text, form) = element_text(element);
            (text, form, element)
        }
        None => (listed(target.text()?), LicenceForm::Id, target),
    };
    Some(Licence { text, form, acknowledgement, node })
}

fn element_text(element: Node<'_>) -> (&str, LicenceForm) {
    let text = |key| element.get(key).and_then(Node::text);
    let own = identifier(element).unwrap_or_default();
    match kind(element) {
        "simplelicensing_LicenseExpression" => {
            let expression = text("simplelicensing_licenseExpression").or(text("licenseExpression"));
            (expression.unwrap_or_default(), LicenceForm::Expression)
        }
        "expandedlicensing_ListedLicense" | "expandedlicensing_IndividualLicensingInfo" => {
            (listed(own), LicenceForm::Id)
        }
        _ => (text("name").unwrap_or(own), LicenceForm::Name),
    }
}

/// The identifier at the end of an address, where it has a meaning of its own.
fn listed(address: &str) -> &str {
    if address.ends_with("NoneLicense") {
        return "NONE";
    }
    if address.ends_with("NoAssertionLicense") {
        return "NOASSERTION";
    }
    LISTED.iter().find_map(|it| address.strip_prefix(it)).unwrap_or(address)
}
