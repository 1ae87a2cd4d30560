import type { Settings } from "./settings.ts";

/** Entries kept on this device, only after the person agreed. Files are never kept. */
export interface Draft {
  savedAt: number;
  data: unknown;
}

function name(settings: Settings): string {
  return `fachwerk.form.${settings.form}.${settings.formVersion}`;
}

export function loadDraft(settings: Settings): Draft | undefined {
  try {
    const text = localStorage.getItem(name(settings));
    return text ? (JSON.parse(text) as Draft) : undefined;
  } catch {
    return undefined;
  }
}

/** False when the browser does not allow it. */
export function saveDraft(settings: Settings, data: unknown, now: number): boolean {
  try {
    localStorage.setItem(name(settings), JSON.stringify({ savedAt: now, data } satisfies Draft));
    return true;
  } catch {
    return false;
  }
}

export function deleteDraft(settings: Settings): void {
  try {
    localStorage.removeItem(name(settings));
  } catch {
    // Nothing can be kept in this browser, so nothing is there.
  }
}
