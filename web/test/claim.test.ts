import assert from "node:assert/strict";
import { createDecipheriv, createHash, hkdfSync } from "node:crypto";
import { test } from "node:test";
import { openSecret, sealSecret } from "../src/crypto/claim-key.ts";
import { toBase64url } from "../src/crypto/encoding.ts";
import { prfSalt } from "../src/passkey/prf.ts";

const caseId = "caccacca-0000-4000-8000-000000000001";
const secret = toBase64url(Uint8Array.from({ length: 32 }, (_, at) => at));
const output = Uint8Array.from({ length: 32 }, (_, at) => 200 - at);

test("the secret of a case is sealed for a passkey as the contract says", async () => {
  const sealed = await sealSecret(secret, output, caseId.toUpperCase());
  const bytes = Buffer.from(sealed, "base64url");
  assert.equal(bytes.length, 60);
  const key = Buffer.from(hkdfSync("sha256", output, new Uint8Array(0), "fachwerk case wrap v1", 32));
  const gcm = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  gcm.setAAD(Buffer.from(caseId));
  gcm.setAuthTag(bytes.subarray(44));
  assert.equal(Buffer.concat([gcm.update(bytes.subarray(12, 44)), gcm.final()]).toString("base64url"), secret);
  assert.equal(await openSecret(sealed, output, caseId), secret);
  assert.notEqual(await sealSecret(secret, output, caseId), sealed);
});

test("another passkey, another case or a changed key does not open it", async () => {
  const sealed = await sealSecret(secret, output, caseId);
  await assert.rejects(openSecret(sealed, output.map((byte) => byte ^ 1), caseId));
  await assert.rejects(openSecret(sealed, output, caseId.replace("1", "2")));
  await assert.rejects(openSecret(`${sealed.slice(0, -2)}AA`, output, caseId));
  await assert.rejects(openSecret(sealed.slice(4), output, caseId), /another length/);
  await assert.rejects(openSecret(sealed, output.subarray(0, 31), caseId), /at least 32/);
  await assert.rejects(sealSecret("kurz", output, caseId));
});

test("a passkey derives from SHA-256 of the purpose", () => {
  assert.equal(toBase64url(prfSalt()), createHash("sha256").update("fachwerk case wrap v1").digest("base64url"));
});
