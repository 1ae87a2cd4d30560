//! An entry of a map against the requirements that concern it: by its facts, and by the evidence that is kept for it.

mod concern;
mod meaning;
mod probed;
mod statement;
#[cfg(test)]
mod tests;
mod wording;

use crate::{Artefact, Finding, Observation, Outcome, Question, Said, Subject, asked};
use landkarte::{Entry, Map, Section};
use requirements::{How, Level, Requirement};
use serde_json::Value;
use std::sync::Arc;

/// Evidence that is kept for an element: a stored report, or a document that proves facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Its kind as the map names it: sbom, cbom, openapi, publiccode, modelcard, certificate, document, test.
    pub kind: String,
    /// The keys of the facts that it proves; for documents, certificates and tests.
    pub about: Vec<String>,
    /// Where it came from.
    pub address: String,
    /// The probe that brought it, such as `tls`; nothing for what somebody gave.
    pub probe: Option<&'static str>,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The day of its check or of its arrival, as 2026-11-28.
    pub date: String,
    /// What was found when it was checked.
    pub answers: Vec<Answer>,
}

/// One finding of a stored report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The id of the requirement.
    pub requirement: String,
    /// Its level.
    pub level: Level,
    /// How it ended.
    pub outcome: Outcome,
}

impl Evidence {
    /// `https://… of 2026-11-28 (SHA-256 ab12cd34…)`.
    fn named(&self, german: bool) -> String {
        let of = if german { "vom" } else { "of" };
        let short = self.sha256.get(..12).unwrap_or(&self.sha256);
        format!("{} {of} {} (SHA-256 {short})", self.address, self.date)
    }
}

/// The findings of one element, in the order of the sets and their requirements.
///
/// A statement that nothing proves is unknown, never met; each unknown finding names the input that is missing.
/// Requirements that do not concern the element (its kind, layer, field, capability, standards) are left out.
pub fn check_element(
    map: &Map,
    element: &Entry,
    evidence: &[Evidence],
    question: &Question<'_>,
) -> Vec<Finding> {
    let view = View { map, element, evidence };
    let mut findings: Vec<Finding> = Vec::new();
    for requirement in requirements(question) {
        if findings.iter().any(|it| it.requirement.id == requirement.id)
            || !concern::concerns(map, element, &requirement)
        {
            continue;
        }
        let requirement = Arc::new(requirement);
        for seen in view.look(&requirement, question) {
            findings.push(Finding::of(&requirement, &seen));
        }
    }
    findings
}

/// What is asked of elements: by the sets that were named, else by all that speak of elements.
fn requirements(question: &Question<'_>) -> Vec<Requirement> {
    let library = question.library;
    let sets = if question.sets.is_empty() {
        library.of_artefact(Artefact::Element.name())
    } else {
        question.sets.clone()
    };
    sets.into_iter()
        .filter_map(|it| library.resolved(it))
        .flat_map(|it| it.entries.iter())
        .filter(|it| it.applies.artefacts.iter().any(|it| it == Artefact::Element.name()))
        .filter(|it| it.holds_on(&question.today))
        .cloned()
        .collect()
}

/// An element with what is known of it.
struct View<'v> {
    map: &'v Map,
    element: &'v Entry,
    evidence: &'v [Evidence],
}

impl View<'_> {
    fn look(&self, requirement: &Requirement, question: &Question<'_>) -> Vec<Observation> {
        match &requirement.how {
            How::Statement(key) => vec![statement::judge(self, requirement, key, question)],
            How::Automatic(checks) => checks.iter().map(|it| self.automatic(requirement, it)).collect(),
            How::Document(it) => vec![self.asked(asked::of_a_person(it))],
            How::Probe(name) => vec![probed::judge(self, name)],
        }
    }

    /// The element, at the place of a fact where it has one.
    fn subject(&self, key: &str) -> Arc<Subject> {
        let place = self.element.fact(key).map_or(self.element.place, |it| it.place);
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let pointer = if key.is_empty() {
            format!("/elements/{}", self.element.id)
        } else {
            format!("/elements/{}/{key}", self.element.id)
        };
        Arc::new(Subject {
            file: self.map.head.id.as_str().into(),
            pointer,
            name: self.element.title(true).to_owned(),
            line: number(place.line),
            column: number(place.column),
        })
    }

    fn asked(&self, (reason, missing): (Said, Said)) -> Observation {
        Observation::unknown("element.asked", &self.subject(""), reason, missing)
    }

    fn automatic(&self, requirement: &Requirement, check: &str) -> Observation {
        match check {
            "element.offers_contract" => self.contracts(),
            "element.licence_open" => self.open_licence(),
            "element.sbom" => self.report("element.sbom", "sbom"),
            "element.cbom" => self.report("element.cbom", "cbom"),
            "element.openapi" => self.report("element.openapi", "openapi"),
            "element.modelcard" => self.report("element.modelcard", "modelcard"),
            _ => self.stored(requirement, check),
        }
    }

    /// A stored report of a kind: met where nothing is unmet at the level Muss.
    fn report(&self, check: &'static str, kind: &str) -> Observation {
        let subject = self.subject("evidence");
        let newest = self.evidence.iter().filter(|it| it.kind == kind).max_by(|a, b| a.date.cmp(&b.date));
        let Some(found) = newest else { return self.without_report(check, kind, &subject) };
        let unmet =
            found.answers.iter().filter(|it| it.outcome == Outcome::Unmet && it.level == Level::Muss).count();
        let (de, en) = (found.named(true), found.named(false));
        if found.answers.is_empty() {
            let reason = Said::made(
                format!("{de} wurde noch nicht geprüft."),
                format!("{en} has not been checked yet."),
            );
            return Observation::unknown(
                check,
                &subject,
                reason,
                Said::Fixed(&("das Ergebnis einer Prüfung", "the result of a check")),
            );
        }
        if unmet == 0 {
            let reason = Said::made(
                format!("{de}: keine Muss-Anforderung ist verletzt."),
                format!("{en}: no requirement at Muss is unmet."),
            );
            return Observation::met(check, &subject, reason);
        }
        let reason = Said::made(
            format!("{de}: {unmet} Muss-Anforderungen sind nicht erfüllt."),
            format!("{en}: {unmet} requirements at Muss are unmet."),
        );
        Observation::unmet(check, &subject, reason)
    }

    fn without_report(&self, check: &'static str, kind: &str, subject: &Arc<Subject>) -> Observation {
        let named = self
            .element
            .list("evidence")
            .into_iter()
            .find(|it| it.get("kind").and_then(Value::as_str) == Some(kind));
        let address = named.and_then(|it| it.get("address")).and_then(Value::as_str).unwrap_or_default();
        let reason = if named.is_some() {
            Said::made(
                format!(
                    "Die Landkarte nennt einen Beleg ({kind} {address}), geprüft liegt er hier nicht vor."
                ),
                format!("The map names evidence ({kind} {address}); it is not kept here, checked."),
            )
        } else {
            Said::made(
                format!("Ein Beleg der Art „{kind}“ liegt nicht vor."),
                format!("There is no evidence of the kind \"{kind}\"."),
            )
        };
        let missing = Said::made(
            format!("eine geprüfte Datei der Art „{kind}“"),
            format!("a checked file of the kind \"{kind}\""),
        );
        Observation::unknown(check, subject, reason, missing)
    }

    /// What stored reports answered to the same requirement; the worst answer counts.
    fn stored(&self, requirement: &Requirement, check: &str) -> Observation {
        const CHECK: &str = "element.stored";
        let subject = self.subject("evidence");
        let answered = self.evidence.iter().flat_map(|it| {
            it.answers
                .iter()
                .filter(|answer| answer.requirement == requirement.id)
                .map(move |answer| (it, answer.outcome))
        });
        let worst = answered.min_by_key(|(_, outcome)| match outcome {
            Outcome::Unmet => 0,
            Outcome::Unknown => 1,
            Outcome::Met => 2,
            Outcome::NotApplicable => 3,
        });
        let Some((found, outcome)) = worst else {
            let reason =
                Said::Fixed(&("Kein Beleg wurde daraufhin geprüft.", "No evidence was checked for this."));
            let missing = Said::made(
                format!("ein Beleg, den die Prüfung „{check}“ ansehen kann"),
                format!("evidence that the check \"{check}\" can look at"),
            );
            return Observation::unknown(CHECK, &subject, reason, missing);
        };
        let reason = Said::made(
            format!("Geprüft an {}: {}.", found.named(true), outcome.title(true)),
            format!("Checked with {}: {}.", found.named(false), outcome.title(false)),
        );
        let missing = (outcome == Outcome::Unknown).then_some(Said::Fixed(&(
            "was die gespeicherte Prüfung als fehlend nennt",
            "what the stored check names as missing",
        )));
        Observation { check: CHECK, subject, outcome, reason, missing }
    }

    /// Whether each offered interface names its machine-readable contract.
    fn contracts(&self) -> Observation {
        const CHECK: &str = "element.offers_contract";
        let subject = self.subject("offers");
        let missing = Said::Fixed(&(
            "die Adresse des maschinenlesbaren Vertrags jeder angebotenen Schnittstelle",
            "the address of the machine-readable contract of each offered interface",
        ));
        let offers = self.element.list("offers");
        if offers.is_empty() {
            let reason = Said::Fixed(&(
                "Welche Schnittstellen angeboten werden, ist nicht angegeben.",
                "Which interfaces are offered is not given.",
            ));
            return Observation::unknown(CHECK, &subject, reason, missing);
        }
        let has = |it: &&Value| {
            it.get("contract").and_then(Value::as_str).is_some_and(|it| url::Url::parse(it).is_ok())
        };
        let without: Vec<&str> = offers
            .iter()
            .filter(|it| !has(it))
            .map(|it| it.get("name").and_then(|it| landkarte::words(it, true)).unwrap_or("ohne Namen"))
            .collect();
        if without.is_empty() {
            return Observation::met(
                CHECK,
                &subject,
                Said::Fixed(&(
                    "Jede Schnittstelle nennt ihren Vertrag.",
                    "Each interface names its contract.",
                )),
            );
        }
        let names = without.join(", ");
        Observation::absent(
            CHECK,
            &subject,
            Said::made(format!("Ohne Vertrag: {names}."), format!("Without a contract: {names}.")),
            missing,
        )
    }

    /// Whether `open_source` and the licence agree, and the licence is approved by the OSI.
    fn open_licence(&self) -> Observation {
        const CHECK: &str = "element.licence_open";
        let subject = self.subject("licence");
        let claimed = self.element.fact("open_source").and_then(|it| it.value.as_bool());
        let Some(text) = self.element.words("licence", false) else {
            let reason = Said::Fixed(&("Die Lizenz ist nicht angegeben.", "The licence is not given."));
            return Observation::unknown(
                CHECK,
                &subject,
                reason,
                Said::Fixed(&("die Lizenz als SPDX-Ausdruck", "the licence as SPDX expression")),
            );
        };
        let Ok(parsed) = spdx::Expression::parse_mode(text, crate::licence::MODE) else {
            let reason = Said::made(
                format!("„{text}“ ist kein SPDX-Ausdruck; ob die Lizenz offen ist, ist nicht zu sagen."),
                format!("\"{text}\" is no SPDX expression; whether the licence is open cannot be told."),
            );
            return Observation::unknown(
                CHECK,
                &subject,
                reason,
                Said::Fixed(&("die Lizenz als SPDX-Ausdruck", "the licence as SPDX expression")),
            );
        };
        let open = parsed.evaluate(|it| it.license.id().is_some_and(spdx::LicenseId::is_osi_approved));
        match (open, claimed) {
            (true, Some(true) | None) => {
                let reason = Said::made(
                    format!("{text} ist von der OSI anerkannt."),
                    format!("{text} is approved by the OSI."),
                );
                Observation::met(CHECK, &subject, reason)
            }
            (true, Some(false)) => Observation::unmet(
                CHECK,
                &subject,
                Said::made(
                    format!("open_source ist false, aber {text} ist von der OSI anerkannt."),
                    format!("open_source is false, but {text} is approved by the OSI."),
                ),
            ),
            (false, _) => Observation::unmet(
                CHECK,
                &subject,
                Said::made(
                    format!("{text} ist nicht von der OSI anerkannt."),
                    format!("{text} is not approved by the OSI."),
                ),
            ),
        }
    }
}

/// The entries of a section that contain one, by `part_of`, itself among them.
fn ancestors<'m>(map: &'m Map, section: Section, id: &'m str) -> Vec<&'m str> {
    let mut all = vec![id];
    while let Some(above) = all.last().and_then(|it| map.entry(section, it)).and_then(|it| it.text("part_of"))
    {
        // A circle is the linter's business.
        if all.contains(&above) {
            break;
        }
        all.push(above);
    }
    all
}
