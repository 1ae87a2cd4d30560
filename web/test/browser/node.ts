// A stand-in for the node: the pages and answers of CONTRACT.md, held in memory, with faults on request.
import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { certificate, newPair } from "../certificates.ts";
import { sha512Hex } from "../../src/crypto/hash.ts";
import { decrypt, encrypt, importPublic, type PublicJwk, tagOf } from "../../src/crypto/jwe.ts";
import { utf8 } from "../../src/crypto/encoding.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types: Record<string, string> = { css: "text/css", js: "text/javascript", woff2: "font/woff2", json: "application/json" };

export interface Stored {
  submissionId: string;
  caseId: string;
  requestId: string;
  announced: string[];
  mailbox: { accessHash: string; publicKey: PublicJwk; wrappedKey: string };
  attachments: Map<string, string>;
  final?: { encryptedMetadata: string; encryptedData: string };
  steps: { at: number; kind: string; issuer: string; problems?: object[] }[];
  messages: { id: string; at: number; readAt?: number; sealed: { encryptedMetadata: string; encryptedData: string; attachments: string[]; authenticationTags: object }; attachments: Map<string, string> }[];
}

export class FakeNode {
  readonly submissions = new Map<string, Stored>();
  /** Answers to give instead of the real one, by "METHOD /path-prefix", each used once. */
  readonly faults: { request: string; status: number; afterwards?: boolean }[] = [];
  readonly requests: string[] = [];
  /** Whether somebody is signed in, and what lies in the account. */
  account = false;
  readonly claims = new Map<string, { wrappedKey?: string; credential?: string; claimedAt: number }>();
  readonly #dist: string;
  #server: Server | undefined;
  #jwk: PublicJwk | undefined;
  #private: CryptoKey | undefined;
  base = "";

  constructor(dist: string) {
    this.#dist = dist;
  }

  async start(): Promise<void> {
    await this.#makeOffice();
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((fault: unknown) => {
        response.writeHead(500).end(String(fault));
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    this.base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #makeOffice(): Promise<void> {
    const pair = await newPair("pss");
    const from = new Date(Date.now() - 86_400_000);
    const to = new Date(Date.now() + 86_400_000);
    const der = await certificate({ subject: "Demo-Amt", issuer: "Demo-Amt", key: pair, signer: pair, from, to });
    // The encryption key and the certificate's key are the same numbers, used for OAEP.
    this.#jwk = { kty: "RSA", alg: "RSA-OAEP-256", key_ops: ["wrapKey"], kid: "office-1", ...pair.publicJwk, x5c: [Buffer.from(der).toString("base64")] };
    const { d, p, q, dp, dq, qi } = await pair.exportPrivate();
    this.#private = await crypto.subtle.importKey("jwk", { kty: "RSA", ...pair.publicJwk, d, p, q, dp, dq, qi, ext: true }, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["decrypt"]);
  }

  open(jwe: string) {
    return decrypt(jwe, this.#private as CryptoKey);
  }

  /** What the office does: accept and reply with a PDF. */
  async reply(stored: Stored, text: string, pdf: Uint8Array<ArrayBuffer>, alter = false): Promise<void> {
    const { publicKey } = stored.mailbox;
    const key = await importPublic(publicKey);
    const attachment = randomUUID();
    const data = utf8(JSON.stringify({ subject: "Bescheid", text }));
    const metadata = {
      contentStructure: {
        data: { hash: { type: "sha512", content: await sha512Hex(data) } },
        attachments: [{ attachmentId: attachment, purpose: "attachment", mimeType: "application/pdf", filename: "Bescheid.pdf", hash: { type: "sha512", content: await sha512Hex(pdf) } }],
      },
    };
    const encryptedMetadata = await encrypt(utf8(JSON.stringify(metadata)), key, publicKey.kid, "application/json");
    const encryptedData = await encrypt(data, key, publicKey.kid, "application/json");
    const sealed = await encrypt(pdf, key, publicKey.kid, "application/pdf");
    const authenticationTags = { metadata: tagOf(encryptedMetadata), data: tagOf(encryptedData), attachments: { [attachment]: tagOf(sealed) } };
    const served = alter ? await encrypt(utf8("something else"), key, publicKey.kid, "application/pdf") : sealed;
    const id = randomUUID();
    stored.messages.push({ id, at: Date.now() * 1000, sealed: { encryptedMetadata, encryptedData, attachments: [attachment], authenticationTags }, attachments: new Map([[attachment, served]]) });
    this.step(stored, "submit-reply");
  }

  step(stored: Stored, kind: string, problems?: object[]): void {
    stored.steps.push({ at: Date.now() * 1000, kind, issuer: "x", problems });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.base);
    const line = `${request.method} ${url.pathname}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.requests.push(line);
    const at = this.faults.findIndex((fault) => line.startsWith(fault.request));
    const fault = at >= 0 ? this.faults.splice(at, 1)[0] : undefined;
    if (fault && !fault.afterwards) return fail(response, fault.status);
    const answer = await this.#route(request, url, body);
    if (fault) return fail(response, fault.status);
    response.writeHead(answer.status, { "Content-Type": answer.type ?? "application/json", "Content-Security-Policy": policy, "Referrer-Policy": "no-referrer" });
    response.end(answer.body);
  }

  async #route(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    const path = url.pathname;
    if (path.startsWith("/static/")) return this.#static(path.slice("/static/".length));
    if (path.startsWith("/api/v1/directory/places")) return json(200, { places: places(url.searchParams.get("q") ?? "") });
    if (path === "/submission-api/v2/destinations/d") return json(200, { destinationId: "d", encryptionKid: "office-1" });
    if (path === "/submission-api/v2/destinations/d/keys/office-1") return json(200, this.#jwk);
    if (path.startsWith("/api/v1/forms/submissions")) return this.#submissions(request, path, body);
    if (path.startsWith("/api/v1/mailbox/cases/")) return this.#cases(request, url, body);
    if (path.startsWith("/api/v1/record/cases/")) return this.#record(request, path.split("/").at(-1) ?? "");
    if (path.startsWith("/api/v1/forms/") && path.endsWith("/schema")) return json(200, JSON.parse(await readFile(join(this.#dist, "../test/browser/schema.json"), "utf8")));
    if (path === "/api/openapi.json") return json(200, openapi);
    const page = path.startsWith("/mailbox/case") ? "case" : path === "/api" ? "try" : path.startsWith("/forms/") ? "form" : "start";
    const html = await readFile(join(this.#dist, `../test/browser/${page}.html`), "utf8");
    const language = url.searchParams.get("lang") ?? "de";
    const account = this.account ? 'id="case-app" data-account="true" data-record-url="/api/v1/record/cases/{caseId}"' : 'id="case-app"';
    return { status: 200, type: "text/html; charset=utf-8", body: html.replace('lang="de"', `lang="${language}"`).replace('id="case-app"', account).replace("{region}", url.searchParams.get("region") ?? "") };
  }

  async #static(name: string): Promise<Answer> {
    const type = types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return { status: 200, type, body: await readFile(join(this.#dist, name)) };
  }

  #submissions(request: IncomingMessage, path: string, body: string): Answer {
    if (request.method === "POST") {
      const asked = JSON.parse(body) as { requestId: string; announcedAttachments: string[]; mailbox: Stored["mailbox"] };
      let stored = [...this.submissions.values()].find((each) => each.requestId === asked.requestId);
      if (!stored) {
        stored = { submissionId: randomUUID(), caseId: randomUUID(), requestId: asked.requestId, announced: asked.announcedAttachments, mailbox: asked.mailbox, attachments: new Map(), steps: [], messages: [] };
        this.submissions.set(stored.submissionId, stored);
        this.step(stored, "create-submission");
      }
      return json(201, { submissionId: stored.submissionId, caseId: stored.caseId, destinationId: "d" });
    }
    const [id = "", , attachment] = path.split("/").slice(5);
    const stored = this.submissions.get(id);
    if (!stored || !allowed(request, stored)) return json(404, { title: "Unknown" });
    if (attachment) {
      if (!stored.announced.includes(attachment) || request.headers["content-type"] !== "application/jose") return json(422, { title: "Not announced" });
      stored.attachments.set(attachment, body);
      return { status: 204 };
    }
    const final = JSON.parse(body) as Stored["final"];
    if (stored.final) return JSON.stringify(stored.final) === JSON.stringify(final) ? json(202, {}) : json(409, { title: "Already sent" });
    if (stored.announced.some((each) => !stored.attachments.has(each))) return json(422, { title: "Attachment missing" });
    stored.final = final;
    this.step(stored, "submit-submission");
    return json(202, {});
  }

  #record(request: IncomingMessage, caseId: string): Answer {
    const stored = [...this.submissions.values()].find((each) => each.caseId === caseId);
    if (!stored || !this.#admitted(request, stored)) return json(404, { title: "Unknown" });
    const event = { id: "1", at: Date.now() * 1000, event: "delivery.submitted", words: "Antrag gesendet", who: "Formulardienst", proven: true };
    return json(200, { caseId, events: [event, { ...event, id: "2", proven: false }], checkpoint: { size: 1, at: 1 } });
  }

  #admitted(request: IncomingMessage, stored: Stored): boolean {
    return request.headers.authorization ? allowed(request, stored) : this.account && this.claims.has(stored.caseId);
  }

  async #cases(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    const [caseId = "", , message, what, attachment] = url.pathname.split("/").slice(5);
    const stored = [...this.submissions.values()].find((each) => each.caseId === caseId);
    if (!stored || !this.#admitted(request, stored)) return json(404, { title: "Unknown" });
    if (message === undefined && url.pathname.endsWith("/claim")) {
      if (!this.account || !allowed(request, stored)) return json(401, { title: "Both are needed" });
      this.claims.set(caseId, { ...(JSON.parse(body) as { wrappedKey?: string; credential?: string }), claimedAt: 1 });
      return { status: 204 };
    }
    const found = stored.messages.find((each) => each.id === message);
    if (message && !found) return json(404, { title: "Unknown" });
    if (found && what === "read") {
      found.readAt ??= Date.now() * 1000;
      return { status: 204 };
    }
    if (found && what === "attachments") return { status: 200, type: "application/jose", body: found.attachments.get(attachment ?? "") };
    if (found) return json(200, found.sealed);
    const after = url.searchParams.get("after");
    for (let left = 100; after !== null && String(stored.steps.length) === after && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 50));
    if (String(stored.steps.length) === after) return { status: 204 };
    const messages = stored.messages.map(({ id, at, readAt }) => ({ id, at, readAt, size: 1000 }));
    const { publicKey, wrappedKey } = stored.mailbox;
    return json(200, { caseId, publicService: { identifier: "99115005104000", name: "Wohnsitzanmeldung" }, destinationName: "Bürgeramt Kassel", steps: stored.steps, publicKey, wrappedKey, messages, version: stored.steps.length, claim: this.account ? this.claims.get(caseId) : undefined });
  }
}

interface Answer {
  status: number;
  type?: string;
  body?: string | Buffer;
}

const json = (status: number, value: unknown): Answer => ({ status, type: status < 400 ? "application/json" : "application/problem+json", body: JSON.stringify(value) });

function fail(response: ServerResponse, status: number): void {
  if (status === 0) response.destroy();
  else response.writeHead(status, { "Content-Type": "application/problem+json" }).end(JSON.stringify({ title: "Störung", detail: "Zum Test." }));
}

function allowed(request: IncomingMessage, stored: Stored): boolean {
  const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
  return scheme === "Case" && createHash("sha256").update(Buffer.from(token, "base64url")).digest("base64url") === stored.mailbox.accessHash;
}

function places(text: string) {
  const all = [
    { ars: "066110000000", name: "Kassel", kind: "Stadt", district: "Kassel", state: "Hessen", population: 204202 },
    { ars: "066330013013", name: "Kaufungen", kind: "Gemeinde", district: "Landkreis Kassel", state: "Hessen", population: 12500 },
  ];
  if (/^\d{5}$/.test(text)) return all;
  return all.filter((each) => each.name.toLowerCase().startsWith(text.toLowerCase()));
}

const openapi = {
  openapi: "3.1.0",
  info: { title: "Fachwerk", version: "1", description: "Alles." },
  tags: [{ name: "directory", description: "Orte" }],
  paths: {
    "/api/v1/directory/places": { get: { operationId: "places", tags: ["directory"], summary: "Orte suchen", parameters: [{ name: "q", in: "query", required: true, description: "Text" }], responses: { 200: { description: "Orte" } } } },
    "/api/v1/forms/submissions": { post: { tags: ["forms"], summary: "Beginnen", requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/New" } } } }, responses: { 201: { description: "Angelegt" } } } },
  },
  components: { schemas: { New: { type: "object", properties: { requestId: { type: "string", format: "uuid" }, announcedAttachments: { type: "array", items: { type: "string" } } } } } },
};
