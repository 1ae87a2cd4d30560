// People and their accounts in a real browser: first administrator, passkeys with a virtual authenticator, recovery codes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, CDPSession, Page } from "playwright-core";
import { accessible, complaintsOf, launch } from "../driver.ts";

const nodeUrl = process.env.FACHWERK_URL ?? "http://localhost:8080";
const data = process.env.FACHWERK_DATA ?? "";
let browser: Browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

async function operator(path: string, body: unknown): Promise<{ link: string; person: string }> {
  const token = (await readFile(join(data, "admin-token"), "utf8")).trim();
  const response = await fetch(`${nodeUrl}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
  return (await response.json()) as { link: string; person: string };
}

/** A page of a fresh browser, in which a link was used. */
export async function entered(link: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ locale: "de-DE" })).newPage();
  page.setDefaultTimeout(15_000);
  const complaints = complaintsOf(page);
  await page.goto(link.replace(/^https?:\/\/[^/]+/, nodeUrl));
  await accessible(page, "link");
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL((address) => !address.search.includes("code="));
  return { page, complaints };
}

async function authenticator(page: Page): Promise<{ session: CDPSession; add: () => Promise<string> }> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const add = async () => {
    const options = {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf: true,
    } as const;
    return (await session.send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId;
  };
  return { session, add };
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto(`${nodeUrl}/account/passkeys`);
  await page.locator("#passkey-name").fill(name);
  await page.getByRole("button", { name: "Passkey anlegen" }).click();
  await page.waitForURL(/added=1/);
  await page.getByRole("heading", { name, exact: true }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Abmelden" }).click();
  await page.getByRole("link", { name: "Anmelden" }).first().waitFor();
}

/** Whether the browser suggests by itself or the button is pressed: in the end somebody is signed in. */
async function signIn(page: Page): Promise<void> {
  await page.goto(`${nodeUrl}/sign-in?to=/account`);
  if (/\/sign-in/.test(page.url())) await page.getByRole("button", { name: "Mit Passkey anmelden" }).click({ timeout: 3000 }).catch(() => undefined);
  await page.waitForURL(`${nodeUrl}/account`);
}

test("passkeys: added, used, removed, recovered", { timeout: 120_000, skip: !data }, async () => {
  const invited = await operator("/api/v1/identity/people", { name: "Ada Muster", level: "substantial" });
  const { page, complaints } = await entered(invited.link);
  await accessible(page, "passkeys after the link");
  const { session, add } = await authenticator(page);
  const first = await add();
  await addPasskey(page, "Diensthandy");
  await accessible(page, "passkey added");
  await page.goto(`${nodeUrl}/account`);
  await accessible(page, "account");
  await signOut(page);
  // In a browser without passkeys: here the virtual one answers as soon as it is asked.
  const stranger = await (await browser.newContext({ locale: "de-DE" })).newPage();
  await stranger.goto(`${nodeUrl}/sign-in`);
  await accessible(stranger, "sign-in");
  await signIn(page);
  assert.match(await page.locator("main").innerText(), /substanziell/, "the passkey carries the level with which it was added");

  await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first });
  const second = await add();
  await addPasskey(page, "Schlüsselbund");
  assert.equal(await page.getByRole("button", { name: "Entfernen" }).count(), 2);
  await page.getByRole("button", { name: "Entfernen" }).first().click();
  await page.getByRole("heading", { name: "Diensthandy" }).waitFor({ state: "detached" });
  assert.equal(await page.getByRole("button", { name: "Entfernen" }).count(), 0, "the last way in stays");

  await page.goto(`${nodeUrl}/account/recovery`);
  await accessible(page, "recovery");
  await page.getByRole("button", { name: "Codes machen" }).click();
  await accessible(page, "recovery codes");
  const codes = await page.locator("[data-recovery-codes] li").allInnerTexts();
  assert.equal(codes.length, 10);
  await signOut(page);
  await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: second });

  for (const [code, works] of [["AAAAA-AAAAA-AAAAA", false], [codes[0] ?? "", true]] as const) {
    await page.goto(`${nodeUrl}/sign-in`);
    await page.getByText("Gerät verloren?").click();
    await page.locator('input[name="code"]').fill(code);
    await page.getByRole("button", { name: "Mit Code anmelden" }).click();
    if (works) await page.waitForURL(/recovered=1/);
    else await page.getByText(/falsch oder schon benutzt/).first().waitFor();
    await accessible(page, `recovery, ${works}`);
  }
  assert.deepEqual(complaints, []);
});

test("a node has one first administrator, and every page for administrators is accessible", { timeout: 120_000, skip: !data }, async () => {
  const invited = await operator("/api/v1/identity/people", { name: "Grace Hopper", role: "admin" });
  const { page, complaints } = await entered(invited.link);
  for (const path of [
    "/admin/people",
    "/admin/people/new",
    `/admin/people/${invited.person}`,
    "/admin/organisations",
    "/admin/roles",
    "/admin/programs",
    "/admin/programs/new",
    "/admin/lending",
    "/admin/approvals",
    "/admin/settings",
    "/admin/alarms",
    "/account/delete",
  ]) {
    const response = await page.goto(`${nodeUrl}${path}`);
    assert.equal(response?.status(), 200, path);
    await accessible(page, path);
  }
  assert.deepEqual(complaints, []);
});

test("the emergency access is seen by everybody who administers", { timeout: 60_000, skip: !data }, async () => {
  const invited = await operator("/api/v1/identity/people", { name: "Alan Turing", role: "admin" });
  const watching = await entered(invited.link);
  const made = await operator("/api/v1/identity/break-glass", { reason: "Übung für den Ernstfall" });
  const emergency = await entered(made.link);
  await emergency.page.waitForURL(`${nodeUrl}/admin`);
  await emergency.page.getByText("Notfallzugang in Gebrauch.").waitFor();
  await watching.page.goto(`${nodeUrl}/admin/alarms`);
  await watching.page.getByText("Notfallzugang in Gebrauch.").waitFor();
  await watching.page.getByRole("button", { name: "Geprüft" }).first().click();
  await watching.page.getByText("ja", { exact: true }).first().waitFor();
  await accessible(watching.page, "alarms");
});

test("the command line invites", { skip: !data || !process.env.FACHWERK_BINARY }, () => {
  const made = spawnSync(process.env.FACHWERK_BINARY ?? "", ["--data", data, "--url", nodeUrl, "identity", "user", "add", "--name", "CLI"], { encoding: "utf8" });
  assert.match(made.stdout, /\/account\/invitation\?code=/);
});

test("a clerk signs in with a certificate", { timeout: 60_000, skip: !data || !process.env.FACHWERK_TLS_URL }, async () => {
  const secure = process.env.FACHWERK_TLS_URL ?? "";
  const folder = join(data, "test-ca");
  const context = await browser.newContext({
    locale: "de-DE",
    ignoreHTTPSErrors: true,
    clientCertificates: [{ origin: secure, certPath: join(folder, "clerk.pem"), keyPath: join(folder, "clerk.key") }],
  });
  const page = await context.newPage();
  await page.goto(`${nodeUrl}/sign-in?to=/admin/people`);
  await page.locator(".kern-card", { hasText: "Zertifikat" }).getByRole("link").click();
  await accessible(page, "certificate");
  await page.getByRole("link", { name: "Zertifikat auswählen" }).click();
  await page.waitForURL(`${nodeUrl}/admin/people`);
  await page.getByText("Kim Klerk (Demo)").first().waitFor();
});
