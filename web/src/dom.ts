/** Elements are built, never parsed: no text from outside can become markup. */
export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** `make("p.kern-body", {id: "x"}, "text")`; a function value is an event listener, `true` an empty attribute. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Attributes, ...children: Child[]): HTMLElementTagNameMap[K];
export function make(tag: string, attributes?: Attributes, ...children: Child[]): HTMLElement;
export function make(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  add(element, ...children);
  return element;
}

export function add(parent: Element, ...children: Child[]): void {
  for (const child of children) if (child) parent.append(child);
}

export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  add(parent, ...children);
}

export function icon(name: string): HTMLElement {
  return make("span", { class: `kern-icon kern-icon--${name}`, "aria-hidden": "true" });
}

export type Weight = "primary" | "secondary" | "tertiary";

/** `about` is read out after the text, where several buttons have the same. */
export function button(text: string, weight: Weight, click: () => void, symbol?: string, about?: string): HTMLButtonElement {
  return make(
    "button",
    { type: "button", class: `kern-btn kern-btn--${weight}`, click },
    symbol && icon(symbol),
    make("span", { class: "kern-label" }, text, about ? make("span", { class: "kern-sr-only" }, `: ${about}`) : null),
  );
}

export type Tone = "info" | "success" | "warning" | "danger";

/** KERN alert. `level` is the heading level of its title; 0 makes a paragraph of it. */
export function alert(tone: Tone, title: string, level: 0 | 2 | 3, ...children: Child[]): HTMLElement {
  return make(
    "div",
    { class: `kern-alert kern-alert--${tone}` },
    make(
      "div",
      { class: "kern-alert__header" },
      icon(tone),
      make(level === 0 ? "p" : `h${level}`, { class: "kern-title" }, title),
    ),
    children.some(Boolean) ? make("div", { class: "kern-alert__body" }, ...children) : null,
  );
}

export function paragraph(text: string, extra = ""): HTMLParagraphElement {
  return make("p", { class: `kern-body${extra ? ` ${extra}` : ""}` }, text);
}

export function heading(level: 2 | 3 | 4, text: string, id?: string): HTMLElement {
  const size = level === 2 ? "medium" : "small";
  return make(`h${level}`, { class: `kern-heading-${size}`, id, tabindex: -1 }, text);
}

export interface Progress {
  element: HTMLElement;
  set(share: number, text: string): void;
}

let progressNumber = 0;

/** KERN progress bar with a label and a text that says how far it is. */
export function progress(labelText: string): Progress {
  const id = `progress-${++progressNumber}`;
  const bar = make("progress", { id, max: 1, value: 0 });
  const state = make("span", { class: "kern-body kern-body--small app-progress__state" });
  const element = make("div", { class: "kern-progress" }, make("label", { class: "kern-label", for: id }, labelText), bar, state);
  return {
    element,
    set(share, text) {
      bar.value = Math.max(0, Math.min(1, share));
      state.textContent = text;
    },
  };
}

/** A polite live region; screen readers read what is set. */
export function liveRegion(parent: Element): (text: string) => void {
  const region = make("div", { class: "kern-sr-only", role: "status", "aria-live": "polite" });
  parent.append(region);
  return (text) => {
    region.textContent = text;
  };
}

export function copyText(text: string, from: HTMLButtonElement, announce: (text: string) => void, done: string, failed: string): void {
  const label = from.querySelector(".kern-label") ?? from;
  const before = label.textContent ?? "";
  const show = (message: string) => {
    announce(message);
    label.textContent = message;
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  };
  // The clipboard is refused in insecure contexts and by some settings; the page must say so.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) show(failed);
  else clipboard.writeText(text).then(() => show(done), () => show(failed));
}

/** Offers bytes as a file to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
