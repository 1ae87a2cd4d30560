//! What is asked of a hostile file: everything.

use check::{CryptoRules, Input, Judgement, Question, Report, Verdict, report};
use requirements::Library;

/// Rules for cryptography that give every verdict, chosen by the mechanism's name alone.
pub struct BillRules;

impl CryptoRules for BillRules {
    fn judge(&self, mechanism: &str, parameter: &str, _usage: &str, at_day: &str) -> Judgement {
        let verdict = match (mechanism.len() + parameter.len()) % 4 {
            0 => Verdict::Allowed,
            1 => Verdict::EndsSoon,
            2 => Verdict::Refused,
            _ => Verdict::NotNamed,
        };
        Judgement {
            verdict,
            until: (verdict == Verdict::EndsSoon).then(|| at_day.to_owned()),
            message: (format!("{mechanism}: Urteil"), format!("{mechanism}: verdict")),
            source: "fuzz".to_owned(),
        }
    }

    fn edition(&self) -> &'static str {
        "fuzz"
    }
}

/// Checks a file against the sets, and writes what was found in every form and in both languages.
///
/// # Panics
/// When a report cannot be written, or JSON and XML of ours cannot be read again.
pub fn report_on(path: &str, content: &[u8], sets: Vec<&str>) {
    let question = Question {
        library: Library::shipped(),
        sets,
        today: "2026-11-28".to_owned(),
        crypto: &BillRules,
        most_misfits: 20,
        hashes: true,
        more: &[],
    };
    match check::check(&[Input { path, content }], &question) {
        Ok(report) => write(&report),
        Err(why) => assert!(!why.sentence(true).is_empty() && !why.sentence(false).is_empty()),
    }
}

fn write(found: &Report) {
    let limits = tree::Limits { depth: 512, ..tree::Limits::default() };
    for german in [true, false] {
        for form in [report::json, report::sarif] {
            let mut text = Vec::new();
            assert!(form(found, german, &mut text).is_ok());
            let again = tree::Tree::json(&text, &limits);
            assert!(again.is_ok(), "a report is no JSON: {again:?}");
        }
        for form in [report::html, report::markdown] {
            let mut text = Vec::new();
            assert!(form(found, german, &mut text).is_ok());
            assert!(std::str::from_utf8(&text).is_ok());
        }
        let mut text = Vec::new();
        assert!(report::junit(found, german, &mut text).is_ok());
        let again = tree::Tree::xml(&text, &limits);
        assert!(again.is_ok(), "a report is no XML: {again:?}");
        let mut text = Vec::new();
        assert!(report::text(found, german, true, &mut text).is_ok());
    }
    let _ = (found.summary(), found.fails(Some(requirements::Level::Kann)));
    for model in Library::shipped().sets().iter().flat_map(|it| &it.maturity) {
        let _ = found.maturity(model);
    }
}
