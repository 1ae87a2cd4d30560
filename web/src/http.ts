import { language, say } from "./language.ts";

/** A refusal of the server, with the texts of its problem+json. */
export class Refused extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  constructor(status: number, title: string, detail: string) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** No answer although it was tried several times. */
export class Unreachable extends Error {
  constructor() {
    super(
      say(
        "Der Server ist gerade nicht erreichbar. Prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.",
        "The server cannot be reached at the moment. Check your internet connection and try again.",
      ),
    );
  }
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  signal?: AbortSignal;
  /** How many times in all; only for requests that may be repeated. */
  attempts?: number;
  /** Told before each pause. */
  waiting?: (attempt: number, milliseconds: number) => void;
}

const retried = new Set([408, 425, 429, 500, 502, 503, 504]);

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Milliseconds before the next attempt: doubling with a random part, or what the server asked for. */
export function pauseBefore(attempt: number, retryAfter: string | null, random: number): number {
  const asked = Number(retryAfter);
  if (retryAfter !== null && Number.isFinite(asked) && asked >= 0) return Math.min(asked, 60) * 1000;
  return Math.min(500 * 2 ** (attempt - 1), 15_000) * (0.75 + random / 2);
}

async function refusal(response: Response): Promise<Refused> {
  let title = "";
  let detail = "";
  try {
    const problem = (await response.json()) as { title?: unknown; detail?: unknown };
    if (typeof problem.title === "string") title = problem.title;
    if (typeof problem.detail === "string") detail = problem.detail;
  } catch {
    // Not every proxy answers with a problem document.
  }
  return new Refused(response.status, title || say(`Der Server hat mit ${response.status} geantwortet.`, `The server answered ${response.status}.`), detail);
}

/** Sends a request and repeats it on network errors and passing faults. Any answer below 400 is returned. */
export async function ask(url: string, asking: Asking = {}): Promise<Response> {
  const attempts = asking.attempts ?? 6;
  for (let attempt = 1; ; attempt++) {
    let retryAfter: string | null = null;
    let fault: Error;
    try {
      const response = await fetch(url, {
        method: asking.method ?? "GET",
        headers: { "Accept-Language": language, ...asking.headers },
        body: asking.body,
        signal: asking.signal,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
      });
      if (response.ok) return response;
      fault = await refusal(response);
      if (!retried.has(response.status)) throw fault;
      retryAfter = response.headers.get("Retry-After");
    } catch (caught) {
      if (asking.signal?.aborted) throw asking.signal.reason;
      if (caught instanceof Refused && !retried.has(caught.status)) throw caught;
      fault = caught instanceof Refused ? caught : new Unreachable();
    }
    if (attempt >= attempts) throw fault;
    const milliseconds = pauseBefore(attempt, retryAfter, Math.random());
    asking.waiting?.(attempt, milliseconds);
    await pause(milliseconds, asking.signal);
  }
}

export async function askJson<T>(url: string, asking: Asking = {}): Promise<T> {
  const response = await ask(url, { ...asking, headers: { Accept: "application/json", ...asking.headers } });
  return (await response.json()) as T;
}

export function jsonBody(value: unknown): { headers: Record<string, string>; body: string } {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

/** What to tell a person about any fault. */
export function explain(fault: unknown): string {
  if (fault instanceof Refused) return [fault.title, fault.detail].filter(Boolean).join(" – ");
  return fault instanceof Error ? fault.message : String(fault);
}
