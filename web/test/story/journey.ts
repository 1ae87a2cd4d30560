// What citizen and office do, step by step, each under axe.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { accessible } from "../driver.ts";
import { fillStep } from "./fill.ts";

export const nodeUrl = process.env.FACHWERK_URL ?? "http://localhost:8080";
export const deskUrl = process.env.DESK_URL ?? "http://localhost:8090";

export async function findOffice(page: Page): Promise<void> {
  await page.goto(nodeUrl);
  await accessible(page, "start");
  await page.locator("input[data-places-url]").first().pressSequentially("kasel");
  await page.getByRole("option", { name: /^Kassel\b/ }).first().waitFor();
  // There is a Kasel, too; the typing error stands for the larger Kassel further down.
  const marked = page.locator('[role="option"][aria-selected="true"]');
  for (let left = 10; left > 0; left--) {
    await page.keyboard.press("ArrowDown");
    if (/^Kassel\b/.test((await marked.textContent()) ?? "")) break;
  }
  await accessible(page, "start with suggestions");
  await page.keyboard.press("Enter");
  await page.waitForURL(/region=066110000000/);
  await accessible(page, "place chosen");
  await page.locator('main a[href*="99115005104000"]').first().click();
  await page.getByText(/Zuständig ist/).first().waitFor();
  await accessible(page, "office and rule");
  await page.getByRole("link", { name: "Antrag online stellen" }).click();
  await page.waitForURL(/\/forms/);
  if ((await page.locator("#form-app").count()) === 0) await page.locator('main a[href*="/forms/wohnsitzanmeldung"]').first().click();
  await page.locator("#form-app form:not([hidden])").waitFor();
}

export async function fillForm(page: Page, file: string): Promise<void> {
  for (let step = 1; step < 15; step++) {
    await fillStep(page, file);
    await accessible(page, `form, step ${step}`);
    const next = page.getByRole("button", { name: "Weiter", exact: true });
    if ((await next.count()) === 0) break;
    await next.click();
    const faults = page.locator(".app-errors:not([hidden])");
    if (await faults.isVisible()) assert.fail(`step ${step}: ${await faults.innerText()}`);
  }
  await page.locator('[data-key-check="usable"]').waitFor();
  await accessible(page, "summary");
}

export async function sendForm(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Jetzt verschlüsselt senden" }).dblclick();
  await page.waitForURL(/\/mailbox\/case\/[0-9a-f-]+[^#]*#[A-Za-z0-9_-]{43}$/, { timeout: 60_000 });
  await page.locator('[data-kind="submit-submission"]').waitFor();
  await accessible(page, "case");
  return /\/case\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
}

/** The desk: finds the case, looks at it, accepts it, answers with a PDF of its own. */
export async function decide(page: Page, caseId: string, notice: string): Promise<void> {
  const row = page.locator('a[href^="/submissions/"]').first();
  for (let left = 60; left > 0; left--) {
    await page.goto(`${deskUrl}/?q=${caseId}`);
    if (await row.isVisible()) break;
    await page.waitForTimeout(500);
  }
  await accessible(page, "desk list");
  await row.click();
  await page.getByText("Muster").first().waitFor();
  await page.getByText("Nachweis.pdf").first().waitFor();
  assert.ok((await page.content()).includes(caseId), "the desk shows the case that was sent");
  await accessible(page, "desk submission");
  await page.getByRole("link", { name: "Annehmen" }).click();
  await accessible(page, "desk accept");
  await page.getByRole("button", { name: "Annehmen" }).click();
  await page.getByRole("link", { name: "Antworten" }).click();
  await page.locator('[name="subject"]').fill("Bescheid");
  await page.locator('textarea[name="text"]').fill("Sie sind angemeldet.");
  await page.locator('input[name="document"][value="file"]').check();
  await page.locator('input[name="file"]').setInputFiles(notice);
  await accessible(page, "desk reply");
  await page.getByRole("button", { name: "Antwort senden" }).click();
  await page.getByRole("heading", { name: "Antworten" }).waitFor();
}
