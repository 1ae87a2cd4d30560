import { Validator } from "@cfworker/json-schema";
import { language, plainDate, say } from "../language.ts";
import { get, type Json, pointerOf, segments, set } from "./pointer.ts";

/** A JSON Schema node with our own keywords. */
export interface Node {
  [keyword: string]: unknown;
}

/** One fault of the data, at the field that has to be changed. */
export interface Fault {
  pointer: string;
  keyword: string;
  text: string;
}

/** Keywords whose failure only says that something inside failed. */
const wrappers = new Set(["$ref", "$dynamicRef", "properties", "patternProperties", "items", "prefixItems", "allOf", "if", "then", "else", "dependentSchemas"]);
const leftOver = new Set(["additionalProperties", "unevaluatedProperties", "unevaluatedItems", "false"]);
const choices = ["anyOf", "oneOf", "not"];

interface Unit {
  instanceLocation: string;
  keywordLocation: string;
  keyword: string;
  error: string;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The form's JSON Schema (2020-12): types, messages and validation. */
export class FormSchema {
  readonly #root: Node;
  readonly #validator: Validator;

  constructor(root: Node) {
    this.#root = root;
    this.#validator = new Validator(root as ConstructorParameters<typeof Validator>[0], "2020-12", false);
  }

  /** Every schema node that may describe the value at a pointer, first the most direct one. */
  nodes(pointer: string): Node[] {
    let found: Node[] = this.#widen([this.#root]);
    for (const part of segments(pointer)) found = this.#widen(found.flatMap((node) => this.#step(node, part)));
    return found;
  }

  #step(node: Node, part: string): Node[] {
    const next: unknown[] = [];
    if (isNode(node.properties)) next.push(Object.hasOwn(node.properties, part) ? node.properties[part] : undefined);
    if (/^\d+$/.test(part)) next.push(Array.isArray(node.prefixItems) ? node.prefixItems[Number(part)] : undefined, node.items);
    return next.filter(isNode);
  }

  /** Adds what is reached by references and combinations. */
  #widen(start: Node[]): Node[] {
    const all: Node[] = [];
    const queue = [...start];
    for (let node = queue.shift(); node; node = queue.shift()) {
      if (all.includes(node)) continue;
      all.push(node);
      queue.push(...this.#related(node));
    }
    return all;
  }

  #related(node: Node): Node[] {
    const list: unknown[] = [typeof node.$ref === "string" ? this.#resolve(node.$ref) : undefined, node.if, node.then, node.else];
    for (const keyword of ["allOf", "anyOf", "oneOf"]) if (Array.isArray(node[keyword])) list.push(...(node[keyword] as unknown[]));
    return list.filter(isNode);
  }

  #resolve(reference: string): unknown {
    const [document = "", fragment = ""] = reference.split("#");
    if (document !== "" && document !== this.#root.$id) return undefined;
    return get(this.#root, decodeURIComponent(fragment));
  }

  /** The first stated type of a value: `string`, `boolean`, `integer`, `number`, `array` or `object`. */
  typeAt(pointer: string): string {
    for (const node of this.nodes(pointer)) {
      const type = Array.isArray(node.type) ? node.type.find((each) => each !== "null") : node.type;
      if (typeof type === "string") return type;
      const sample = Array.isArray(node.enum) ? node.enum[0] : node.const;
      if (sample !== undefined && sample !== null) return typeof sample;
    }
    return "string";
  }

  /** Whether the value is demanded somewhere; for the word "optional" the server decides. */
  keywordAt(pointer: string, keyword: string): unknown {
    return this.nodes(pointer).find((node) => node[keyword] !== undefined)?.[keyword];
  }

  #text(pointer: string, keyword: string): string {
    for (const node of this.nodes(pointer)) {
      const messages = node["x-messages"];
      const message = isNode(messages) ? messages[keyword] : undefined;
      if (typeof message === "string") return message;
      const chosen = isNode(message) ? (message[language] ?? message.de) : undefined;
      if (typeof chosen === "string") return chosen;
    }
    return standardText(keyword, this.keywordAt(pointer, keyword), this.typeAt(pointer));
  }

  /**
   * All faults of the data. `fields` are the pointers of the visible fields: when a whole object is missing, its
   * missing fields are named instead of the object nobody can fill in.
   */
  faults(data: { [key: string]: Json }, fields: string[], today: string): Fault[] {
    const copy = structuredClone(data);
    let found: Fault[] = [];
    for (let round = 0; round < 8; round++) {
      found = this.#once(copy);
      const missing = found.filter(
        (fault) => fault.keyword === "required" && !fields.includes(fault.pointer) && fields.some((field) => field.startsWith(`${fault.pointer}/`)),
      );
      if (missing.length === 0) break;
      for (const fault of missing) set(copy, fault.pointer, this.typeAt(fault.pointer) === "array" ? [] : {});
    }
    return unique([...found, ...this.#dateLimits(data, fields, today)]);
  }

  #once(data: Json): Fault[] {
    const { errors } = this.#validator.validate(data) as { errors: Unit[] };
    return relevant(errors).map((unit) => this.#fault(unit));
  }

  #fault(unit: Unit): Fault {
    const at = decodeURIComponent(unit.instanceLocation.replace(/^#/, ""));
    const missing = unit.keyword === "required" || unit.keyword === "dependentRequired" ? /does not have (?:required property )?"(.*)"/.exec(unit.error)?.[1] : undefined;
    const pointer = missing === undefined ? at : pointerOf([...segments(at), missing]);
    const keyword = unit.keyword === "dependentRequired" ? "required" : unit.keyword;
    return { pointer, keyword, text: this.#text(pointer, keyword) };
  }

  #dateLimits(data: Json, fields: string[], today: string): Fault[] {
    const list: Fault[] = [];
    for (const pointer of fields) {
      const value = get(data, pointer);
      if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) continue;
      for (const [keyword, wrong] of [["x-not-after", 1], ["x-not-before", -1]] as const) {
        const limit = this.keywordAt(pointer, keyword);
        if (typeof limit !== "string") continue;
        const day = limit === "today" ? today : limit;
        if (Math.sign(value.localeCompare(day)) === wrong) list.push({ pointer, keyword, text: this.#text(pointer, keyword) });
      }
    }
    return list;
  }
}

/** Drops errors that only wrap others, the branches of a failed choice, and what merely follows from another fault. */
function relevant(errors: Unit[]): Unit[] {
  const failedChoices = errors.filter((unit) => choices.includes(unit.keyword)).map((unit) => `${unit.keywordLocation}/`);
  const found = errors.filter(
    (unit) => !wrappers.has(unit.keyword) && !failedChoices.some((prefix) => unit.keywordLocation.startsWith(prefix)),
  );
  // A property that is wrong inside counts as unevaluated as well (JSON Schema 2020-12, core 11.3).
  const direct = found.filter((unit) => !leftOver.has(unit.keyword));
  return direct.length > 0 ? direct : found;
}

/** One fault per field: a missing value first, else what came first. */
function unique(faults: Fault[]): Fault[] {
  const byPointer = new Map<string, Fault>();
  for (const fault of faults) {
    const before = byPointer.get(fault.pointer);
    if (!before || (fault.keyword === "required" && before.keyword !== "required")) byPointer.set(fault.pointer, fault);
  }
  return [...byPointer.values()];
}

function formatText(format: unknown): string {
  if (format === "date") return say("Geben Sie ein Datum an, das es gibt, zum Beispiel 31.12.2026.", "Enter a date that exists, for example 31/12/2026.");
  if (format === "email") return say("Geben Sie eine E-Mail-Adresse an, zum Beispiel name@beispiel.de.", "Enter an e-mail address, for example name@example.org.");
  return say("Die Angabe hat nicht die richtige Form.", "The entry does not have the right form.");
}

function typeText(type: unknown): string {
  if (type === "integer") return say("Geben Sie eine ganze Zahl an.", "Enter a whole number.");
  if (type === "number") return say("Geben Sie eine Zahl an.", "Enter a number.");
  return say("Die Angabe hat nicht die richtige Form.", "The entry does not have the right form.");
}

/** Texts for forms that bring none of their own. */
function standardText(keyword: string, limit: unknown, type: string): string {
  const day = limit === "today" ? say("heute", "today") : plainDate(String(limit));
  switch (keyword) {
    case "required":
      return type === "array" ? say("Wählen Sie hier etwas aus.", "Choose something here.") : say("Diese Angabe fehlt.", "This entry is missing.");
    case "type":
      return typeText(limit);
    case "format":
      return formatText(limit);
    case "minLength":
      return limit === 1 ? say("Diese Angabe fehlt.", "This entry is missing.") : say(`Geben Sie mindestens ${limit} Zeichen ein.`, `Enter at least ${limit} characters.`);
    case "maxLength":
      return say(`Geben Sie höchstens ${limit} Zeichen ein.`, `Enter at most ${limit} characters.`);
    case "minimum":
      return say(`Die Zahl muss mindestens ${limit} sein.`, `The number must be at least ${limit}.`);
    case "maximum":
      return say(`Die Zahl darf höchstens ${limit} sein.`, `The number must be at most ${limit}.`);
    case "minItems":
      return say(`Es müssen mindestens ${limit} sein.`, `There must be at least ${limit}.`);
    case "maxItems":
      return say(`Es dürfen höchstens ${limit} sein.`, `There must be at most ${limit}.`);
    case "uniqueItems":
      return say("Ein Eintrag kommt zweimal vor.", "An entry occurs twice.");
    case "enum":
      return say("Wählen Sie eine der Möglichkeiten.", "Choose one of the options.");
    case "const":
      return limit === true ? say("Bestätigen Sie diese Angabe.", "Confirm this statement.") : say("Dieser Wert ist hier nicht möglich.", "This value is not possible here.");
    case "x-not-after":
      return say(`Das Datum darf nicht nach dem Tag „${day}“ liegen.`, `The date must not be after “${day}”.`);
    case "x-not-before":
      return say(`Das Datum darf nicht vor dem Tag „${day}“ liegen.`, `The date must not be before “${day}”.`);
    default:
      return say("Die Angabe hat nicht die richtige Form.", "The entry does not have the right form.");
  }
}
