import { get } from "./pointer.ts";

/** `x-visible-when` of the form file. */
export type Condition =
  | { pointer: string; equals: unknown }
  | { pointer: string; in: unknown[] }
  | { pointer: string; filled: boolean }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

function filled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false;
}

export function holds(condition: Condition, data: unknown): boolean {
  if ("all" in condition) return condition.all.every((each) => holds(each, data));
  if ("any" in condition) return condition.any.some((each) => holds(each, data));
  if ("not" in condition) return !holds(condition.not, data);
  const value = get(data, condition.pointer);
  if ("equals" in condition) return Array.isArray(value) ? value.includes(condition.equals) : value === condition.equals;
  if ("in" in condition) return Array.isArray(value) ? value.some((each) => condition.in.includes(each)) : condition.in.includes(value);
  return filled(value) === condition.filled;
}
