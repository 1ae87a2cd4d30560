//! Whether the source code may be taken, changed and passed on, and whether one can look at it.

use super::{Judged, Range, statements};
use crate::{Sentence, Weights, matching::Element};
use spdx::{Expression, ParseMode};

pub(super) fn judge(members: &[Element<'_>], weights: &Weights) -> Judged {
    let truths = members.iter().filter_map(|it| it.entry.fact("open_source")?.value.as_bool());
    let open = Range::around(truths.map(|it| f64::from(u8::from(it))));
    let licences: Vec<Range> =
        members.iter().filter_map(|it| it.entry.words("licence", true)).map(licence).collect();
    let licence = Range {
        low: licences.iter().map(|it| it.low).reduce(f64::min).unwrap_or(0.0),
        high: licences.iter().map(|it| it.high).reduce(f64::max).unwrap_or(1.0),
    };
    let code = members.iter().any(|it| it.entry.text("repository").is_some());
    let source = if code { Range::exactly(1.0) } else { Range::UNKNOWN };
    let range =
        Range::mean([(weights.open_source, open), (weights.licence, licence), (weights.repository, source)]);
    let mut facts = statements(members, "open_source");
    facts.extend(statements(members, "licence"));
    facts.extend(statements(members, "repository"));
    let why = Sentence::new(sentence(open, licence, code, true), sentence(open, licence, code, false));
    Judged { range, why, facts }
}

/// An open licence of the SPDX list is worth one, another of that list nothing; of any other nobody knows.
fn licence(text: &str) -> Range {
    let Ok(expression) = Expression::parse_mode(text, ParseMode::LAX) else { return Range::UNKNOWN };
    if expression.requirements().any(|it| it.req.license.id().is_none()) {
        return Range::UNKNOWN;
    }
    let free = |it: spdx::LicenseId| it.is_osi_approved() || it.is_fsf_free_libre();
    Range::exactly(f64::from(u8::from(expression.evaluate(|it| it.license.id().is_some_and(free)))))
}

fn sentence(open: Range, licence: Range, code: bool, german: bool) -> String {
    let pick = |de: &'static str, en: &'static str| if german { de } else { en };
    let known = |range: Range| range.low >= range.high;
    let open = match open.low {
        _ if open == Range::UNKNOWN => {
            pick("Ob es quelloffen ist, steht nicht fest", "Whether it is open source is not settled")
        }
        it if it > 0.5 => pick("Quelloffen", "Open source"),
        _ => pick("Nicht quelloffen", "Not open source"),
    };
    let licence = match licence.low {
        _ if !known(licence) => {
            pick("ob die Lizenz offen ist, steht nicht fest", "whether the licence is open is not settled")
        }
        it if it > 0.5 => pick("die Lizenz ist offen (SPDX)", "the licence is open (SPDX)"),
        _ => pick("die Lizenz ist nicht offen (SPDX)", "the licence is not open (SPDX)"),
    };
    let code = if code {
        pick("der Ort des Quelltextes ist bekannt", "the address of the source code is known")
    } else {
        pick("der Ort des Quelltextes ist nicht bekannt", "the address of the source code is not known")
    };
    format!("{open}; {licence}; {code}.")
}
