/** A secret that only the passkey knows (WebAuthn Level 3, extension prf). It never leaves the page. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Bytes } from "../crypto/encoding.ts";
import { utf8 } from "../crypto/encoding.ts";

/** What is asked of the passkey's function; the same for ever, because what was wrapped under its answer must open again. */
export function prfSalt(): Bytes {
  return sha256(utf8("fachwerk case wrap v1")) as Bytes;
}

/** What to add to `extensions` of `create` or `get`; a device without the extension leaves it out of its answer. */
export function askPrf(): { prf: { eval: { first: Bytes } } } {
  return { prf: { eval: { first: prfSalt() } } };
}

/** The 32 bytes, or nothing where device or browser do not know the extension (or give them at sign-in only). */
export function prfOf(credential: PublicKeyCredential): Bytes | null {
  const results = credential.getClientExtensionResults() as { prf?: { results?: { first?: ArrayBuffer | ArrayBufferView } } };
  const first = results.prf?.results?.first;
  if (!first) return null;
  return ArrayBuffer.isView(first) ? new Uint8Array(first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength) as ArrayBuffer) : new Uint8Array(first);
}
