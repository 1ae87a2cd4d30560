// The roll-out in a real browser: what anybody reads, what a clerk imports, undoes and compares. Every page in German and English,
// under axe, and at 200 % zoom.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, complaintsOf, launch } from "../driver.ts";
import { nodeUrl } from "./journey.ts";

const data = process.env.FACHWERK_DATA ?? "";
const key = "99115005104000";
let browser: Browser;
let folder: string;

const changes = `public_service;authority;state;since;connection;source;name
${key};066110000000;connected;2025-03-01;own;Stadt Kassel;
${key};065340014014;in_progress;2025-05-01;own;Stadt Marburg;
${key};05;connected;2025-06-15;state;Land Nordrhein-Westfalen;
ehrenamtskarte;06611;connected;2025-01-01;own;Stadt Kassel;Ehrenamtskarte
`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fachwerk-rollout-"));
  await writeFile(join(folder, "rollout.csv"), changes);
  await writeFile(join(folder, "broken.csv"), changes.replace("066110000000", "06611000").replace("own", "bund"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function newPage(): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ locale: "de-DE" })).newPage();
  page.setDefaultTimeout(20_000);
  return { page, complaints: complaintsOf(page) };
}

/** Somebody who administers, signed in by an invitation. */
async function clerk(): Promise<{ page: Page; complaints: string[] }> {
  const token = (await readFile(join(data, "admin-token"), "utf8")).trim();
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const invited = await fetch(`${nodeUrl}/api/v1/identity/people`, { method: "POST", headers, body: JSON.stringify({ name: "Ria Rollout", role: "admin" }) });
  assert.ok(invited.ok, `${invited.status}`);
  const { link } = (await invited.json()) as { link: string };
  const made = await newPage();
  await made.page.goto(link.replace(/^https?:\/\/[^/]+/, nodeUrl));
  await made.page.locator('main button[type="submit"]').first().click();
  await made.page.waitForURL((address) => !address.search.includes("code="));
  return made;
}

/** 200 % zoom halves the room: the page itself then never scrolls sideways, tables do so within. */
async function fitsZoomed(page: Page, where: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 640, height: 360 });
  const over = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
  assert.equal(over, 0, `zoom: ${where}`);
  await page.setViewportSize(before);
}

/** The page in both languages: its words, axe, zoom. */
async function looked(page: Page, path: string, words: { de: (string | RegExp)[]; en: (string | RegExp)[] }): Promise<void> {
  for (const language of ["en", "de"] as const) {
    const address = new URL(path, nodeUrl);
    address.searchParams.set("lang", language);
    const response = await page.goto(address.href);
    assert.equal(response?.status(), 200, path);
    const where = `${path} (${language})`;
    const text = await page.locator("main").innerText();
    for (const each of words[language]) assert.ok(typeof each === "string" ? text.includes(each) : each.test(text), `${where} does not say ${each}`);
    await accessible(page, where);
    await fitsZoomed(page, where);
  }
}

test("anybody reads the published figures, each with its base", { timeout: 240_000 }, async () => {
  const { page, complaints } = await newPage();
  await looked(page, "/rollout", { de: ["Rollout", "Von anderen veröffentlicht"], en: ["Roll-out", "Published by others"] });
  await looked(page, "/rollout/published", { de: ["45,5 %", "Basis: Fahrzeuge", "kein LeiKa-Schlüssel bekannt"], en: ["45,5 %", "base: vehicles"] });
  await page.locator('select[name="one"]').selectOption("buergergeld");
  await page.locator('select[name="other"]').selectOption("ehrenamtskarte");
  await page.getByRole("button", { name: "Prüfen" }).click();
  await page.getByText("Nicht vergleichbar: Die Quoten haben verschiedene Basen").waitFor();
  await accessible(page, "two published services");
  assert.deepEqual(complaints, []);
});

test("a clerk imports, looks, compares and undoes", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await clerk();
  await looked(page, "/rollout/import", { de: ["Rollout importieren"], en: ["Import roll-out"] });
  await page.locator('input[name="file"]').setInputFiles(join(folder, "broken.csv"));
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.getByText("Der ARS von Kassel, documenta-Stadt ist 066110000000").first().waitFor();
  await accessible(page, "faults of a file");
  await page.locator('input[name="file"]').setInputFiles(join(folder, "rollout.csv"));
  await page.locator('input[name="decision"]').fill("IT-PLR 2026/03");
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.waitForURL(/\/rollout\/import\/.+/);
  await looked(page, new URL(page.url()).pathname, { de: ["Noch gilt nichts davon", "Wohnsitz Anmeldung", /3,69\s%/], en: ["None of it counts yet", /3\.69\s%/] });
  await page.getByRole("button", { name: "Übernehmen" }).click();
  await page.waitForURL(/\/rollout\/history/);
  const history = new URL(page.url());
  await looked(page, history.pathname + history.search, { de: ["IT-PLR 2026/03", "Zurücknehmen"], en: ["IT-PLR 2026/03", "Undo"] });

  await looked(page, "/rollout?base=population", { de: ["Wohnsitz Anmeldung", "Ehrenamtskarte", "Basis: Bevölkerung"], en: ["Base: Population"] });
  await page.locator("main table").getByRole("link", { name: "Wohnsitz Anmeldung" }).click();
  await page.waitForURL(new RegExp(`/rollout/services/${key}`));
  const service = new URL(page.url());
  await looked(page, service.pathname + service.search, { de: ["Nach Kreisen", "Im Zeitverlauf", "Selbst angeschlossen", "GeoBasis-DE"], en: ["By district", "Over time", "Connected by themselves"] });
  assert.equal(await page.locator("main svg path[d]").count() > 400, true, "every Kreis has its outline");
  await page.locator("main table").getByRole("link", { name: "Marburg-Biedenkopf" }).click();
  await page.waitForURL(/\/06534/);
  const district = new URL(page.url());
  await looked(page, district.pathname + district.search, { de: ["Marburg", "in Bearbeitung", "keine Angabe"], en: ["in progress", "not stated"] });

  await looked(page, `/rollout/compare?one=${key}&other=ehrenamtskarte`, { de: ["Diese Quoten lassen sich nicht vergleichen", "verschiedene Stellen"], en: ["These rates cannot be compared"] });
  await looked(page, `/rollout/compare?one=${key}&other=ehrenamtskarte&base=population`, { de: ["Die beiden Leistungen"], en: ["The two public services"] });

  await page.goto(`${nodeUrl}/rollout/history?lang=de`);
  await page.getByRole("button", { name: "Unterschiede zeigen" }).click();
  await page.waitForURL(/differences/);
  const differences = new URL(page.url());
  await looked(page, differences.pathname + differences.search, { de: ["IT-PLR 2026/03", "Unterschiede"], en: ["differences"] });
  await page.goto(`${nodeUrl}/rollout/history?lang=de`);
  await page.getByRole("button", { name: "Zurücknehmen" }).first().click();
  await page.getByText("zurückgenommen").first().waitFor();
  await looked(page, "/rollout", { de: ["Noch keine Anschlüsse eingetragen"], en: ["No connections entered yet"] });
  assert.deepEqual(complaints, []);
});
