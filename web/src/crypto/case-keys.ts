import { type Bytes, fromBase64url, join, toBase64url, utf8 } from "./encoding.ts";
import { type PublicJwk, thumbprint } from "./jwe.ts";

/** What a person needs to open a case: made in the browser, only `accessHash`, `publicKey` and `wrappedKey` leave it. */
export interface CaseKeys {
  /** base64url of 32 random bytes; stands in the link's fragment. */
  secret: string;
  /** `Authorization: Case …` */
  access: string;
  /** base64url of SHA-256 over the access bytes. */
  accessHash: string;
  publicKey: PublicJwk;
  wrappedKey: string;
}

const accessInfo = "fachwerk case access v1";
const wrapInfo = "fachwerk case wrap v1";
const algorithm = { name: "RSA-OAEP", modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

function hkdf(info: string): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(info) };
}

/** Throws unless the text is base64url of exactly 32 bytes. */
function secretBytes(secret: string): Bytes {
  const bytes = fromBase64url(secret);
  if (bytes.length !== 32) throw new Error("a case secret has 32 bytes");
  return bytes;
}

/** HKDF-SHA-256 (RFC 5869), empty salt: 32 bytes that prove the right to a case. */
export async function accessOf(secret: string): Promise<Bytes> {
  const root = await crypto.subtle.importKey("raw", secretBytes(secret), "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(accessInfo), root, 256));
}

export async function accessToken(secret: string): Promise<string> {
  return toBase64url(await accessOf(secret));
}

/** The AES-256-GCM key under which the private key lies on the server. */
export async function wrapKeyOf(secret: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", secretBytes(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(hkdf(wrapInfo), root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** A new secret and a new key pair of 4096 bit; takes some seconds on slow machines. */
export async function makeCaseKeys(): Promise<CaseKeys> {
  const secret = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
  const pair = await crypto.subtle.generateKey(algorithm, true, ["encrypt", "decrypt"]);
  const jwk = await crypto.subtle.exportKey("jwk", pair.publicKey);
  if (!jwk.n || !jwk.e) throw new Error("the browser made no RSA key");
  const kid = await thumbprint({ n: jwk.n, e: jwk.e });
  const publicKey: PublicJwk = { kty: "RSA", alg: "RSA-OAEP-256", key_ops: ["wrapKey"], kid, n: jwk.n, e: jwk.e };
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const access = await accessOf(secret);
  const accessHash = toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", access)));
  return { secret, access: toBase64url(access), accessHash, publicKey, wrappedKey: await wrap(pkcs8, secret, kid) };
}

export async function wrap(pkcs8: Bytes, secret: string, kid: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await wrapKeyOf(secret);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(kid), tagLength: 128 }, key, pkcs8);
  return toBase64url(join(iv, new Uint8Array(sealed)));
}

/** Unwraps the private key; throws when the secret does not fit. */
export async function unwrap(wrappedKey: string, secret: string, kid: string): Promise<CryptoKey> {
  const bytes = fromBase64url(wrappedKey);
  if (bytes.length < 12 + 16) throw new Error("the wrapped key is too short");
  const key = await wrapKeyOf(secret);
  const pkcs8 = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes.subarray(0, 12), additionalData: utf8(kid), tagLength: 128 },
    key,
    bytes.subarray(12),
  );
  return crypto.subtle.importKey("pkcs8", pkcs8, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["decrypt"]);
}
