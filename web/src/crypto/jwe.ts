import { type Bytes, fromBase64url, fromUtf8, join, toBase64url, utf8 } from "./encoding.ts";

/** A public RSA key as JWK, with what travels beside it. */
export interface PublicJwk {
  kty: string;
  n: string;
  e: string;
  kid: string;
  alg?: string;
  use?: string;
  key_ops?: string[];
  x5c?: string[];
}

const oaep = { name: "RSA-OAEP", hash: "SHA-256" } as const;
const tagBytes = 16;

/** RFC 7638 thumbprint of an RSA key, base64url. */
export async function thumbprint(key: { n: string; e: string }): Promise<string> {
  const canonical = `{"e":"${key.e}","kty":"RSA","n":"${key.n}"}`;
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(canonical))));
}

/** Only `kty`, `n` and `e` are imported: WebCrypto refuses `key_ops: ["wrapKey"]` for encryption. */
export async function importPublic(key: { n: string; e: string }): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", { kty: "RSA", n: key.n, e: key.e, alg: "RSA-OAEP-256", ext: true }, oaep, true, ["encrypt"]);
}

/** Compact JWE (RFC 7516), RSA-OAEP-256 and A256GCM. `contentType` is the `cty` of the header. */
export async function encrypt(plaintext: Uint8Array<ArrayBuffer>, key: CryptoKey, kid: string, contentType: string): Promise<string> {
  const header = toBase64url(utf8(JSON.stringify({ alg: "RSA-OAEP-256", enc: "A256GCM", kid, cty: contentType })));
  const content = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, key, content));
  const gcm = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["encrypt"]);
  content.fill(0);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(header), tagLength: 128 }, gcm, plaintext));
  const ciphertext = sealed.subarray(0, sealed.length - tagBytes);
  const tag = sealed.subarray(sealed.length - tagBytes);
  return [header, toBase64url(wrapped), toBase64url(iv), toBase64url(ciphertext), toBase64url(tag)].join(".");
}

/** Opens a compact JWE; throws with a reason when its shape, key or tag is wrong. `zip` is refused. */
export async function decrypt(jwe: string, key: CryptoKey): Promise<Bytes> {
  const parts = jwe.split(".");
  if (parts.length !== 5) throw new Error("a compact JWE has five parts");
  const [header, wrapped, iv, ciphertext, tag] = parts as [string, string, string, string, string];
  const fields = JSON.parse(fromUtf8(fromBase64url(header))) as Record<string, unknown>;
  if (fields.alg !== "RSA-OAEP-256" || fields.enc !== "A256GCM") throw new Error("only RSA-OAEP-256 with A256GCM is opened");
  if ("zip" in fields || "crit" in fields) throw new Error("zip and crit are not allowed");
  const vector = fromBase64url(iv);
  const mark = fromBase64url(tag);
  if (vector.length !== 12 || mark.length !== tagBytes) throw new Error("iv or tag has the wrong length");
  const content = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, key, fromBase64url(wrapped));
  const gcm = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["decrypt"]);
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: vector, additionalData: utf8(header), tagLength: 128 },
    gcm,
    join(fromBase64url(ciphertext), mark),
  );
  return new Uint8Array(opened);
}

/** The authentication tag: fifth segment of a compact JWE. */
export function tagOf(jwe: string): string {
  const parts = jwe.split(".");
  if (parts.length !== 5 || !parts[4]) throw new Error("a compact JWE has five parts");
  return parts[4];
}

export interface AuthenticationTags {
  metadata: string;
  data?: string | null;
  attachments?: Record<string, string> | null;
}

/** Names of the parts whose tags differ, are missing or are too many: `metadata`, `data`, `attachment:<uuid>`. */
export function differingTags(stated: AuthenticationTags, actual: AuthenticationTags): string[] {
  const wrong: string[] = [];
  if (stated.metadata !== actual.metadata) wrong.push("metadata");
  if ((stated.data ?? "") !== (actual.data ?? "")) wrong.push("data");
  const left = stated.attachments ?? {};
  const right = actual.attachments ?? {};
  for (const id of new Set([...Object.keys(left), ...Object.keys(right)])) if (left[id] !== right[id]) wrong.push(`attachment:${id}`);
  return wrong;
}
