// The story of the product in a real browser, against a real node and a real desk.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, complaintsOf, launch } from "../driver.ts";
import { decide, deskUrl, fillForm, findOffice, nodeUrl, sendForm } from "./journey.ts";

const fileSize = 9_000_000;
let browser: Browser;
let folder: string;
let file: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fachwerk-story-"));
  file = join(folder, "Nachweis.pdf");
  // Larger than one fragment, so that the office has to put it together.
  await writeFile(file, Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(fileSize - 9, "0123456789\n")]));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function newPage(): Promise<{ page: Page; complaints: string[]; bodies: string[] }> {
  const page = await (await browser.newContext({ locale: "de-DE" })).newPage();
  page.setDefaultTimeout(20_000);
  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(`${request.url()} ${request.postData() ?? ""}`));
  return { page, complaints: complaintsOf(page), bodies };
}

test("a form travels from a citizen to the office and back", { timeout: 240_000 }, async () => {
  const citizen = await newPage();
  await findOffice(citizen.page);
  await fillForm(citizen.page, file);
  const caseId = await sendForm(citizen.page);
  const secret = citizen.page.url().split("#")[1] ?? "";
  const office = await newPage();
  const notice = join(folder, "Bescheid.pdf");
  await writeFile(notice, Buffer.from("%PDF-1.4\nBescheid"));
  await decide(office.page, caseId, notice);
  const { page } = citizen;
  await page.locator('[data-kind="accept-submission"]').waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Nachricht öffnen" }).first().click({ timeout: 60_000 });
  await page.getByText("Sie sind angemeldet.").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-download]").first().click()]);
  assert.equal(await readFile(await download.path(), "utf8"), "%PDF-1.4\nBescheid");
  await page.locator('[data-kind="accept-reply"]').waitFor({ timeout: 60_000 });
  await accessible(page, "case with reply");
  assert.deepEqual([...citizen.complaints, ...office.complaints], []);
  for (const sent of citizen.bodies) {
    assert.ok(!sent.includes(secret), "the secret never leaves the browser");
    assert.ok(!/Muster|ada\.muster/.test(sent), "nothing typed leaves the browser unencrypted");
  }
});

/** Addresses whose last part is the name of one thing of many. */
const NAMED = /^(\/catalogue\/[^/]+\/[a-z]+|\/conformance\/(?:sets|requirements)|\/problems)\/[^/]+/;

/** Every page that links lead to, without changing anything. */
async function crawl(start: string, limit: number, prepare?: (page: Page) => Promise<void>): Promise<number> {
  const { page, complaints } = await newPage();
  await prepare?.(page);
  const origin = new URL(start).origin;
  const kinds = new Map<string, number>();
  const queue = [start];
  const seen = new Set(queue);
  let checked = 0;
  for (let next = queue.shift(); next && checked < limit; next = queue.shift()) {
    const response = await page.goto(next).catch(() => undefined);
    if (!response?.headers()["content-type"]?.includes("text/html")) continue;
    // Scripts that draw the page remove this first.
    await page.locator("[data-loading]").first().waitFor({ state: "detached" });
    await accessible(page, next);
    checked++;
    const links = await page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>("a[href]:not([download])")].map((link) => link.href.split("#")[0] ?? ""));
    for (const link of links) {
      if (!link.startsWith(`${origin}/`) || seen.has(link)) continue;
      seen.add(link);
      // Lists hold thousands of like pages: three of each kind are enough.
      const path = new URL(link).pathname.replace(/\/[^/]*[0-9a-f]{8}[^/]*|\/\d+/g, "/…").replace(NAMED, "$1/…");
      const kind = path + [...new URL(link).searchParams.keys()].sort().join("&");
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if ((kinds.get(kind) ?? 0) <= 3) queue.push(link);
    }
  }
  assert.deepEqual(complaints, []);
  return checked;
}

for (const [name, start] of [["node", nodeUrl], ["desk", deskUrl]] as const) {
  for (const [language, limit] of [["de", 60], ["en", 20]] as const) {
    test(`every page of the ${name} is accessible, ${language}`, { timeout: 240_000 }, async () => {
      assert.ok((await crawl(`${start}/?lang=${language}`, limit)) > 1);
    });
  }
}

test("every page for clerks is accessible", { timeout: 240_000, skip: !process.env.FACHWERK_DATA }, async () => {
  const token = (await readFile(join(process.env.FACHWERK_DATA ?? "", "admin-token"), "utf8")).trim();
  const invited = await fetch(`${nodeUrl}/api/v1/identity/people`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Kim Crawl", role: "admin" }),
  });
  const { link } = (await invited.json()) as { link: string };
  const checked = await crawl(`${nodeUrl}/?lang=de`, 80, async (page) => {
    await page.goto(link.replace(/^https?:\/\/[^/]+/, nodeUrl));
    await page.locator('main button[type="submit"]').first().click();
    await page.waitForURL((address) => !address.search.includes("code="));
  });
  assert.ok(checked > 1);
});

test("without scripts the form says why it cannot send", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${nodeUrl}/?place=Kassel`);
  assert.ok((await page.getByText("Kassel").count()) > 0);
  await page.goto(`${nodeUrl}/forms/wohnsitzanmeldung?region=066110000000`);
  assert.ok(await page.locator("#form-app .kern-alert").first().isVisible());
  assert.equal(await page.locator("#form-app form").isVisible(), false);
});
