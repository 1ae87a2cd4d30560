// The scripts in a real browser, against the stand-in node.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { fromUtf8 } from "../../src/crypto/encoding.ts";
import { Sha512 } from "../../src/crypto/hash.ts";
import { accessible as check, complaintsOf, launch, web } from "../driver.ts";
import { FakeNode, type Stored } from "./node.ts";

const node = new FakeNode(join(web, "dist"));
let browser: Browser;
let context: BrowserContext;
let page: Page;
let folder: string;
let complaints: string[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fachwerk-story-"));
  await writeFile(join(folder, "small.pdf"), Buffer.from("%PDF-1.4 small"));
  await writeFile(join(folder, "large.pdf"), Buffer.alloc(20_000_000, "%PDF large "));
  await writeFile(join(folder, "wrong.exe"), Buffer.from("MZ"));
  await node.start();
  browser = await launch("--host-resolver-rules=MAP insecure.test 127.0.0.1");
});

beforeEach(async () => {
  await context?.close();
  node.faults.length = 0;
  node.submissions.clear();
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = complaintsOf(page);
});

after(async () => {
  await browser?.close();
  node.stop();
  await rm(folder, { recursive: true, force: true });
});

const accessible = (where: string) => check(page, where);
const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const next = () => page.getByRole("button", { name: "Weiter", exact: true }).click();
const heading = (name: string) => page.getByRole("heading", { name, level: 2 }).waitFor();

async function toProofs(): Promise<void> {
  await page.goto(`${node.base}/forms/residence`);
  await page.getByLabel("Vorname").fill("Ada");
  await page.getByLabel("Tag").fill("1");
  await page.getByLabel("Monat").fill("2");
  await page.getByLabel("Jahr").fill("1990");
  await page.getByLabel("Hauptwohnung", { exact: true }).check();
  await next();
  await heading("Mitziehende Personen");
  await next();
  await heading("Nachweise");
}

async function toSummary(...files: string[]): Promise<void> {
  await toProofs();
  await page.getByLabel("Wohnungsgeberbestätigung").first().setInputFiles(files.map((name) => join(folder, name)));
  await page.getByLabel("Die Angaben sind richtig").check();
  await next();
  await heading("Prüfen und senden");
  await page.locator('[data-key-check="usable"]').waitFor();
}

const send = () => page.getByRole("button", { name: "Jetzt verschlüsselt senden" });
const only = (): Stored => {
  assert.equal(node.submissions.size, 1, "exactly one submission");
  return [...node.submissions.values()][0] as Stored;
};

async function sent(): Promise<Stored> {
  await page.waitForURL(/\/mailbox\/case\/[0-9a-f-]+#[A-Za-z0-9_-]{43}$/);
  await page.locator("[data-steps] li").first().waitFor();
  return only();
}

async function metadataOf(stored: Stored) {
  return JSON.parse(fromUtf8(await node.open(stored.final?.encryptedMetadata ?? ""))) as {
    contentStructure: { attachments: { attachmentId: string; fragments?: string[]; hash: { content: string }; description: string }[] };
  };
}

test("place search with the keyboard", async () => {
  await page.goto(node.base);
  await page.getByLabel("Ort oder Postleitzahl").pressSequentially("ka");
  await page.getByRole("option").first().waitFor();
  assert.equal(await page.getByRole("option").count(), 2);
  assert.match((await page.getByRole("status").textContent()) ?? "", /2 Vorschläge/);
  await accessible("open list");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("option").count(), 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  assert.match((await page.locator('[aria-selected="true"]').textContent()) ?? "", /Kassel/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/region=066110000000/);
  assert.match(page.url(), /service=99115005104000/);
});

test("one postcode with several places asks which", async () => {
  await page.goto(`${node.base}/?lang=en`);
  await page.getByLabel("Ort oder Postleitzahl").fill("34117");
  await page.getByRole("option").first().waitFor();
  assert.match((await page.getByRole("status").textContent()) ?? "", /2 places have this postcode/);
  await page.getByRole("option").nth(1).click();
  await page.waitForURL(/region=066330013013/);
});

test("faults stand in a focused list and at the fields", async () => {
  await page.goto(`${node.base}/forms/residence`);
  await page.getByLabel("Tag").fill("31");
  await page.getByLabel("Monat").fill("2");
  await page.getByLabel("Jahr").fill("1990");
  await page.getByLabel("Nebenwohnung").check();
  await next();
  assert.match(await focused(), /3 Angaben müssen geändert werden/);
  const links = await page.locator(".app-errors a").allTextContents();
  assert.deepEqual(links.map((text) => text.split(":")[0]), ["Vorname", "Geburtsdatum", "Ort der Hauptwohnung"]);
  const input = page.getByLabel("Vorname");
  assert.equal(await input.getAttribute("aria-invalid"), "true");
  assert.equal(await input.getAttribute("aria-describedby"), "person-givenName-hint person-givenName-error");
  await accessible("faults");
  await page.locator(".app-errors a").first().click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "person-givenName");
  await page.keyboard.type("Ada");
  await page.keyboard.press("Tab");
  assert.equal(await input.getAttribute("aria-invalid"), null);
  await page.getByLabel("Hauptwohnung", { exact: true }).check();
  assert.equal(await page.getByLabel("Ort der Hauptwohnung").isVisible(), false);
});

test("a message that goes away does not move the next click", async () => {
  await page.goto(`${node.base}/forms/residence`);
  await next();
  await page.getByLabel("Vorname").fill("Ada");
  await page.getByLabel("Hauptwohnung", { exact: true }).scrollIntoViewIfNeeded();
  const place = await page.getByLabel("Hauptwohnung", { exact: true }).boundingBox();
  assert.ok(place);
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await page.mouse.down();
  // The field was left, and its message stays until the press has ended.
  assert.equal(await page.getByLabel("Vorname").getAttribute("aria-invalid"), "true");
  await page.mouse.up();
  assert.equal(await page.getByLabel("Hauptwohnung", { exact: true }).isChecked(), true);
  await page.waitForFunction(() => !document.querySelector("#person-givenName")?.hasAttribute("aria-invalid"));
});

test("groups grow and shrink, and keep what was typed", async () => {
  await page.goto(`${node.base}/forms/residence`);
  await page.getByLabel("Vorname").fill("Ada");
  for (const [label, value] of [["Tag", "1"], ["Monat", "2"], ["Jahr", "1990"]]) await page.getByLabel(label ?? "").fill(value ?? "");
  await page.getByLabel("Hauptwohnung", { exact: true }).check();
  await next();
  const add = page.getByRole("button", { name: "Person hinzufügen" });
  await add.click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "persons-0-name");
  await page.keyboard.type("Bob");
  await add.click();
  await page.keyboard.type("Carl");
  await add.click();
  assert.equal(await add.isVisible(), false);
  await next();
  assert.match(await focused(), /Eine Angabe/);
  await accessible("group");
  await page.getByRole("button", { name: "Person 1 entfernen" }).click();
  assert.equal(await page.locator("#persons-0-name").inputValue(), "Carl");
  await page.getByRole("button", { name: "Person 2 entfernen" }).click();
  await next();
  await heading("Nachweise");
});

test("the whole way: form, files, fragments, summary, sending, case, reply", async () => {
  await toProofs();
  const choose = page.getByLabel("Wohnungsgeberbestätigung").first();
  await choose.setInputFiles(join(folder, "wrong.exe"));
  await page.getByText("keine erlaubte Dateiart").first().waitFor();
  await choose.setInputFiles([join(folder, "small.pdf"), join(folder, "large.pdf")]);
  await page.getByText("bereit").nth(1).waitFor();
  await page.getByLabel("Die Angaben sind richtig").check();
  await accessible("proofs");
  await next();
  await page.locator('[data-key-check="usable"]').waitFor();
  assert.match(await focused(), /Prüfen und senden/);
  await page.getByText("01.02.1990").waitFor();
  await page.getByText("large.pdf (20 MB)").waitFor();
  await page.getByText("Prüfung des Schlüssels im Einzelnen").click();
  assert.match((await page.locator("[data-fingerprint]").textContent()) ?? "", /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  await accessible("summary");
  await send().dblclick();
  const stored = await sent();
  const metadata = await metadataOf(stored);
  const data = JSON.parse(fromUtf8(await node.open(stored.final?.encryptedData ?? ""))) as Record<string, unknown>;
  assert.deepEqual({ ...data, files: undefined }, { person: { givenName: "Ada", birthDate: "1990-02-01" }, kind: "main", consent: true, files: undefined });
  const [small, large] = metadata.contentStructure.attachments;
  assert.deepEqual((data.files as { landlord: string[] }).landlord, [small?.attachmentId, large?.attachmentId]);
  assert.equal(large?.fragments?.length, 3);
  assert.deepEqual(stored.announced, [small?.attachmentId, ...(large?.fragments ?? [])]);
  assert.equal(large?.description, "Wohnungsgeberbestätigung");
  const hash = new Sha512();
  let size = 0;
  for (const id of large?.fragments ?? []) {
    const part = await node.open(stored.attachments.get(id) ?? "");
    assert.ok(part.length <= 8_000_000);
    size += part.length;
    hash.add(part);
  }
  assert.equal(size, 20_000_000);
  assert.equal(hash.hex(), large?.hash.content);
  await caseAndReply(stored);
  assert.deepEqual(complaints, []);
  assert.ok(!node.requests.some((line) => line.includes(stored.mailbox.wrappedKey)));
});

async function caseAndReply(stored: Stored): Promise<void> {
  await page.getByText("Ihr Antrag ist angekommen").waitFor();
  node.step(stored, "accept-submission");
  await page.locator('[data-kind="accept-submission"]').waitFor();
  const pdf = new Uint8Array(Buffer.from("%PDF-1.4 Bescheid"));
  await node.reply(stored, "Sie sind angemeldet.", pdf);
  await page.getByRole("button", { name: "Nachricht öffnen" }).click();
  await page.getByText("Sie sind angemeldet.").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-download]").click()]);
  assert.equal(download.suggestedFilename(), "Bescheid.pdf");
  assert.equal(await readFile(await download.path(), "utf8"), "%PDF-1.4 Bescheid");
  await page.waitForFunction(() => true);
  for (let left = 100; !stored.messages[0]?.readAt && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(stored.messages[0]?.readAt, "read receipt");
  assert.ok(await page.locator(".app-qr").evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0));
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Link als Datei speichern" }).click()]);
  assert.ok((await readFile(await file.path(), "utf8")).includes(page.url()));
  await accessible("case");
}

test("disturbed connections neither lose nor double anything", async () => {
  await toSummary("small.pdf");
  node.faults.push(
    { request: "POST /api/v1/forms/submissions", status: 0, afterwards: true },
    { request: "PUT /api/v1/forms/submissions", status: 503 },
    { request: "PUT /api/v1/forms/submissions", status: 0, afterwards: true },
  );
  await send().click();
  const stored = await sent();
  assert.ok(stored.final);
  assert.equal(stored.steps.filter((step) => step.kind === "submit-submission").length, 1);
});

test("the last request is repeated exactly after a crash", async () => {
  await toSummary("small.pdf");
  let crashed = false;
  await page.route(/\/forms\/submissions\/[^/]+$/, async (route) => {
    if (crashed) return route.continue();
    // The server gets it, the browser never hears of it.
    await route.fetch();
    return new Promise(() => undefined);
  });
  await send().click();
  for (let left = 200; ![...node.submissions.values()][0]?.final && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 50));
  crashed = true;
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`${node.base}/forms/residence`);
  const stored = await sent();
  assert.equal(stored.steps.filter((step) => step.kind === "submit-submission").length, 1);
});

test("a refusal is told, and the entries stay", async () => {
  await toSummary("small.pdf");
  node.faults.push({ request: "POST /api/v1/forms/submissions", status: 422 });
  await send().click();
  await page.getByText("Störung – Zum Test.").waitFor();
  await accessible("refused");
  await page.getByRole("button", { name: "Zurück zur Zusammenfassung" }).click();
  await page.locator('[data-key-check="usable"]').waitFor();
  await send().click();
  await sent();
});

test("an unfinished submission that expired is begun anew", async () => {
  await toSummary("small.pdf");
  node.faults.push({ request: "PUT /api/v1/forms/submissions", status: 404 });
  await send().click();
  await page.waitForURL(/\/mailbox\/case\//);
  const all = [...node.submissions.values()];
  assert.equal(all.length, 2);
  assert.deepEqual(all.map((each) => each.final !== undefined), [false, true]);
  assert.notEqual(all[0]?.requestId, all[1]?.requestId);
});

test("sending can be cancelled and taken up again", async () => {
  await toSummary("large.pdf");
  let held = true;
  await page.route(/\/attachments\//, async (route) => {
    while (held) await new Promise((resolve) => setTimeout(resolve, 50));
    await route.continue().catch(() => undefined);
  });
  await send().click();
  await page.getByText("wird verschlüsselt übertragen").waitFor();
  await accessible("sending");
  await page.getByRole("button", { name: "Abbrechen" }).click();
  await heading("Prüfen und senden");
  assert.equal(only().final, undefined);
  held = false;
  await page.locator('[data-key-check="usable"]').waitFor();
  await send().click();
  assert.ok((await sent()).final);
});

test("a changed file is not sent", async () => {
  const path = join(folder, "changing.pdf");
  await writeFile(path, Buffer.from("%PDF before"));
  await toSummary("changing.pdf");
  await writeFile(path, Buffer.from("%PDF after, and longer"));
  await send().click();
  await page.getByText("hat sich geändert oder ist nicht mehr da").waitFor();
  assert.ok([...node.submissions.values()].every((each) => each.final === undefined));
});

test("without a secure page it is said plainly that nothing can be sent", async () => {
  await page.goto(`${node.base.replace("127.0.0.1", "insecure.test")}/forms/residence`);
  await page.getByText("Hier kann nicht verschlüsselt werden").waitFor();
  assert.equal(await page.locator("form").isVisible(), false);
  await accessible("insecure");
});

test("everything speaks English on an English page", async () => {
  await page.goto(`${node.base}/forms/residence?lang=en`);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  assert.match(await focused(), /3 entries have to be changed/);
  await page.getByText("Enter the given name.").first().waitFor();
  await page.getByText("Continue later").waitFor();
});

test("self-signed keys are refused without the test switch", async () => {
  await page.route("**/forms/residence", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(" data-allow-self-signed", "") });
  });
  await toProofs();
  await page.getByLabel("Wohnungsgeberbestätigung").first().setInputFiles(join(folder, "small.pdf"));
  await page.getByLabel("Die Angaben sind richtig").check();
  await next();
  await page.locator('[data-key-check="refused"]').waitFor();
  await send().click({ force: true });
  await page.waitForTimeout(300);
  assert.equal(node.submissions.size, 0);
});

test("entries are kept only after consent, come back, and can be deleted", async () => {
  await page.goto(`${node.base}/forms/residence`);
  await page.getByLabel("Vorname").fill("Ada");
  await page.reload();
  assert.equal(await page.getByLabel("Vorname").inputValue(), "");
  await page.getByText("Später weitermachen").click();
  await page.getByLabel("Meine Eingaben auf diesem Gerät speichern").check();
  await page.getByLabel("Vorname").fill("Ada");
  await page.getByLabel("Nebenwohnung").check();
  await page.waitForFunction(() => (localStorage.getItem("fachwerk.form.residence.1") ?? "").includes('"second"'));
  await page.reload();
  await page.getByText("Ihre gespeicherten Eingaben wurden geladen").waitFor();
  assert.equal(await page.getByLabel("Vorname").inputValue(), "Ada");
  assert.ok(await page.getByLabel("Ort der Hauptwohnung").isVisible());
  await page.getByText("Später weitermachen").last().click();
  await page.getByRole("button", { name: "Gespeicherte Eingaben löschen" }).click();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("the form works by keyboard alone, and the browser's back button goes back one step", async () => {
  await page.goto(`${node.base}/forms/residence`);
  await page.getByLabel("Vorname").focus();
  await page.keyboard.type("Ada");
  for (const text of ["1", "2", "1990"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await heading("Mitziehende Personen");
  assert.equal(await focused(), "Mitziehende Personen");
  await page.goBack();
  await heading("Zur Person");
  assert.equal(await page.getByLabel("Vorname").inputValue(), "Ada");
});

test("an altered reply is not shown", async () => {
  await toSummary("small.pdf");
  await send().click();
  const stored = await sent();
  await node.reply(stored, "Ihr Bescheid liegt bei.", new Uint8Array(Buffer.from("%PDF")), true);
  await page.getByRole("button", { name: "Nachricht öffnen" }).click();
  await page.getByText("wurde verändert").waitFor();
  assert.equal(await page.getByText("Ihr Bescheid liegt bei.").count(), 0);
  assert.equal(stored.messages[0]?.readAt, undefined);
});

test("a missing or wrong secret is explained, and a pasted link opens the case", async () => {
  await toSummary("small.pdf");
  await send().click();
  await sent();
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link.split("#")[0] ?? "");
  await page.getByText("Der Link ist nicht vollständig").waitFor();
  await accessible("no secret");
  await page.getByLabel("Link zum Vorgang").fill("unsinn");
  await page.keyboard.press("Enter");
  await page.getByText("Das ist kein vollständiger Link").waitFor();
  await page.getByLabel("Link zum Vorgang").fill(link);
  await page.keyboard.press("Enter");
  await page.getByText("Ihr Antrag ist angekommen").waitFor();
  await page.goto("about:blank");
  await page.goto(`${link.slice(0, -4)}AAAA`);
  await page.getByText("Der Link passt nicht").waitFor();
});

test("the API page sends requests", async () => {
  await page.goto(`${node.base}/api`);
  await page.getByText("Orte suchen").click();
  await page.getByLabel("q (Abfrage)").fill("kas");
  await page.getByRole("button", { name: "Senden" }).click();
  await page.getByText("066110000000").waitFor();
  await page.getByText("Beginnen").click();
  assert.match((await page.locator("textarea").inputValue()) ?? "", /"requestId": "[0-9a-f-]{36}"/);
  await accessible("API page");
  await page.getByLabel("Aufruf suchen").fill("orte");
  assert.equal(await page.getByText("Beginnen").isVisible(), false);
});
