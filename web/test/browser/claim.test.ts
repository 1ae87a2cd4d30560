// A case in an account: taken over with and without a passkey, opened without its link, with Chromium's virtual authenticator.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type CaseKeys, makeCaseKeys } from "../../src/crypto/case-keys.ts";
import { accessible, complaintsOf, launch, web } from "../driver.ts";
import { FakeNode, type Stored } from "./node.ts";

const node = new FakeNode(join(web, "dist"));
let browser: Browser;
let context: BrowserContext;
let page: Page;
let keys: CaseKeys;
let stored: Stored;
let complaints: string[] = [];

before(async () => {
  await node.start();
  // A passkey belongs to a name, not to an address.
  node.base = node.base.replace("127.0.0.1", "localhost");
  browser = await launch();
  keys = await makeCaseKeys();
});

beforeEach(async () => {
  await context?.close();
  node.submissions.clear();
  node.claims.clear();
  node.account = true;
  const { accessHash, publicKey, wrappedKey } = keys;
  stored = { submissionId: randomUUID(), caseId: randomUUID(), requestId: "", announced: [], mailbox: { accessHash, publicKey, wrappedKey }, attachments: new Map(), steps: [], messages: [] };
  node.submissions.set(stored.submissionId, stored);
  node.step(stored, "submit-submission");
  await node.reply(stored, "Sie sind angemeldet.", new Uint8Array(Buffer.from("%PDF-1.4 Bescheid")));
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
});

after(async () => {
  await browser?.close();
  node.stop();
});

/** A passkey for this site on a device that can derive (or cannot). */
async function passkey(hasPrf: boolean): Promise<void> {
  const client = await context.newCDPSession(page);
  await client.send("WebAuthn.enable");
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf } as const;
  await client.send("WebAuthn.addVirtualAuthenticator", { options });
  await page.goto(`${node.base}/mailbox/case`);
  await page.evaluate(async () => {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: "Fachwerk" },
        user: { id: random(16), name: "erika", displayName: "Erika" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        extensions: { prf: {} } as AuthenticationExtensionsClientInputs,
      },
    });
    if (!made) throw new Error("no passkey");
  });
}

const address = (secret = "") => `${node.base}/mailbox/case/${stored.caseId}${secret && `#${secret}`}`;
const open = () => page.getByRole("button", { name: "Nachricht öffnen" });

test("with a passkey the case opens without its link", async () => {
  await passkey(true);
  await page.goto(address(keys.secret));
  await page.getByRole("button", { name: "In mein Konto übernehmen, mit Passkey" }).waitFor();
  await accessible(page, "claim");
  await page.getByRole("button", { name: "In mein Konto übernehmen, mit Passkey" }).click();
  await page.getByText("Dieser Vorgang ist in Ihrem Konto.").waitFor();
  const claim = node.claims.get(stored.caseId);
  assert.equal(Buffer.from(claim?.wrappedKey ?? "", "base64url").length, 60);
  assert.ok(claim?.credential && !JSON.stringify([...node.claims]).includes(keys.secret));
  await page.goto("about:blank");
  await page.goto(address());
  await page.getByText("Die Behörde hat Ihnen geantwortet.").waitFor();
  assert.equal(await page.locator("[data-link]").count(), 0, "without its link there is no link to keep");
  await open().click();
  await page.getByText("Sie sind angemeldet.").waitFor();
  await accessible(page, "from the account");
  assert.deepEqual(complaints, []);
});

test("without a passkey the steps show, and the page says why no more", async () => {
  await page.goto(address(keys.secret));
  await page.getByRole("button", { name: "Ohne Passkey übernehmen" }).click();
  await page.getByText("Dieser Vorgang ist in Ihrem Konto.").waitFor();
  await open().waitFor();
  assert.deepEqual(node.claims.get(stored.caseId), { claimedAt: 1 });
  await page.goto("about:blank");
  await page.goto(address());
  await page.getByText("Nachrichten lassen sich hier nicht öffnen").waitFor();
  await page.locator('[data-kind="submit-reply"]').waitFor();
  assert.equal(await open().isVisible(), false);
  await accessible(page, "steps only");
});

test("a passkey that cannot derive is explained, and one is added later", async () => {
  await passkey(false);
  await page.goto(address(keys.secret));
  await page.getByRole("button", { name: "In mein Konto übernehmen, mit Passkey" }).click();
  await page.getByText("Dieser Passkey kann nicht verschlüsseln").waitFor();
  assert.equal(node.claims.size, 0);
  await page.getByRole("button", { name: "Ohne Passkey übernehmen" }).click();
  await page.getByRole("button", { name: "Passkey hinzufügen" }).waitFor();
  await page.close();
  page = await context.newPage();
  await passkey(true);
  await page.goto(address(keys.secret));
  await page.getByRole("button", { name: "Passkey hinzufügen" }).click();
  await page.getByRole("button", { name: "Passkey hinzufügen" }).waitFor({ state: "detached" });
  assert.ok(node.claims.get(stored.caseId)?.wrappedKey);
});

test("whoever signs in to take a case over comes back to it", async () => {
  node.account = false;
  await page.goto(address(keys.secret));
  await page.getByRole("button", { name: "Anmelden und übernehmen" }).click();
  await page.waitForURL(/\/sign-in\?to=/);
  assert.equal(new URL(page.url()).searchParams.get("to"), `/mailbox/case/${stored.caseId}`);
  assert.ok(!node.requests.some((line) => line.includes(keys.secret)));
  node.account = true;
  await page.goto(address());
  await page.getByRole("button", { name: "Ohne Passkey übernehmen" }).waitFor();
  assert.ok(page.url().endsWith(`#${keys.secret}`));
  assert.equal(await page.evaluate(() => sessionStorage.length), 0, "kept once only");
});

test("a case of another account is explained", async () => {
  await page.goto(address());
  await page.getByText("Dieser Vorgang ist nicht in Ihrem Konto").waitFor();
  await page.getByLabel("Link zum Vorgang").waitFor();
});

test("who did what with the case", async () => {
  await page.goto(address(keys.secret));
  const section = page.locator("[data-record]");
  await section.getByText("Alle 2 Einträge").click();
  await section.getByText("Antrag gesendet").first().waitFor();
  assert.match((await section.textContent()) ?? "", /Die Einträge sind besiegelt.*Noch nicht besiegelt: 1.*Formulardienst/);
  await accessible(page, "record");
});
