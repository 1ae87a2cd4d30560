// A small DER writer, so that the tests make certificates of every kind themselves.
import { join, fromBase64url, utf8, type Bytes } from "../src/crypto/encoding.ts";

function item(tag: number, ...content: Uint8Array[]): Bytes {
  const body = join(...content);
  const length: number[] = [];
  for (let left = body.length; left > 0; left = Math.floor(left / 256)) length.unshift(left % 256);
  const head = body.length < 128 ? [body.length] : [0x80 + length.length, ...length];
  return join(new Uint8Array([tag, ...head]), body);
}

const sequence = (...content: Uint8Array[]) => item(0x30, ...content);

function oid(text: string): Bytes {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const out: number[] = [];
  for (const value of [first * 40 + second, ...rest]) {
    const digits = [value % 128];
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) + 128);
    out.push(...digits);
  }
  return item(0x06, new Uint8Array(out));
}

const integer = (bytes: Uint8Array) => item(0x02, (bytes[0] ?? 0) >= 0x80 ? join(new Uint8Array(1), bytes) : bytes);
const bits = (bytes: Uint8Array) => item(0x03, new Uint8Array(1), bytes);
const name = (text: string) => sequence(item(0x31, sequence(oid("2.5.4.3"), item(0x0c, utf8(text)))));
const time = (at: Date) => item(0x18, utf8(at.toISOString().replace(/[-:T]/g, "").replace(/\.\d+Z$/, "Z")));

const sha512 = sequence(oid("2.16.840.1.101.3.4.2.3"), item(0x05));
const algorithms = {
  pkcs1: sequence(oid("1.2.840.113549.1.1.13"), item(0x05)),
  pss: sequence(
    oid("1.2.840.113549.1.1.10"),
    sequence(item(0xa0, sha512), item(0xa1, sequence(oid("1.2.840.113549.1.1.8"), sha512)), item(0xa2, integer(new Uint8Array([64])))),
  ),
};

export type Scheme = keyof typeof algorithms;

export interface Pair {
  scheme: Scheme;
  publicJwk: { n: string; e: string };
  sign(bytes: Bytes): Promise<Bytes>;
  exportPrivate(): Promise<JsonWebKey>;
}

const names = { pkcs1: "RSASSA-PKCS1-v1_5", pss: "RSA-PSS" } as const;

export async function newPair(scheme: Scheme, modulusLength = 4096): Promise<Pair> {
  const algorithm = { name: names[scheme], modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-512" };
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const how = scheme === "pss" ? { name: "RSA-PSS", saltLength: 64 } : { name: names.pkcs1 };
  return {
    scheme,
    publicJwk: { n: jwk.n ?? "", e: jwk.e ?? "" },
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(how, pair.privateKey, bytes)),
    exportPrivate: () => crypto.subtle.exportKey("jwk", pair.privateKey),
  };
}

export interface Wanted {
  subject: string;
  issuer: string;
  key: Pair;
  signer: Pair;
  from: Date;
  to: Date;
  mayIssue?: boolean;
}

/** A DER certificate. */
export async function certificate(wanted: Wanted): Promise<Bytes> {
  const algorithm = algorithms[wanted.signer.scheme];
  const key = sequence(sequence(oid("1.2.840.113549.1.1.1"), item(0x05)), bits(sequence(integer(fromBase64url(wanted.key.publicJwk.n)), integer(fromBase64url(wanted.key.publicJwk.e)))));
  const constraints = sequence(oid("2.5.29.19"), item(0x01, new Uint8Array([0xff])), item(0x04, sequence(...(wanted.mayIssue ? [item(0x01, new Uint8Array([0xff]))] : []))));
  const body = sequence(
    item(0xa0, integer(new Uint8Array([2]))),
    integer(new Uint8Array([7])),
    algorithm,
    name(wanted.issuer),
    sequence(time(wanted.from), time(wanted.to)),
    name(wanted.subject),
    key,
    item(0xa3, sequence(constraints)),
  );
  return sequence(body, algorithm, bits(await wanted.signer.sign(body)));
}
