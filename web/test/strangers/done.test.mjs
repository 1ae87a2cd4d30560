// The whole promise: a citizen by BundID and by wallet, a clerk by certificate, a machine by its key; each gets what it may and
// nothing else, and the record proves it. (Passkeys need a browser: they are in the story.)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as overTls } from "node:https";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { Browser } from "./browser.mjs";
import { freePort, startNode } from "./node.mjs";

let node;
let secure;
let data;

before(async () => {
  const port = await freePort();
  secure = `https://localhost:${port}`;
  node = await startNode(() => `[tls]\nlisten = "127.0.0.1:${port}"\n[blocks.identity]\ncertificate_url = "${secure}"\n`);
  data = join(node.folder, "data");
});

after(() => node?.stop());

/** Runs a command of the node; its status and what it printed. */
function command(words, folder = data) {
  try {
    const out = execFileSync(process.env.FACHWERK_BINARY, [...words, "--json", "--data", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return { status: 0, out: JSON.parse(out) };
  } catch (refused) {
    return { status: refused.status, out: JSON.parse(refused.stdout || "null") };
  }
}

/** The address that a page's link to a way in has. */
function way(page, path) {
  const found = new RegExp(`href="(${path}\\?attempt=[^"]+)"`).exec(page.text);
  assert.ok(found, `the page lists ${path}`);
  return new URL(found[1].replaceAll("&amp;", "&"), page.address).href;
}

/** What somebody gets at some addresses. */
async function gets(fetcher, paths) {
  const found = {};
  for (const path of paths) found[path] = (await fetcher(path)).status;
  return found;
}

const CITIZEN = { "/account": 200, "/mailbox": 200, "/admin/people": 403, "/record": 403, "/api/v1/delivery/clients": 403 };

async function expectCitizen(browser) {
  const found = await gets((path) => browser.fetch(`${node.url}${path}`, { headers: { accept: "text/html" } }), Object.keys(CITIZEN));
  assert.deepEqual(found, CITIZEN);
}

/** Sends the form of a page whose text has these words. */
function formWith(page, words) {
  const forms = [...page.text.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/gi)].map((it) => it[1]);
  const at = forms.findIndex((it) => it.includes(words));
  assert.ok(at >= 0, `a form with ${words} at ${page.address}`);
  return at;
}

/** Sends forms that send themselves in a browser with scripts, until a page comes that is for people. */
async function passOn(browser, page) {
  for (let hops = 0; hops < 5 && /name="SAML(Request|Response)"/.test(page.text); hops += 1) page = await browser.submit(page);
  return page;
}

test("a citizen signs in with the simulated BundID and gets what a citizen may", async () => {
  const browser = new Browser();
  const start = await browser.open(`${node.url}/sign-in`);
  const choice = await passOn(browser, await browser.open(way(start, "/sign-in/saml/bundid")));
  assert.match(choice.text, /SIMULATOR/);
  const end = await passOn(browser, await browser.submit(choice, {}, () => false, formWith(choice, "Erika Mustermann")));
  assert.equal(new URL(end.address).pathname, "/account", end.text.slice(0, 800));
  await expectCitizen(browser);
});

test("a citizen signs in with the simulated wallet and gets what a citizen may", async () => {
  const browser = new Browser();
  const start = await browser.open(`${node.url}/sign-in`);
  const asked = await browser.open(way(start, "/sign-in/wallet"));
  const simulator = /href="([^"]*\/simulator\/wallet\?[^"]+)"/.exec(asked.text);
  assert.ok(simulator, "a link to the simulator");
  const consent = await browser.open(new URL(simulator[1].replaceAll("&amp;", "&"), node.url).href);
  assert.match(consent.text, /SIMULATOR/);
  const chosen = {};
  for (const [tag] of consent.text.matchAll(/<input[^>]*type="radio"[^>]*>/gi)) {
    const [, name] = /name="([^"]*)"/.exec(tag);
    if (/ checked/.test(tag) || !(name in chosen)) chosen[name] = /value="([^"]*)"/.exec(tag)[1];
  }
  const [, button, value] = /<button[^>]*name="([^"]+)"[^>]*value="([^"]+)"/.exec(consent.text) ?? [];
  const end = await browser.submit(consent, { ...chosen, ...(button ? { [button]: value } : {}) });
  assert.equal(new URL(end.address).pathname, "/account", `${end.address} ${end.text.slice(0, 800)}`);
  await expectCitizen(browser);
});

/** Fetches over TLS, showing a certificate; keeps cookies. */
function withCertificate(name) {
  const folder = join(data, "test-ca");
  const [cert, key, ca] = [`${name}.pem`, `${name}.key`, "ca.pem"].map((it) => readFileSync(join(folder, it)));
  const cookies = new Map();
  const once = (address, method = "GET") =>
    new Promise((resolve, reject) => {
      const headers = { accept: "text/html", cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join("; ") };
      const asked = overTls(address, { method, headers, cert, key, ca }, (answer) => {
        for (const line of answer.headers["set-cookie"] ?? []) {
          const [pair] = line.split(";");
          cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
        }
        let text = "";
        answer.on("data", (it) => { text += it; });
        answer.on("end", () => resolve({ status: answer.statusCode, location: answer.headers.location, text, address }));
      });
      asked.on("error", reject);
      asked.end();
    });
  const open = async (address) => {
    let answer = await once(address);
    for (let hops = 0; hops < 10 && answer.location; hops += 1) {
      const next = new URL(answer.location, answer.address);
      // The node's own address is plain http in the demo; the same pages are behind TLS.
      answer = await once(`${secure}${next.pathname}${next.search}`);
    }
    return answer;
  };
  return { open, once, cookies };
}

test("a clerk signs in with a certificate and sees their own tenant", async () => {
  const clerk = withCertificate("clerk");
  const start = await clerk.open(`${secure}/sign-in`);
  const path = /href="([^"]*\/sign-in\/certificate\?attempt=[^"]+)"/.exec(start.text);
  assert.ok(path, "the page lists the certificate");
  const next = new URL(path[1].replaceAll("&amp;", "&"), secure);
  const end = await clerk.open(`${secure}${next.pathname}${next.search}`);
  assert.equal(end.status, 200, end.text.slice(0, 800));
  assert.equal(new URL(end.address).pathname, "/account");
  const found = await gets((it) => clerk.once(`${secure}${it}`), ["/account", "/delivery", "/admin/people", "/record"]);
  assert.deepEqual(found, { "/account": 200, "/delivery": 200, "/admin/people": 200, "/record": 403 });
  const clients = JSON.parse(readFileSync(join(data, "demo/clients.json"), "utf8")).clients;
  const foreign = clients.find((it) => it.role === "other-sender").client_id;
  assert.equal((await clerk.once(`${secure}/api/v1/delivery/clients/${foreign}`)).status, 404, "another tenant's client");
});

test("a revoked certificate opens nothing", async () => {
  const revoked = withCertificate("revoked");
  const start = await revoked.open(`${secure}/sign-in`);
  const path = /href="([^"]*\/sign-in\/certificate\?attempt=[^"]+)"/.exec(start.text);
  const next = new URL(path[1].replaceAll("&amp;", "&"), secure);
  const end = await revoked.open(`${secure}${next.pathname}${next.search}`);
  assert.equal(end.status, 403, end.text.slice(0, 800));
  assert.equal(revoked.cookies.get("fachwerk_account"), undefined);
});

test("a machine gets a token for its key, and with it what it may", async () => {
  const key = await generateKeyPair("ES256", { extractable: true });
  const jwks = join(node.folder, "machine.jwks");
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(key.publicKey)), kid: "ours", use: "sig", alg: "ES256" }] }));
  const added = command(["identity", "client", "add", "--url", node.url, "--name", "Abholer", "--tenant", "demo", "--id", "a-fetching-machine", "--jwks", jwks, "--role", "subscriber"]);
  assert.equal(added.status, 0);
  const assertion = (signer) =>
    new SignJWT({}).setProtectedHeader({ alg: "ES256", kid: "ours" }).setIssuer("a-fetching-machine").setSubject("a-fetching-machine")
      .setAudience(node.url).setJti(crypto.randomUUID()).setIssuedAt().setNotBefore("0s").setExpirationTime("1m").sign(signer);
  const ask = async (signer) =>
    fetch(`${node.url}/oidc/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials", client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", client_assertion: await assertion(signer) }),
    });
  const stranger = await generateKeyPair("ES256");
  assert.equal((await ask(stranger.privateKey)).status, 401, "another key");
  const answer = await ask(key.privateKey);
  assert.equal(answer.status, 200, await answer.clone().text());
  const { access_token } = await answer.json();
  const found = await gets((it) => fetch(`${node.url}${it}`, { headers: { authorization: `Bearer ${access_token}` } }), ["/v1/submissions", "/api/v1/delivery/clients", "/api/v1/record/events"]);
  assert.deepEqual(found, { "/v1/submissions": 200, "/api/v1/delivery/clients": 403, "/api/v1/record/events": 403 });
});

test("the record has all of it, and notices what is bent", async () => {
  const token = readFileSync(join(data, "admin-token"), "utf8").trim();
  const signedIn = async () => {
    const answer = await fetch(`${node.url}/api/v1/record/events?event=identity.signed_in&limit=50`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
    return (await answer.json()).events;
  };
  // Rows are listed once they are sealed, a moment after they were written.
  let events = await signedIn();
  for (let tries = 0; events.length < 3 && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    events = await signedIn();
  }
  assert.equal(events.length, 3, "BundID, wallet, certificate");
  const whole = command(["audit", "verify"]);
  assert.equal(whole.status, 0, JSON.stringify(whole.out));
  assert.equal(whole.out.ok, true);
  // A copy, in which one row of the middle says something else.
  const copy = join(node.folder, "copy");
  cpSync(data, copy, { recursive: true });
  const bend = "import sqlite3,sys; it=sqlite3.connect(sys.argv[1]); it.execute(\"UPDATE kernel_audit SET event='identity.signed_out' WHERE event='identity.signed_in'\"); it.commit()";
  execFileSync("python3", ["-c", bend, join(copy, "fachwerk.db")]);
  const bent = command(["audit", "verify"], copy);
  assert.notEqual(bent.status, 0);
  assert.equal(bent.out.ok, false);
  const named = JSON.stringify(bent.out.findings);
  for (const { id } of events) assert.ok(named.includes(id), `${id} is named`);
  rmSync(copy, { recursive: true });
});
