import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

export const web = process.env.FACHWERK_WEB ?? ".";

/** The first Chromium there is; `FACHWERK_CHROMIUM` goes before the usual places. */
export const chromiumPath = [process.env.FACHWERK_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

export function launch(...more: string[]): Promise<Browser> {
  // Inside containers Chromium runs as root, where its sandbox does not start.
  return chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", ...more] });
}

let axe: string | undefined;

/** axe-core with all its rules on the page as it is; any violation fails. */
export async function accessible(page: Page, where: string): Promise<void> {
  axe ??= await readFile(join(web, "node_modules/axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
    return (await run.run()).violations.map((each) => `${each.id}: ${each.nodes.map((one) => one.html.slice(0, 300)).join(" | ")}`);
  });
  assert.deepEqual(found, [], `axe: ${where}`);
}

/** Collects what a page complains about: script errors and breaches of the content security policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (fault) => complaints.push(String(fault)));
  page.on("console", (message) => {
    if (/Content Security Policy|integrity/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}
