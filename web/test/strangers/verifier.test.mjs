// The development wallet in front of other people's verifier: what our simulator shows must be right for strangers too.
// jose signs the request and decrypts the answer; @sd-jwt/sd-jwt-vc with its status list, and @owf/mdoc, judge it.
import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, randomBytes, verify, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CoseKey, DeviceResponse, SessionTranscript } from "@owf/mdoc";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { CompactSign, calculateJwkThumbprint, compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { Browser } from "./browser.mjs";

const url = process.env.FACHWERK_URL ?? "http://localhost:8080";
const files = join(process.env.FACHWERK_DATA ?? "var", "demo", "wallet");
const certificate = (name) => new X509Certificate(readFileSync(join(files, name)));
const sha256 = (data) => createHash("sha256").update(data).digest();
const pid = "eu.europa.ec.eudi.pid.1";

let server;
let origin;
let keys;
let request;
let received;

before(async () => {
  server = createServer(async (asking, answering) => {
    const chunks = [];
    for await (const chunk of asking) chunks.push(chunk);
    if (asking.url === "/request") {
      const payload = Buffer.from(JSON.stringify(request));
      const header = { alg: "ES256", typ: "oauth-authz-req+jwt", x5c: [certificate("access.pem").raw.toString("base64")] };
      const key = createPrivateKey(readFileSync(join(files, "access.key"), "utf8"));
      answering.end(await new CompactSign(payload).setProtectedHeader(header).sign(key));
    } else {
      received = new URLSearchParams(Buffer.concat(chunks).toString()).get("response");
      answering.setHeader("content-type", "application/json");
      answering.end("{}");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  keys = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
});

after(() => {
  server?.close();
  server?.closeAllConnections();
});

/** Asks the development wallet in a person's name; answers what arrived. */
async function ask(person, format, credential) {
  const jwk = { ...(await exportJWK(keys.publicKey)), use: "enc", alg: "ECDH-ES", kid: "one" };
  request = {
    client_id: `x509_hash:${sha256(certificate("access.pem").raw).toString("base64url")}`,
    response_type: "vp_token", response_mode: "direct_post.jwt", response_uri: `${origin}/response`, aud: "https://self-issued.me/v2",
    nonce: randomBytes(16).toString("base64url"), state: "a-state",
    client_metadata: { jwks: { keys: [jwk] }, encrypted_response_enc_values_supported: ["A128GCM", "A256GCM"], vp_formats_supported: {} },
    dcql_query: { credentials: [{ id: "it", format, ...credential }] },
  };
  received = undefined;
  const browser = new Browser();
  const query = new URLSearchParams({ client_id: request.client_id, request_uri: `${origin}/request` });
  const page = await browser.open(`${url}/simulator/wallet?${query}`);
  assert.equal(page.answer.status, 200, page.text.slice(0, 500));
  const form = [...page.text.matchAll(/<form([^>]*)>/gi)].findIndex((it) => it[1].includes("/simulator/wallet"));
  await browser.submit(page, { person, format, act: "consent" }, () => false, form);
  assert.ok(received, "an answer arrived");
  const { plaintext } = await compactDecrypt(received, keys.privateKey);
  const answer = JSON.parse(Buffer.from(plaintext).toString());
  assert.equal(answer.state, "a-state");
  return answer.vp_token.it[0];
}

/** The issuer's key, once its certificate was signed by the trusted one. */
function issuerKey(der) {
  const issuer = new X509Certificate(der);
  assert.ok(issuer.verify(certificate("issuer-anchor.pem").publicKey), "the trusted certificate signed the issuer's");
  return issuer.publicKey;
}

const signedBy = (key) => (data, signature) => verify("sha256", Buffer.from(data), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));

function checkSdJwt(presented) {
  const header = JSON.parse(Buffer.from(presented.split(".")[0], "base64url").toString());
  const issuer = issuerKey(Buffer.from(header.x5c[0], "base64"));
  const instance = new SDJwtVcInstance({
    hasher: sha256,
    hashAlg: "sha-256",
    verifier: signedBy(issuer),
    kbVerifier: (data, signature, payload) => signedBy(createPublicKey({ key: payload.cnf.jwk, format: "jwk" }))(data, signature),
    statusListFetcher: async (address) => (await fetch(address, { headers: { accept: "application/statuslist+jwt" } })).text(),
    statusVerifier: signedBy(issuer),
  });
  return instance.verify(presented, { keyBindingNonce: request.nonce, requiredClaimKeys: ["vct", "family_name"] });
}

const nameAndTown = { meta: { vct_values: ["urn:eudi:pid:de:1"] }, claims: [{ path: ["family_name"] }, { path: ["address", "locality"] }] };

test("the SD-JWT VC of the development wallet is right for @sd-jwt/sd-jwt-vc", async () => {
  const { payload, kb } = await checkSdJwt(await ask("erika", "dc+sd-jwt", nameAndTown));
  assert.equal(payload.family_name, "Mustermann");
  assert.deepEqual(payload.address, { locality: "Köln" });
  assert.equal(payload.given_name, undefined, "nobody asked for it");
  assert.equal(kb.payload.aud, request.client_id);
});

test("the revoked and the expired person are found out by @sd-jwt/sd-jwt-vc", async () => {
  const revoked = await ask("gesine", "dc+sd-jwt", nameAndTown);
  await assert.rejects(checkSdJwt(revoked), /[Ss]tatus/);
  const expired = await ask("albert", "dc+sd-jwt", nameAndTown);
  await assert.rejects(checkSdJwt(expired), /[Ee]xp/);
});

test("the mdoc of the development wallet is right for @owf/mdoc", async () => {
  const presented = await ask("max", "mso_mdoc", { meta: { doctype_value: pid }, claims: [{ path: [pid, "family_name"] }, { path: [pid, "birth_date"] }] });
  const context = {
    crypto: { random: (length) => new Uint8Array(randomBytes(length)), digest: ({ bytes }) => new Uint8Array(sha256(bytes)) },
    cose: {
      sign1: {
        verify: ({ key, sign1 }) => {
          const { kty, crv, x, y } = key.jwk;
          const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: "jwk" });
          return verify("sha256", sign1.toBeSigned, { key: publicKey, dsaEncoding: "ieee-p1363" }, sign1.signature);
        },
      },
    },
    x509: {
      getIssuerNameField: ({ certificate: der, field }) => new X509Certificate(der).issuer.split("\n").filter((it) => it.startsWith(`${field}=`)).map((it) => it.slice(field.length + 1)),
      getPublicKey: ({ certificate: der }) => CoseKey.fromJwk(new X509Certificate(der).publicKey.export({ format: "jwk" })),
      verifyCertificateChain: ({ x5chain }) => { issuerKey(x5chain[0]); },
      getCertificateData: ({ certificate: der }) => {
        const it = new X509Certificate(der);
        return { issuerName: it.issuer, subjectName: it.subject, serialNumber: it.serialNumber, thumbprint: it.fingerprint256, notBefore: new Date(it.validFrom), notAfter: new Date(it.validTo), pem: it.toString() };
      },
    },
  };
  const thumbprint = Buffer.from(await calculateJwkThumbprint(request.client_metadata.jwks.keys[0], "sha256"), "base64url");
  const transcript = (nonce) => SessionTranscript.forOid4Vp({ clientId: request.client_id, nonce, jwkThumbprint: new Uint8Array(thumbprint), responseUri: request.response_uri }, context);
  const response = DeviceResponse.fromEncodedForOid4Vp(presented);
  const trustedCertificates = [new Uint8Array(certificate("issuer-anchor.pem").raw)];
  await response.verify({ sessionTranscript: await transcript(request.nonce), trustedCertificates }, context);
  const [document] = response.documents;
  const items = document.issuerSigned.issuerNamespaces.issuerNamespaces.get(pid);
  const shown = Object.fromEntries(items.map((it) => [it.elementIdentifier, it.elementValue]));
  assert.deepEqual(Object.keys(shown).sort(), ["birth_date", "family_name"]);
  assert.equal(shown.family_name, "Beispiel");
  await assert.rejects(response.verify({ sessionTranscript: await transcript("another"), trustedCertificates }, context), /[Ss]ignature/);
});
