import { bitString, children, expect, type Item, oid, positive, read, tags, time } from "./der.ts";
import { sameBytes, toBase64url } from "./encoding.ts";

/** The parts of an X.509 certificate (RFC 5280) that are checked here. */
export interface Certificate {
  signed: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
  algorithm: SignatureAlgorithm;
  issuer: Uint8Array<ArrayBuffer>;
  subject: Uint8Array<ArrayBuffer>;
  subjectName: string;
  notBefore: number;
  notAfter: number;
  modulus: Uint8Array<ArrayBuffer>;
  exponent: Uint8Array<ArrayBuffer>;
  mayIssue: boolean;
}

export type SignatureAlgorithm =
  | { name: "RSASSA-PKCS1-v1_5"; hash: string }
  | { name: "RSA-PSS"; hash: string; saltLength: number };

const hashes: Record<string, string> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
const pkcs1: Record<string, string> = {
  "1.2.840.113549.1.1.11": "SHA-256",
  "1.2.840.113549.1.1.12": "SHA-384",
  "1.2.840.113549.1.1.13": "SHA-512",
};
const pss = "1.2.840.113549.1.1.10";
const basicConstraints = "2.5.29.19";
const rsaKeys = new Set(["1.2.840.113549.1.1.1", pss]);
const names: Record<string, string> = { "2.5.4.3": "CN", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C" };

function hashOf(item: Item | undefined): string {
  const found = hashes[oid(children(expect(item, tags.sequence))[0])];
  if (!found) throw new Error("hash algorithm not supported");
  return found;
}

function pssParameters(item: Item | undefined): SignatureAlgorithm {
  const fields = children(expect(item, tags.sequence));
  const field = (tag: number) => fields.find((each) => each.tag === tag);
  const hashField = field(0xa0);
  const maskField = field(0xa1);
  const saltField = field(0xa2);
  // The defaults of RFC 4055 are SHA-1: not accepted.
  if (!hashField || !maskField || !saltField) throw new Error("RSASSA-PSS without stated hash, mask or salt");
  const hash = hashOf(children(hashField)[0]);
  const mask = children(expect(children(maskField)[0], tags.sequence));
  if (oid(mask[0]) !== "1.2.840.113549.1.1.8" || hashOf(mask[1]) !== hash) throw new Error("RSASSA-PSS mask not supported");
  const saltLength = positive(children(saltField)[0]).reduce((sum, byte) => sum * 256 + byte, 0);
  return { name: "RSA-PSS", hash, saltLength };
}

function signatureAlgorithm(item: Item): SignatureAlgorithm {
  const fields = children(expect(item, tags.sequence));
  const id = oid(fields[0]);
  if (id === pss) return pssParameters(fields[1]);
  const hash = pkcs1[id];
  if (!hash) throw new Error(`signature algorithm ${id} not supported`);
  return { name: "RSASSA-PKCS1-v1_5", hash };
}

function nameText(item: Item): string {
  const parts: string[] = [];
  for (const set of children(item)) {
    for (const pair of children(set)) {
      const [type, value] = children(pair);
      const short = names[oid(type)];
      if (short && value) parts.push(`${short}=${new TextDecoder().decode(value.content)}`);
    }
  }
  return parts.join(", ");
}

function mayIssue(extensions: Item | undefined): boolean {
  if (!extensions) return false;
  for (const extension of children(expect(children(extensions)[0], tags.sequence))) {
    const fields = children(extension);
    if (oid(fields[0]) !== basicConstraints) continue;
    const value = expect(fields.at(-1), tags.octets).content;
    const first = children(read(value, tags.sequence))[0];
    return first?.tag === tags.boolean && first.content[0] === 0xff;
  }
  return false;
}

/** Reads one DER certificate with an RSA key; throws on anything else. */
export function readCertificate(der: Uint8Array<ArrayBuffer>): Certificate {
  const [body, algorithm, signature] = children(read(der, tags.sequence));
  if (!body || !algorithm) throw new Error("not a certificate");
  const all = children(expect(body, tags.sequence));
  const fields = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  const [, inner, issuer, validity, subject, keyInfo] = fields;
  if (!inner || !issuer || !validity || !subject || !keyInfo) throw new Error("not a certificate");
  if (!sameBytes(inner.whole, algorithm.whole)) throw new Error("the certificate names two signature algorithms");
  const [keyType, keyBits] = children(keyInfo);
  if (!keyType || !rsaKeys.has(oid(children(keyType)[0]))) throw new Error("not an RSA key");
  const [modulus, exponent] = children(read(bitString(keyBits), tags.sequence));
  const [notBefore, notAfter] = children(validity);
  return {
    signed: body.whole,
    signature: bitString(signature),
    algorithm: signatureAlgorithm(algorithm),
    issuer: issuer.whole,
    subject: subject.whole,
    subjectName: nameText(subject),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    modulus: positive(modulus),
    exponent: positive(exponent),
    mayIssue: mayIssue(fields.slice(6).find((field) => field.tag === 0xa3)),
  };
}

/** Whether `issuer`'s key made the signature on `certificate`, and its name fits. */
export async function signedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (!sameBytes(certificate.issuer, issuer.subject)) return false;
  const { name, hash } = certificate.algorithm;
  const jwk = { kty: "RSA", n: toBase64url(issuer.modulus), e: toBase64url(issuer.exponent), ext: true };
  const key = await crypto.subtle.importKey("jwk", jwk, { name, hash }, false, ["verify"]);
  return crypto.subtle.verify(certificate.algorithm, key, certificate.signature, certificate.signed);
}
