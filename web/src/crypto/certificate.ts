import { say } from "../language.ts";
import { fromBase64, fromBase64url, hex, sameBytes, type Bytes } from "./encoding.ts";
import type { PublicJwk } from "./jwe.ts";
import { type Certificate, readCertificate, signedBy } from "./x509.ts";

export type Outcome = "good" | "warning" | "bad";

export interface Finding {
  check: "shape" | "key" | "matches" | "validity" | "chain" | "anchor";
  outcome: Outcome;
  text: string;
}

export interface KeyCheck {
  /** No finding is bad: the key may be used. */
  usable: boolean;
  findings: Finding[];
  subject: string;
  /** SHA-256 of the leaf certificate, hex in pairs; empty without certificate. */
  fingerprint: string;
}

interface Options {
  allowSelfSigned: boolean;
  now: number;
}

/** SHA-256 of a DER certificate as pairs of hex digits with colons. */
export async function fingerprint(der: Bytes): Promise<string> {
  const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", der)));
  return (digest.toUpperCase().match(/../g) ?? []).join(":");
}

function keyFinding(key: PublicJwk): Finding {
  const bits = fromBase64url(key.n).length * 8;
  const wrong = key.kty !== "RSA" || key.e !== "AQAB" || bits < 4096 || (key.alg !== undefined && key.alg !== "RSA-OAEP-256");
  const forbidden = key.key_ops !== undefined && !key.key_ops.includes("wrapKey");
  return wrong || forbidden
    ? { check: "key", outcome: "bad", text: say("Der Schlüssel der Behörde hat nicht die vorgeschriebene Art.", "The office's key is not of the required kind.") }
    : { check: "key", outcome: "good", text: say(`Der Schlüssel ist ein RSA-Schlüssel mit ${bits} Bit.`, `The key is an RSA key of ${bits} bit.`) };
}

function matchFinding(key: PublicJwk, leaf: Certificate): Finding {
  const same = sameBytes(fromBase64url(key.n), leaf.modulus) && sameBytes(fromBase64url(key.e), leaf.exponent);
  return same
    ? { check: "matches", outcome: "good", text: say("Der Schlüssel ist der des Zertifikats.", "The key is the one in the certificate.") }
    : { check: "matches", outcome: "bad", text: say("Der Schlüssel gehört nicht zum Zertifikat.", "The key does not belong to the certificate.") };
}

function validityFinding(chain: Certificate[], now: number): Finding {
  const wrong = chain.find((each) => now < each.notBefore || now > each.notAfter);
  if (!wrong) return { check: "validity", outcome: "good", text: say("Alle Zertifikate sind heute gültig.", "All certificates are valid today.") };
  return {
    check: "validity",
    outcome: "bad",
    text: say(`Das Zertifikat „${wrong.subjectName}“ ist heute nicht gültig.`, `The certificate “${wrong.subjectName}” is not valid today.`),
  };
}

async function chainFinding(chain: Certificate[]): Promise<Finding> {
  const broken = say("Die Zertifikatskette ist unterbrochen.", "The certificate chain is broken.");
  for (let at = 0; at < chain.length; at++) {
    const certificate = chain[at];
    // The last one must have signed itself: the chain is complete up to its root.
    const issuer = chain[at + 1] ?? certificate;
    if (!certificate || !issuer || !(await signedBy(certificate, issuer))) return { check: "chain", outcome: "bad", text: broken };
    if (at > 0 && !certificate.mayIssue) return { check: "chain", outcome: "bad", text: broken };
  }
  return { check: "chain", outcome: "good", text: say("Jede Unterschrift in der Zertifikatskette stimmt.", "Every signature in the certificate chain is right.") };
}

function anchorFinding(chain: Certificate[], options: Options): Finding {
  const root = chain.at(-1)?.subjectName ?? "";
  if (chain.length > 1) {
    return {
      check: "anchor",
      outcome: "good",
      text: say(`Die Kette endet bei „${root}“. Ob dieser Aussteller vertrauenswürdig ist, prüft der Server.`, `The chain ends at “${root}”. Whether this issuer is trusted is checked by the server.`),
    };
  }
  return options.allowSelfSigned
    ? {
        check: "anchor",
        outcome: "warning",
        text: say("Das Zertifikat ist selbst ausgestellt. Das ist nur in diesem Testbetrieb erlaubt: Senden Sie keine echten Daten.", "The certificate is self-signed. That is allowed in this test system only: do not send real data."),
      }
    : { check: "anchor", outcome: "bad", text: say("Das Zertifikat ist selbst ausgestellt. Das ist nicht erlaubt.", "The certificate is self-signed. That is not allowed.") };
}

function result(findings: Finding[], subject: string, print: string): KeyCheck {
  return { usable: findings.every((finding) => finding.outcome !== "bad"), findings, subject, fingerprint: print };
}

/** Checks an office's encryption key before anything is encrypted to it. Never throws. */
export async function checkKey(key: PublicJwk, options: Options): Promise<KeyCheck> {
  const unreadable: Finding = {
    check: "shape",
    outcome: "bad",
    text: say("Der Schlüssel der Behörde hat kein lesbares Zertifikat.", "The office's key has no readable certificate."),
  };
  let print = "";
  try {
    const encoded = (key.x5c ?? []).map(fromBase64);
    const leafBytes = encoded[0];
    if (!leafBytes) return result([keyFinding(key), unreadable], "", "");
    print = await fingerprint(leafBytes);
    const chain = encoded.map(readCertificate);
    const leaf = chain[0];
    if (!leaf) return result([unreadable], "", print);
    const findings = [
      keyFinding(key),
      matchFinding(key, leaf),
      validityFinding(chain, options.now),
      await chainFinding(chain),
      anchorFinding(chain, options),
    ];
    return result(findings, leaf.subjectName, print);
  } catch {
    return result([unreadable], "", print);
  }
}
