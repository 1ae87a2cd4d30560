import { alert, button, heading, liveRegion, make, paragraph, replace } from "./dom.ts";
import { askJson, explain } from "./http.ts";
import { say } from "./language.ts";
import { type Condition, holds } from "./form/condition.ts";
import { loadDraft } from "./form/draft.ts";
import { DraftPanel, draftNotice } from "./form/draft-panel.ts";
import { clearError, clearErrors, ErrorSummary, placeOf, showError } from "./form/errors.ts";
import { activeFields, off, pointerAt, readAll, writeAll } from "./form/fields.ts";
import { FileField } from "./form/files.ts";
import { Group } from "./form/groups.ts";
import type { Json } from "./form/pointer.ts";
import { type Fault, FormSchema, type Node as SchemaNode } from "./form/schema.ts";
import { casePageOf, finish, forgetSending, keptSending, officeKey, type Sending } from "./form/send.ts";
import { SendingView } from "./form/sending-view.ts";
import { Press } from "./form/press.ts";
import { type Settings, settingsOf } from "./form/settings.ts";
import { Stepper } from "./form/stepper.ts";
import { keyCheckView, summaryOf } from "./form/summary.ts";

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

/** The page: steps, checking, summary, sending. */
class FormPage {
  readonly #settings: Settings;
  readonly #form: HTMLFormElement;
  readonly #schema: FormSchema;
  readonly #steps: HTMLElement[];
  readonly #stepper = new Stepper();
  readonly #errors = new ErrorSummary();
  readonly #press = new Press();
  readonly #announce: (text: string) => void;
  readonly #files: FileField[];
  readonly #groups: Group[];
  readonly #draft: DraftPanel;
  readonly #summary = make("section", { class: "app-form-step", "data-summary": true, hidden: true });
  readonly #sending: SendingView;
  readonly #back: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #bar: HTMLElement;
  readonly #introduction: HTMLElement[];
  #current = 0;
  #reached = 0;
  #keyUsable = false;

  constructor(app: HTMLElement, form: HTMLFormElement, schema: FormSchema, settings: Settings) {
    this.#settings = settings;
    this.#form = form;
    this.#schema = schema;
    this.#announce = liveRegion(app);
    this.#steps = [...form.querySelectorAll<HTMLElement>("[data-step]")];
    this.#groups = [...form.querySelectorAll<HTMLElement>("[data-group]")].map((group) => new Group(group, schema, (text) => this.#changed(text)));
    this.#files = [...form.querySelectorAll<HTMLElement>('[data-widget="file"]')].map((field) => new FileField(field, (text, fault) => this.#fileChanged(field, text, fault)));
    const draft = loadDraft(settings);
    this.#draft = new DraftPanel(settings, draft, () => this.#data(false));
    this.#sending = new SendingView(settings, () => this.#show(this.#steps.length), (address) => this.#sent(address));
    this.#back = button(say("Zurück", "Back"), "secondary", () => this.#move(-1), "arrow-back");
    this.#next = button(say("Weiter", "Next"), "primary", () => void this.#forward(), "arrow-forward");
    this.#bar = make("div", { class: "app-row app-no-print" }, this.#back, this.#next);
    this.#introduction = [...app.children].filter(
      (each): each is HTMLElement => each instanceof HTMLElement && each !== form && !each.matches("h1, noscript, [data-loading], [role=status]"),
    );
    this.#assemble();
    if (draft) this.#restore(draft.data, draftNotice(draft));
    this.#conditions();
  }

  #assemble(): void {
    const form = this.#form;
    for (const step of this.#steps) step.querySelector("h2")?.setAttribute("tabindex", "-1");
    form.before(this.#stepper.element, this.#errors.element);
    form.append(this.#summary, this.#sending.element, this.#bar, this.#draft.element);
    form.addEventListener("submit", (event) => {
      // Enter in a field means "next", never a request with plain text.
      event.preventDefault();
      if (!this.#bar.hidden) void this.#forward();
    });
    form.addEventListener("input", () => this.#changed());
    form.addEventListener("change", (event) => this.#press.after(() => this.#recheck(event)));
    window.addEventListener("popstate", (event) => {
      const step = (event.state as { step?: number } | null)?.step ?? 0;
      if (!this.#sending.busy && step <= this.#reached) this.#show(step, false);
    });
    // Enter only works in a form that has a submit button or a single field.
    form.append(make("button", { type: "submit", hidden: true }));
  }

  start(): void {
    this.#form.hidden = false;
    history.replaceState({ step: 0 }, "");
    this.#show(0, false, false);
  }

  #restore(data: unknown, notice: HTMLElement): void {
    for (const group of this.#groups) group.fillFrom(data);
    writeAll(this.#form, data);
    this.#form.before(notice);
  }

  #data(withFiles = true): { [key: string]: Json } {
    return readAll(this.#form, this.#schema, (wrapper) => (withFiles ? this.#files.find((field) => field.wrapper === wrapper)?.value() : undefined));
  }

  #changed(announcement?: string): void {
    this.#conditions();
    this.#draft.changed();
    if (announcement) this.#announce(announcement);
  }

  #fileChanged(field: HTMLElement, announcement: string, fault?: string): void {
    clearError(field);
    if (fault) showError(field, fault);
    this.#changed([announcement, fault].filter(Boolean).join(" "));
  }

  /** Shows and hides what depends on other entries, until nothing changes any more. */
  #conditions(): void {
    const dependent = [...this.#form.querySelectorAll<HTMLElement>("[data-visible-when]")];
    for (let round = 0; round <= dependent.length; round++) {
      const data = this.#data();
      let changed = false;
      for (const element of dependent) {
        const away = !holds(JSON.parse(element.dataset.visibleWhen ?? "{}") as Condition, data);
        if (element.hasAttribute(off) === away) continue;
        changed = true;
        element.toggleAttribute(off, away);
        if (!element.matches("[data-step]")) element.hidden = away;
      }
      if (!changed) break;
    }
    this.#drawStepper();
  }

  #faults(step?: HTMLElement): Fault[] {
    const pointers = activeFields(this.#form).map(pointerAt);
    const all = this.#inOrder(this.#schema.faults(this.#data(), pointers, today()));
    if (!step) return all;
    return all.filter((fault) => {
      const place = placeOf(this.#form, fault.pointer);
      return place !== null && step.contains(place) && !place.closest(`[${off}]`);
    });
  }

  /** As the fields stand on the page, not as the schema names them. */
  #inOrder(faults: Fault[]): Fault[] {
    const places = [...this.#form.querySelectorAll<HTMLElement>("[data-field], [data-group]")];
    const position = (fault: Fault) => {
      const place = placeOf(this.#form, fault.pointer);
      return place ? places.indexOf(place) : places.length;
    };
    return faults.map((fault) => ({ fault, at: position(fault) })).sort((left, right) => left.at - right.at).map(({ fault }) => fault);
  }

  /** A field once found wrong is looked at again as soon as it was changed. */
  #recheck(event: Event): void {
    const place = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-field]") : null;
    if (!place || place.dataset.widget === "file" || !place.querySelector(".kern-error")) return;
    const fault = this.#faults().find((each) => each.pointer === pointerAt(place));
    if (fault) showError(place, fault.text);
    else clearError(place);
  }

  #steer(from: number, direction: 1 | -1): number {
    let at = from + direction;
    while (this.#steps[at]?.hasAttribute(off)) at += direction;
    return Math.max(0, Math.min(at, this.#steps.length));
  }

  #move(direction: 1 | -1): void {
    this.#show(this.#steer(this.#current, direction));
  }

  async #forward(): Promise<void> {
    const step = this.#steps[this.#current];
    if (!step) return this.#send();
    if (this.#report(this.#faults(step), step)) return;
    this.#move(1);
  }

  /** Shows faults; true when there were any. */
  #report(faults: Fault[], step: HTMLElement): boolean {
    clearErrors(step);
    if (faults.length === 0) {
      this.#errors.hide();
      return false;
    }
    for (const fault of faults) {
      const place = placeOf(this.#form, fault.pointer);
      if (place) showError(place, fault.text);
    }
    this.#errors.show(this.#form, faults);
    return true;
  }

  #send(): Promise<void> {
    const faults = this.#faults();
    const first = this.#steps.findIndex((step) => !step.hasAttribute(off) && this.#faults(step).length > 0);
    const step = this.#steps[first];
    if (step) {
      this.#show(first);
      this.#report(this.#faults(step), step);
      return Promise.resolve();
    }
    if (faults.length > 0) {
      this.#errors.show(this.#form, faults);
      return Promise.resolve();
    }
    if (!this.#keyUsable) return this.#checkKey();
    this.#summary.hidden = true;
    this.#stepper.element.hidden = true;
    this.#bar.hidden = true;
    this.#draft.element.hidden = true;
    this.#errors.hide();
    const active = this.#files.filter((field) => !field.wrapper.closest(`[${off}]`));
    return this.#sending.start(this.#data(), active.flatMap((field) => [...field.files]));
  }

  #show(at: number, remember = true, focus = true): void {
    this.#current = at;
    this.#reached = Math.max(this.#reached, at);
    this.#steps.forEach((step, place) => {
      step.hidden = place !== at;
    });
    // Read once at the start, it would stand between heading and fields on every step.
    for (const part of this.#introduction) part.hidden = at > 0;
    const last = at >= this.#steps.length;
    this.#sending.element.hidden = true;
    this.#stepper.element.hidden = false;
    this.#summary.hidden = !last;
    this.#bar.hidden = false;
    this.#draft.element.hidden = false;
    this.#errors.hide();
    if (last) this.#drawSummary();
    this.#back.hidden = at === 0;
    this.#label(last);
    this.#drawStepper();
    if (remember) history.pushState({ step: at }, "");
    if (!focus) return;
    const title = (last ? this.#summary : this.#steps[at])?.querySelector<HTMLElement>("h2");
    title?.focus();
    title?.scrollIntoView({ block: "nearest" });
  }

  #label(last: boolean): void {
    const label = this.#next.querySelector(".kern-label");
    if (label) label.textContent = last ? say("Jetzt verschlüsselt senden", "Send now, encrypted") : say("Weiter", "Next");
    this.#next.toggleAttribute("data-send", last);
    this.#next.removeAttribute("aria-disabled");
  }

  #titles(): string[] {
    return this.#steps.map((step) => step.dataset.title ?? step.querySelector("h2")?.textContent ?? "");
  }

  #drawStepper(): void {
    const titles = [...this.#titles(), say("Prüfen und senden", "Check and send")];
    const visible = titles.map((_, at) => at).filter((at) => !this.#steps[at]?.hasAttribute(off));
    const place = (at: number) => visible.filter((each) => each <= at).length - 1;
    this.#stepper.show(visible.map((at) => titles[at] ?? ""), place(this.#current), place(this.#reached), (at) => this.#show(visible[at] ?? 0));
  }

  #drawSummary(): void {
    const groups = summaryOf(this.#steps, this.#titles(), { data: this.#data(), files: this.#files, change: (step) => this.#show(step) });
    const keyPlace = make("div", { "data-key-place": true }, paragraph(say("Der Schlüssel der Behörde wird geprüft …", "The office's key is being checked …")));
    replace(this.#summary, heading(2, say("Prüfen und senden", "Check and send")), paragraph(say("Das wird gesendet. Bitte prüfen Sie Ihre Angaben.", "This will be sent. Please check your entries.")), ...groups, keyPlace);
    this.#sending.sender.prepare();
    void this.#checkKey();
  }

  async #checkKey(): Promise<void> {
    const place = this.#summary.querySelector("[data-key-place]");
    if (!place) return;
    this.#keyUsable = false;
    try {
      const { check } = await officeKey(this.#settings);
      this.#keyUsable = check.usable;
      replace(place, keyCheckView(check, this.#settings.officeName));
    } catch (fault) {
      replace(place, alert("danger", say("Der Schlüssel der Behörde ist nicht erreichbar", "The office's key cannot be reached"), 0, paragraph(explain(fault)), button(say("Erneut versuchen", "Try again"), "secondary", () => void this.#checkKey())));
    }
    this.#next.setAttribute("aria-disabled", String(!this.#keyUsable));
  }

  #sent(address: string): void {
    this.#draft.stop();
    forgetSending();
    location.replace(address);
  }
}

/** A sending that broke off after its last request began: it is ended, never begun anew. */
async function takeUp(app: HTMLElement, form: HTMLFormElement, kept: Sending): Promise<boolean> {
  const place = make("div", { class: "app-stack" });
  form.before(place);
  for (;;) {
    replace(place, alert("info", say("Ein Antrag wird fertig gesendet", "A form is being finished"), 2, paragraph(say("Das Senden wurde unterbrochen. Es wird jetzt zu Ende geführt.", "Sending was interrupted. It is being finished now."))));
    try {
      await finish(kept, () => undefined);
      forgetSending();
      location.replace(casePageOf(kept));
      return true;
    } catch (fault) {
      const again = await new Promise<boolean>((resolve) => {
        replace(
          place,
          alert("danger", say("Der unterbrochene Antrag konnte nicht zu Ende gesendet werden", "The interrupted form could not be finished"), 2, paragraph(explain(fault))),
          make("div", { class: "app-row" }, button(say("Erneut versuchen", "Try again"), "primary", () => resolve(true)), button(say("Verwerfen und neu ausfüllen", "Discard and fill in again"), "secondary", () => resolve(false))),
        );
        app.querySelector("[data-loading]")?.remove();
      });
      if (again) continue;
      forgetSending();
      place.remove();
      return false;
    }
  }
}

function cannot(form: HTMLFormElement, title: string, text: string): void {
  form.before(alert("danger", title, 2, paragraph(text)));
}

async function open(app: HTMLElement, form: HTMLFormElement): Promise<void> {
  if (!window.isSecureContext || !globalThis.crypto?.subtle) {
    return cannot(
      form,
      say("Hier kann nicht verschlüsselt werden", "Encryption is not possible here"),
      say(
        "Ihr Browser stellt seine Verschlüsselung nur auf sicheren Seiten bereit. Öffnen Sie diese Seite mit https:// (oder auf diesem Rechner mit http://localhost). Es wird nichts gesendet.",
        "Your browser offers its encryption on secure pages only. Open this page with https:// (or on this computer with http://localhost). Nothing is sent.",
      ),
    );
  }
  const kept = keptSending();
  if (kept?.last && (await takeUp(app, form, kept))) return;
  // Without a last request nothing was submitted: what is left over may go.
  forgetSending();
  const settings = settingsOf(app);
  const schema = new FormSchema(await askJson<SchemaNode>(settings.schemaUrl));
  new FormPage(app, form, schema, settings).start();
}

const app = document.querySelector<HTMLElement>("#form-app");
const form = app?.querySelector<HTMLFormElement>("form[data-form-steps]");
if (app && form) {
  open(app, form)
    .catch((fault: unknown) => cannot(form, say("Das Formular kann nicht geöffnet werden", "The form cannot be opened"), explain(fault)))
    .finally(() => app.querySelector("[data-loading]")?.remove());
}
