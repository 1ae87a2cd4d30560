import assert from "node:assert/strict";
import { constants, createDecipheriv, createPrivateKey, hkdfSync, privateDecrypt } from "node:crypto";
import { test } from "node:test";
import { accessOf, accessToken, makeCaseKeys, unwrap, wrap } from "../src/crypto/case-keys.ts";
import { fromBase64url, fromUtf8, hex, sameBytes, toBase64url, utf8 } from "../src/crypto/encoding.ts";
import { announced, fragmentBytes, partsOf, spans } from "../src/crypto/fragments.ts";
import { sha512Hex, Sha512 } from "../src/crypto/hash.ts";
import { decrypt, differingTags, encrypt, importPublic, tagOf, thumbprint } from "../src/crypto/jwe.ts";

const secret = toBase64url(Uint8Array.from({ length: 32 }, (_, at) => at));

async function pair() {
  const made = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["encrypt", "decrypt"]);
  const jwk = await crypto.subtle.exportKey("jwk", made.publicKey);
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", made.privateKey);
  return { key: await importPublic({ n: jwk.n ?? "", e: jwk.e ?? "" }), own: made.privateKey, pkcs8: Buffer.from(pkcs8) };
}

test("base64url goes there and back and refuses what it is not", () => {
  for (const length of [0, 1, 2, 3, 4, 31, 32, 100_000]) {
    const bytes = new Uint8Array(length).map((_, at) => at * 7);
    assert.equal(toBase64url(bytes), Buffer.from(bytes).toString("base64url"));
    assert.ok(sameBytes(fromBase64url(toBase64url(bytes)), bytes));
  }
  for (const wrong of ["a", "ab+c", "ab=", "ab c", "a.b"]) assert.throws(() => fromBase64url(wrong), wrong);
});

test("a JWE opens with another implementation", async () => {
  const { key, pkcs8 } = await pair();
  const jwe = await encrypt(utf8("Grüße"), key, "kid-1", "application/json");
  const [header = "", wrapped = "", iv = "", ciphertext = "", tag = ""] = jwe.split(".");
  assert.deepEqual(JSON.parse(Buffer.from(header, "base64url").toString()), { alg: "RSA-OAEP-256", enc: "A256GCM", kid: "kid-1", cty: "application/json" });
  const content = privateDecrypt({ key: createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, Buffer.from(wrapped, "base64url"));
  const gcm = createDecipheriv("aes-256-gcm", content, Buffer.from(iv, "base64url"));
  gcm.setAAD(Buffer.from(header));
  gcm.setAuthTag(Buffer.from(tag, "base64url"));
  assert.equal(Buffer.concat([gcm.update(Buffer.from(ciphertext, "base64url")), gcm.final()]).toString(), "Grüße");
  assert.equal(tagOf(jwe), tag);
  assert.equal(tag.length, 22);
});

test("a JWE opens again, and not when anything in it was changed", async () => {
  const { key, own } = await pair();
  const jwe = await encrypt(utf8("{}"), key, "kid-1", "application/json");
  assert.equal(fromUtf8(await decrypt(jwe, own)), "{}");
  const parts = jwe.split(".");
  for (let at = 0; at < 5; at++) {
    const changed = parts.map((part, place) => (place === at ? (part.startsWith("A") ? "B" : "A") + part.slice(1) : part)).join(".");
    await assert.rejects(decrypt(changed, own), `part ${at}`);
  }
  for (const wrong of ["", "a.b.c", `${jwe}.x`, parts.slice(0, 4).join(".")]) await assert.rejects(decrypt(wrong, own));
});

test("a JWE with another algorithm or with zip is refused", async () => {
  const { key, own } = await pair();
  const rest = (await encrypt(utf8("x"), key, "k", "text/plain")).split(".").slice(1).join(".");
  for (const header of [{ alg: "dir", enc: "A256GCM" }, { alg: "RSA-OAEP", enc: "A256GCM" }, { alg: "RSA-OAEP-256", enc: "A128GCM" }, { alg: "RSA-OAEP-256", enc: "A256GCM", zip: "DEF" }])
    await assert.rejects(decrypt(`${toBase64url(utf8(JSON.stringify(header)))}.${rest}`, own), /only|zip/);
});

test("two encryptions of the same text share nothing but the header", async () => {
  const { key } = await pair();
  const [left = [], right = []] = await Promise.all([1, 2].map(async () => (await encrypt(utf8("same"), key, "k", "text/plain")).split(".")));
  assert.equal(left[0], right[0]);
  for (const at of [1, 2, 3, 4]) assert.notEqual(left[at], right[at]);
});

test("tags are compared part by part", () => {
  const tags = { metadata: "m", data: "d", attachments: { a: "1", b: "2" } };
  const cases: [object, string[]][] = [
    [{}, []],
    [{ metadata: "x" }, ["metadata"]],
    [{ data: undefined }, ["data"]],
    [{ attachments: { a: "1" } }, ["attachment:b"]],
    [{ attachments: { a: "2", b: "1" } }, ["attachment:a", "attachment:b"]],
    [{ attachments: { a: "1", b: "2", c: "3" } }, ["attachment:c"]],
  ];
  for (const [change, wrong] of cases) assert.deepEqual(differingTags(tags, { ...tags, ...change }), wrong);
  assert.deepEqual(differingTags({ metadata: "m", data: null, attachments: null }, { metadata: "m" }), []);
});

test("HKDF gives the agreed bytes", async () => {
  const access = await accessOf(secret);
  assert.equal(toBase64url(access), "ctfIawmqMZhcrr_dE7TCwIMosbaKfL73hrvkeTRPrWs");
  assert.equal(await accessToken(secret), "ctfIawmqMZhcrr_dE7TCwIMosbaKfL73hrvkeTRPrWs");
  const other = hkdfSync("sha256", fromBase64url(secret), new Uint8Array(0), "fachwerk case access v1", 32);
  assert.equal(hex(access), hex(new Uint8Array(other)));
  await assert.rejects(accessOf("short"));
  await assert.rejects(accessOf(`${secret}AAAA`));
});

test("the wrapped key is AES-256-GCM under the agreed key, bound to the kid", async () => {
  const { pkcs8, key } = await pair();
  const wrapped = fromBase64url(await wrap(new Uint8Array(pkcs8), secret, "kid-1"));
  const gcm = createDecipheriv("aes-256-gcm", fromBase64url("ExJP0pzLMNMtjJQRe0aIk9iDgX5cuJAu0qzMroEG84E"), wrapped.subarray(0, 12));
  gcm.setAAD(Buffer.from("kid-1"));
  gcm.setAuthTag(wrapped.subarray(-16));
  assert.ok(sameBytes(Buffer.concat([gcm.update(wrapped.subarray(12, -16)), gcm.final()]), pkcs8));
  const own = await unwrap(toBase64url(wrapped), secret, "kid-1");
  assert.equal(own.extractable, false);
  assert.equal(fromUtf8(await decrypt(await encrypt(utf8("ja"), key, "k", "text/plain"), own)), "ja");
  await assert.rejects(unwrap(toBase64url(wrapped), secret, "kid-2"));
  await assert.rejects(unwrap(toBase64url(wrapped), toBase64url(new Uint8Array(32)), "kid-1"));
  await assert.rejects(unwrap("AAAA", secret, "kid-1"));
});

test("case keys fit each other", async () => {
  const keys = await makeCaseKeys();
  assert.equal(keys.secret.length, 43);
  assert.equal(keys.publicKey.kid, await thumbprint(keys.publicKey));
  assert.equal(fromBase64url(keys.publicKey.n).length, 512);
  assert.deepEqual(keys.publicKey.key_ops, ["wrapKey"]);
  assert.equal(keys.accessHash, toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", fromBase64url(keys.access)))));
  const own = await unwrap(keys.wrappedKey, keys.secret, keys.publicKey.kid);
  const jwe = await encrypt(utf8("Bescheid"), await importPublic(keys.publicKey), keys.publicKey.kid, "text/plain");
  assert.equal(fromUtf8(await decrypt(jwe, own)), "Bescheid");
});

test("RFC 7638 example thumbprint", async () => {
  const n =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  assert.equal(await thumbprint({ n, e: "AQAB" }), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
});

test("SHA-512 in parts equals SHA-512 at once", async () => {
  const bytes = new Uint8Array(300_001).map((_, at) => at * 31);
  for (const step of [1_000, 65_536, 128, 300_001]) {
    const hash = new Sha512();
    for (let at = 0; at < bytes.length; at += step) hash.add(bytes.subarray(at, at + step));
    assert.equal(hash.hex(), await sha512Hex(bytes), `parts of ${step}`);
  }
  assert.ok(new Sha512().hex().startsWith("cf83e1357eefb8bd"));
});

test("files are cut into fragments in order without a gap", () => {
  const cases: [number, number][] = [
    [0, 1],
    [1, 1],
    [fragmentBytes, 1],
    [fragmentBytes + 1, 2],
    [3 * fragmentBytes, 3],
    [25_000_000, 4],
  ];
  for (const [size, count] of cases) {
    const list = spans(size);
    assert.equal(list.length, count, `${size}`);
    assert.equal(list[0]?.from, 0);
    assert.equal(list.at(-1)?.to, size);
    list.forEach((span, at) => {
      assert.ok(span.to - span.from <= fragmentBytes);
      if (at > 0) assert.equal(span.from, list[at - 1]?.to);
    });
  }
});

test("a small file is announced itself, a large one by its fragments", () => {
  let last = 0;
  const newId = () => `id-${++last}`;
  const small = partsOf(fragmentBytes, newId);
  assert.deepEqual(small, { attachmentId: "id-1", fragments: [] });
  assert.deepEqual(announced(small), ["id-1"]);
  const large = partsOf(2 * fragmentBytes + 1, newId);
  assert.deepEqual(large, { attachmentId: "id-2", fragments: ["id-3", "id-4", "id-5"] });
  assert.deepEqual(announced(large), ["id-3", "id-4", "id-5"]);
});
