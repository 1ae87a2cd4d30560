// npm oidc-provider as the upstream: a person signs in there and arrives here, with a secret and with a key, pushed or not.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Provider from "oidc-provider";
import { Browser } from "./browser.mjs";
import { freePort, startNode } from "./node.mjs";

let node;
let server;
let issuer;

before(async () => {
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  node = await startNode((folder) => {
    writeFileSync(join(folder, "secret"), "a-secret-of-the-stranger-with-many-letters");
    writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
    return `
[[adapters.upstream.connections]]
id = "secret"
label = "Fremd mit Geheimnis"
issuer = "${issuer}"
client_id = "with-secret"
client_secret_file = "${join(folder, "secret")}"
[[adapters.upstream.connections]]
id = "key"
label = "Fremd mit Schlüssel"
issuer = "${issuer}"
client_id = "with-key"
private_key_file = "${join(folder, "key.pem")}"
key_id = "ours"
`;
  });
  const back = (id) => `${node.url}/sign-in/oidc/${id}/callback`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "with-secret", client_secret: "a-secret-of-the-stranger-with-many-letters", redirect_uris: [back("secret")], token_endpoint_auth_method: "client_secret_post" },
      { client_id: "with-key", redirect_uris: [back("key")], token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256", jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "ours", use: "sig", alg: "ES256" }] } },
    ],
    features: { devInteractions: { enabled: true }, pushedAuthorizationRequests: { enabled: true } },
    claims: { openid: ["sub"], profile: ["given_name", "family_name"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, given_name: "Erika", family_name: "Mustermann", email: "erika@example.org", email_verified: true }) }),
  });
  server = createServer(provider.callback());
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
});

after(() => {
  server?.close();
  server?.closeAllConnections();
  node?.stop();
});

async function signIn(browser, connection, person) {
  const page = await browser.open(`${node.url}/sign-in`);
  assert.equal(page.answer.status, 200);
  const way = new RegExp(`href="(/sign-in/oidc/${connection}\\?attempt=[^"]+)"`).exec(page.text);
  assert.ok(way, "the page lists the way in");
  const login = await browser.open(new URL(way[1], node.url).href);
  assert.ok(login.address.startsWith(`${issuer}/interaction/`), login.address);
  const consent = await browser.submit(login, { login: person, password: "x" });
  return browser.submit(consent, {}, (address) => address.startsWith(`${node.url}/account`));
}

for (const connection of ["secret", "key"]) {
  test(`a person arrives from oidc-provider (${connection})`, async () => {
    const browser = new Browser();
    const end = await signIn(browser, connection, "erika");
    assert.ok(end.address.startsWith(`${node.url}/account`), `${end.address} ${end.text.slice(0, 500)}`);
    assert.ok(browser.cookie("fachwerk_account"), "the browser has a session");
  });
}

test("the answer of one browser is of no use in another", async () => {
  const [victim, attacker] = [new Browser(), new Browser()];
  const page = await attacker.open(`${node.url}/sign-in`);
  const way = /href="(\/sign-in\/oidc\/secret\?attempt=[^"]+)"/.exec(page.text);
  const login = await attacker.open(new URL(way[1], node.url).href);
  const consent = await attacker.submit(login, { login: "mallory", password: "x" });
  const stopped = await attacker.submit(consent, {}, (address) => address.startsWith(`${node.url}/sign-in/oidc/secret/callback`));
  const followed = await victim.fetch(stopped.address);
  assert.equal(followed.status, 400);
  assert.equal(victim.cookie("fachwerk_account"), undefined);
});
