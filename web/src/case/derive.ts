import { type Bytes, fromBase64url, toBase64url } from "../crypto/encoding.ts";
import { askPrf, prfOf } from "../passkey/prf.ts";

/** What a passkey derived, and which passkey it was. */
export interface Derived {
  /** Its id, base64url. */
  credential: string;
  output: Bytes;
}

/** Asks a passkey to derive; nothing where it cannot. Throws when the person declines. */
export type Derive = (credential?: string) => Promise<Derived | undefined>;

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && typeof navigator.credentials?.get === "function";
}

/**
 * Derives with a passkey (WebAuthn Level 3, extension `prf`). Nobody is signed in by this: the answer stays in the browser, so
 * the challenge need not come from the server.
 */
export const derive: Derive = async (credential) => {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: credential ? [{ type: "public-key", id: fromBase64url(credential) }] : [],
      userVerification: "required",
      extensions: askPrf() as AuthenticationExtensionsClientInputs,
    },
  });
  const output = found instanceof PublicKeyCredential ? prfOf(found) : null;
  return output && found instanceof PublicKeyCredential ? { credential: toBase64url(new Uint8Array(found.rawId)), output } : undefined;
};
