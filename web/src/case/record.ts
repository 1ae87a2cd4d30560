import { alert, heading, make, paragraph } from "../dom.ts";
import { explain, Refused } from "../http.ts";
import { dateAndTime, say } from "../language.ts";
import type { CaseApi, CaseRecord } from "./api.ts";

/** "Who did what with my case"; nothing where this node keeps no such record. */
export async function recordPanel(api: CaseApi): Promise<HTMLElement | undefined> {
  const section = (...content: HTMLElement[]) =>
    make("section", { class: "app-stack", "data-record": true }, heading(2, say("Wer hat was mit meinem Vorgang gemacht", "Who did what with my case")), ...content);
  try {
    const record = await api.record();
    return record && section(...drawn(record));
  } catch (fault) {
    if (fault instanceof Refused && [401, 403, 404].includes(fault.status)) return undefined;
    return section(alert("warning", say("Das Protokoll kann gerade nicht geladen werden", "The record cannot be loaded at present"), 0, paragraph(explain(fault))));
  }
}

function drawn({ events, checkpoint }: CaseRecord): HTMLElement[] {
  if (events.length === 0) return [paragraph(say("Die ersten Einträge erscheinen hier in Kürze.", "The first entries are going to appear here shortly."))];
  const rows = events.map((event) =>
    make(
      "li",
      { "data-event": event.event },
      make("p", { class: "kern-body kern-body--bold" }, event.words),
      make("p", { class: "kern-body kern-body--small" }, `${event.who}, `, make("time", { datetime: new Date(event.at / 1000).toISOString() }, dateAndTime(event.at / 1000))),
    ),
  );
  const open = events.filter((event) => !event.proven).length;
  const sealed = checkpoint && open < events.length;
  const proof = sealed
    ? say("Die Einträge sind besiegelt: Niemand kann sie unbemerkt ändern oder weglassen.", "The entries are sealed: nobody can change or leave out any of them unnoticed.")
    : say("Die Einträge werden in Kürze besiegelt.", "The entries are going to be sealed shortly.");
  const rest = sealed && open > 0 ? say(` Noch nicht besiegelt: ${open}.`, ` Not sealed yet: ${open}.`) : "";
  const all = say(`Alle ${events.length} Einträge`, `All ${events.length} entries`);
  return [
    paragraph(proof + rest),
    make(
      "details",
      { class: "kern-accordion" },
      make("summary", { class: "kern-accordion__header" }, make("span", { class: "kern-title kern-title--small" }, all)),
      make("section", { class: "kern-accordion__body" }, make("ol", { class: "app-timeline" }, ...rows)),
    ),
  ];
}
