//! Checks of cryptographic bills of materials and certificates.

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "cbom.algorithm",
        de: "Verschlüsselung, Signatur, Schlüsseleinigung, MAC und Schlüsselableitung sind heute zulässig.",
        en: "Encryption, signature, key agreement, MAC and key derivation are allowed today.",
    },
    Check {
        name: "cbom.key_length",
        de: "Schlüssellängen, Kurven und Parametersätze erreichen das Mindestmaß.",
        en: "Key lengths, curves and parameter sets reach the minimum.",
    },
    Check { name: "cbom.hash", de: "Hashverfahren sind zulässig.", en: "Hash functions are allowed." },
    Check {
        name: "cbom.protocol",
        de: "Protokollversionen sind zulässig.",
        en: "Protocol versions are allowed.",
    },
    Check { name: "cbom.suite", de: "Cipher-Suites sind zulässig.", en: "Cipher suites are allowed." },
    Check {
        name: "cbom.group",
        de: "Gruppen der Schlüsseleinigung sind zulässig.",
        en: "Groups of the key agreement are allowed.",
    },
    Check {
        name: "cbom.certificate",
        de: "Zertifikate: Signaturverfahren zulässig, heute gültig.",
        en: "Certificates: signature scheme allowed, valid today.",
    },
    Check {
        name: "cbom.horizon",
        de: "Nichts läuft innerhalb der Warnfrist der Kryptorichtlinie aus.",
        en: "Nothing ends within the warning time of the crypto policy.",
    },
    Check {
        name: "cbom.quantum",
        de: "Schlüsseleinigung ist hybrid oder quantensicher.",
        en: "Key agreement is hybrid or post-quantum.",
    },
    Check {
        name: "x509.signature",
        de: "Signaturverfahren des Zertifikats ist zulässig.",
        en: "Signature scheme of the certificate is allowed.",
    },
    Check {
        name: "x509.hash",
        de: "Hashverfahren der Signatur ist zulässig.",
        en: "Hash function of the signature is allowed.",
    },
    Check {
        name: "x509.key",
        de: "Art und Länge des öffentlichen Schlüssels sind zulässig.",
        en: "Kind and length of the public key are allowed.",
    },
    Check {
        name: "x509.validity",
        de: "Der heutige Tag liegt in der Gültigkeit.",
        en: "Today lies within the validity.",
    },
    Check {
        name: "x509.horizon",
        de: "Die Gültigkeit reicht nicht über das Ende der verwendeten Verfahren hinaus.",
        en: "The validity does not reach beyond the end of the mechanisms in use.",
    },
];
