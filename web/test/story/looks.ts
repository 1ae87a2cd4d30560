// How pages are looked at: in German and English, under axe, at 200 % zoom, by keyboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { accessible, complaintsOf } from "../driver.ts";
import { nodeUrl } from "./journey.ts";

export const data = process.env.FACHWERK_DATA ?? "";

export interface Visit {
  page: Page;
  complaints: string[];
}

export async function newPage(browser: Browser): Promise<Visit> {
  const page = await (await browser.newContext({ locale: "de-DE" })).newPage();
  page.setDefaultTimeout(20_000);
  return { page, complaints: complaintsOf(page) };
}

async function operator(): Promise<Record<string, string>> {
  const token = (await readFile(join(data, "admin-token"), "utf8")).trim();
  return { Authorization: `Bearer ${token}` };
}

/** Somebody who administers, signed in by an invitation. */
export async function clerk(browser: Browser, name: string): Promise<Visit> {
  const headers = { ...(await operator()), "Content-Type": "application/json" };
  const invited = await fetch(`${nodeUrl}/api/v1/identity/people`, { method: "POST", headers, body: JSON.stringify({ name, role: "admin" }) });
  assert.ok(invited.ok, `${invited.status}`);
  const { link } = (await invited.json()) as { link: string };
  const made = await newPage(browser);
  await made.page.goto(link.replace(/^https?:\/\/[^/]+/, nodeUrl));
  await made.page.locator('main button[type="submit"]').first().click();
  await made.page.waitForURL((address) => !address.search.includes("code="));
  return made;
}

/** Brings a map by the interface, as the operator; everyone may read it. */
export async function bring(map: string, query = ""): Promise<void> {
  const headers = { ...(await operator()), "Content-Type": "application/octet-stream" };
  const answer = await fetch(`${nodeUrl}/api/v1/catalogue/maps?published=true&${query}`, { method: "POST", headers, body: map });
  assert.ok(answer.ok, await answer.text());
}

/** 200 % zoom halves the room: the page itself then never scrolls sideways, tables do so within. */
export async function fitsZoomed(page: Page, where: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 640, height: 360 });
  const over = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
  assert.equal(over, 0, `zoom: ${where}`);
  await page.setViewportSize(before);
}

/** From the skip link on, Tab reaches what is asked for, and every stop is seen. */
export async function walk(page: Page, where: string, reached: RegExp[]): Promise<void> {
  await page.reload();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "app-skip", `skip link: ${where}`);
  await page.keyboard.press("Enter");
  const seen: string[] = [];
  for (let step = 0; step < 200 && !reached.every((each) => seen.some((one) => each.test(one))); step++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || !at.closest("main")) return "";
        // The last stop of a date field is the button of its calendar: the browser draws that ring inside the field.
        const within = at instanceof HTMLInputElement && at.type === "date" && !at.matches(":focus");
        const ring = within || [at, ...at.querySelectorAll("*"), at.parentElement].some((each) => {
          const style = each && getComputedStyle(each);
          return style && ((style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
        });
        const name = at.getAttribute("href") ?? at.getAttribute("name") ?? at.getAttribute("aria-label") ?? at.textContent?.trim() ?? "";
        return `${at.tagName.toLowerCase()} ${name}${ring ? "" : " (no focus ring)"}`;
      }),
    );
  }
  for (const each of reached) assert.ok(seen.some((one) => each.test(one)), `${where}: Tab does not reach ${each}; it reaches ${seen.join(", ")}`);
  assert.deepEqual(seen.filter((one) => one.endsWith("(no focus ring)")), [], `focus is seen: ${where}`);
}

/** The page in both languages: its words, axe, zoom; then in German by keyboard. */
export async function looked(page: Page, path: string, words: { de: (string | RegExp)[]; en: (string | RegExp)[] }, reached: RegExp[] = []): Promise<void> {
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
  if (reached.length > 0) await walk(page, path, reached);
}

/** Opens everything that can be opened, and looks again. */
export async function opened(page: Page, where: string): Promise<void> {
  await page.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
  await accessible(page, `${where}, opened`);
  await fitsZoomed(page, `${where}, opened`);
}
