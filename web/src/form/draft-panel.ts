import { alert, button, make, paragraph } from "../dom.ts";
import { dateAndTime, say } from "../language.ts";
import { deleteDraft, type Draft, saveDraft } from "./draft.ts";
import type { Settings } from "./settings.ts";

/** Keeping the entries on this device: off until the person agrees, gone with one button. */
export class DraftPanel {
  readonly element: HTMLElement;
  readonly #settings: Settings;
  readonly #read: () => unknown;
  readonly #box: HTMLInputElement;
  readonly #state = make("p", { class: "kern-body kern-body--small", role: "status" });
  readonly #delete: HTMLButtonElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: Settings, draft: Draft | undefined, read: () => unknown) {
    this.#settings = settings;
    this.#read = read;
    this.#box = make("input", { type: "checkbox", id: "keep-draft", class: "kern-form-check__checkbox", change: () => this.#switched() });
    this.#box.checked = draft !== undefined;
    this.#delete = button(say("Gespeicherte Eingaben löschen", "Delete kept entries"), "tertiary", () => this.#deleted(), "delete");
    this.#delete.hidden = draft === undefined;
    this.element = make(
      "details",
      { class: "kern-accordion app-no-print" },
      make("summary", { class: "kern-accordion__header" }, make("span", { class: "kern-title" }, say("Später weitermachen", "Continue later"))),
      make(
        "div",
        { class: "kern-accordion__body app-stack" },
        paragraph(
          say(
            "Ihre Eingaben können unverschlüsselt auf diesem Gerät bleiben, bis Sie den Antrag senden oder sie löschen. Dateien werden nicht gespeichert. Tun Sie das nicht an einem Gerät, das andere benutzen.",
            "Your entries can stay unencrypted on this device until you send the form or delete them. Files are not kept. Do not do this on a device that others use.",
          ),
        ),
        make("div", { class: "kern-form-check" }, this.#box, make("label", { class: "kern-label", for: "keep-draft" }, say("Meine Eingaben auf diesem Gerät speichern", "Keep my entries on this device"))),
        this.#state,
        this.#delete,
      ),
    );
  }

  /** Called on every change. */
  changed(): void {
    if (!this.#box.checked) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), 400);
  }

  #save(): void {
    const now = Date.now();
    const kept = saveDraft(this.#settings, this.#read(), now);
    this.#delete.hidden = !kept;
    this.#state.textContent = kept ? say(`Gespeichert am ${dateAndTime(now)}.`, `Kept on ${dateAndTime(now)}.`) : say("Ihr Browser erlaubt das Speichern nicht.", "Your browser does not allow keeping data.");
  }

  #switched(): void {
    if (this.#box.checked) this.#save();
    else this.#deleted();
  }

  #deleted(): void {
    this.stop();
    this.#box.checked = false;
    // The button hides itself; the focus must not fall back to the page's top.
    this.#box.focus();
    this.#delete.hidden = true;
    this.#state.textContent = say("Die gespeicherten Eingaben sind gelöscht.", "The kept entries are deleted.");
  }

  stop(): void {
    clearTimeout(this.#timer);
    deleteDraft(this.#settings);
  }
}

export function draftNotice(draft: Draft): HTMLElement {
  return alert(
    "info",
    say("Ihre gespeicherten Eingaben wurden geladen", "Your kept entries were loaded"),
    2,
    paragraph(
      say(
        `Sie sind vom ${dateAndTime(draft.savedAt)}. Dateien müssen Sie neu auswählen. Löschen können Sie die Eingaben unten unter „Später weitermachen“.`,
        `They are from ${dateAndTime(draft.savedAt)}. Choose files again. You can delete the entries below under “Continue later”.`,
      ),
    ),
  );
}
