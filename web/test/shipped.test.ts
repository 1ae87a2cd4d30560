// The forms that the product ships, checked with the rules of the browser.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Condition, holds } from "../src/form/condition.ts";
import { type Json, set } from "../src/form/pointer.ts";
import { FormSchema, type Node } from "../src/form/schema.ts";

interface Field {
  at: string;
  widget: string;
  options?: { value: string }[];
  "x-visible-when"?: Condition;
}

interface Shipped {
  form: string;
  steps: { "x-visible-when"?: Condition; parts: { field?: Field; group?: { at: string; parts: { field?: Field }[]; "x-visible-when"?: Condition } }[] }[];
  schema: Node;
}

const folder = join(process.env.FACHWERK_WEB ?? ".", "../data/forms");
const forms = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Shipped);

/** Fields that can be seen with these data, one item in each group. */
function visible(form: Shipped, data: unknown): Field[] {
  const shown = (condition?: Condition) => !condition || holds(JSON.parse(JSON.stringify(condition).replaceAll("{i}", "0")) as Condition, data);
  return form.steps
    .filter((step) => shown(step["x-visible-when"]))
    .flatMap((step) => step.parts)
    .flatMap(({ field, group }) => {
      if (group && shown(group["x-visible-when"])) return group.parts.flatMap((part) => (part.field ? [{ ...part.field, at: `${group.at}/0${part.field.at}` }] : []));
      return field ? [field] : [];
    })
    .filter((field) => shown(field["x-visible-when"]));
}

function sample(field: Field, schema: FormSchema): Json {
  if (field.widget === "file") return ["8a1c0000-0000-4000-8000-000000000001"];
  if (field.widget === "date" || field.widget === "calendar") return "2001-02-03";
  if (field.widget === "checkbox") return true;
  if (field.widget === "checkboxes") return [field.options?.[0]?.value ?? ""];
  if (field.options?.length) return field.options[0]?.value ?? "";
  if (field.widget === "number") return Number(schema.keywordAt(field.at, "minimum") ?? 5);
  if (field.widget === "email") return "ada@example.org";
  return /postcode/i.test(field.at) ? "34117" : field.widget === "telephone" ? "0561 123456" : "Muster";
}

for (const form of forms) {
  const schema = new FormSchema(form.schema);

  test(`${form.form}: whatever is missing can be filled in`, () => {
    const fields = visible(form, {}).map((field) => field.at);
    const faults = schema.faults({}, fields, "2026-11-21");
    assert.ok(faults.length > 3);
    for (const fault of faults) assert.ok(fields.some((field) => field === fault.pointer || field.startsWith(`${fault.pointer}/0/`)), `${fault.pointer} ${fault.keyword} has no field`);
  });

  test(`${form.form}: filled in as seen, nothing is wrong`, () => {
    const data: { [key: string]: Json } = {};
    for (let round = 0; round < 5; round++) for (const field of visible(form, data)) set(data, field.at, sample(field, schema));
    const faults = schema.faults(data, visible(form, data).map((field) => field.at), "2026-11-21");
    assert.deepEqual(faults.map((fault) => `${fault.pointer} ${fault.keyword}`), []);
  });
}
