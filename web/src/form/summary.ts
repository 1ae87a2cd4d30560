import type { KeyCheck } from "../crypto/certificate.ts";
import { alert, button, heading, icon, make, paragraph } from "../dom.ts";
import { bytes, say } from "../language.ts";
import { activeFields, labelOf, off, pointerAt, shownValue } from "./fields.ts";
import type { FileField } from "./files.ts";
import { get, type Json } from "./pointer.ts";

export interface Shown {
  data: { [key: string]: Json };
  files: FileField[];
  change: (step: number) => void;
}

function fileNames(field: FileField | undefined): string {
  const names = field?.files.map(({ file }) => `${file.name} (${bytes(file.size)})`) ?? [];
  return names.length > 0 ? names.join("\n") : say("keine Datei", "no file");
}

function row(field: HTMLElement, shown: Shown): HTMLElement {
  const file = shown.files.find((each) => each.wrapper === field);
  const value = file ? fileNames(file) : shownValue(field, get(shown.data, pointerAt(field)) as Json | undefined);
  return make("div", {}, make("dt", { class: "kern-body" }, labelOf(field)), make("dd", { class: "kern-body" }, value));
}

/** Fields in order; those of a repeated item stand under its name. */
function lists(step: HTMLElement, shown: Shown): HTMLElement[] {
  const parts: HTMLElement[] = [];
  let before: Element | null | undefined;
  for (const field of activeFields(step)) {
    const item = field.closest("[data-group-entry]");
    if (parts.length === 0 || item !== before) {
      const name = item?.querySelector("[data-item] > legend")?.textContent?.trim();
      if (name) parts.push(make("h4", { class: "kern-heading-small" }, name));
      parts.push(make("dl", { class: "app-summary" }));
    }
    before = item;
    parts.at(-1)?.append(row(field, shown));
  }
  return parts;
}

/** Everything that will be sent, step by step, each with a way back. */
export function summaryOf(steps: HTMLElement[], titles: string[], shown: Shown): HTMLElement[] {
  return steps
    .map((step, at) => ({ step, at, title: titles[at] ?? "" }))
    .filter(({ step }) => !step.hasAttribute(off))
    .map(({ step, at, title }) => {
      const change = button(say("Ändern", "Change"), "tertiary", () => shown.change(at), "edit", title);
      return make(
        "section",
        { class: "app-summary__group" },
        make("div", { class: "app-summary__head" }, heading(3, title), change),
        ...lists(step, shown),
      );
    });
}

const signs = { good: "success", warning: "warning", bad: "danger" } as const;
const words = { good: ["In Ordnung", "Good"], warning: ["Warnung", "Warning"], bad: ["Fehler", "Fault"] } as const;

/** What the check of the office's key found, with its fingerprint to compare. */
export function keyCheckView(check: KeyCheck, officeName: string): HTMLElement {
  const findings = check.findings.map((finding) => {
    const [de, en] = words[finding.outcome];
    return make("li", { class: "kern-body", "data-outcome": finding.outcome }, icon(signs[finding.outcome]), make("span", {}, make("span", { class: "kern-sr-only" }, `${say(de, en)}: `), finding.text));
  });
  const warning = check.findings.find((finding) => finding.outcome === "warning");
  const bad = check.findings.find((finding) => finding.outcome === "bad");
  return make(
    "section",
    { class: "app-stack", "data-key-check": check.usable ? "usable" : "refused" },
    heading(3, say("Wer kann Ihre Angaben lesen?", "Who can read your entries?")),
    paragraph(
      say(
        `Ihre Angaben werden in Ihrem Browser verschlüsselt. Lesen kann sie nur: ${officeName || check.subject}. Der Server dazwischen sieht nur Verschlüsseltes.`,
        `Your entries are encrypted in your browser. Only this office can read them: ${officeName || check.subject}. The server in between sees only encrypted data.`,
      ),
    ),
    bad ? alert("danger", say("Mit diesem Schlüssel wird nicht gesendet", "Nothing is sent with this key"), 0, paragraph(bad.text)) : null,
    !bad && warning ? alert("warning", say("Testbetrieb", "Test system"), 0, paragraph(warning.text)) : null,
    make(
      "details",
      { class: "kern-accordion" },
      make("summary", { class: "kern-accordion__header" }, make("span", { class: "kern-title" }, say("Prüfung des Schlüssels im Einzelnen", "The check of the key in detail"))),
      make(
        "div",
        { class: "kern-accordion__body app-stack" },
        make("ul", { class: "app-checks" }, ...findings),
        check.subject && paragraph(say(`Inhaber des Zertifikats: ${check.subject}`, `Holder of the certificate: ${check.subject}`)),
        check.fingerprint && make("p", { class: "kern-body" }, say("Fingerabdruck (SHA-256): ", "Fingerprint (SHA-256): "), make("code", { class: "app-code", "data-fingerprint": true }, check.fingerprint)),
        paragraph(say("Vergleichen Sie den Fingerabdruck mit dem, den Ihre Behörde veröffentlicht.", "Compare the fingerprint with the one your office publishes.")),
      ),
    ),
  );
}
