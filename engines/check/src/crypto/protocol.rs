//! Assets of the type `protocol`: versions, cipher suites, groups.

use super::{
    Bench,
    asset::{many, property, text, written},
    identifier,
    verdict::{Judged, Part, judge_best, no_rule},
};
use crate::{Outcome, Said, Verdict};
use tree::Node;

pub(super) fn look<'a>(bench: &mut Bench<'_, 'a>, component: Node<'a>, crypto: Node<'a>) {
    let own = crypto.get("protocolProperties");
    let name = text(component, "name").unwrap_or_default();
    let kind = own.and_then(|it| text(it, "type")).unwrap_or(name);
    let version = own.and_then(|it| text(it, "version"));
    let is_tls = matches!(identifier::compact(kind).as_str(), "tls" | "dtls" | "ssl");
    if !is_tls {
        return bench.say("cbom.protocol", no_rule(kind));
    }
    let judged = version_of(bench, name, version);
    bench.say_with_end("cbom.protocol", judged);
    let suites: Vec<Node<'a>> = own.map(|it| many(it, "cipherSuites").collect()).unwrap_or_default();
    for it in &suites {
        if let Some(name) = text(*it, "name") {
            let judged = suite(bench, name);
            bench.say_with_end("cbom.suite", judged);
        }
    }
    groups(bench, component, &suites);
}

/// The verdict on a version of TLS: the oldest that is spoken.
fn version_of(bench: &Bench<'_, '_>, name: &str, version: Option<&str>) -> Judged {
    let said = version.or_else(|| Some(name).filter(|it| it.contains(|it: char| it.is_ascii_digit())));
    let Some(said) = said else {
        return Judged::unknown(
            Said::Fixed(&("Die Version von TLS ist nicht angegeben.", "The version of TLS is not given.")),
            Said::Fixed(&("protocolProperties/version", "protocolProperties/version")),
        );
    };
    let number = said.trim_start_matches(|it: char| !it.is_ascii_digit());
    let number = if number == "1" { "1.0" } else { number };
    judge_best(&[Part::new("TLS", number, "tls-version")], bench.rules, bench.day)
}

/// What makes a suite unfit whatever else it has; the last is not listed by TR-02102-2 (2026).
const UNFIT: [&str; 8] = ["_NULL_", "_EXPORT", "_RC4_", "_DES_", "_3DES_", "_MD5", "_ANON_", "CHACHA20"];

fn suite(bench: &Bench<'_, '_>, name: &str) -> Judged {
    let name = name.trim().to_uppercase();
    // The policy writes the suites of TLS 1.3 with a prefix of their own; only they have no `_WITH_`.
    let of_policy = if name.contains("_WITH_") || name.starts_with("TLS13_") {
        name.clone()
    } else {
        name.replacen("TLS_", "TLS13_", 1)
    };
    let judged = judge_best(&[Part::new(&of_policy, "", "tls-suite")], bench.rules, bench.day);
    let listed = judged.outcome == Outcome::Met || !named_nowhere(bench, &of_policy, "tls-suite");
    if listed || of_policy.starts_with("TLS13_") || UNFIT.iter().any(|it| name.contains(it)) {
        return judged;
    }
    Judged::unknown(
        Said::made(
            format!(
                "Die Krypto-Richtlinie nennt {name} nicht; die Liste für TLS 1.2 ist darin nicht vollständig."
            ),
            format!("The crypto policy does not name {name}; its list for TLS 1.2 is not complete."),
        ),
        Said::Fixed(&(
            "eine Regel der Krypto-Richtlinie für diese Cipher-Suite",
            "a rule of the crypto policy for this cipher suite",
        )),
    )
}

fn named_nowhere(bench: &Bench<'_, '_>, mechanism: &str, usage: &str) -> bool {
    bench.rules.judge(mechanism, "", usage, bench.day).verdict == Verdict::NotNamed
}

fn groups<'a>(bench: &mut Bench<'_, 'a>, component: Node<'a>, suites: &[Node<'a>]) {
    let of_suites = suites.iter().flat_map(|it| many(*it, "tlsGroups")).filter_map(written);
    let own = property(component, "fachwerk:tls-groups").unwrap_or_default();
    let mut named: Vec<&str> =
        of_suites.chain(own.split(',').map(str::trim).filter(|it| !it.is_empty())).collect();
    named.sort_unstable();
    named.dedup();
    for it in named {
        let part = Part::new(&group(it), "", "tls-group");
        let judged = judge_best(&[part], bench.rules, bench.day);
        bench.say_with_end("cbom.group", judged);
        bench.say("cbom.quantum", quantum(it));
    }
}

/// The name of a group as the crypto policy has it.
fn group(name: &str) -> String {
    let short = identifier::compact(name);
    match short.as_str() {
        hybrid if hybrid.contains("mlkem") && hybrid.starts_with("secp") => hybrid.to_uppercase(),
        "x25519mlkem768" => "X25519MLKEM768".to_owned(),
        brainpool if brainpool.starts_with("brainpool") => {
            let curve = identifier::curve_in(brainpool).unwrap_or(name);
            format!("{curve}tls13")
        }
        _ => identifier::curve(name).map_or(short.clone(), str::to_owned),
    }
}

fn quantum(group: &str) -> Judged {
    if identifier::compact(group).contains("mlkem") {
        return Judged {
            outcome: Outcome::Met,
            reason: Said::made(
                format!("{group} enthält ein quantensicheres Verfahren."),
                format!("{group} contains a post-quantum mechanism."),
            ),
            missing: None,
            ends_soon: None,
        };
    }
    Judged::unmet(Said::made(
        format!("{group} ist klassisch, ohne hybriden Anteil."),
        format!("{group} is classical, without a hybrid part."),
    ))
}
