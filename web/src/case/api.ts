import type { AuthenticationTags, PublicJwk } from "../crypto/jwe.ts";
import { ask, askJson, jsonBody } from "../http.ts";

export interface Step {
  /** Microseconds since the epoch. */
  at: number;
  kind: string;
  issuer?: string;
  problems?: { type?: string; title?: string; detail?: string; instance?: string }[] | null;
}

export interface MessageHead {
  id: string;
  at: number;
  readAt?: number | null;
  size?: number | null;
}

export interface CaseView {
  caseId: string;
  publicService?: { identifier?: string; name?: string } | null;
  destinationName?: string | null;
  steps: Step[];
  publicKey: PublicJwk;
  wrappedKey: string;
  messages: MessageHead[];
  version: number | string;
  /** That the case is in the account of whoever is signed in. */
  claim?: Claim | null;
}

export interface Claim {
  /** The secret of the case, encrypted with a key that only a passkey gives. */
  wrappedKey?: string | null;
  /** Which passkey that is. */
  credential?: string | null;
  claimedAt?: number;
}

/** What was done with a case, in words. */
export interface CaseRecord {
  events: { id: string; at: number; event: string; words: string; who: string; proven: boolean }[];
  checkpoint?: { size: number; at: number } | null;
}

export interface SealedMessage {
  encryptedMetadata: string;
  encryptedData?: string | null;
  attachments?: string[] | null;
  authenticationTags: AuthenticationTags;
}

/** The case API, with the right to one case: its secret, or the account of whoever is signed in. */
export class CaseApi {
  readonly #url: string;
  readonly #record: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, access: string | undefined, record = "") {
    this.#url = url;
    this.#record = record;
    this.#headers = access ? { Authorization: `Case ${access}` } : {};
  }

  view(): Promise<CaseView> {
    return askJson<CaseView>(this.#url, { headers: this.#headers });
  }

  /** Waits on the server for something new; undefined when nothing came. */
  async next(version: number | string, signal: AbortSignal): Promise<CaseView | undefined> {
    const query = new URLSearchParams({ after: String(version), wait: "20" });
    const response = await ask(`${this.#url}?${query}`, { headers: this.#headers, signal, attempts: 1 });
    return response.status === 204 ? undefined : ((await response.json()) as CaseView);
  }

  #message(id: string): string {
    return `${this.#url}/messages/${encodeURIComponent(id)}`;
  }

  message(id: string): Promise<SealedMessage> {
    return askJson<SealedMessage>(this.#message(id), { headers: this.#headers });
  }

  async attachment(id: string, attachment: string): Promise<string> {
    const response = await ask(`${this.#message(id)}/attachments/${encodeURIComponent(attachment)}`, { headers: this.#headers });
    return (await response.text()).trim();
  }

  /** Takes the case into the account; needs the secret and somebody signed in. */
  async claim(body: { wrappedKey?: string; credential?: string }): Promise<void> {
    const json = jsonBody(body);
    await ask(`${this.#url}/claim`, { method: "POST", headers: { ...this.#headers, ...json.headers }, body: json.body });
  }

  /** What was done with the case; undefined where the page names no record. */
  async record(): Promise<CaseRecord | undefined> {
    return this.#record ? askJson<CaseRecord>(this.#record, { headers: this.#headers, attempts: 2 }) : undefined;
  }

  async read(id: string): Promise<void> {
    await ask(`${this.#message(id)}/read`, { method: "POST", headers: this.#headers });
  }
}
