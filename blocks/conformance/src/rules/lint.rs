//! The linter of maps as a check: what `engines/maps` remarks becomes what `engines/check` observes.

use check::{Observation, Read, Said};
use jiff::civil::Date;
use maps::Severity;

/// The check `map.lint` for the day `today`: unmet for each remark that is an error. Put it into `check::Question::more`.
pub fn map_linter(today: &str) -> impl Fn(&Read<'_>, &mut Vec<Observation>) + Sync + use<> {
    let today = today.parse().unwrap_or(Date::MAX);
    move |read, to| {
        let Some(map) = read.map else { return };
        let remarks = maps::lint(map, today);
        let errors = remarks.iter().filter(|it| it.severity == Severity::Error);
        let before = to.len();
        for it in errors {
            let name = it.entry.as_ref().map(|(_, id)| id.clone()).unwrap_or_default();
            let subject = read.subject(String::new(), name, Some(it.place));
            to.push(Observation::unmet("map.lint", &subject, Said::made(it.de.as_str(), it.en.as_str())));
        }
        if to.len() == before {
            let others = remarks.len();
            let reason = Said::made(
                format!(
                    "Der Prüfer von Landkarten findet keinen Fehler ({others} weitere Bemerkungen: `fachwerk catalogue lint`)."
                ),
                format!(
                    "The linter of maps finds no error ({others} other remarks: `fachwerk catalogue lint`)."
                ),
            );
            to.push(Observation::met("map.lint", &read.whole(), reason));
        }
    }
}
