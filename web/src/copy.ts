import { copyText, liveRegion } from "./dom.ts";
import { say } from "./language.ts";

const announce = liveRegion(document.body);

function textOf(button: HTMLElement): string {
  if (button.dataset.copyText !== undefined) return button.dataset.copyText;
  const source = document.querySelector(button.dataset.copy ?? "");
  if (source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement) return source.value;
  return source?.textContent?.trim() ?? "";
}

for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const copy = target?.closest<HTMLButtonElement>("[data-copy], [data-copy-text]");
  if (copy) copyText(textOf(copy), copy, announce, say("Kopiert", "Copied"), say("Kopieren ist nicht möglich", "Copying is not possible"));
  if (target?.closest("[data-print]")) window.print();
});
