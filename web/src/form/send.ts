import { type CaseKeys, makeCaseKeys } from "../crypto/case-keys.ts";
import { checkKey, type KeyCheck } from "../crypto/certificate.ts";
import { announced, fragmentBytes, type Span, spans } from "../crypto/fragments.ts";
import { sha512Hex, Sha512 } from "../crypto/hash.ts";
import { encrypt, importPublic, type PublicJwk } from "../crypto/jwe.ts";
import { utf8 } from "../crypto/encoding.ts";
import { ask, askJson, jsonBody, Refused, upload } from "../http.ts";
import { say } from "../language.ts";
import type { ChosenFile } from "./files.ts";
import { mediaType, metadataOf, type SentFile } from "./metadata.ts";
import type { Json } from "./pointer.ts";
import type { Settings } from "./settings.ts";

/** Where the sending stands; kept in the session store so that a crash neither loses nor doubles anything. */
export interface Sending {
  form: string;
  requestId: string;
  announced: string[];
  keys: CaseKeys;
  submissionUrl?: string;
  caseId?: string;
  casePage: string;
  caseUrl: string;
  /** Present from the last request on: exactly this is repeated. */
  last?: { encryptedMetadata: string; encryptedData: string };
}

const storeName = "fachwerk.sending";

export function keptSending(): Sending | undefined {
  try {
    const text = sessionStorage.getItem(storeName);
    return text ? (JSON.parse(text) as Sending) : undefined;
  } catch {
    return undefined;
  }
}

function keep(sending: Sending): void {
  try {
    sessionStorage.setItem(storeName, JSON.stringify(sending));
  } catch {
    // Without a store a reload loses the place, but a submission is still sent once.
  }
}

export function forgetSending(): void {
  try {
    sessionStorage.removeItem(storeName);
  } catch {
    // Nothing was kept.
  }
}

export interface Reports {
  stage(text: string): void;
  file(file: ChosenFile, share: number): void;
  waiting(): void;
}

/** The office's key with the result of its check. The destination names its key of the moment, since keys are renewed. */
export async function officeKey(settings: Settings): Promise<{ key: PublicJwk; check: KeyCheck }> {
  const { encryptionKid } = await askJson<{ encryptionKid: string }>(settings.destinationUrl);
  const key = await askJson<PublicJwk>(`${settings.destinationUrl}/keys/${encodeURIComponent(encryptionKid)}`);
  return { key, check: await checkKey(key, { allowSelfSigned: settings.allowSelfSigned, now: Date.now() }) };
}

function caseAddress(pattern: string, caseId: string): string {
  return pattern.replace("{caseId}", encodeURIComponent(caseId));
}

/** The page of the case; the secret stands in the fragment and is never sent. */
export function casePageOf(sending: Sending): string {
  return `${caseAddress(sending.casePage, sending.caseId ?? "")}#${sending.keys.secret}`;
}

const gone = (fault: unknown) => fault instanceof Refused && (fault.status === 404 || fault.status === 410);
const clash = (fault: unknown) => fault instanceof Refused && fault.status === 409;

const changed = (file: File) => new Error(say(`„${file.name}“ hat sich geändert oder ist nicht mehr da. Entfernen Sie die Datei und wählen Sie sie neu.`, `“${file.name}” has changed or is gone. Remove the file and choose it again.`));

async function pieceOf(file: File, span: Span): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(span.from, span.to).arrayBuffer());
  } catch {
    throw changed(file);
  }
}

/** Sends one form. `run` may be called again after a fault; it goes on where it stopped. */
export class Sender {
  readonly #settings: Settings;
  readonly #reports: Reports;
  #sending: Sending | undefined;
  #uploaded = new Set<string>();
  #keys: Promise<CaseKeys> | undefined;

  constructor(settings: Settings, reports: Reports) {
    this.#settings = settings;
    this.#reports = reports;
  }

  /** Making a key takes seconds: started while the person still reads the summary. */
  prepare(): void {
    this.#keys ??= makeCaseKeys();
    this.#keys.catch(() => {
      this.#keys = undefined;
    });
  }

  /** The last request may have arrived: nothing but repeating it is allowed. */
  get decided(): boolean {
    return this.#sending?.last !== undefined;
  }

  /** Returns the address of the case page. */
  async run(data: { [key: string]: Json }, files: ChosenFile[], signal: AbortSignal): Promise<string> {
    if (this.#sending?.last) return this.#finish(this.#sending);
    try {
      return await this.#attempt(data, files, signal);
    } catch (fault) {
      // An unfinished submission that expired, or an id the server knows with another content: begin anew, once.
      if (this.decided || !(gone(fault) || clash(fault))) throw fault;
      this.#sending = undefined;
      return this.#attempt(data, files, signal);
    }
  }

  async #attempt(data: { [key: string]: Json }, files: ChosenFile[], signal: AbortSignal): Promise<string> {
    this.#reports.stage(say("Der Schlüssel der Behörde wird geprüft …", "The office's key is being checked …"));
    const { key, check } = await officeKey(this.#settings);
    if (!check.usable) throw new Error(check.findings.find((finding) => finding.outcome === "bad")?.text ?? "");
    const sending = await this.#open(files, signal);
    const publicKey = await importPublic(key);
    const sent: SentFile[] = [];
    for (const file of files) sent.push(await this.#file(sending, file, publicKey, key.kid, signal));
    this.#reports.stage(say("Ihre Angaben werden verschlüsselt …", "Your entries are being encrypted …"));
    const dataBytes = utf8(JSON.stringify(data));
    const day = new Date().toISOString().slice(0, 10);
    const metadata = metadataOf(this.#settings, await sha512Hex(dataBytes), sent, sending.keys.publicKey, day);
    const last = {
      encryptedMetadata: await encrypt(utf8(JSON.stringify(metadata)), publicKey, key.kid, "application/json"),
      encryptedData: await encrypt(dataBytes, publicKey, key.kid, "application/json"),
    };
    signal.throwIfAborted();
    sending.last = last;
    keep(sending);
    return this.#finish(sending);
  }

  /** Creates the submission, or takes up the one already begun for the same files. */
  async #open(files: ChosenFile[], signal: AbortSignal): Promise<Sending> {
    const ids = files.flatMap((file) => announced(file.parts));
    const sending = this.#sending?.announced.join() === ids.join() ? this.#sending : await this.#begin(ids);
    if (sending.submissionUrl) return sending;
    this.#reports.stage(say("Die Übertragung wird vorbereitet …", "The transfer is being prepared …"));
    const { form, formVersion, region, destinationId, submissionsUrl } = this.#settings;
    const { accessHash, publicKey, wrappedKey } = sending.keys;
    const body = { requestId: sending.requestId, form, formVersion, region, destinationId, announcedAttachments: ids, mailbox: { accessHash, publicKey, wrappedKey } };
    const answer = await askJson<{ submissionId: string; caseId: string }>(submissionsUrl, { method: "POST", ...jsonBody(body), signal, waiting: () => this.#reports.waiting() });
    sending.submissionUrl = `${submissionsUrl}/${encodeURIComponent(answer.submissionId)}`;
    sending.caseId = answer.caseId;
    keep(sending);
    return sending;
  }

  async #begin(ids: string[]): Promise<Sending> {
    this.#reports.stage(say("Ein Schlüssel für die Antwort wird erzeugt …", "A key for the reply is being made …"));
    this.prepare();
    const keys = await (this.#keys as Promise<CaseKeys>);
    // Each case has keys of its own.
    this.#keys = undefined;
    this.#uploaded.clear();
    const { form, casePage, caseUrl } = this.#settings;
    this.#sending = { form, requestId: crypto.randomUUID(), announced: ids, keys, casePage, caseUrl };
    keep(this.#sending);
    return this.#sending;
  }

  async #file(sending: Sending, chosen: ChosenFile, key: CryptoKey, kid: string, signal: AbortSignal): Promise<SentFile> {
    const { file, parts } = chosen;
    const ids = announced(parts);
    const list = spans(file.size, fragmentBytes);
    const whole = new Sha512();
    this.#reports.stage(say(`„${file.name}“ wird verschlüsselt übertragen …`, `“${file.name}” is being transferred, encrypted …`));
    for (const [at, span] of list.entries()) {
      const id = ids[at] ?? "";
      const plaintext = await pieceOf(file, span);
      whole.add(plaintext);
      const told = (share: number) => this.#reports.file(chosen, (span.from + (span.to - span.from) * share) / file.size);
      if (!this.#uploaded.has(id)) {
        const kind = parts.fragments.length > 0 ? "application/octet-stream" : mediaType(file.type);
        const jwe = await encrypt(plaintext, key, kid, kind);
        await this.#put(sending, id, jwe, signal, told);
        this.#uploaded.add(id);
      }
      told(1);
    }
    const hash = whole.hex();
    // A file that changed on the disk in between would reach the office in two halves.
    if (hash !== (await chosen.hash.catch(() => ""))) throw changed(file);
    return { ...parts, hash, filename: file.name, mimeType: file.type, description: chosen.label };
  }

  async #put(sending: Sending, id: string, jwe: string, signal: AbortSignal, told: (share: number) => void): Promise<void> {
    const headers = { "Content-Type": "application/jose", Authorization: `Case ${sending.keys.access}` };
    // A Blob, since a string would add a charset to the content type.
    const body = new Blob([jwe], { type: "application/jose" });
    await upload(`${sending.submissionUrl}/attachments/${encodeURIComponent(id)}`, body, { method: "PUT", headers, signal, waiting: () => this.#reports.waiting() }, told);
  }

  async #finish(sending: Sending): Promise<string> {
    this.#reports.stage(say("Der Antrag wird abgeschickt …", "The submission is being sent …"));
    try {
      await finish(sending, () => this.#reports.waiting());
    } catch (fault) {
      if (fault instanceof Refused && fault.status < 500 && fault.status !== 429 && fault.status !== 408) {
        // Refused for good: it was not submitted, so everything may be changed again.
        this.#sending = undefined;
        forgetSending();
      }
      throw fault;
    }
    return casePageOf(sending);
  }
}

/** Sends (or repeats) the last request. A clash is success when the case says that it was submitted. */
export async function finish(sending: Sending, waiting: () => void): Promise<void> {
  if (!sending.last || !sending.submissionUrl) throw new Error("nothing to send");
  const body = jsonBody(sending.last);
  const authorization = { Authorization: `Case ${sending.keys.access}` };
  try {
    await ask(sending.submissionUrl, { method: "PUT", body: body.body, headers: { ...body.headers, ...authorization }, attempts: 10, waiting });
  } catch (fault) {
    if (!gone(fault) && !clash(fault)) throw fault;
    const found = await askJson<{ steps: { kind: string }[] }>(caseAddress(sending.caseUrl, sending.caseId ?? ""), { headers: authorization });
    if (!found.steps.some((step) => step.kind === "submit-submission")) throw fault;
  }
}
