/** A minimal DER reader (X.690): definite lengths only, bounds checked. */
export interface Item {
  tag: number;
  /** Header and content, as signed. */
  whole: Uint8Array<ArrayBuffer>;
  content: Uint8Array<ArrayBuffer>;
}

export const tags = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utcTime: 0x17, time: 0x18, sequence: 0x30, set: 0x31 } as const;

function readAt(bytes: Uint8Array<ArrayBuffer>, start: number): { item: Item; end: number } {
  const tag = bytes[start];
  let at = start + 1;
  const first = bytes[at++];
  if (tag === undefined || first === undefined) throw new Error("DER ends too early");
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new Error("DER length not supported");
    length = 0;
    for (let left = count; left > 0; left--) length = length * 256 + (bytes[at++] ?? Number.NaN);
  }
  const end = at + length;
  if (!(end <= bytes.length)) throw new Error("DER ends too early");
  return { item: { tag, whole: bytes.subarray(start, end), content: bytes.subarray(at, end) }, end };
}

/** One item that fills the bytes entirely. */
export function read(bytes: Uint8Array<ArrayBuffer>, tag: number): Item {
  const { item, end } = readAt(bytes, 0);
  if (item.tag !== tag || end !== bytes.length) throw new Error("unexpected DER item");
  return item;
}

/** The items inside a constructed item. */
export function children(item: Item): Item[] {
  const list: Item[] = [];
  for (let at = 0; at < item.content.length; ) {
    const next = readAt(item.content, at);
    list.push(next.item);
    at = next.end;
  }
  return list;
}

export function expect(item: Item | undefined, tag: number): Item {
  if (item?.tag !== tag) throw new Error("unexpected DER item");
  return item;
}

/** Dotted object identifier. */
export function oid(item: Item | undefined): string {
  const content = expect(item, tags.oid).content;
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const first = numbers[0] ?? 0;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...numbers.slice(1)].join(".");
}

/** Magnitude of a positive INTEGER without leading zero bytes. */
export function positive(item: Item | undefined): Uint8Array<ArrayBuffer> {
  const content = expect(item, tags.integer).content;
  let at = 0;
  while (at < content.length - 1 && content[at] === 0) at++;
  return content.subarray(at);
}

export function bitString(item: Item | undefined): Uint8Array<ArrayBuffer> {
  const content = expect(item, tags.bits).content;
  if (content[0] !== 0) throw new Error("bit string with unused bits");
  return content.subarray(1);
}

/** UTCTime or GeneralizedTime in the form RFC 5280 demands, as milliseconds since the epoch. */
export function time(item: Item | undefined): number {
  const text = new TextDecoder().decode(item?.content);
  const found = /^(\d{2,4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!found || (item?.tag !== tags.utcTime && item?.tag !== tags.time)) throw new Error("unexpected DER time");
  const [, yearText = "", month = "", day = "", hour = "", minute = "", second = ""] = found;
  const short = Number(yearText);
  const year = item.tag === tags.time ? short : short >= 50 ? 1900 + short : 2000 + short;
  return Date.UTC(year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
