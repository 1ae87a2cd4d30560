import { type Bytes, fromBase64url, join, toBase64url, utf8 } from "./encoding.ts";

/** What the wrapping key is for. */
const info = "fachwerk case wrap v1";

/** HKDF-SHA-256 (RFC 5869), empty salt: the AES-256-GCM key that only this passkey gives. */
async function keyOf(output: Bytes): Promise<CryptoKey> {
  if (output.length < 32) throw new Error("a passkey derives at least 32 bytes");
  const root = await crypto.subtle.importKey("raw", output, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(info) };
  return crypto.subtle.deriveKey(hkdf, root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function gcm(iv: Bytes, caseId: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: utf8(caseId.toLowerCase()), tagLength: 128 };
}

/** The secret of a case (43 characters of base64url), encrypted for its owner's passkey: 60 bytes, base64url. */
export async function sealSecret(secret: string, output: Bytes, caseId: string): Promise<string> {
  const bytes = fromBase64url(secret);
  if (bytes.length !== 32) throw new Error("a case secret has 32 bytes");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(gcm(iv, caseId), await keyOf(output), bytes);
  return toBase64url(join(iv, new Uint8Array(sealed)));
}

/** The secret again; throws when passkey or case do not fit. */
export async function openSecret(wrapped: string, output: Bytes, caseId: string): Promise<string> {
  const bytes = fromBase64url(wrapped);
  if (bytes.length !== 12 + 32 + 16) throw new Error("the wrapped secret has another length");
  const secret = await crypto.subtle.decrypt(gcm(bytes.subarray(0, 12), caseId), await keyOf(output), bytes.subarray(12));
  return toBase64url(new Uint8Array(secret));
}
