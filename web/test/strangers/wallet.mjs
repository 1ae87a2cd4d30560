// A wallet and the authority behind it, put together from other people's libraries: @openid4vc/openid4vp talks to the verifier,
// @sd-jwt/sd-jwt-vc and @owf/mdoc issue and present, jose encrypts. The issuer's keys are those of the demo.
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, verify, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setGlobalConfig } from "@openid4vc/oauth2";
import { Openid4vpClient } from "@openid4vc/openid4vp";
import { CoseKey, DateOnly, DeviceKey, DeviceRequest, DocRequest, Holder, Issuer, ItemsRequest, SessionTranscript, SignatureAlgorithm } from "@owf/mdoc";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { CompactEncrypt, calculateJwkThumbprint, importJWK } from "jose";

// The node under test answers on loopback, without TLS.
setGlobalConfig({ allowInsecureUrls: true });

export const VCT = "urn:eudi:pid:de:1";
export const DOC_TYPE = "eu.europa.ec.eudi.pid.1";

const day = 86_400_000;
const sha256 = (data) => createHash("sha256").update(typeof data === "string" ? data : new Uint8Array(data)).digest();
const es256 = (data, key) => sign("sha256", data, { key, dsaEncoding: "ieee-p1363" });

/** What @owf/mdoc leaves to others. */
const context = {
  crypto: { random: (length) => new Uint8Array(randomBytes(length)), digest: ({ bytes }) => new Uint8Array(sha256(bytes)) },
  cose: { sign1: { sign: ({ toBeSigned, key }) => new Uint8Array(es256(toBeSigned, createPrivateKey({ key: key.jwk, format: "jwk" }))) } },
};

/** Certificates of a file, the first one first, as DER. */
function certificates(path) {
  const blocks = readFileSync(path, "utf8").match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((it) => new X509Certificate(it).raw);
}

/** The authority: issues identity data of an invented person in both formats. */
export class Authority {
  constructor(folder) {
    this.key = createPrivateKey(readFileSync(join(folder, "issuer.key"), "utf8"));
    this.chain = certificates(join(folder, "issuer.pem"));
  }

  async sdJwt(device, { status, expires = Date.now() + day } = {}) {
    const instance = new SDJwtVcInstance({
      signer: (data) => es256(Buffer.from(data), this.key).toString("base64url"),
      signAlg: "ES256",
      hasher: sha256,
      hashAlg: "sha-256",
      saltGenerator: (length) => randomBytes(length).toString("base64url"),
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      vct: VCT, iat: now - 60, exp: Math.floor(expires / 1000), cnf: { jwk: device.publicJwk }, ...(status && { status: { status_list: status } }),
      family_name: "Fremd", given_name: "Frieda", birthdate: "1980-02-29", place_of_birth: { locality: "Bremen", country: "DE" }, nationalities: ["DE"],
      address: { street_address: "Prüfweg 7", postal_code: "28195", locality: "Bremen", country: "DE", formatted: "Prüfweg 7, 28195 Bremen" },
      issuing_authority: "DE", issuing_country: "DE",
    };
    const hidden = ["family_name", "given_name", "birthdate", "place_of_birth", "nationalities", "address", "issuing_authority", "issuing_country"];
    const frame = { _sd: hidden, address: { _sd: ["street_address", "postal_code", "locality", "country", "formatted"] } };
    return instance.issue(claims, frame, { header: { x5c: this.chain.map((it) => it.toString("base64")) } });
  }

  async mdoc(device, { expires = Date.now() + day } = {}) {
    const issuer = new Issuer(DOC_TYPE, context);
    issuer.addIssuerNamespace(DOC_TYPE, {
      family_name: "Fremd", given_name: "Frieda", birth_date: new DateOnly("1980-02-29"), nationality: ["DE"], place_of_birth: { locality: "Bremen", country: "DE" },
      resident_street: "Prüfweg", resident_house_number: "7", resident_postal_code: "28195", resident_city: "Bremen", resident_country: "DE", resident_address: "Prüfweg 7, 28195 Bremen",
      issuing_authority: "DE", issuing_country: "DE",
    });
    return issuer.sign({
      signingKey: CoseKey.fromJwk({ ...this.key.export({ format: "jwk" }), alg: "ES256" }),
      algorithm: SignatureAlgorithm.ES256,
      digestAlgorithm: "SHA-256",
      validityInfo: { signed: new Date(Date.now() - 60_000), validFrom: new Date(Date.now() - 60_000), validUntil: new Date(expires) },
      deviceKeyInfo: { deviceKey: DeviceKey.fromJwk(device.publicJwk) },
      certificates: this.chain.map((it) => new Uint8Array(it)),
    });
  }
}

/** A device with a key of its own. */
export function newDevice() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, publicJwk: publicKey.export({ format: "jwk" }) };
}

const callbacks = {
  hash: (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest(),
  generateRandom: (length) => new Uint8Array(randomBytes(length)),
  fetch,
  getX509CertificateMetadata: () => ({ sanDnsNames: [], sanUriNames: [] }),
  verifyJwt: (signer, { compact }) => {
    const [header, payload, signature] = compact.split(".");
    const key = new X509Certificate(Buffer.from(signer.x5c[0], "base64")).publicKey;
    const verified = verify("sha256", Buffer.from(`${header}.${payload}`), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
    return verified ? { verified: true, signerJwk: key.export({ format: "jwk" }) } : { verified: false };
  },
  encryptJwe: async (encryptor, data) => {
    const { publicJwk, alg, enc, apu, apv } = encryptor;
    const jwe = new CompactEncrypt(Buffer.from(data)).setProtectedHeader({ alg, enc, kid: publicJwk.kid });
    if (apu || apv) jwe.setKeyManagementParameters({ ...(apu && { apu: Buffer.from(apu, "base64url") }), ...(apv && { apv: Buffer.from(apv, "base64url") }) });
    return { jwe: await jwe.encrypt(await importJWK(publicJwk, alg)), encryptionJwk: publicJwk };
  },
  decryptJwe: () => ({ decrypted: false }),
  signJwt: () => { throw new Error("this wallet signs no responses"); },
};

/** Asks the verifier, as its link says. */
export async function resolve(link) {
  const client = new Openid4vpClient({ callbacks });
  const parameters = Object.fromEntries(new URL(link).searchParams);
  const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: parameters });
  const { authorizationRequestPayload: request, jar } = await client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params });
  if (!jar) throw new Error("the request is not signed");
  return request;
}

/** The query for a format; of its alternatives the last one, which asks for no more than this person has. */
function asked(request, format) {
  const query = request.dcql_query.credentials.find((it) => it.format === format);
  const set = query.claim_sets?.at(-1);
  return set ? { ...query, claims: query.claims.filter((it) => set.includes(it.id)) } : query;
}

/** A frame for @sd-jwt/sd-jwt-vc that shows what was asked for. */
function frame(credential) {
  const shown = {};
  for (const { path } of credential.claims ?? []) {
    let place = shown;
    path.forEach((part, at) => {
      if (typeof part !== "string") return;
      const last = path.slice(at + 1).every((it) => typeof it !== "string");
      if (last) place[part] ??= true;
      else place = place[part] = typeof place[part] === "object" ? place[part] : {};
    });
  }
  return shown;
}

/** Presents an SD-JWT VC; `meddle` may change what the holder's proof says. */
export async function presentSdJwt(request, credential, device, meddle = {}) {
  const instance = new SDJwtVcInstance({
    hasher: sha256,
    hashAlg: "sha-256",
    kbSigner: (data) => es256(Buffer.from(data), device.privateKey).toString("base64url"),
    kbSignAlg: "ES256",
  });
  const query = asked(request, "dc+sd-jwt");
  const payload = { iat: Math.floor(Date.now() / 1000), aud: request.client_id, nonce: request.nonce, ...meddle };
  const presented = await instance.present(credential, frame(query), { kb: { payload } });
  return { [query.id]: [presented] };
}

/** The key that the response is encrypted for. */
const encryptionKey = (request) => request.client_metadata.jwks.keys.find((it) => it.use === undefined || it.use === "enc");

/** Presents an mdoc; `meddle` may change the encoded response or what the transcript is made of. */
export async function presentMdoc(request, issued, device, { bytes = (it) => it, transcript = {} } = {}) {
  const query = asked(request, "mso_mdoc");
  const namespaces = {};
  for (const { path: [namespace, element], intent_to_retain: retained } of query.claims ?? []) {
    (namespaces[namespace] ??= {})[element] = retained ?? false;
  }
  const jwkThumbprint = Buffer.from(await calculateJwkThumbprint(encryptionKey(request), "sha256"), "base64url");
  const sessionTranscript = await SessionTranscript.forOid4Vp(
    { clientId: request.client_id, nonce: request.nonce, jwkThumbprint: new Uint8Array(jwkThumbprint), responseUri: request.response_uri, ...transcript },
    context,
  );
  const deviceRequest = DeviceRequest.create({ docRequests: [DocRequest.create({ itemsRequest: ItemsRequest.create({ docType: DOC_TYPE, namespaces }) })] });
  const signingKey = CoseKey.fromJwk({ ...device.privateKey.export({ format: "jwk" }), alg: "ES256" });
  const response = await Holder.createDeviceResponseForDeviceRequest({ deviceRequest, sessionTranscript, issuerSigned: [issued], signature: { signingKey } }, context);
  return { [query.id]: [Buffer.from(bytes(Buffer.from(response.encode()))).toString("base64url")] };
}

/** Encrypts a response. */
export async function seal(request, vpToken, enc = "A256GCM") {
  const client = new Openid4vpClient({ callbacks });
  const { jarm } = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: request,
    authorizationResponsePayload: { vp_token: vpToken },
    jarm: {
      encryption: { nonce: randomBytes(16).toString("base64url") },
      serverMetadata: { authorization_signing_alg_values_supported: [], authorization_encryption_alg_values_supported: ["ECDH-ES"], authorization_encryption_enc_values_supported: [enc] },
    },
  });
  return jarm.responseJwt;
}

/** Sends a response; answers what the verifier says. */
export async function submit(request, responseJwt) {
  const client = new Openid4vpClient({ callbacks });
  const { response } = await client.submitOpenid4vpAuthorizationResponse({ authorizationRequestPayload: request, authorizationResponsePayload: {}, jarm: { responseJwt } });
  const text = await response.text();
  let body;
  try { body = JSON.parse(text); } catch { body = { text }; }
  return { status: response.status, body };
}

