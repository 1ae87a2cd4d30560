//! The node's crypto policy as the engine asks it: dated rules behind `check::CryptoRules`.

use check::{CryptoRules, Judgement, Verdict};
use kernel::{Policy, policy};
use serde::de::IntoDeserializer;

/// The dated rules of a policy.
#[derive(Clone, Copy)]
pub struct PolicyRules<'p>(pub &'p Policy);

impl CryptoRules for PolicyRules<'_> {
    fn judge(&self, mechanism: &str, parameter: &str, usage: &str, at_day: &str) -> Judgement {
        let named =
            if parameter.is_empty() { mechanism.to_owned() } else { format!("{mechanism} {parameter}") };
        let Some((usage, at)) = usage_named(usage).zip(noon_of(at_day)) else {
            return not_named(
                format!("„{usage}“ am {at_day} ist keine Verwendung, über die die Kryptorichtlinie spricht."),
                format!("“{usage}” on {at_day} is no use that the crypto policy speaks of."),
                self.0.origin(),
            );
        };
        match self.0.check(mechanism, parameter, usage, at) {
            policy::Verdict::Allowed { until, .. } => {
                let until = until.map(last_day);
                let message = until.as_ref().map_or_else(
                    || {
                        (
                            format!("{named} ist zulässig; ein Ende ist nicht bekannt."),
                            format!("{named} may be used; no end is known."),
                        )
                    },
                    |day| {
                        (
                            format!("{named} ist bis {day} zulässig."),
                            format!("{named} may be used until {day}."),
                        )
                    },
                );
                self.told(Verdict::Allowed, until, message)
            }
            policy::Verdict::Warn { until, .. } => {
                let day = last_day(until);
                let message = (
                    format!("{named} ist nur noch bis {day} zulässig."),
                    format!("{named} may be used only until {day}."),
                );
                self.told(Verdict::EndsSoon, Some(day), message)
            }
            policy::Verdict::Refused { since: Some(since), .. } => {
                let day = last_day(since);
                let message = (
                    format!("{named} war bis {day} zulässig, seitdem nicht mehr."),
                    format!("{named} could be used until {day}, and not since then."),
                );
                self.told(Verdict::Refused, Some(day), message)
            }
            policy::Verdict::Refused { since: None, .. } => not_named(
                format!("{named} wird von der Kryptorichtlinie für diese Verwendung nicht genannt."),
                format!("{named} is not named by the crypto policy for this use."),
                self.0.origin(),
            ),
        }
    }

    fn edition(&self) -> &str {
        self.0.edition()
    }
}

impl PolicyRules<'_> {
    fn told(self, verdict: Verdict, until: Option<String>, message: (String, String)) -> Judgement {
        Judgement { verdict, until, message, source: format!("{}, {}", self.0.origin(), self.0.edition()) }
    }
}

fn not_named(de: String, en: String, source: &str) -> Judgement {
    Judgement { verdict: Verdict::NotNamed, until: None, message: (de, en), source: source.to_owned() }
}

/// A use by its name in the policy's file.
fn usage_named(name: &str) -> Option<policy::Use> {
    let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    serde::Deserialize::deserialize(name).ok()
}

/// Noon of a day, UTC, in microseconds since the epoch.
fn noon_of(day: &str) -> Option<i64> {
    let date: jiff::civil::Date = day.parse().ok()?;
    Some(date.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// The last day before a moment, UTC.
fn last_day(moment: i64) -> String {
    jiff::Timestamp::from_microsecond(moment - 1)
        .map_or_else(|_| moment.to_string(), |it| it.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_speaks_with_dates() {
        let policy = Policy::shipped();
        let rules = PolicyRules(&policy);
        let judge = |mechanism, parameter, day| rules.judge(mechanism, parameter, "signature", day);
        let short = judge("RSASSA-PSS", "2048", "2026-11-28");
        assert_eq!((short.verdict, short.until.as_deref()), (Verdict::Refused, Some("2023-12-31")));
        assert!(short.message.0.contains("bis 2023-12-31") && short.message.1.contains("until 2023-12-31"));
        assert_eq!(
            judge("RSASSA-PSS", "2048", "2023-12-31").verdict,
            Verdict::EndsSoon,
            "the last day counts"
        );
        assert_eq!(judge("RSASSA-PSS", "4096", "2026-11-28").verdict, Verdict::Allowed);
        assert_eq!(judge("MD5", "", "2026-11-28").verdict, Verdict::NotNamed);
        assert_eq!(rules.judge("MD5", "", "seasoning", "2026-11-28").verdict, Verdict::NotNamed);
    }
}
