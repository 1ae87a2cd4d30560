/** AES-GCM in WebCrypto is one-shot; more than this is never held as one plaintext. */
export const fragmentBytes = 8_000_000;

export interface Span {
  from: number;
  to: number;
}

/** The spans of a file of `size` bytes in file order; an empty file is one empty span. */
export function spans(size: number, limit = fragmentBytes): Span[] {
  const list: Span[] = [];
  for (let from = 0; from < size; from += limit) list.push({ from, to: Math.min(from + limit, size) });
  return list.length > 0 ? list : [{ from: 0, to: 0 }];
}

/** Names under which a file travels: itself when it fits, else a list of fragments. */
export interface Parts {
  attachmentId: string;
  fragments: string[];
}

export function partsOf(size: number, newId: () => string, limit = fragmentBytes): Parts {
  const attachmentId = newId();
  return { attachmentId, fragments: size > limit ? spans(size, limit).map(() => newId()) : [] };
}

/** Ids that have to be announced and uploaded for a file, in file order. */
export function announced(parts: Parts): string[] {
  return parts.fragments.length > 0 ? parts.fragments : [parts.attachmentId];
}
