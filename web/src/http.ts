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

function refusal(status: number, body: string): Refused {
  let title = "";
  let detail = "";
  try {
    const problem = JSON.parse(body) as { title?: unknown; detail?: unknown };
    if (typeof problem.title === "string") title = problem.title;
    if (typeof problem.detail === "string") detail = problem.detail;
  } catch {
    // Not every proxy answers with a problem document.
  }
  return new Refused(status, title || say(`Der Server hat mit ${status} geantwortet.`, `The server answered ${status}.`), detail);
}

interface Tried {
  fault: Error;
  retryAfter: string | null;
}

/** Repeats `attempt` on passing faults; it returns the answer or what went wrong, and throws what must not be repeated. */
async function repeat<T>(asking: Asking, attempt: () => Promise<{ answer: T } | Tried>): Promise<T> {
  const attempts = asking.attempts ?? 6;
  for (let count = 1; ; count++) {
    asking.signal?.throwIfAborted();
    const tried = await attempt();
    if ("answer" in tried) return tried.answer;
    const { fault, retryAfter } = tried;
    if ((fault instanceof Refused && !retried.has(fault.status)) || count >= attempts) throw fault;
    const milliseconds = pauseBefore(count, retryAfter, Math.random());
    asking.waiting?.(count, milliseconds);
    await pause(milliseconds, asking.signal);
  }
}

/** Sends a request and repeats it on network errors and passing faults. Any answer below 400 is returned. */
export async function ask(url: string, asking: Asking = {}): Promise<Response> {
  return repeat<Response>(asking, async () => {
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
      if (response.ok) return { answer: response };
      return { fault: refusal(response.status, await response.text()), retryAfter: response.headers.get("Retry-After") };
    } catch {
      asking.signal?.throwIfAborted();
      return { fault: new Unreachable(), retryAfter: null };
    }
  });
}

/** Like `ask` for a large body: tells how much of it has left the browser (which `fetch` cannot). */
export async function upload(url: string, body: Blob, asking: Asking, told: (share: number) => void): Promise<void> {
  await repeat<true>(asking, () => uploadOnce(url, body, asking, told));
}

function uploadOnce(url: string, body: Blob, asking: Asking, told: (share: number) => void): Promise<{ answer: true } | Tried> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const done = (outcome: { answer: true } | Tried) => {
      asking.signal?.removeEventListener("abort", stop);
      resolve(outcome);
    };
    request.open(asking.method ?? "PUT", url);
    request.setRequestHeader("Accept-Language", language);
    for (const [name, value] of Object.entries(asking.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => told(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) done({ answer: true });
      else done({ fault: refusal(request.status, request.responseText), retryAfter: request.getResponseHeader("Retry-After") });
    });
    request.addEventListener("error", () => done({ fault: new Unreachable(), retryAfter: null }));
    request.addEventListener("abort", () => reject(asking.signal?.reason));
    asking.signal?.addEventListener("abort", stop, { once: true });
    request.send(body);
  });
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
