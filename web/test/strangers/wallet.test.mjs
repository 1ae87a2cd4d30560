// Other people's wallet in front of our verifier: the whole sign-in with both formats, and what must not lead to one.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser } from "./browser.mjs";
import { Authority, newDevice, presentMdoc, presentSdJwt, resolve, seal, submit } from "./wallet.mjs";

const url = process.env.FACHWERK_URL ?? "http://localhost:8080";
const files = join(process.env.FACHWERK_DATA ?? "var", "demo", "wallet");
const authority = new Authority(files);
const statusList = `${url}/simulator/wallet/status/1`;
const revokedPlace = 15;
const validPlace = 3;

/** Begins a sign-in in a browser; answers the links on the page, by how they begin. */
async function begin(browser) {
  const page = await browser.open(`${url}/sign-in`);
  const way = /href="(\/sign-in\/wallet\?attempt=[^"]+)"/.exec(page.text);
  assert.ok(way, "the page lists the wallet");
  const asking = await browser.open(new URL(way[1].replaceAll("&amp;", "&"), url).href);
  assert.equal(asking.answer.status, 200, asking.text.slice(0, 600));
  return (start) => {
    const link = [...asking.text.matchAll(/href="([^"]+)"/g)].map((it) => it[1].replaceAll("&amp;", "&")).find((it) => it.startsWith(start));
    assert.ok(link, `a link ${start}`);
    return link;
  };
}

async function request(browser) {
  return resolve((await begin(browser))("haip-vp://"));
}

/** Follows the verifier's address in a browser until the account. */
async function arrive(browser, outcome) {
  assert.equal(outcome.status, 200, JSON.stringify(outcome.body));
  return browser.open(outcome.body.redirect_uri, (address) => address.startsWith(`${url}/account`));
}

async function refused(asked, vpToken, status, code) {
  const outcome = await submit(asked, await seal(asked, vpToken));
  assert.equal(outcome.status, status, JSON.stringify(outcome.body));
  assert.equal(outcome.body.code, code, JSON.stringify(outcome.body));
}

for (const enc of ["A128GCM", "A256GCM"]) {
  test(`an SD-JWT VC signs in (${enc})`, async () => {
    const [browser, device] = [new Browser(), newDevice()];
    const asked = await request(browser);
    const credential = await authority.sdJwt(device, { status: { idx: validPlace, uri: statusList } });
    const outcome = await submit(asked, await seal(asked, await presentSdJwt(asked, credential, device), enc));
    const end = await arrive(browser, outcome);
    assert.ok(end.address.startsWith(`${url}/account`), `${end.address} ${end.text.slice(0, 500)}`);
    assert.ok(browser.cookie("fachwerk_account"), "the browser has a session");
  });

  test(`an mdoc signs in (${enc})`, async () => {
    const [browser, device] = [new Browser(), newDevice()];
    const asked = await request(browser);
    const outcome = await submit(asked, await seal(asked, await presentMdoc(asked, await authority.mdoc(device), device), enc));
    const end = await arrive(browser, outcome);
    assert.ok(end.address.startsWith(`${url}/account`), `${end.address} ${end.text.slice(0, 500)}`);
    assert.ok(browser.cookie("fachwerk_account"), "the browser has a session");
  });
}

test("the request is as HAIP 1.0 wants it", async () => {
  const asked = await request(new Browser());
  assert.match(asked.client_id, /^x509_hash:[\w-]{43}$/);
  assert.equal(asked.response_mode, "direct_post.jwt");
  assert.equal(asked.response_type, "vp_token");
  assert.deepEqual([...asked.client_metadata.encrypted_response_enc_values_supported].sort(), ["A128GCM", "A256GCM"]);
  assert.deepEqual(asked.dcql_query.credentials.map((it) => it.format).sort(), ["dc+sd-jwt", "mso_mdoc"]);
  assert.ok(asked.nonce.length >= 22, "at least 128 bits");
});

test("a holder's proof for another nonce or another verifier is refused", async () => {
  const device = newDevice();
  const credential = await authority.sdJwt(device);
  for (const meddle of [{ nonce: "another" }, { aud: "x509_hash:another" }, { iat: Math.floor(Date.now() / 1000) - 3600 }]) {
    const asked = await request(new Browser());
    await refused(asked, await presentSdJwt(asked, credential, device, meddle), 422, "wallet.not_valid");
  }
});

test("a credential in strange hands is refused", async () => {
  const [asked, thief] = [await request(new Browser()), newDevice()];
  await refused(asked, await presentSdJwt(asked, await authority.sdJwt(newDevice()), thief), 422, "wallet.not_valid");
  const another = await request(new Browser());
  await refused(another, await presentMdoc(another, await authority.mdoc(newDevice()), thief), 422, "wallet.not_valid");
});

test("a revoked credential is refused", async () => {
  const [asked, device] = [await request(new Browser()), newDevice()];
  const credential = await authority.sdJwt(device, { status: { idx: revokedPlace, uri: statusList } });
  await refused(asked, await presentSdJwt(asked, credential, device), 422, "wallet.revoked");
});

test("an expired credential is refused", async () => {
  const device = newDevice();
  const expires = Date.now() - 7_200_000;
  const asked = await request(new Browser());
  await refused(asked, await presentSdJwt(asked, await authority.sdJwt(device, { expires }), device), 422, "wallet.not_valid");
});

test("an altered item of an mdoc is refused", async () => {
  const [asked, device] = [await request(new Browser()), newDevice()];
  const bytes = (response) => {
    const at = response.indexOf("Frieda");
    assert.ok(at > 0, "the name is shown");
    return Buffer.concat([response.subarray(0, at), Buffer.from("Frauke"), response.subarray(at + 6)]);
  };
  await refused(asked, await presentMdoc(asked, await authority.mdoc(device), device, { bytes }), 422, "wallet.not_valid");
});

test("an mdoc shown for another request is refused", async () => {
  const device = newDevice();
  for (const transcript of [{ nonce: "another" }, { clientId: "x509_hash:another" }, { responseUri: "https://verifier.example/" }, { jwkThumbprint: undefined }]) {
    const asked = await request(new Browser());
    await refused(asked, await presentMdoc(asked, await authority.mdoc(device), device, { transcript }), 422, "wallet.not_valid");
  }
});

test("an issuer that nobody vouches for is refused", async () => {
  // The verifier's own certificate is real, but not that of an issuer.
  const folder = mkdtempSync(join(tmpdir(), "fachwerk-issuer-"));
  try {
    for (const ending of ["pem", "key"]) cpSync(join(files, `access.${ending}`), join(folder, `issuer.${ending}`));
    const [stranger, device] = [new Authority(folder), newDevice()];
    const asked = await request(new Browser());
    await refused(asked, await presentSdJwt(asked, await stranger.sdJwt(device), device), 422, "wallet.issuer_not_trusted");
    const another = await request(new Browser());
    await refused(another, await presentMdoc(another, await stranger.mdoc(device), device), 422, "wallet.issuer_not_trusted");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("an answer counts once and for one request", async () => {
  const [browser, device] = [new Browser(), newDevice()];
  const asked = await request(browser);
  const answer = await seal(asked, await presentSdJwt(asked, await authority.sdJwt(device), device));
  const other = await request(new Browser());
  const elsewhere = await submit(other, answer);
  assert.equal(elsewhere.status, 400, "the key of the other request does not open it");
  const first = await submit(asked, answer);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const second = await submit(asked, answer);
  assert.equal(second.status, 404, JSON.stringify(second.body));
  assert.equal(second.body.code, "wallet.no_request");
});

test("the way back is of no use in another browser, or without its code", async () => {
  const [browser, attacker, device] = [new Browser(), new Browser(), newDevice()];
  const asked = await request(browser);
  const outcome = await submit(asked, await seal(asked, await presentSdJwt(asked, await authority.sdJwt(device), device)));
  const back = outcome.body.redirect_uri;
  await attacker.open(`${url}/sign-in`);
  const stolen = await attacker.fetch(back);
  assert.ok(stolen.status >= 400, `another browser: ${stolen.status}`);
  assert.equal(attacker.cookie("fachwerk_account"), undefined);
  const withoutCode = await browser.fetch(back.replace(/response_code=[^&]+/, "response_code=guessed"));
  assert.ok(withoutCode.status >= 400, `without the code: ${withoutCode.status}`);
  const end = await arrive(browser, outcome);
  assert.ok(end.address.startsWith(`${url}/account`), "the right browser still arrives");
});

for (const format of ["dc+sd-jwt", "mso_mdoc"]) {
  test(`the development wallet signs in (${format})`, async () => {
    const browser = new Browser();
    const link = (await begin(browser))("/simulator/wallet");
    const page = await browser.open(new URL(link, url).href);
    assert.match(page.text, /SIMULATOR/);
    const end = await browser.submit(page, { person: "erika", format, act: "consent" }, (address) => address.startsWith(`${url}/account`), formOf(page));
    assert.ok(end.address.startsWith(`${url}/account`), `${end.address} ${end.text.slice(0, 800)}`);
    assert.ok(browser.cookie("fachwerk_account"), "the browser has a session");
  });

  test(`the development wallet's revoked person is refused (${format})`, async () => {
    const browser = new Browser();
    const link = (await begin(browser))("/simulator/wallet");
    const page = await browser.open(new URL(link, url).href);
    const end = await browser.submit(page, { person: "gesine", format, act: "consent" }, () => false, formOf(page));
    assert.match(end.text, /gesperrt|revoked/);
    assert.equal(browser.cookie("fachwerk_account"), undefined);
  });
}

/** Which of the page's forms is the wallet's: others are in its head. */
function formOf(page) {
  const forms = [...page.text.matchAll(/<form([^>]*)>/gi)].map((it) => it[1]);
  return forms.findIndex((it) => it.includes("/simulator/wallet"));
}
