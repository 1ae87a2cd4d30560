import { fromUtf8, join } from "../crypto/encoding.ts";
import { Sha512, sha512Hex } from "../crypto/hash.ts";
import { type AuthenticationTags, decrypt, differingTags, tagOf } from "../crypto/jwe.ts";
import { say } from "../language.ts";
import type { CaseApi } from "./api.ts";

interface StatedAttachment {
  attachmentId: string;
  filename?: string;
  mimeType?: string;
  description?: string;
  hash: { content: string };
  fragments?: string[];
}

interface Metadata {
  contentStructure: { data?: { hash: { content: string } }; attachments?: StatedAttachment[] };
}

export interface OpenAttachment {
  name: string;
  type: string;
  description: string;
  content: Blob;
}

export interface OpenMessage {
  subject: string;
  text: string;
  attachments: OpenAttachment[];
}

/** What was received is not what the office sealed. */
export class Altered extends Error {
  constructor(parts: string[]) {
    const names = parts.join(", ");
    super(say(`Die Nachricht wurde verändert oder ist unvollständig (${names}). Sie wird nicht angezeigt. Fragen Sie bei der Behörde nach.`, `The message was altered or is incomplete (${names}). It is not shown. Ask the office.`));
  }
}

async function opened(jwe: string, key: CryptoKey, part: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await decrypt(jwe, key);
  } catch {
    throw new Altered([part]);
  }
}

/** The reply's text: `{subject?, text}`, a plain string, or any other JSON as it is. */
export function readable(bytes: Uint8Array): { subject: string; text: string } {
  const raw = fromUtf8(bytes);
  try {
    const value = JSON.parse(raw) as unknown;
    if (typeof value === "string") return { subject: "", text: value };
    if (typeof value === "object" && value !== null) {
      const { subject, text } = value as { subject?: unknown; text?: unknown };
      if (typeof text === "string") return { subject: typeof subject === "string" ? subject : "", text };
    }
    return { subject: "", text: JSON.stringify(value, null, 2) };
  } catch {
    return { subject: "", text: raw };
  }
}

/** A file name that names no folder and cannot be empty. */
export function safeName(name: string | undefined, position: number): string {
  const last = (name ?? "").split(/[\\/]/).at(-1)?.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, "").replace(/^\.+/, "").trim();
  return last || say(`Anlage ${position}`, `Attachment ${position}`);
}

/** Downloads, compares tags, decrypts and checks hashes; throws `Altered` before anything is shown. */
export async function openMessage(api: CaseApi, id: string, key: CryptoKey): Promise<OpenMessage> {
  const sealed = await api.message(id);
  const ids = sealed.attachments ?? [];
  const jwes = new Map<string, string>();
  for (const attachment of ids) jwes.set(attachment, await api.attachment(id, attachment));
  const actual: AuthenticationTags = { metadata: "" };
  try {
    actual.metadata = tagOf(sealed.encryptedMetadata);
    if (sealed.encryptedData) actual.data = tagOf(sealed.encryptedData);
    actual.attachments = Object.fromEntries([...jwes].map(([name, jwe]) => [name, tagOf(jwe)]));
  } catch {
    throw new Altered(["JWE"]);
  }
  const differing = differingTags(sealed.authenticationTags, actual);
  if (differing.length > 0) throw new Altered(differing);
  const metadata = JSON.parse(fromUtf8(await opened(sealed.encryptedMetadata, key, "metadata"))) as Metadata;
  const stated = metadata.contentStructure.attachments ?? [];
  checkNames(stated, ids);
  const data = await openData(sealed.encryptedData ?? undefined, metadata, key);
  const attachments: OpenAttachment[] = [];
  for (const [at, each] of stated.entries()) attachments.push(await openAttachment(each, at + 1, jwes, key));
  return { ...data, attachments };
}

/** Every part the metadata names is there, and nothing else. */
function checkNames(stated: StatedAttachment[], ids: string[]): void {
  const named = stated.flatMap((each) => (each.fragments && each.fragments.length > 0 ? each.fragments : [each.attachmentId]));
  const wrong = [...named.filter((each) => !ids.includes(each)), ...ids.filter((each) => !named.includes(each))];
  if (wrong.length > 0 || new Set(named).size !== named.length) throw new Altered(wrong.map((each) => `attachment:${each}`));
}

async function openData(jwe: string | undefined, metadata: Metadata, key: CryptoKey): Promise<{ subject: string; text: string }> {
  if (!jwe) return { subject: "", text: "" };
  const bytes = await opened(jwe, key, "data");
  const wanted = metadata.contentStructure.data?.hash.content;
  if (wanted !== (await sha512Hex(bytes))) throw new Altered(["data"]);
  return readable(bytes);
}

async function openAttachment(stated: StatedAttachment, position: number, jwes: Map<string, string>, key: CryptoKey): Promise<OpenAttachment> {
  const name = `attachment:${stated.attachmentId}`;
  const hash = new Sha512();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const id of stated.fragments && stated.fragments.length > 0 ? stated.fragments : [stated.attachmentId]) {
    const part = await opened(jwes.get(id) ?? "", key, name);
    hash.add(part);
    parts.push(part);
  }
  if (hash.hex() !== stated.hash.content) throw new Altered([name]);
  // Only PDF, images and plain text keep their type: a blob of HTML would run with this page's rights.
  const shown = /^(application\/pdf|image\/(png|jpeg)|text\/plain)$/.test(stated.mimeType ?? "");
  const type = shown ? (stated.mimeType ?? "") : "application/octet-stream";
  return { name: safeName(stated.filename, position), type, description: stated.description ?? "", content: new Blob([join(...parts)], { type }) };
}
