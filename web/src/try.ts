import { alert, button, heading, make, paragraph, replace } from "./dom.ts";
import { askJson, explain } from "./http.ts";
import { bytes, say } from "./language.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { $ref?: string; required?: boolean; content?: Record<string, { schema?: Schema; example?: unknown }> };
  responses?: Record<string, { $ref?: string; description?: string }>;
  security?: unknown[];
}

interface OpenApi {
  info?: { title?: string; version?: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, Operation | Parameter[]>>;
  components?: Record<string, Record<string, unknown>>;
  security?: unknown[];
}

const methods = ["get", "post", "put", "patch", "delete", "head", "options"];
const shownAtMost = 200_000;
let numbers = 0;
const newId = (what: string) => `${what}-${++numbers}`;

/** The document with its references inside `components`. */
class Reference {
  readonly #document: OpenApi;
  constructor(document: OpenApi) {
    this.#document = document;
  }

  follow<T>(value: T | { $ref: string }): T {
    const reference = (value as { $ref?: unknown }).$ref;
    if (typeof reference !== "string" || !reference.startsWith("#/components/")) return value as T;
    const [kind = "", name = ""] = reference.slice("#/components/".length).split("/");
    return (this.#document.components?.[kind]?.[name] ?? {}) as T;
  }

  /** A value that fits the schema, to start from; recursion is cut off. */
  example(given: Schema | undefined, depth = 0): unknown {
    if (!given || depth > 6) return null;
    const schema = this.follow<Schema>(given);
    const ready = schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
    if (ready !== undefined) return ready;
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => this.example(each, depth + 1)));
    const choice = schema.oneOf ?? schema.anyOf;
    if (choice) return this.example(choice.find((each) => each.type !== "null"), depth + 1);
    const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== "null") : schema.type;
    if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, this.example(each, depth + 1)]));
    if (type === "array") return [this.example(schema.items, depth + 1)];
    if (type === "integer" || type === "number") return 0;
    if (type === "boolean") return false;
    if (type === "object") return {};
    return schema.format === "uuid" ? crypto.randomUUID() : "";
  }
}

function field(labelText: string, hint: string, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, required = false): HTMLElement {
  control.id ||= newId("try");
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute("aria-describedby", hintId);
  if (required) control.required = true;
  const optional = required ? null : make("span", { class: "kern-label__optional" }, say(" (optional)", " (optional)"));
  return make("div", { class: "kern-form-input" }, make("label", { class: "kern-label", for: control.id }, labelText, optional), hint && make("div", { class: "kern-hint", id: hintId }, hint), control);
}

const textInput = () => make("input", { class: "kern-form-input__input", type: "text", autocomplete: "off", spellcheck: "false" });

interface Access {
  header(): string | undefined;
}

/** Token field for all operations; kept in memory only. */
function accessPanel(place: Element): Access {
  const token = make("input", { class: "kern-form-input__input", type: "password", autocomplete: "off", id: "try-token" });
  const scheme = make(
    "select",
    { class: "kern-form-input__select", id: "try-scheme" },
    make("option", { value: "Bearer" }, say("Bearer (Client oder Verwaltung)", "Bearer (client or administration)")),
    make("option", { value: "Case" }, say("Case (Vorgang)", "Case (case page)")),
  );
  place.append(
    make(
      "section",
      { class: "app-stack" },
      heading(2, say("Zugang", "Access")),
      paragraph(say("Das Token bleibt in diesem Fenster und wird bei jeder Anfrage mitgeschickt. Ein Token erhalten Sie unter /token.", "The token stays in this window and is sent with every request. You get a token at /token.")),
      make("div", { class: "app-grid" }, make("div", { class: "kern-form-input" }, make("label", { class: "kern-label", for: "try-scheme" }, say("Art", "Kind")), make("div", { class: "kern-form-input__select-wrapper" }, scheme)), field("Token", "", token)),
    ),
  );
  return { header: () => (token.value.trim() ? `${scheme.value} ${token.value.trim()}` : undefined) };
}

/** One operation: opened, filled in, sent. */
class Trial {
  readonly element: HTMLDetailsElement;
  readonly #path: string;
  readonly #method: string;
  readonly #operation: Operation;
  readonly #reference: Reference;
  readonly #access: Access;
  readonly #fields: { parameter: Parameter; input: HTMLInputElement }[] = [];
  readonly #answer = make("div", { class: "app-stack", "aria-live": "polite" });
  #body: HTMLTextAreaElement | undefined;
  #contentType = "";
  #busy = false;

  constructor(path: string, method: string, operation: Operation, shared: Parameter[], reference: Reference, access: Access) {
    this.#path = path;
    this.#method = method;
    this.#operation = operation;
    this.#reference = reference;
    this.#access = access;
    const body = make("div", { class: "app-operation__body app-stack" });
    this.element = make(
      "details",
      { class: "app-operation", "data-operation": operation.operationId },
      make("summary", { class: "kern-body" }, make("span", { class: "app-method" }, method.toUpperCase()), " ", make("code", { class: "app-code" }, path), operation.summary ? make("span", { lang: "en" }, ` – ${operation.summary}`) : ""),
      body,
    );
    // Hundreds of operations: the inside is made when it is first opened.
    this.element.addEventListener("toggle", () => this.#fill(body, shared), { once: true });
  }

  #fill(body: Element, shared: Parameter[]): void {
    const own = (this.#operation.parameters ?? []).map((each) => this.#reference.follow<Parameter>(each));
    const all = [...shared.filter((each) => !own.some((other) => other.name === each.name && other.in === each.in)), ...own];
    const form = make("form", {
      class: "app-stack",
      submit: (event) => {
        event.preventDefault();
        void this.#send();
      },
    });
    if (this.#operation.description) body.append(make("p", { class: "kern-body app-message__text", lang: "en" }, this.#operation.description));
    for (const parameter of all.filter((each) => ["path", "query", "header"].includes(each.in))) {
      const input = textInput();
      const example = parameter.schema && this.#reference.follow<Schema>(parameter.schema);
      const sample = example?.example ?? example?.default;
      if (parameter.in === "path" && sample !== undefined) input.value = String(sample);
      this.#fields.push({ parameter, input });
      const kinds: Record<string, string> = { path: say("im Pfad", "in the path"), query: say("Abfrage", "query"), header: say("Kopfzeile", "header") };
      form.append(field(`${parameter.name} (${kinds[parameter.in]})`, parameter.description ?? "", input, parameter.in === "path" || parameter.required));
    }
    this.#bodyField(form);
    form.append(make("div", {}, make("button", { type: "submit", class: "kern-btn kern-btn--primary" }, make("span", { class: "kern-label" }, say("Senden", "Send")))));
    body.append(form, this.#responses(), this.#answer);
  }

  #bodyField(form: Element): void {
    const request = this.#operation.requestBody && this.#reference.follow(this.#operation.requestBody);
    const [type, media] = Object.entries((request as Operation["requestBody"])?.content ?? {})[0] ?? [];
    if (!type) return;
    this.#contentType = type;
    const area = make("textarea", { class: "kern-form-input__input app-textarea", rows: 8, spellcheck: "false" });
    const example = media?.example ?? this.#reference.example(media?.schema);
    area.value = type.includes("json") ? JSON.stringify(example, null, 2) : typeof example === "string" ? example : "";
    this.#body = area;
    form.append(field(say("Inhalt der Anfrage", "Request body"), type, area));
  }

  #responses(): HTMLElement {
    const rows = Object.entries(this.#operation.responses ?? {}).map(([status, response]) =>
      make("div", {}, make("dt", { class: "kern-body" }, status), make("dd", { class: "kern-body", lang: "en" }, this.#reference.follow(response).description ?? "")),
    );
    return make("details", {}, make("summary", { class: "kern-body" }, say("Mögliche Antworten", "Possible answers")), make("dl", { class: "app-summary" }, ...rows));
  }

  #address(): { url: string; headers: Headers } {
    const headers = new Headers({ Accept: "application/json, application/problem+json, */*;q=0.1" });
    const query = new URLSearchParams();
    let path = this.#path;
    for (const { parameter, input } of this.#fields) {
      if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value === "") continue;
      else if (parameter.in === "query") query.append(parameter.name, input.value);
      else headers.set(parameter.name, input.value);
    }
    const authorization = this.#access.header();
    if (authorization) headers.set("Authorization", authorization);
    if (this.#body) headers.set("Content-Type", this.#contentType);
    const text = query.toString();
    return { url: text ? `${path}?${text}` : path, headers };
  }

  async #send(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    replace(this.#answer, paragraph(say("Die Anfrage läuft …", "The request is running …")));
    try {
      const { url, headers } = this.#address();
      const started = performance.now();
      const response = await fetch(url, { method: this.#method.toUpperCase(), headers, body: this.#body?.value, credentials: "same-origin", cache: "no-store" });
      const content = await response.text();
      this.#show(url, response, content, performance.now() - started);
    } catch (fault) {
      replace(this.#answer, alert("danger", say("Die Anfrage ist nicht möglich", "The request is not possible"), 0, paragraph(explain(fault))));
    } finally {
      this.#busy = false;
    }
  }

  #show(url: string, response: Response, content: string, milliseconds: number): void {
    const status = `${response.status} ${response.statusText}`.trim();
    const facts = say(`${bytes(content.length)} in ${Math.round(milliseconds)} ms`, `${bytes(content.length)} in ${Math.round(milliseconds)} ms`);
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    const shown = content.length > shownAtMost ? `${content.slice(0, shownAtMost)}\n…` : pretty(content);
    const scroll = (label: string, text: string) => make("pre", { class: "app-code", tabindex: 0, role: "group", "aria-label": label }, text);
    replace(
      this.#answer,
      alert(response.ok ? "success" : "warning", status, 0, make("p", { class: "kern-body" }, make("code", { class: "app-code" }, `${this.#method.toUpperCase()} ${url}`)), paragraph(facts)),
      shown && scroll(say("Inhalt der Antwort", "Answer body"), shown),
      make("details", {}, make("summary", { class: "kern-body" }, say("Kopfzeilen der Antwort", "Answer headers")), scroll(say("Kopfzeilen der Antwort", "Answer headers"), headers)),
    );
  }
}

function pretty(content: string): string {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return content;
  }
}

/** Operations grouped by tag, in the order of the document. */
function byTag(document: OpenApi, reference: Reference, access: Access): Map<string, Trial[]> {
  const groups = new Map<string, Trial[]>((document.tags ?? []).map((tag) => [tag.name, []]));
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const shared = (Array.isArray(item.parameters) ? item.parameters : []).map((each) => reference.follow<Parameter>(each));
    for (const method of methods) {
      const operation = item[method] as Operation | undefined;
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? say("Sonstiges", "Other");
      const list = groups.get(tag) ?? [];
      list.push(new Trial(path, method, operation, shared, reference, access));
      groups.set(tag, list);
    }
  }
  return groups;
}

function search(place: Element, groups: Map<string, Trial[]>, sections: Map<string, HTMLElement>): void {
  const status = make("p", { class: "kern-body kern-body--small", role: "status" });
  const input = make("input", { class: "kern-form-input__input", type: "search", id: "try-search", autocomplete: "off" });
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [tag, trials] of groups) {
      let shown = 0;
      for (const trial of trials) {
        const text = `${tag} ${trial.element.querySelector("summary")?.textContent ?? ""}`.toLowerCase();
        trial.element.hidden = !words.every((word) => text.includes(word));
        if (!trial.element.hidden) shown++;
      }
      const section = sections.get(tag);
      if (section) section.hidden = shown === 0;
      count += shown;
    }
    status.textContent = say(`${count} Aufrufe`, `${count} operations`);
  });
  place.append(make("div", { class: "kern-form-input" }, make("label", { class: "kern-label", for: "try-search" }, say("Aufruf suchen", "Find an operation")), input, status));
}

function draw(place: HTMLElement, document: OpenApi): void {
  place.classList.add("app-stack");
  replace(place, document.info?.description && make("p", { class: "kern-body app-message__text", lang: "en" }, document.info.description));
  const access = accessPanel(place);
  const groups = byTag(document, new Reference(document), access);
  const sections = new Map<string, HTMLElement>();
  const list = make("div", { class: "app-stack" });
  search(place, groups, sections);
  for (const [tag, trials] of groups) {
    if (trials.length === 0) continue;
    const about = document.tags?.find((each) => each.name === tag)?.description;
    const section = make("section", { class: "app-stack" }, heading(2, tag), about && paragraph(about), ...trials.map((trial) => trial.element));
    sections.set(tag, section);
    list.append(section);
  }
  place.append(list);
}

async function open(app: HTMLElement, place: HTMLElement): Promise<void> {
  try {
    draw(place, await askJson<OpenApi>(app.dataset.openapiUrl ?? "/api/openapi.json", { attempts: 3 }));
  } catch (fault) {
    replace(place, alert("danger", say("Die Beschreibung der Schnittstelle ist nicht erreichbar", "The description of the API cannot be reached"), 2, paragraph(explain(fault))), button(say("Erneut versuchen", "Try again"), "primary", () => void open(app, place)));
  }
}

const app = document.querySelector<HTMLElement>("#try-app");
const place = app?.querySelector<HTMLElement>("[data-try]");
if (app && place) void open(app, place).finally(() => app.querySelector("[data-loading]")?.remove());
