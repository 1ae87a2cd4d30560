// What changed, by whom and on which decision, in a real browser; one entry edited, one change undone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { accessible, launch } from "../driver.ts";
import { nodeUrl } from "./journey.ts";
import { bring, clerk, data, looked, newPage } from "./looks.ts";

let browser: Browser;
const map = "/catalogue/story-history";

const first = `landkarte: 1
id: story-history
title: {de: Karte mit Geschichte, en: Map with a history}
publisher: Stadt Muster
date: 2026-11-01
licence: CC0-1.0
elements:
  - {id: counter, name: Zählwerk, kind: product}
`;

before(async () => {
  if (data) {
    await bring(first, "note=Anfang");
    await bring(first.replace("kind: product", "kind: service"), "note=Umbau&decision=Rat%202026%2F7");
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

test("anybody reads what changed and on which decision, and can verify a state", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await newPage(browser);
  await looked(page, `${map}/versions`, { de: ["Was hat sich geändert?", "Rat 2026/7", "Umbau"], en: ["What has changed?", "Rat 2026/7"] }, [/select from/, /input since/, /select to/, /\/feed/, /\/snapshots\//]);
  await page.locator('select[name="from"]').selectOption({ index: (await page.locator('select[name="from"] option').count()) - 1 });
  await page.getByRole("button", { name: "Vergleichen" }).click();
  await page.waitForURL(/\/versions\/\d+\/\d+$/);
  await looked(page, new URL(page.url()).pathname, { de: ["Wer das wann und auf welchen Beschluss geändert hat", "Rat 2026/7"], en: ["Who changed it, when and on which decision"] });
  const feed = await fetch(`${nodeUrl}${map}/feed`);
  assert.match(feed.headers.get("content-type") ?? "", /^application\/atom\+xml/);
  const text = await feed.text();
  const wrong = await page.evaluate((text) => new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror")?.textContent ?? "", text);
  assert.equal(wrong, "", "the feed is well-formed");
  assert.match(text, /Rat 2026\/7/);
  await page.goto(`${nodeUrl}${map}/versions`);
  const path = (await page.locator('main a[href*="/snapshots/"]').first().getAttribute("href")) ?? "";
  const bytes = Buffer.from(await (await fetch(`${nodeUrl}${path}`)).arrayBuffer());
  assert.equal(createHash("sha256").update(bytes).digest("hex"), path.split("/").at(-1));
  assert.deepEqual(complaints, []);
});

test("a clerk edits an entry and undoes it", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await clerk(browser, "Hanna Historie");
  await page.goto(`${nodeUrl}${map}/elements/counter?lang=de`);
  await page.getByRole("link", { name: "Bearbeiten" }).click();
  await page.waitForURL(/\/edit$/);
  await looked(page, `${map}/elements/counter/edit`, { de: ["Auf welchen Beschluss"], en: ["On which decision"] }, [/textarea text/, /input note/, /input decision/, /Prüfen und Vorschau/]);
  const entry = page.locator('textarea[name="text"]');
  const before = await entry.inputValue();
  await entry.fill(before.replace("kind: service", "kind: wonder"));
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.getByText(/Zeile \d+, Spalte \d+/).first().waitFor();
  await accessible(page, "faults of an entry");
  await page.locator('textarea[name="text"]').fill(before.replace("kind: service", "kind: platform"));
  await page.locator('input[name="decision"]').fill("Rat 2026/9");
  await page.getByRole("button", { name: "Prüfen und Vorschau zeigen" }).click();
  await page.waitForURL(/\/catalogue\/import\/.+/);
  await page.getByText("Rat 2026/9").waitFor();
  await page.getByRole("button", { name: "Übernehmen" }).click();
  await page.waitForURL(/story-history$/);
  await page.goto(`${nodeUrl}${map}/versions`);
  await page.getByRole("row").filter({ hasText: "Rat 2026/7" }).last().getByRole("link", { name: "Wieder gelten lassen" }).click();
  await page.waitForURL(/\/reinstate$/);
  await looked(page, new URL(page.url()).pathname, { de: ["Es entsteht eine neue Fassung"], en: ["A new version is made"] }, [/input note/, /input decision/, /Wieder gelten lassen/]);
  await page.locator('input[name="note"]').fill("Irrtum");
  await page.getByRole("button", { name: "Wieder gelten lassen" }).click();
  await page.waitForURL(/\/versions$/);
  await page.getByText("Irrtum").first().waitFor();
  assert.deepEqual(complaints, []);
});
