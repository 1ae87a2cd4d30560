// The map that checks in a real browser: what anybody reads in it, what clerks bring to it. Every page in German and English,
// under axe, by keyboard, and at 200 % zoom.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, complaintsOf, launch, web } from "../driver.ts";
import { nodeUrl } from "./journey.ts";

const data = process.env.FACHWERK_DATA ?? "";
const shipped = "/catalogue/deutschland-stack";
const wholeBill = resolve(web, "../node/tests/house/check/whole.cdx.json");
let browser: Browser;
let folder: string;

const smallMap = `landkarte: 1
id: story-town
title: {de: Stadt Muster, en: Town of Muster}
publisher: Stadt Muster
date: 2026-11-01
licence: CC0-1.0
kind: statement
sources:
  - id: register
    title: Verfahrensregister der Stadt
    date: 2026-11-01
layers:
  - id: applications
    title: {de: Anwendungen, en: Applications}
capabilities:
  - id: counting
    title: {de: Zählen, en: Counting}
parties:
  - id: town
    name: Stadt Muster
elements:
  - id: counter
    name: Zählwerk
    kind: product
    layer: applications
    capabilities: [counting]
    description: {de: Zählt Anträge., en: Counts applications.}
    source: register
    licence: EUPL-1.2
    open_source: true
    operators: [town]
`;

const ownSet = `requirements: 1
id: story-house
title: {de: Hausregeln der Stadt Muster, en: House rules of the town of Muster}
version: "1"
date: 2026-11-28
source: {title: Dienstanweisung, publisher: Stadt Muster, date: 2026-10-01}
artefacts: [element]
entries:
  - id: story-house.operator
    text: {de: Der Betrieb ist benannt., en: The operator is named.}
    level: muss
    source: {section: "4"}
    check: {statement: operators}
    repair: {de: Tragen Sie den Betrieb ein., en: Enter the operator.}
`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fachwerk-map-"));
  await writeFile(join(folder, "town.yaml"), smallMap);
  await writeFile(join(folder, "house.yaml"), ownSet);
  await writeFile(join(folder, "broken.yaml"), smallMap.replace("kind: product", "kind: wonder"));
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
  const invited = await fetch(`${nodeUrl}/api/v1/identity/people`, { method: "POST", headers, body: JSON.stringify({ name: "Kim Karte", role: "admin" }) });
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
  const found = await page.evaluate(() => ({
    over: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    tables: [...document.querySelectorAll<HTMLElement>("main table")].filter((table) => {
      const wrap = table.closest<HTMLElement>(".app-table-wrap");
      return !wrap || wrap.tabIndex !== 0 || !wrap.getAttribute("aria-label") || getComputedStyle(wrap).overflowX !== "auto";
    }).length,
  }));
  assert.deepEqual(found, { over: 0, tables: 0 }, `zoom: ${where}`);
  await page.setViewportSize(before);
}

/** The skip link comes first and leads to the main part; from there Tab reaches what is asked for. */
async function walk(page: Page, where: string, reached: RegExp[]): Promise<void> {
  await page.reload();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "app-skip", `skip link: ${where}`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main", `skip link leads to main: ${where}`);
  const seen: string[] = [];
  for (let step = 0; step < 150 && !reached.every((each) => seen.some((one) => each.test(one))); step++) {
    seen.push(...(await nextFocus(page)));
  }
  for (const each of reached) assert.ok(seen.some((one) => each.test(one)), `${where}: Tab does not reach ${each}; it reaches ${seen.join(", ")}`);
  assert.deepEqual(seen.filter((one) => one.endsWith("(no focus ring)")), [], `focus is seen: ${where}`);
}

async function nextFocus(page: Page): Promise<string[]> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || !at.closest("main")) return [];
    const ring = [at, ...at.querySelectorAll("*"), at.parentElement].some((each) => {
      const style = each && getComputedStyle(each);
      return style && ((style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
    });
    const name = at.getAttribute("href") ?? at.getAttribute("name") ?? at.getAttribute("aria-label") ?? at.textContent?.trim() ?? "";
    return [`${at.tagName.toLowerCase()} ${name}${ring ? "" : " (no focus ring)"}`];
  });
}

/** The page in both languages: its words, axe, zoom; then in German by keyboard. */
async function looked(page: Page, path: string, words: { de: (string | RegExp)[]; en: (string | RegExp)[] }, reached: RegExp[] = []): Promise<void> {
  for (const language of ["en", "de"] as const) {
    const address = new URL(path, nodeUrl);
    address.searchParams.set("lang", language);
    const response = await page.goto(address.href);
    assert.equal(response?.status(), 200, path);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    const where = `${path} (${language})`;
    const text = await page.locator("main").innerText();
    for (const each of words[language]) assert.ok(typeof each === "string" ? text.includes(each) : each.test(text), `${where} does not say ${each}`);
    assert.doesNotMatch(text, /\{"[a-z_]+":/, `${where} shows JSON`);
    await accessible(page, where);
    await fitsZoomed(page, where);
  }
  if (reached.length > 0) await walk(page, path, reached);
}

test("anybody finds out which block serves a capability, what it must fulfil, and whether it does", { timeout: 240_000 }, async () => {
  const { page, complaints } = await newPage();
  await looked(page, "/catalogue", { de: ["Landkarte", "Deutschland-Stack", "Öffnen Sie eine Karte"], en: ["Map", "Deutschland-Stack", "Open a map"] }, [/\/catalogue\/deutschland-stack/]);
  await page.locator("main").getByRole("link", { name: "Deutschland-Stack" }).click();
  await page.waitForURL(`**${shipped}`);
  await looked(page, shipped, { de: ["Schichten und Standardbereiche", "Bausteine"], en: ["Layers and fields", "elements"] }, [/input q/, /summary/, /Schichten und Standardbereiche/, /a \/catalogue\/deutschland-stack\/(layers|elements)\//]);
  await page.locator("main summary").click();
  await page.locator('select[name="kind"]').selectOption("product");
  await page.getByRole("button", { name: "Anzeigen" }).click();
  await page.waitForURL(/kind=product/);
  await accessible(page, "filtered map");
  await page.getByText("FIT-Connect").first().waitFor();

  await looked(page, `${shipped}/capabilities`, { de: ["Datenaustausch", /geleistet von: .*FIT-Connect/], en: ["Data exchange", /provided by: .*FIT-Connect/] }, [/\/capabilities\//, /\/elements\//]);
  await page.locator("main").getByRole("link", { name: "FIT-Connect" }).first().click();
  await page.waitForURL(/elements\/produkt/);
  const element = new URL(page.url()).pathname;
  await looked(
    page,
    element,
    {
      // The capability, what must be fulfilled, the finding and its reason, who requires it, who states it and since when.
      de: ["Fähigkeiten", "Datenaustausch", /Muss: \d+ erfüllt, \d+ nicht erfüllt, \d+ unbekannt/, "deutschland-stack.oauth", "Beschluss B-2026/03-IT", /Es fehlt: /, "Wer das fordert", "Quelle", "Stand", "Eigenangabe", "Was fehlt", "Nachweise"],
      en: ["Capabilities", "Data exchange", /Must: \d+ met, \d+ unmet, \d+ unknown/, "deutschland-stack.oauth", "Beschluss B-2026/03-IT", /Missing: /, "Who requires it", "Source", "As of", "What is missing", "Evidence"],
    },
    [/\/compare\?a=/, /Muss: /, /\/conformance\/requirements\//],
  );
  assert.equal(await page.getByRole("link", { name: "Nachweise ansehen und hinzufügen" }).count(), 0, "only clerks bring evidence");
  await page.getByRole("link", { name: "deutschland-stack.oauth" }).click();
  await page.waitForURL(/requirements\/deutschland-stack\.oauth$/);
  await looked(page, "/conformance/requirements/deutschland-stack.oauth", { de: ["OAuth 2", "Muss", "seit 2026-03-18", "Geprüft durch", "So lässt es sich beheben"], en: ["OAuth 2", "Must", "since 2026-03-18", "Checked by", "How to mend it"] });
  assert.deepEqual(complaints, []);
});

test("anybody compares elements, reads the check of the map and the sets of requirements", { timeout: 240_000 }, async () => {
  const { page, complaints } = await newPage();
  await page.goto(`${nodeUrl}${shipped}/compare?lang=de`);
  await page.locator('input[name="a"]').fill("produkt:fit-connect");
  await page.locator('input[name="b"]').fill("BundID");
  await page.getByRole("button", { name: "Vergleichen" }).click();
  await accessible(page, "choose the second");
  await page.locator("main .kern-list").getByRole("link", { name: "BundID", exact: true }).click();
  await page.waitForURL(/b=produkt/);
  const { pathname, search } = new URL(page.url());
  await looked(page, pathname + search, { de: ["FIT-Connect – BundID", "Unterschied", "nur beim ersten angegeben", "gleich"], en: ["FIT-Connect – BundID", "Difference", "only stated for the first", "same"] }, [/input a/, /input b/, /FIT-Connect – BundID/]);

  await looked(page, `${shipped}/lint`, { de: [/\d+ Fehler, \d+ Warnungen, \d+ Hinweise/, "Was auffällt"], en: [/\d+ errors, \d+ warnings, \d+ hints/, "What is odd"] }, [/select severity/, /select rule/, /Auffälligkeiten/, /\/elements\//]);
  for (const part of ["list", "standards", "decisions", "principles", "terms", "sources", "versions", "export"]) await looked(page, `${shipped}/${part}`, { de: [], en: [] });

  await looked(page, "/conformance", { de: ["Anforderungssätze", "Verbindliche Standards des Deutschland-Stacks"], en: ["Sets of requirements", "Binding standards of the Deutschland-Stack"] }, [/\/conformance\/terms/, /\/conformance\/sets\//]);
  await page.locator("main").getByRole("link", { name: "Kryptografie nach BSI TR-02102", exact: true }).click();
  await page.waitForURL(/sets\/tr-02102$/);
  await looked(page, "/conformance/sets/tr-02102", { de: ["Kennung", "Erbt von", "tr-02102-2", "Quelle", "Geprüft durch"], en: ["Id", "Inherits from", "tr-02102-2", "Source", "Checked by"] }, [/\/conformance\/requirements\//, /\/conformance\/differences\?new=/]);
  await page.getByRole("link", { name: "Mit einem anderen Satz vergleichen" }).click();
  await page.locator('select[name="old"]').selectOption("tr-02102-1");
  await page.getByRole("button", { name: "Vergleichen" }).click();
  await page.waitForURL(/old=tr-02102-1/);
  const chosen = new URL(page.url());
  await looked(page, chosen.pathname + chosen.search, { de: ["Unterschiede", "tr-02102-2.version"], en: ["Differences", "tr-02102-2.version"] }, [/select old/, /select new/, /Unterschiede/]);
  await looked(page, "/conformance/terms", { de: ["Begriffe der Anforderungen", "Bedeutung"], en: ["Terms of the requirements", "Meaning"] });
  assert.deepEqual(complaints, []);
});

test("a clerk imports a map, keeps evidence, checks a file and brings a set", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await clerk();
  await looked(page, "/catalogue/import", { de: ["Karte importieren"], en: ["Import a map"] }, [/input file/, /textarea text/, /Prüfen und Vorschau/]);
  await page.locator('input[name="file"]').setInputFiles(join(folder, "broken.yaml"));
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.getByText("wonder").first().waitFor();
  await accessible(page, "faults of a map");
  await page.locator('input[name="file"]').setInputFiles(join(folder, "town.yaml"));
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.waitForURL(/\/catalogue\/import\/.+/);
  await looked(page, new URL(page.url()).pathname, { de: ["Vorschau", "Stadt Muster", "Die Karte ist neu."], en: ["Preview", "Town of Muster", "The map is new."] });
  await page.getByRole("button", { name: "Übernehmen" }).click();
  await page.waitForURL(/\/catalogue\/[^/]*story-town$/);
  const map = new URL(page.url()).pathname;
  await looked(page, map, { de: ["Stadt Muster", "Zählwerk", "Neue Fassung importieren"], en: ["Town of Muster", "Zählwerk", "Import a new version"] });
  await page.locator("main table").getByRole("link", { name: "Zählwerk" }).click();
  await page.waitForURL(/elements\/counter$/);
  const element = new URL(page.url()).pathname;
  await looked(page, element, { de: ["Zählen", "Zu diesem Baustein liegen keine Nachweise vor."], en: ["Counting", "No evidence is kept for this element."] }, [/\/conformance\/evidence\?map=/]);

  await page.getByRole("link", { name: "Nachweise ansehen und hinzufügen" }).click();
  const evidence = new URL(page.url());
  await looked(page, evidence.pathname + evidence.search, { de: ["Noch kein Nachweis"], en: ["No evidence yet"] }, [/input file/, /input about/, /input address/]);
  await page.locator('input[name="file"]').setInputFiles(wholeBill);
  await page.getByRole("button", { name: "Prüfen und aufbewahren" }).click();
  await page.waitForURL(/\/conformance\/evidence\/[^?]+$/);
  await looked(page, new URL(page.url()).pathname, { de: ["whole.cdx.json", "SHA-256", "Geprüft nach heutigem Stand"], en: ["whole.cdx.json", "SHA-256", "Checked as of today"] });
  await looked(page, element, { de: ["whole.cdx.json", "Erfüllt / nicht / unbekannt"], en: ["whole.cdx.json", "Met / unmet / unknown"] }, [/\/conformance\/evidence\/[^?]+$/]);

  await looked(page, "/conformance/check", { de: ["Datei prüfen"], en: ["Check a file"] }, [/input file/, /select set/, /Prüfen/]);
  await page.locator('input[name="file"]').setInputFiles(wholeBill);
  await page.getByRole("button", { name: "Prüfen", exact: true }).click();
  await page.getByRole("heading", { name: "Bericht" }).waitFor();
  assert.match(await page.locator("main").innerText(), /Ergebnis[\s\S]*Muss/);
  await accessible(page, "report of a file");
  await fitsZoomed(page, "report of a file");

  await looked(page, "/conformance/sets/new", { de: ["Eigener Anforderungssatz"], en: ["A set of your own"] }, [/input file/]);
  await page.locator('input[name="file"]').setInputFiles(join(folder, "house.yaml"));
  await page.getByRole("button", { name: "Einlesen" }).click();
  await page.waitForURL(/\/conformance\/sets\/story-house$/);
  await looked(page, "/conformance/sets/story-house", { de: ["Hausregeln der Stadt Muster", "Der Betrieb ist benannt."], en: ["House rules of the town of Muster", "The operator is named."] });
  await looked(page, element, { de: ["story-house.operator"], en: ["story-house.operator"] });
  assert.deepEqual(complaints, []);
});
