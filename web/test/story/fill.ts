// Fills whatever form stands on the page, by the names of its fields.
import type { Page } from "playwright-core";

/** First match wins; the names are JSON pointers in lower case. */
const texts: [RegExp, string][] = [
  [/postcode|postalcode|plz|zip/, "34117"],
  [/mail/, "ada.muster@example.org"],
  [/phone|tel/, "0561 123456"],
  [/housenumber|hausnummer/, "1"],
  [/number|count|hours|years/, "5"],
  [/city|town|place|ort/, "Kassel"],
  [/country|nationality/, "deutsch"],
];

function textFor(name: string): string {
  return texts.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? "Muster";
}

interface Found {
  pointer: string;
  kind: string;
  id: string;
  value: string;
}

/** Fills the empty fields that can be seen; files get `file`. Returns how many were filled. */
export async function fillStep(page: Page, file: string): Promise<number> {
  const done = new Set<string>();
  // Each choice may bring further fields.
  for (let round = 0; round < 5; round++) {
    const fields = (await visibleFields(page)).filter((field) => !done.has(field.pointer));
    if (fields.length === 0) break;
    for (const field of fields) {
      done.add(field.pointer);
      await fill(page, field, file);
    }
  }
  return done.size;
}

function visibleFields(page: Page): Promise<Found[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-step] [data-field]")]
      .filter((field) => field.checkVisibility())
      .map((field) => {
        const control = field.querySelector<HTMLInputElement>("input, select, textarea");
        const kind = field.dataset.widget ?? (control?.tagName === "SELECT" ? "select" : (control?.type ?? ""));
        return { pointer: field.dataset.field ?? "", kind, id: control?.id ?? "", value: control?.type === "checkbox" ? "" : (control?.value ?? "") };
      }),
  );
}

async function fill(page: Page, field: Found, file: string): Promise<void> {
  const wrapper = page.locator(`[data-field="${field.pointer}"]`);
  const control = wrapper.locator("input, select, textarea").first();
  const recent = /move|since|from|einzug|start/i.test(field.pointer);
  const [year, month, day] = recent ? ["2026", "01", "15"] : ["1990", "02", "01"];
  if (field.kind === "date" && (await wrapper.locator("[data-part]").count()) > 0) {
    for (const [part, value] of Object.entries({ day, month, year })) await wrapper.locator(`[data-part="${part}"]`).fill(value);
  } else if (field.kind === "date") await control.fill(`${year}-${month}-${day}`);
  else if (field.kind === "file") await control.setInputFiles(file);
  else if (field.kind === "radio" || field.kind === "checkbox") await control.check();
  else if (field.kind === "select") await control.selectOption({ index: (await control.locator("option").first().getAttribute("value")) === "" ? 1 : 0 });
  else if (field.value === "" || field.kind === "radio") await control.fill(textFor(field.pointer));
}
