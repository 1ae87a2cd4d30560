import type { AuthenticationTags, PublicJwk } from "../crypto/jwe.ts";
import { ask, askJson } from "../http.ts";

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
}

export interface SealedMessage {
  encryptedMetadata: string;
  encryptedData?: string | null;
  attachments?: string[] | null;
  authenticationTags: AuthenticationTags;
}

/** The case API, with the right to one case. */
export class CaseApi {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, access: string) {
    this.#url = url;
    this.#headers = { Authorization: `Case ${access}` };
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

  async read(id: string): Promise<void> {
    await ask(`${this.#message(id)}/read`, { method: "POST", headers: this.#headers });
  }
}
