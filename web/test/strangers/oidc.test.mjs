// npm openid-client and oauth4webapi as clients of the provider: a person signs in, machines get tokens, all by FAPI 2.0.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request as overTls } from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { Browser } from "./browser.mjs";
import { freePort, startNode } from "./node.mjs";

const back = "https://casework.example/back";
const bye = "https://casework.example/bye";
let node;
let key;
let browser;
let secure;

/** Runs a command of the node against the node. */
function command(...words) {
  const all = [...words, "--json", "--url", node.url, "--data", join(node.folder, "data")];
  return JSON.parse(execFileSync(process.env.FACHWERK_BINARY, all, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

before(async () => {
  const port = await freePort();
  secure = `https://localhost:${port}`;
  node = await startNode(() => `[tls]\nlisten = "127.0.0.1:${port}"\n[blocks.identity]\ncertificate_url = "${secure}"\n`);
  key = await generateKeyPair("ES256", { extractable: true });
  const jwks = join(node.folder, "client.jwks");
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(key.publicKey)), kid: "ours", use: "sig", alg: "ES256" }] }));
  command("identity", "client", "add", "--name", "Fachverfahren", "--tenant", "kassel", "--id", "casework", "--jwks", jwks, "--fapi", "--redirect-uri", back, "--logout-uri", bye, "--scope", "profile", "--scope", "offline_access", "--scope", "identity.read_people");
  const ca = join(node.folder, "data/test-ca");
  command("identity", "client", "add", "--name", "Maschine", "--tenant", "kassel", "--id", "a-machine", "--auth", "tls-client-auth", "--certificate", join(ca, "clerk.pem"), "--authorities", join(ca, "ca.pem"), "--fapi", "--scope", "identity.read_people");
  browser = new Browser();
  const { link } = command("identity", "user", "add", "--name", "Erika Mustermann");
  const page = await browser.open(link);
  await browser.submit(page);
  assert.ok(browser.cookie("fachwerk_account"), "somebody is signed in");
});

after(() => node?.stop());

function discover(id) {
  const proof = client.PrivateKeyJwt({ key: key.privateKey, kid: "ours" });
  const options = { execute: [client.allowInsecureRequests] };
  return client.discovery(new URL(node.url), id, {}, proof, options);
}

/** Sends the first form of a page that leads there. */
function send(page, path) {
  const forms = [...page.text.matchAll(/<form[^>]*action="([^"]*)"/g)].map((it) => it[1]);
  return browser.submit(page, {}, () => false, forms.indexOf(path));
}

/** Opens an address in the browser, agrees where asked, and answers where the browser ends. */
async function walk(address) {
  let page = await browser.open(address, (it) => it.startsWith(back));
  if (page.text.includes("/oidc/consent")) page = await send(page, "/oidc/consent");
  const refresh = page.answer.headers.get("refresh");
  return new URL(refresh ? refresh.slice("0;url=".length) : page.address);
}

test("a person signs in with openid-client: PAR, signed request, PKCE, private_key_jwt, DPoP", async () => {
  const config = await discover("casework");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const asked = {
    redirect_uri: back, scope: "openid profile offline_access", state: expectedState, nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: "S256",
  };
  const signed = await client.buildAuthorizationUrlWithJAR(config, asked, { key: key.privateKey, kid: "ours" });
  const address = await client.buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP });
  const end = await walk(address.href);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, end, checks, undefined, { DPoP });
  assert.equal(tokens.token_type, "dpop");
  const { sub } = tokens.claims();
  assert.equal(tokens.claims().acr, "http://eidas.europa.eu/LoA/low");
  const person = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  assert.equal(person.name, "Erika Mustermann");

  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.ok(renewed.access_token && renewed.access_token !== tokens.access_token);
  const seen = await client.tokenIntrospection(config, renewed.access_token);
  assert.deepEqual([seen.active, seen.client_id, seen.sub], [true, "casework", sub]);

  await assert.rejects(client.authorizationCodeGrant(config, end, checks, undefined, { DPoP }), (it) => it.error === "invalid_grant");
  assert.equal((await client.tokenIntrospection(config, renewed.access_token)).active, false, "the code's second use revokes all");
});

test("tokens are revoked, and the person signs out", async () => {
  const config = await discover("casework");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const asked = { redirect_uri: back, scope: "openid profile offline_access", code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: "S256" };
  const end = await walk((await client.buildAuthorizationUrlWithPAR(config, asked, { DPoP })).href);
  const tokens = await client.authorizationCodeGrant(config, end, { pkceCodeVerifier, idTokenExpected: true }, undefined, { DPoP });
  await client.tokenRevocation(config, tokens.refresh_token);
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP }));
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP }));

  const leave = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye, state: "x" });
  const page = await browser.open(leave.href);
  const gone = await send(page, "/oidc/logout/confirm");
  assert.equal(gone.answer.headers.get("refresh"), `0;url=${bye}?state=x`);
  assert.equal(browser.cookie("fachwerk_account"), undefined);
});

test("a machine gets tokens with openid-client: private_key_jwt and DPoP", async () => {
  const config = await discover("casework");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const tokens = await client.clientCredentialsGrant(config, { scope: "identity.read_people" }, { DPoP });
  const address = new URL("/api/v1/identity/people?limit=1", node.url);
  const answer = await client.fetchProtectedResource(config, tokens.access_token, address, "GET", undefined, undefined, { DPoP });
  assert.equal(answer.status, 200);
  const stolen = await fetch(address, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(stolen.status, 401, "a bound token is no bearer token");
  await assert.rejects(client.clientCredentialsGrant(config, { scope: "identity.break_glass" }, { DPoP }));
  await assert.rejects(client.clientCredentialsGrant(config, { scope: "identity.read_people" }), "not bound");
});

/** `fetch` over a connection that shows a certificate. */
function withCertificate(name) {
  const folder = join(node.folder, "data/test-ca");
  const shown = name ? { cert: readFileSync(join(folder, `${name}.pem`)), key: readFileSync(join(folder, `${name}.key`)) } : {};
  const ca = readFileSync(join(folder, "ca.pem"));
  return (address, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = overTls(address, { method, headers: Object.fromEntries(new Headers(headers)), ca, agent: false, ...shown }, (answer) => {
        const parts = [];
        answer.on("data", (it) => parts.push(it));
        answer.on("end", () => resolve(new Response(Buffer.concat(parts), { status: answer.statusCode, headers: answer.headers })));
      });
      sent.on("error", reject);
      sent.end(body ? String(body) : undefined);
    });
}

test("a machine gets tokens with oauth4webapi: a client certificate, and tokens bound to it", async () => {
  const issuer = new URL(node.url);
  const insecure = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  assert.equal(server.mtls_endpoint_aliases.token_endpoint, `${secure}/oidc/token`);
  const machine = { client_id: "a-machine", use_mtls_endpoint_aliases: true };
  const ask = async (name) => {
    const options = { [oauth.customFetch]: withCertificate(name) };
    const answer = await oauth.clientCredentialsGrantRequest(server, machine, oauth.TlsClientAuth(), { scope: "identity.read_people" }, options);
    return oauth.processClientCredentialsResponse(server, machine, answer);
  };
  const tokens = await ask("clerk");
  assert.equal(tokens.token_type, "bearer");
  const people = `${secure}/api/v1/identity/people?limit=1`;
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  assert.equal((await withCertificate("clerk")(people, { method: "GET", headers })).status, 200);
  assert.equal((await withCertificate("revoked")(people, { method: "GET", headers })).status, 401);
  assert.equal((await fetch(`${node.url}/api/v1/identity/people?limit=1`, { headers })).status, 401);
  await assert.rejects(ask("revoked"), "another subject");
  await assert.rejects(ask(null), "no certificate");
});

test("oauth4webapi accepts the answers and refuses those of others", async () => {
  const issuer = new URL(node.url);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { [oauth.allowInsecureRequests]: true }));
  const ours = { client_id: "casework" };
  const proof = oauth.PrivateKeyJwt({ key: key.privateKey, kid: "ours" });
  const DPoP = oauth.DPoP(ours, await oauth.generateKeyPair("ES256"));
  const options = { DPoP, [oauth.allowInsecureRequests]: true };
  const asked = new URLSearchParams({ response_type: "code", redirect_uri: back, scope: "openid", state: "s", prompt: "none", code_challenge: await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()), code_challenge_method: "S256" });
  let pushed;
  for (const _ of [1, 2]) {
    const answer = await oauth.pushedAuthorizationRequest(server, ours, proof, asked, options);
    pushed = await oauth.processPushedAuthorizationResponse(server, ours, answer).catch((it) => (oauth.isDPoPNonceError(it) ? null : Promise.reject(it)));
    if (pushed) break;
  }
  const address = new URL(server.authorization_endpoint);
  address.search = new URLSearchParams({ client_id: "casework", request_uri: pushed.request_uri });
  const end = new URL((await new Browser().fetch(address.href)).headers.get("location"));
  assert.throws(() => oauth.validateAuthResponse(server, ours, end, "s"), (it) => it.error === "login_required");
  end.searchParams.set("iss", "https://evil.example");
  assert.throws(() => oauth.validateAuthResponse(server, ours, end, "s"), /iss/);
});
