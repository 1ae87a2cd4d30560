/** JSON values and JSON pointers (RFC 6901). */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function segments(pointer: string): string[] {
  return pointer === "" ? [] : pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function pointerOf(parts: string[]): string {
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const isIndex = (part: string) => /^(0|[1-9]\d*)$/.test(part);

function child(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isIndex(part) ? value[Number(part)] : undefined;
  // Own properties only: a pointer must not reach the prototype.
  return typeof value === "object" && value !== null && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
}

export function get(value: unknown, pointer: string): unknown {
  return segments(pointer).reduce<unknown>(child, value);
}

/** Sets a value; missing parents become arrays before an index, else objects. */
export function set(root: { [key: string]: Json }, pointer: string, value: Json): void {
  const parts = segments(pointer);
  let at: Json = root;
  parts.forEach((part, place) => {
    if (part === "__proto__" || typeof at !== "object" || at === null) throw new Error(`cannot set ${pointer}`);
    const last = place === parts.length - 1;
    const next = last ? value : ((child(at, part) as Json | undefined) ?? (isIndex(parts[place + 1] ?? "") ? [] : {}));
    if (Array.isArray(at)) at[Number(part)] = next;
    else at[part] = next;
    at = next;
  });
}
