// Somebody with an account takes a case into it and reads the office's answer there, without the link of the case.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, complaintsOf, launch } from "../driver.ts";
import { decide, fillForm, findOffice, nodeUrl, sendForm } from "./journey.ts";

const data = process.env.FACHWERK_DATA ?? "";
let browser: Browser;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fachwerk-claim-"));
  await writeFile(join(folder, "Nachweis.pdf"), Buffer.from("%PDF-1.4\nNachweis"));
  await writeFile(join(folder, "Bescheid.pdf"), Buffer.from("%PDF-1.4\nBescheid"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function newPage(): Promise<Page> {
  const page = await (await browser.newContext({ locale: "de-DE" })).newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** Signs somebody new in by an invitation and gives them a passkey that can derive. */
async function withAccount(page: Page): Promise<void> {
  const token = (await readFile(join(data, "admin-token"), "utf8")).trim();
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const invited = await fetch(`${nodeUrl}/api/v1/identity/people`, { method: "POST", headers, body: JSON.stringify({ name: "Clara Muster" }) });
  assert.ok(invited.ok, `${invited.status}`);
  const { link } = (await invited.json()) as { link: string };
  await page.goto(link.replace(/^https?:\/\/[^/]+/, nodeUrl));
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL((address) => !address.search.includes("code="));
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true } as const;
  await session.send("WebAuthn.addVirtualAuthenticator", { options });
  await page.goto(`${nodeUrl}/account/passkeys`);
  await page.locator("#passkey-name").fill("Handy");
  await page.getByRole("button", { name: "Passkey anlegen" }).click();
  await page.waitForURL(/added=1/);
}

test("a case goes into an account, and its answer is read there", { timeout: 240_000, skip: !data }, async () => {
  const page = await newPage();
  const complaints = complaintsOf(page);
  await withAccount(page);
  await page.goto(`${nodeUrl}/mailbox`);
  await page.getByText("Noch kein Vorgang in Ihrem Konto").waitFor();
  await accessible(page, "empty mailbox");
  await findOffice(page);
  await fillForm(page, join(folder, "Nachweis.pdf"));
  const caseId = await sendForm(page);
  const secret = page.url().split("#")[1] ?? "";
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.getByRole("button", { name: "In mein Konto übernehmen, mit Passkey" }).click();
  await page.getByText("Dieser Vorgang ist in Ihrem Konto.").waitFor();
  await accessible(page, "claimed");
  await decide(await newPage(), caseId, join(folder, "Bescheid.pdf"));

  await page.goto(`${nodeUrl}/mailbox`);
  await page.getByText("1 neue Nachricht").waitFor();
  await accessible(page, "mailbox of an account");
  await page.locator(`[data-claim="${caseId}"] h2 a`).click();
  await page.waitForURL(new RegExp(`/mailbox/case/${caseId}$`));
  await page.getByRole("button", { name: "Nachricht öffnen" }).click();
  await page.getByText("Sie sind angemeldet.").waitFor();
  const record = page.locator("[data-record]");
  await record.locator("summary").click();
  await record.getByText("in ein Konto übernommen").waitFor();
  await accessible(page, "case of an account");
  assert.ok(!bodies.some((each) => each.includes(secret)), "the secret never leaves the browser");

  // Somebody else with an account, and somebody without one, get no further than an unknown case.
  const stranger = await newPage();
  await stranger.goto(`${nodeUrl}/mailbox/case/${caseId}`);
  await stranger.getByText("Der Link ist nicht vollständig").waitFor();
  await withAccount(stranger);
  await stranger.goto(`${nodeUrl}/mailbox/case/${caseId}`);
  await stranger.getByText("Dieser Vorgang ist nicht in Ihrem Konto").waitFor();

  await page.goto(`${nodeUrl}/mailbox`);
  await page.getByRole("link", { name: "Aus dem Konto lösen …" }).click();
  await accessible(page, "release");
  await page.getByRole("button", { name: "Aus dem Konto lösen" }).click();
  await page.getByText("Der Vorgang ist aus Ihrem Konto gelöst.").waitFor();
  await page.goto(`${nodeUrl}/mailbox/case/${caseId}#${secret}`);
  await page.locator('[data-kind="accept-submission"]').waitFor();
  assert.deepEqual(complaints, []);
});
