import { alert, icon, make } from "../dom.ts";
import { say } from "../language.ts";
import { controlsOf, labelOf } from "./fields.ts";
import type { Fault } from "./schema.ts";

/** Element a fault belongs to: the field, the group, or the nearest one above. */
export function placeOf(root: Element, pointer: string): HTMLElement | null {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"], [data-group="${CSS.escape(at)}"]`);
    if (found) return found;
  }
  return null;
}

function focusable(place: HTMLElement): HTMLElement {
  return controlsOf(place).find((control) => !control.disabled) ?? place.querySelector<HTMLElement>("button") ?? place;
}

function described(control: Element, id: string, wanted: boolean): void {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((each) => each && each !== id);
  if (wanted) ids.push(id);
  if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}

function errorId(place: HTMLElement): string {
  const own = focusable(place).id || (place.dataset.field ?? place.dataset.group ?? "").replaceAll("/", "-");
  return `${own}-error`;
}

const errorClasses: Record<string, string> = {
  "kern-form-input__input": "kern-form-input__input--error",
  "kern-form-input__select": "kern-form-input__select--error",
  "kern-form-check__radio": "kern-form-check__radio--error",
  "kern-form-check__checkbox": "kern-form-check__checkbox--error",
};

function marked(place: HTMLElement, wrong: boolean): void {
  if (place.classList.contains("kern-form-input")) place.classList.toggle("kern-form-input--error", wrong);
  if (place.classList.contains("kern-fieldset")) place.classList.toggle("kern-fieldset--error", wrong);
  for (const control of controlsOf(place)) {
    for (const [plain, error] of Object.entries(errorClasses)) if (control.classList.contains(plain)) control.classList.toggle(error, wrong);
  }
}

/** After the control, as KERN has it; in a group of many fields at its beginning, in a file field before the files. */
function putMessage(place: HTMLElement, message: HTMLElement): void {
  if (place.dataset.group !== undefined) {
    const before = place.querySelector(":scope > .kern-hint") ?? place.querySelector(":scope > legend");
    if (before) before.after(message);
    else place.prepend(message);
    return;
  }
  const files = place.querySelector(":scope > .app-files");
  if (files) files.before(message);
  else place.append(message);
}

export function clearError(place: HTMLElement): void {
  const id = errorId(place);
  place.querySelector(`[id="${CSS.escape(id)}"]`)?.remove();
  for (const control of place.matches("fieldset") ? [place, ...controlsOf(place)] : controlsOf(place)) {
    control.removeAttribute("aria-invalid");
    described(control, id, false);
  }
  marked(place, false);
}

export function showError(place: HTMLElement, text: string): void {
  clearError(place);
  const id = errorId(place);
  putMessage(place, make("p", { class: "kern-error", id }, icon("danger"), make("span", { class: "kern-body" }, text)));
  marked(place, true);
  // A group of controls is described as a whole; screen readers read it when the group is entered.
  if (place.matches("fieldset")) described(place, id, true);
  const invalid = place.dataset.group === undefined ? controlsOf(place) : [];
  for (const control of invalid) {
    const choice = control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox");
    // aria-invalid is not defined for a single radio button.
    if (!(choice && control.type === "radio")) control.setAttribute("aria-invalid", "true");
    if (!(choice && place.matches("fieldset"))) described(control, id, true);
  }
}

export function clearErrors(root: Element): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-field], [data-group]")) clearError(place);
}

/** The list of all faults of a step, with links to the fields. */
export class ErrorSummary {
  readonly element = make("div", { class: "app-errors", tabindex: -1, role: "group", hidden: true });

  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** Shows and focuses the list. */
  show(root: Element, faults: Fault[]): void {
    const lines = faults.map((fault) => {
      const place = placeOf(root, fault.pointer);
      if (!place) return make("li", {}, fault.text);
      const target = focusable(place);
      target.id ||= `field-${(place.dataset.field ?? place.dataset.group ?? "").replaceAll("/", "-")}`;
      const jump = (event: Event) => {
        event.preventDefault();
        target.focus();
      };
      const name = place.dataset.field === undefined ? "" : labelOf(place);
      return make("li", {}, make("a", { class: "kern-link", href: `#${target.id}`, click: jump }, name ? `${name}: ${fault.text}` : fault.text));
    });
    const title = faults.length === 1 ? say("Eine Angabe muss geändert werden", "One entry has to be changed") : say(`${faults.length} Angaben müssen geändert werden`, `${faults.length} entries have to be changed`);
    const box = alert("danger", title, 2, make("ul", { class: "kern-body" }, ...lines));
    const heading = box.querySelector("h2");
    if (heading) heading.id = "error-summary-title";
    this.element.setAttribute("aria-labelledby", "error-summary-title");
    this.element.replaceChildren(box);
    this.element.hidden = false;
    this.element.focus();
  }

  /** A fault that belongs to no field. */
  tell(title: string, text: string): void {
    this.element.replaceChildren(alert("danger", title, 2, make("p", { class: "kern-body" }, text)));
    this.element.removeAttribute("aria-labelledby");
    this.element.hidden = false;
    this.element.focus();
  }
}
