//! What only a running system shows, by what a probe brought back.

use super::View;
use crate::{Observation, Outcome, Said, asked};
use requirements::Level;

/// What a kept probe says of `name`. A TLS probe offers only what the policy allows: where nothing fits, the address is at
/// fault; where something fits, it is still open what else the address would take.
pub(super) fn judge(view: &View<'_>, name: &str) -> Observation {
    const CHECK: &str = "element.asked";
    let kept = view.evidence.iter().filter(|it| it.probe == Some(name) && !it.answers.is_empty());
    let Some(newest) = kept.max_by(|one, other| one.date.cmp(&other.date)) else {
        return view.asked(asked::of_the_system(name));
    };
    let (de, en) = (newest.named(true), newest.named(false));
    let unmet = |it: &&super::Answer| it.outcome == Outcome::Unmet && it.level == Level::Muss;
    let unmet = newest.answers.iter().filter(unmet).count();
    if unmet > 0 {
        let reason = Said::made(
            format!("Die Sonde {de} fand {unmet} verletzte Muss-Anforderungen an TLS."),
            format!("The probe {en} found {unmet} requirements on TLS at Muss unmet."),
        );
        return Observation::unmet(CHECK, &view.subject(""), reason);
    }
    view.asked((
        Said::made(
            format!("Die Sonde {de} bekam TLS, wie die Richtlinie es will; ob die Adresse auch anderes annimmt, zeigt sie nicht."),
            format!("The probe {en} got TLS as the policy wants it; it does not show whether the address takes something else too."),
        ),
        Said::Fixed(&(
            "ein Prüfprotokoll, das auch anbietet, was die Richtlinie verbietet",
            "a test record that also offers what the policy refuses",
        )),
    ))
}
