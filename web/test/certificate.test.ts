import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { before, test } from "node:test";
import { checkKey, fingerprint } from "../src/crypto/certificate.ts";
import type { Bytes } from "../src/crypto/encoding.ts";
import type { PublicJwk } from "../src/crypto/jwe.ts";
import { certificate, newPair, type Pair, type Scheme } from "./certificates.ts";

const now = Date.UTC(2026, 10, 21);
const from = new Date(Date.UTC(2026, 0, 1));
const to = new Date(Date.UTC(2028, 0, 1));
const strict = { allowSelfSigned: false, now };
const testMode = { allowSelfSigned: true, now };
const pairs = {} as Record<"root" | "middle" | "office" | "stranger" | "pkcs1Root" | "short", Pair>;

before(async () => {
  const wanted: [keyof typeof pairs, Scheme, number?][] = [["root", "pss"], ["middle", "pss"], ["office", "pss"], ["stranger", "pss"], ["pkcs1Root", "pkcs1"], ["short", "pss", 2048]];
  await Promise.all(wanted.map(async ([name, scheme, size]) => (pairs[name] = await newPair(scheme, size))));
});

function jwk(key: Pair, ...chain: Bytes[]): PublicJwk {
  return { kty: "RSA", alg: "RSA-OAEP-256", key_ops: ["wrapKey"], kid: "office-1", ...key.publicJwk, x5c: chain.map((each) => Buffer.from(each).toString("base64")) };
}

const root = () => certificate({ subject: "Root", issuer: "Root", key: pairs.root, signer: pairs.root, from, to, mayIssue: true });
const middle = () => certificate({ subject: "Middle", issuer: "Root", key: pairs.middle, signer: pairs.root, from, to, mayIssue: true });
const leaf = (change: object = {}) => certificate({ subject: "Amt", issuer: "Middle", key: pairs.office, signer: pairs.middle, from, to, ...change });

const bad = (result: { findings: { check: string; outcome: string }[] }) => result.findings.filter((each) => each.outcome === "bad").map((each) => each.check);

test("the test's certificates are read by another implementation", async () => {
  const read = new X509Certificate(await leaf());
  assert.equal(read.subject, "CN=Amt");
  assert.ok(read.verify(new X509Certificate(await middle()).publicKey));
});

test("a complete chain is good", async () => {
  const bytes = await leaf();
  const result = await checkKey(jwk(pairs.office, bytes, await middle(), await root()), strict);
  assert.deepEqual(bad(result), []);
  assert.ok(result.usable);
  assert.equal(result.subject, "CN=Amt");
  assert.equal(result.fingerprint, new X509Certificate(bytes).fingerprint256);
  assert.equal(await fingerprint(bytes), result.fingerprint);
});

test("a chain signed with PKCS#1 v1.5 is good", async () => {
  const top = await certificate({ subject: "Old", issuer: "Old", key: pairs.pkcs1Root, signer: pairs.pkcs1Root, from, to, mayIssue: true });
  const own = await certificate({ subject: "Amt", issuer: "Old", key: pairs.office, signer: pairs.pkcs1Root, from, to });
  assert.ok((await checkKey(jwk(pairs.office, own, top), strict)).usable);
});

test("self-signed is refused, in test mode it is a warning", async () => {
  const own = await certificate({ subject: "Demo", issuer: "Demo", key: pairs.office, signer: pairs.office, from, to });
  assert.deepEqual(bad(await checkKey(jwk(pairs.office, own), strict)), ["anchor"]);
  const allowed = await checkKey(jwk(pairs.office, own), testMode);
  assert.ok(allowed.usable);
  assert.deepEqual(allowed.findings.filter((each) => each.outcome === "warning").map((each) => each.check), ["anchor"]);
});

test("test mode does not excuse anything else", async () => {
  const own = await certificate({ subject: "Demo", issuer: "Demo", key: pairs.office, signer: pairs.stranger, from, to });
  assert.deepEqual(bad(await checkKey(jwk(pairs.office, own), testMode)), ["chain"]);
});

test("a broken, incomplete, swapped or wrongly made chain is refused", async () => {
  const cases: [string, Bytes[]][] = [
    ["signed by a stranger", [await leaf({ signer: pairs.stranger }), await middle(), await root()]],
    ["another issuer's name", [await leaf({ issuer: "Other" }), await middle(), await root()]],
    ["root missing", [await leaf(), await middle()]],
    ["only the leaf", [await leaf()]],
    ["order swapped", [await leaf(), await root(), await middle()]],
    ["issuer may not issue", [await leaf(), await certificate({ subject: "Middle", issuer: "Root", key: pairs.middle, signer: pairs.root, from, to }), await root()]],
  ];
  for (const [what, chain] of cases) {
    const result = await checkKey(jwk(pairs.office, ...chain), strict);
    assert.ok(!result.usable, what);
    assert.ok(bad(result).includes("chain"), what);
  }
});

test("a key that is not the certificate's is refused", async () => {
  const result = await checkKey(jwk(pairs.stranger, await leaf(), await middle(), await root()), testMode);
  assert.deepEqual(bad(result), ["matches"]);
});

test("expired and not yet valid certificates are refused, anywhere in the chain", async () => {
  const past = { from: new Date(Date.UTC(2020, 0, 1)), to: new Date(now - 1000) };
  const future = { from: new Date(now + 1000), to };
  for (const change of [past, future]) assert.deepEqual(bad(await checkKey(jwk(pairs.office, await leaf(change), await middle(), await root()), strict)), ["validity"]);
  const oldMiddle = await certificate({ subject: "Middle", issuer: "Root", key: pairs.middle, signer: pairs.root, ...past, mayIssue: true });
  assert.deepEqual(bad(await checkKey(jwk(pairs.office, await leaf(), oldMiddle, await root()), strict)), ["validity"]);
});

test("a short key or a key for something else is refused", async () => {
  const own = await certificate({ subject: "Short", issuer: "Short", key: pairs.short, signer: pairs.short, from, to });
  assert.deepEqual(bad(await checkKey(jwk(pairs.short, own), testMode)), ["key"]);
  const chain = [await leaf(), await middle(), await root()] as const;
  for (const change of [{ key_ops: ["verify"] }, { alg: "PS512" }, { kty: "EC" }]) assert.deepEqual(bad(await checkKey({ ...jwk(pairs.office, ...chain), ...change }, strict)), ["key"]);
});

test("missing or damaged certificates are refused and never throw", async () => {
  const whole = await leaf();
  const cases: PublicJwk[] = [
    { ...jwk(pairs.office), x5c: undefined },
    jwk(pairs.office),
    { ...jwk(pairs.office), x5c: ["%%%"] },
    { ...jwk(pairs.office), x5c: [""] },
    jwk(pairs.office, whole.slice(0, 100)),
    jwk(pairs.office, new Uint8Array(50).fill(0x30)),
    { ...jwk(pairs.office, whole), n: "%" },
  ];
  for (const key of cases) assert.equal((await checkKey(key, testMode)).usable, false);
  // The signature covers every byte: whichever is damaged, the certificate is refused.
  for (let at = 0; at < whole.length; at += 97) {
    const damaged = whole.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    assert.equal((await checkKey(jwk(pairs.office, damaged, await middle(), await root()), strict)).usable, false, `byte ${at}`);
  }
});
