/** WebAuthn options and answers between the JSON of the server and the buffers of the browser. */
import { fromBase64url, toBase64url } from "../crypto/encoding.ts";
import { askPrf } from "./prf.ts";

export interface Begun {
  ceremony: string;
  options: { publicKey: Record<string, unknown> };
}

interface Listed {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

function listed(all: unknown): PublicKeyCredentialDescriptor[] {
  return ((all as Listed[] | undefined) ?? []).map((each) => ({ ...each, id: fromBase64url(each.id) }));
}

export function creationOptions(begun: Begun): PublicKeyCredentialCreationOptions {
  const given = begun.options.publicKey as unknown as {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    excludeCredentials?: unknown;
    extensions?: object;
  };
  return {
    ...(given as unknown as PublicKeyCredentialCreationOptions),
    challenge: fromBase64url(given.challenge),
    user: { ...given.user, id: fromBase64url(given.user.id) },
    excludeCredentials: listed(given.excludeCredentials),
    extensions: { ...given.extensions, ...askPrf() } as AuthenticationExtensionsClientInputs,
  };
}

export function requestOptions(begun: Begun): PublicKeyCredentialRequestOptions {
  const given = begun.options.publicKey as unknown as { challenge: string; allowCredentials?: unknown; extensions?: object };
  return {
    ...(given as unknown as PublicKeyCredentialRequestOptions),
    challenge: fromBase64url(given.challenge),
    allowCredentials: listed(given.allowCredentials),
    extensions: { ...given.extensions, ...askPrf() } as AuthenticationExtensionsClientInputs,
  };
}

const text = (buffer: ArrayBuffer | null): string | null => (buffer ? toBase64url(new Uint8Array(buffer)) : null);

/** What the server needs of a new passkey; answers of extensions stay in the page. */
export function created(credential: PublicKeyCredential): unknown {
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: { attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON) },
  };
}

/** What the server needs to check who signs in; answers of extensions stay in the page. */
export function shown(credential: PublicKeyCredential): unknown {
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  };
}
