import { prfInput } from "../crypto/claim-key.ts";
import { type Bytes, fromBase64url, toBase64url } from "../crypto/encoding.ts";

/** What a passkey derived, and which passkey it was. */
export interface Derived {
  /** Its id, base64url. */
  credential: string;
  output: Bytes;
}

/** Asks a passkey to derive; nothing where it cannot. Throws when the person declines. */
export type Derive = (credential?: string) => Promise<Derived | undefined>;

interface PrfOutputs {
  prf?: { results?: { first?: BufferSource } };
}

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && typeof navigator.credentials?.get === "function";
}

function bytesOf(source: BufferSource): Bytes {
  const view = source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(view);
}

/**
 * Derives with a passkey (WebAuthn Level 3, extension `prf`). Nobody is signed in by this: the answer stays in the browser, so
 * the challenge need not come from the server.
 */
export const derive: Derive = async (credential) => {
  const first = await prfInput();
  const extensions = { prf: { eval: { first } } } as AuthenticationExtensionsClientInputs;
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: credential ? [{ type: "public-key", id: fromBase64url(credential) }] : [],
      userVerification: "required",
      extensions,
    },
  });
  if (!(found instanceof PublicKeyCredential)) return undefined;
  const output = (found.getClientExtensionResults() as PrfOutputs).prf?.results?.first;
  return output && { credential: toBase64url(new Uint8Array(found.rawId)), output: bytesOf(output) };
};
