import { plainDate, say } from "../language.ts";
import type { FormSchema } from "./schema.ts";
import { get, type Json, set } from "./pointer.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Attribute on elements that a condition has taken away; `hidden` alone also marks the steps not shown. */
export const off = "data-off";

export function controlsOf(wrapper: Element): Control[] {
  return [...wrapper.querySelectorAll<Control>("input, select, textarea")];
}

export function pointerAt(wrapper: Element): string {
  return wrapper.getAttribute("data-field") ?? "";
}

/** Field wrappers that count at the moment, in the order of the document. */
export function activeFields(root: Element): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-field]")].filter((field) => !field.closest(`[${off}]`));
}

export function labelOf(wrapper: HTMLElement): string {
  if (wrapper.dataset.label) return wrapper.dataset.label;
  const source = wrapper.querySelector("legend") ?? wrapper.querySelector("label");
  const copy = source?.cloneNode(true) as Element | undefined;
  for (const extra of copy?.querySelectorAll(".kern-label__optional, .kern-sr-only") ?? []) extra.remove();
  return copy?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

function part(wrapper: Element, name: string): HTMLInputElement | null {
  return wrapper.querySelector<HTMLInputElement>(`[data-part="${name}"]`);
}

function readDate(wrapper: Element): Json | undefined {
  const [year, month, day] = ["year", "month", "day"].map((name) => part(wrapper, name)?.value.trim() ?? "") as [string, string, string];
  if (!year && !month && !day) return undefined;
  // A date that does not exist stays as typed and fails the schema's format.
  return `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function typed(text: string, type: string): Json {
  if (type === "boolean") return text === "true";
  if (type !== "integer" && type !== "number") return text;
  const value = Number(text.replace(/\s/g, "").replace(",", "."));
  return Number.isFinite(value) ? value : text;
}

function readChecks(boxes: HTMLInputElement[], schema: FormSchema, pointer: string): Json | undefined {
  const type = schema.typeAt(pointer);
  if (type === "array") {
    const itemType = schema.typeAt(`${pointer}/0`);
    const chosen = boxes.filter((box) => box.checked).map((box) => typed(box.value, itemType));
    return chosen.length > 0 ? chosen : undefined;
  }
  const box = boxes[0];
  if (type === "boolean") return box?.checked ?? false;
  return box?.checked ? typed(box.value, type) : undefined;
}

/** The value of a field, undefined when nothing was entered. File fields are read by their own class. */
export function readField(wrapper: HTMLElement, schema: FormSchema): Json | undefined {
  const pointer = pointerAt(wrapper);
  if (wrapper.dataset.widget === "date") return readDate(wrapper);
  const controls = controlsOf(wrapper);
  const first = controls[0];
  if (!first) return undefined;
  if (first instanceof HTMLInputElement && first.type === "radio") {
    const chosen = controls.find((control) => (control as HTMLInputElement).checked);
    return chosen ? typed(chosen.value, schema.typeAt(pointer)) : undefined;
  }
  if (first instanceof HTMLInputElement && first.type === "checkbox") return readChecks(controls as HTMLInputElement[], schema, pointer);
  const text = first.value.trim();
  return text === "" ? undefined : typed(text, schema.typeAt(pointer));
}

/** Puts a kept value back into its field. */
export function writeField(wrapper: HTMLElement, value: unknown): void {
  if (value === undefined || value === null) return;
  if (wrapper.dataset.widget === "date") {
    const [year = "", month = "", day = ""] = String(value).split("-");
    for (const [name, text] of Object.entries({ year, month, day })) {
      const input = part(wrapper, name);
      if (input) input.value = text;
    }
    return;
  }
  for (const control of controlsOf(wrapper)) {
    if (control instanceof HTMLInputElement && control.type === "file") continue;
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      control.checked = Array.isArray(value) ? value.map(String).includes(control.value) : value === true ? control.value !== "false" : String(value) === control.value;
    } else control.value = String(value);
  }
}

/** What the summary shows for a field: labels of the options, dates as people write them. */
export function shownValue(wrapper: HTMLElement, value: Json | undefined): string {
  const none = say("keine Angabe", "not given");
  if (value === undefined) return none;
  const labels = controlsOf(wrapper)
    .filter((control): control is HTMLInputElement => control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox"))
    .filter((control) => control.checked)
    .map((control) => control.labels?.[0]?.textContent?.trim() ?? control.value);
  if (typeof value === "boolean" && wrapper.querySelectorAll("input").length < 2) return value ? say("Ja", "Yes") : say("Nein", "No");
  if (labels.length > 0) return labels.join(", ");
  const select = wrapper.querySelector("select");
  if (select) return select.selectedOptions[0]?.textContent?.trim() ?? none;
  return typeof value === "string" ? plainDate(value) : String(value);
}

/** All values of the fields that count, without files. */
export function readAll(root: Element, schema: FormSchema, files: (wrapper: HTMLElement) => Json | undefined): { [key: string]: Json } {
  const data: { [key: string]: Json } = {};
  for (const group of root.querySelectorAll<HTMLElement>("[data-group]")) {
    if (group.closest(`[${off}]`)) continue;
    const count = group.querySelectorAll("[data-group-items] > [data-group-entry]").length;
    if (count > 0) set(data, group.dataset.group ?? "", Array.from({ length: count }, () => ({})));
  }
  for (const wrapper of activeFields(root)) {
    const value = wrapper.dataset.widget === "file" ? files(wrapper) : readField(wrapper, schema);
    if (value !== undefined) set(data, pointerAt(wrapper), value);
  }
  return data;
}

export function writeAll(root: Element, data: unknown): void {
  for (const wrapper of root.querySelectorAll<HTMLElement>("[data-field]")) writeField(wrapper, get(data, pointerAt(wrapper)));
}
