import { button } from "../dom.ts";
import { say } from "../language.ts";
import { get } from "./pointer.ts";
import { controlsOf, pointerAt, readField, writeField } from "./fields.ts";
import type { FormSchema } from "./schema.ts";

/** A list of the same fields, for example several people. */
export class Group {
  readonly element: HTMLElement;
  readonly #items: HTMLElement;
  readonly #template: HTMLTemplateElement;
  readonly #add: HTMLButtonElement;
  readonly #changed: (announcement: string) => void;
  readonly #schema: FormSchema;

  constructor(element: HTMLElement, schema: FormSchema, changed: (announcement: string) => void) {
    const items = element.querySelector<HTMLElement>("[data-group-items]");
    const template = element.querySelector<HTMLTemplateElement>("template[data-group-item]");
    if (!items || !template) throw new Error("a group needs a template and a place for its items");
    this.element = element;
    this.#items = items;
    this.#template = template;
    this.#schema = schema;
    this.#changed = changed;
    this.#add = button(say(`${this.#label} hinzufügen`, `Add ${this.#label}`), "secondary", () => this.#added(), "add");
    items.after(this.#add);
    this.fill(this.#least);
  }

  get pointer(): string {
    return this.element.dataset.group ?? "";
  }

  get #label(): string {
    return this.element.dataset.itemLabel ?? say("Eintrag", "entry");
  }

  get #least(): number {
    return Number(this.element.dataset.min ?? 0);
  }

  get #most(): number {
    return Number(this.element.dataset.max ?? 100);
  }

  get #count(): number {
    return this.#items.children.length;
  }

  /** Makes exactly this many items, within the limits, keeping those that are there. */
  fill(count: number): void {
    const wanted = Math.max(this.#least, Math.min(count, this.#most));
    while (this.#count > wanted) this.#items.lastElementChild?.remove();
    while (this.#count < wanted) this.#append();
    this.#limits();
  }

  fillFrom(data: unknown): void {
    const list = get(data, this.pointer);
    if (Array.isArray(list)) this.fill(list.length);
  }

  #append(): HTMLElement {
    const index = this.#count;
    const entry = document.createElement("div");
    entry.setAttribute("data-group-entry", "");
    entry.append(this.#template.content.cloneNode(true));
    fillIn(entry, index);
    const frame = entry.querySelector("[data-item]") ?? entry;
    const remove = button(say(`${this.#label} ${index + 1} entfernen`, `Remove ${this.#label} ${index + 1}`), "tertiary", () => this.#removed(entry), "delete");
    remove.setAttribute("data-group-remove", "");
    frame.append(remove);
    this.#items.append(entry);
    return entry;
  }

  #added(): void {
    const entry = this.#append();
    this.#limits();
    this.#changed(say(`${this.#label} ${this.#count} hinzugefügt.`, `${this.#label} ${this.#count} added.`));
    controlsOf(entry)[0]?.focus();
  }

  #removed(entry: Element): void {
    const number = [...this.#items.children].indexOf(entry) + 1;
    const kept = [...this.#items.children].filter((each) => each !== entry).map((each) => this.#values(each));
    this.#items.replaceChildren();
    // Names and numbers follow the position, so the items are made anew.
    for (const values of kept) {
      const made = this.#append();
      [...made.querySelectorAll<HTMLElement>("[data-field]")].forEach((field, at) => writeField(field, values[at]));
    }
    this.#limits();
    this.#changed(say(`${this.#label} ${number} entfernt.`, `${this.#label} ${number} removed.`));
    this.#add.focus();
  }

  #values(entry: Element): unknown[] {
    return [...entry.querySelectorAll<HTMLElement>("[data-field]")].map((field) => (pointerAt(field) ? readField(field, this.#schema) : undefined));
  }

  #limits(): void {
    this.#add.hidden = this.#count >= this.#most;
    for (const remove of this.#items.querySelectorAll<HTMLElement>("[data-group-remove]")) remove.hidden = this.#count <= this.#least;
  }
}

/** Replaces `{i}` and `{n}` in every attribute and text. */
function fillIn(root: Element, index: number): void {
  const put = (text: string) => text.replaceAll("{i}", String(index)).replaceAll("{n}", String(index + 1));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) node.data = put(node.data);
    else if (node instanceof Element) for (const attribute of node.attributes) attribute.value = put(attribute.value);
  }
}
