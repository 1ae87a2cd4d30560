import { button, make, type Progress, progress } from "../dom.ts";
import { bytes as size, say } from "../language.ts";
import { fragmentBytes, type Parts, partsOf, spans } from "../crypto/fragments.ts";
import { Sha512 } from "../crypto/hash.ts";
import { labelOf, pointerAt } from "./fields.ts";
import type { Json } from "./pointer.ts";

export interface ChosenFile {
  file: File;
  parts: Parts;
  label: string;
  /** SHA-512 of the whole file, ready when it was read once; rejects when the file cannot be read. */
  hash: Promise<string>;
  cancel: AbortController;
}

const defaultLimit = 200_000_000;

/** Reads a file in pieces and hashes it. */
export async function hashFile(file: Blob, signal: AbortSignal, told: (share: number) => void): Promise<string> {
  const hash = new Sha512();
  for (const { from, to } of spans(file.size, fragmentBytes / 4)) {
    signal.throwIfAborted();
    hash.add(new Uint8Array(await file.slice(from, to).arrayBuffer()));
    told(file.size === 0 ? 1 : to / file.size);
  }
  return hash.hex();
}

/** Whether a file fits an `accept` list of types and endings. */
export function accepted(accept: string, name: string, type: string): boolean {
  const wanted = accept.split(",").map((each) => each.trim().toLowerCase()).filter(Boolean);
  if (wanted.length === 0) return true;
  const kind = type.toLowerCase();
  return wanted.some((each) => {
    if (each.startsWith(".")) return name.toLowerCase().endsWith(each);
    return each.endsWith("/*") ? kind.startsWith(each.slice(0, -1)) : kind === each;
  });
}

/** A file field: keeps the chosen files, shows each with its progress, lets it be removed. */
export class FileField {
  readonly wrapper: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #changed: (announcement: string, fault?: string) => void;
  #files: ChosenFile[] = [];

  constructor(wrapper: HTMLElement, changed: (announcement: string, fault?: string) => void) {
    const input = wrapper.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error("a file field needs an input of type file");
    this.wrapper = wrapper;
    this.#input = input;
    this.#changed = changed;
    this.#list = make("ul", { class: "app-files", "aria-label": say(`Ausgewählte Dateien: ${labelOf(wrapper)}`, `Chosen files: ${labelOf(wrapper)}`), hidden: true });
    wrapper.append(this.#list);
    input.addEventListener("change", () => this.#chosen());
  }

  get files(): readonly ChosenFile[] {
    return this.#files;
  }

  get pointer(): string {
    return pointerAt(this.wrapper);
  }

  value(): Json | undefined {
    return this.#files.length > 0 ? this.#files.map((each) => each.parts.attachmentId) : undefined;
  }

  #fault(file: File): string | undefined {
    const limit = Number(this.wrapper.dataset.maxBytes ?? defaultLimit);
    const most = Number(this.wrapper.dataset.maxFiles ?? (this.#input.multiple ? 20 : 1));
    if (!accepted(this.#input.accept, file.name, file.type)) return say(`„${file.name}“ hat keine erlaubte Dateiart (${this.#input.accept}).`, `“${file.name}” is not of an allowed type (${this.#input.accept}).`);
    if (file.size > limit) return say(`„${file.name}“ ist mit ${size(file.size)} zu groß. Erlaubt sind ${size(limit)}.`, `“${file.name}” is too large with ${size(file.size)}. Allowed are ${size(limit)}.`);
    if (file.size === 0) return say(`„${file.name}“ ist leer.`, `“${file.name}” is empty.`);
    if (this.#files.length >= most) return say(`Es sind höchstens ${most} Dateien möglich. Entfernen Sie zuerst eine Datei.`, `At most ${most} files are possible. Remove a file first.`);
    return undefined;
  }

  #chosen(): void {
    const picked = [...(this.#input.files ?? [])];
    const faults: string[] = [];
    for (const file of picked) {
      const fault = this.#fault(file);
      if (fault) faults.push(fault);
      else this.#take(file);
    }
    // Emptied, so that the same file can be chosen again after it was removed.
    this.#input.value = "";
    const taken = picked.length - faults.length;
    this.#changed(taken > 0 ? say(`${taken} Datei(en) hinzugefügt.`, `${taken} file(s) added.`) : "", faults.join(" ") || undefined);
  }

  #take(file: File): void {
    const cancel = new AbortController();
    const bar = progress(file.name);
    bar.set(0, say("wird gelesen …", "being read …"));
    const hash = hashFile(file, cancel.signal, (share) => bar.set(share, say(`wird gelesen: ${Math.round(share * 100)} %`, `being read: ${Math.round(share * 100)} %`)));
    const chosen: ChosenFile = { file, parts: partsOf(file.size, () => crypto.randomUUID()), label: labelOf(this.wrapper), hash, cancel };
    const row = make("li", {}, bar.element, button(say(`${file.name} entfernen`, `Remove ${file.name}`), "tertiary", () => this.#remove(chosen, row), "delete"));
    this.#files.push(chosen);
    this.#list.append(row);
    this.#list.hidden = false;
    this.#watch(chosen, bar);
  }

  #watch(chosen: ChosenFile, bar: Progress): void {
    chosen.hash.then(
      () => bar.set(1, say(`bereit, ${size(chosen.file.size)}. Die Datei wird erst beim Senden verschlüsselt übertragen.`, `ready, ${size(chosen.file.size)}. The file is transferred, encrypted, when you send.`)),
      () => {
        if (!chosen.cancel.signal.aborted) bar.set(0, say("Die Datei kann nicht gelesen werden. Entfernen Sie sie und wählen Sie sie neu.", "The file cannot be read. Remove it and choose it again."));
      },
    );
  }

  #remove(chosen: ChosenFile, row: Element): void {
    chosen.cancel.abort();
    this.#files = this.#files.filter((each) => each !== chosen);
    row.remove();
    this.#list.hidden = this.#files.length === 0;
    this.#changed(say(`${chosen.file.name} entfernt.`, `${chosen.file.name} removed.`));
    this.#input.focus();
  }
}
