use super::{Policy, Use, Verdict};

/// 21 November 2026, 12:00 UTC.
const NOON: i64 = 1_795_262_400_000_000;
/// 1 January 2036, 0:00 UTC.
const END_2035: i64 = 2_082_758_400_000_000;

const SMALL: &str = r#"
edition = "x"
warn_years = 2
[[entry]]
mechanism = "ECDSA"
parameter = "secp256r1"
use = "signature"
valid_until = 2035-12-31
source = "somebody"

[[entry]]
mechanism = "SHA-2"
parameter = ">=256"
use = "hash"
source = "somebody"
"#;

#[test]
fn the_shipped_file_is_read_and_its_dates_count() {
    let policy = Policy::parse("shipped", super::SHIPPED).unwrap();
    assert_eq!(policy.edition(), "2026-11-21");
    assert_eq!(policy.check_jose("PS512", 4096, NOON).until(), END_2035);
    assert_eq!(policy.check_jose("ES256", 0, NOON).until(), END_2035);
    assert!(
        matches!(policy.check_jose("PS512", 2048, NOON), Verdict::Refused { since: Some(_), .. }),
        "it ended with 2023"
    );
    assert!(matches!(policy.check_jose("PS512", 1024, NOON), Verdict::Refused { since: None, .. }));
    assert!(matches!(policy.check_jose("RS256", 4096, NOON), Verdict::Refused { since: Some(_), .. }));
    assert!(matches!(policy.check_jose("none", 0, NOON), Verdict::Refused { since: None, .. }));
    assert!(matches!(policy.check_jose("HS256", 0, NOON), Verdict::Refused { since: None, .. }));
    for (mechanism, usage) in [
        ("TLS_CHACHA20_POLY1305_SHA256", Use::TlsSuite),
        ("X25519", Use::TlsGroup),
        ("MD5", Use::Hash),
        ("RSASSA-PSS", Use::TlsGroup),
    ] {
        assert_eq!(policy.check(mechanism, "", usage, NOON).word(), "refused", "{mechanism}");
    }
    assert_eq!(policy.check("SECP256R1MLKEM768", "", Use::TlsGroup, NOON).until(), i64::MAX);
    // Every entry says who says so.
    assert!(policy.entries().all(|(line, it)| line > 1 && it.source.len() > 2));
}

#[test]
fn an_end_is_announced_then_kept_and_names_the_line() {
    let policy = Policy::parse("own.toml", SMALL).unwrap();
    let at = |now| policy.check("ECDSA", "secp256r1", Use::Signature, now);
    assert!(matches!(at(NOON), Verdict::Allowed { until: Some(END_2035), .. }));
    let Verdict::Warn { until, message } = at(END_2035 - super::YEAR) else { panic!("no warning") };
    assert_eq!(until, END_2035);
    assert!(message.contains("own.toml, line 4") && message.contains("ends on 2035-12-31"), "{message}");
    assert!(at(END_2035 - 1).allowed().is_ok(), "the last day counts");
    let Verdict::Refused { since, message } = at(END_2035) else { panic!("not refused") };
    assert_eq!(since, Some(END_2035));
    assert!(message.contains("ECDSA secp256r1 for signature ended on 2035-12-31"), "{message}");
    assert!(at(END_2035).allowed().is_err());
    assert_eq!(policy.check("SHA-2", "384", Use::Hash, i64::MAX).until(), i64::MAX);
    assert_eq!(policy.check("SHA-2", "160", Use::Hash, NOON).word(), "refused");
}

#[test]
fn an_edited_file_refuses_what_it_no_longer_names() {
    let edited = SMALL.replace("2035-12-31", "2026-11-20");
    let policy = Policy::parse("own.toml", &edited).unwrap();
    let Verdict::Refused { message, .. } = policy.check_jose("ES256", 0, NOON) else { panic!("not refused") };
    assert!(message.contains("own.toml, line 4"), "{message}");
    let without = SMALL.replace("ECDSA", "EdDSA");
    let policy = Policy::parse("own.toml", &without).unwrap();
    let Verdict::Refused { since: None, message } = policy.check_jose("ES256", 0, NOON) else {
        panic!("allowed")
    };
    assert!(message.contains("no entry of own.toml names it"), "{message}");
}

#[test]
fn the_longest_entry_counts_and_the_shortest_part() {
    let twice = format!(
        "{SMALL}\n[[entry]]\nmechanism = \"ECDSA\"\nparameter = \"*\"\nuse = \"signature\"\nvalid_until = 2030-12-31\nsource = \"other\"\n"
    );
    let policy = Policy::parse("own.toml", &twice).unwrap();
    assert_eq!(policy.check("ECDSA", "secp256r1", Use::Signature, NOON).until(), END_2035);
    let shorter = policy.check("ECDSA", "secp384r1", Use::Signature, NOON).until();
    assert!(shorter < END_2035);
    let both = [("ECDSA", "secp256r1", Use::Signature), ("ECDSA", "secp384r1", Use::Signature)];
    assert_eq!(policy.check_all(both, NOON).until(), shorter);
    assert_eq!(policy.check_all([], NOON).word(), "refused");
}

#[test]
fn a_broken_file_says_where() {
    for (broken, hint) in [
        (SMALL.replace("2035-12-31", "\"soon\""), "line 8"),
        (SMALL.replace("signature", "magic"), "magic"),
        (SMALL.replace(">=256", ">=many"), "line 11"),
        (SMALL.replace("source = \"somebody\"\n\n", ""), "source"),
        (SMALL.replace("edition", "editon"), "editon"),
    ] {
        let message = Policy::parse("own.toml", &broken).unwrap_err();
        assert!(message.contains("own.toml") && message.contains(hint), "{message}");
    }
}
