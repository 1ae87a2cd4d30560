// A treasurer, a board and a buyer in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "../driver.ts";
import { bring, data, looked, newPage, opened } from "./looks.ts";

let browser: Browser;
const map = "/catalogue/story-costs";
const kassel = "066110000000";

const priced = `landkarte: 1
id: story-costs
title: {de: Karte mit Kosten, en: Map with costs}
date: 2026-11-01
licence: CC0-1.0
kind: statement
sources:
  - {id: offer, title: Angebot, date: 2026-10-01}
decisions:
  - {id: council, title: {de: Beschluss des Rates, en: Decision of the council}, date: 2026-03-18}
elements:
  - id: old
    name: Altverfahren
    kind: product
    source: offer
    costs:
      - {name: Pflege, kind: operation, bearer: municipality, unit: fixed, period: year, low: 10000, high: 12000, source: offer}
      - {name: Lizenz, kind: investment, bearer: municipality, unit: fixed, period: once, low: 30000, high: 30000, sunk: true, spent: "2024", lifetime: 20, source: offer}
  - id: shared
    name: Gemeinsames Verfahren
    kind: service
    source: offer
    obligation: {level: mandatory, for: [municipality], since: 2027-01-01, decision: council}
    exit_plan: {state: "yes", tested: 2020-01-01}
    costs:
      - {name: Anbindung, kind: integration, bearer: municipality, unit: fixed, period: once, low: 20000, high: 25000, source: offer, assumption: Ein Fachverfahren wird angebunden.}
      - {name: Betrieb, kind: operation, bearer: municipality, unit: inhabitant, period: year, low: 0.01, high: 0.02, source: offer}
`;

before(async () => {
  if (data) await bring(priced);
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

test("a treasurer finds the municipality and sees a range with its assumptions", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await newPage(browser);
  await looked(page, `${map}/costs`, { de: ["Was es kostet", "Destatis"], en: ["What it costs", "Destatis"] }, [/input place/, /Suchen/]);
  await page.locator('input[name="place"]').fill("kassel");
  await page.getByRole("button", { name: "Suchen" }).click();
  await page.locator("main").getByRole("link", { name: /^Kassel/ }).first().click();
  await page.waitForURL(new RegExp(`ars=${kassel}`));
  const chosen = `${map}/costs?ars=${kassel}`;
  await looked(page, chosen, { de: ["Gemeinsames Verfahren (verbindlich, seit 2027-01-01)"], en: ["Gemeinsames Verfahren (mandatory, since 2027-01-01)"] }, [/input a$/, /input b$/, /input years/, /Rechnen/]);
  assert.ok(await page.locator('input[name="a"][value="shared"]').isChecked());
  await page.locator('input[name="b"][value="old"]').check();
  await page.getByRole("button", { name: "Rechnen" }).click();
  await page.waitForURL(/asked=1/);
  const { pathname, search } = new URL(page.url());
  await looked(
    page,
    pathname + search,
    {
      de: ["Was Sie zahlen", "Die beiden Szenarien im Vergleich", "Ein Fachverfahren wird angebunden.", "Schon ausgegeben", "Wie gerechnet wurde"],
      en: ["What you pay", "The two scenarios compared", "Already spent", "How was counted"],
    },
    [/Auswahl ändern/, /Zahlen als Tabelle/, /\/elements\/shared/],
  );
  await opened(page, "costs");
  assert.ok((await page.locator("main svg[role=img]").count()) >= 3);
  assert.deepEqual(complaints, []);
});

test("where no figure is known it says at least", { timeout: 120_000, skip: !data }, async () => {
  const { page } = await newPage(browser);
  await looked(page, `/catalogue/deutschland-stack/costs?ars=${kassel}&asked=1&a=produkt:fit-connect`, { de: ["mindestens", "Was fehlt"], en: ["at least", "What is missing"] });
});

test("a board sees what is agreed, a buyer what exists and what to ask for", { timeout: 240_000, skip: !data }, async () => {
  const { page, complaints } = await newPage(browser);
  await looked(page, `${map}/duties`, { de: ["Pflichten im Betrieb", "abgelaufen", "fehlt"], en: ["Duties of operation", "expired", "missing"] }, [/input q/, /select duty/, /select standing/, /\/elements\/old/]);
  await looked(page, `${map}/duties?duty=exit_tested&standing=expired`, { de: ["Erprobter Ausstieg", "Gemeinsames Verfahren"], en: ["Tested exit", "Gemeinsames Verfahren"] });
  await looked(page, `${map}/procurement`, { de: ["Gibt es das schon?", "Anlage zum Vertrag"], en: ["Does it exist already?", "Annex to the contract"] }, [/input words/, /input title/, /input element/]);
  await page.locator('input[name="words"]').fill("Altverfahren");
  await page.getByRole("button", { name: "Nachsehen" }).click();
  await page.getByText("Was es schon gibt").first().waitFor();
  const annex = `${map}/procurement?element=shared&title=Bauantrag&buyer=Stadt+Muster`;
  await looked(page, annex, { de: ["Anlage: Anforderungen", "Bauantrag", "Ausstieg", "Nachweise"], en: ["Annex: requirements", "Exit", "Evidence"] }, [/format=html/, /format=markdown/]);
  assert.deepEqual(complaints, []);
});
