/** The page's language decides the language of every text made by a script. */
export type Language = "de" | "en";

export const language: Language =
  typeof document !== "undefined" && document.documentElement.lang.toLowerCase().startsWith("en") ? "en" : "de";

/** A text in both languages; the one of the page is returned. */
export function say(de: string, en: string): string {
  return language === "en" ? en : de;
}

/** Milliseconds since the epoch as date and time in words: the legal time in Germany, as on the office's side. */
export function dateAndTime(milliseconds: number): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "de-DE", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Berlin" }).format(
    new Date(milliseconds),
  );
}

/** `YYYY-MM-DD` as a date for people; anything else is returned as it is. */
export function plainDate(value: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return found ? (language === "en" ? `${found[3]}/${found[2]}/${found[1]}` : `${found[3]}.${found[2]}.${found[1]}`) : value;
}

export function number(value: number): string {
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "de-DE").format(value);
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const kilo = count < 1_000_000;
  const value = count / (kilo ? 1000 : 1_000_000);
  return `${new Intl.NumberFormat(language === "en" ? "en-GB" : "de-DE", { maximumFractionDigits: 1 }).format(value)} ${kilo ? "kB" : "MB"}`;
}
