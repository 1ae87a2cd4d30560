// Maps laid over each other in a real browser: chosen, weighed, explained, and somebody says what is the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "../driver.ts";
import { nodeUrl } from "./journey.ts";
import { bring, clerk, data, looked, newPage, opened } from "./looks.ts";

let browser: Browser;

const map = (id: string, title: string, elements: string) => `landkarte: 1
id: ${id}
title: {de: ${title}, en: ${title}}
date: 2026-11-01
licence: CC0-1.0
capabilities:
  - {id: permits, title: {de: Genehmigen, en: Permitting}}
  - {id: signing, title: {de: Unterschreiben, en: Signing}}
elements:
${elements}`;

const one = map("story-one", "Karte Eins", `  - {id: desk, name: Bauportal, kind: product, capabilities: [permits], licence: EUPL-1.2, lifecycle: {state: productive}}
  - {id: archive, name: Aktenschrank, kind: product, homepage: "https://example.org/"}
`);
const other = map("story-other", "Karte Zwei", `  - {id: portal, name: Bauportal, kind: product, capabilities: [permits], licence: MIT, lifecycle: {state: pilot}}
  - {id: counter, name: Schalter, kind: product, capabilities: [permits]}
  - {id: store, name: Ablage, kind: product, homepage: "https://example.org/"}
`);

before(async () => {
  if (data) {
    await bring(one);
    await bring(other);
  }
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

const both = "/catalogue/overlay?map=story-one&map=story-other";

test("anybody lays maps over each other and can explain every line", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await newPage(browser);
  await looked(page, "/catalogue/overlay", { de: ["Karten übereinanderlegen", "Was wie viel zählt"], en: ["Lay maps over each other", "What counts how much"] }, [/input map/, /select by/, /input coverage/, /Übereinanderlegen/]);
  await page.getByLabel(/^Karte Eins/).check();
  await page.getByLabel(/^Karte Zwei/).check();
  await page.getByLabel("Ausstieg").fill("5");
  await page.getByRole("button", { name: "Übereinanderlegen" }).click();
  await page.waitForURL(/map=story-one&map=story-other/);
  assert.match(page.url(), /exit=5/);
  await looked(page, both, { de: ["Möglichkeit der Nachnutzung", "Bauportal", "in 2 Karten"], en: ["Reuse potential", "Bauportal", "in 2 maps"] }, [/view=matrix/, /Bauportal/]);
  await opened(page, both);
  const text = await page.locator("main").innerText();
  for (const words of ["Woraus sich die Spanne ergibt", "Warum das dasselbe ist", "Wo er steht"]) assert.ok(text.includes(words), words);
  await looked(page, `${both}&view=matrix`, { de: ["Wer bedient was", "Genehmigen"], en: ["Who serves what", "Permitting"] });
  await looked(page, `${both}&view=duplicates`, { de: ["Mehrfach gebaut", "Schalter"], en: ["Built more than once", "Schalter"] });
  await looked(page, `${both}&view=gaps`, { de: ["Was niemand bedient", "Unterschreiben"], en: ["What nobody serves", "Signing"] });
  await looked(page, `${both}&view=contradictions`, { de: ["widersprechen", "Lizenz"], en: ["contradict", "Licence"] });
  await looked(page, `${both}&view=suggestions`, { de: ["Vielleicht dasselbe"], en: ["Perhaps the same"] });
  assert.equal(await page.getByRole("button", { name: "Nicht dasselbe" }).count(), 0, "only keepers of maps decide");
  assert.deepEqual(complaints, []);
});

test("the shipped map lies under a map in a time that nobody minds", { timeout: 60_000, skip: !data }, async () => {
  const begin = Date.now();
  const answer = await fetch(`${nodeUrl}/api/v1/catalogue/overlay?map=deutschland-stack&map=story-one`);
  assert.equal(answer.status, 200);
  const picture = (await answer.json()) as { clusters: unknown[] };
  assert.ok(picture.clusters.length > 170);
  assert.ok(Date.now() - begin < 20_000);
});

test("a clerk says what is the same", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await clerk(browser, "Otto Overlay");
  await page.goto(`${nodeUrl}${both}&view=suggestions&lang=de`);
  const pair = page.locator("main table").last().getByRole("row").filter({ hasText: "story-one/archive" });
  await pair.getByLabel(/Begründung/).fill("gleiches Haus");
  await pair.getByRole("button", { name: "Dasselbe", exact: true }).click();
  await page.waitForURL(/map=story-one/);
  await looked(page, "/catalogue/overlay/decisions", { de: ["gleiches Haus", "story-one/archive"], en: ["gleiches Haus", "What is the same"] }, [/Zurücknehmen/, /overlay\/decisions/, /input file/]);
  await page.getByRole("button", { name: "Zurücknehmen" }).first().click();
  await page.getByText("Noch keine Entscheidung.").waitFor();
  await page.goto(`${nodeUrl}/catalogue/overlay?lang=de`);
  await page.getByLabel(/^Karte Eins/).check();
  await page.locator('input[name="file"]').setInputFiles({ name: "other.yaml", mimeType: "application/yaml", buffer: Buffer.from(other.replace("story-other", "story-file")) });
  await page.getByRole("button", { name: "Übereinanderlegen" }).click();
  await page.getByText("Gesendete Dateien werden nicht aufbewahrt").waitFor();
  await opened(page, "with files");
  assert.deepEqual(complaints, []);
});
