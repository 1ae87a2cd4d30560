import { make } from "./dom.ts";
import { askJson } from "./http.ts";
import { number, say } from "./language.ts";

interface Place {
  ars: string;
  name: string;
  kind?: string;
  district?: string;
  state?: string;
  population?: number;
  postcodes?: string[];
  matched?: string;
}

const delay = 100;

/** District and state under the name; each only once, since a city that is its own district repeats it. */
function whereabouts(place: Place): string {
  const parts = [place.kind, place.district, place.state].filter((part): part is string => Boolean(part) && part !== place.name);
  return [...new Set(parts)].join(", ");
}

/** Combobox with list autocomplete (WAI-ARIA Authoring Practices): focus stays in the field, the list is pointed at. */
class PlaceSearch {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #status: HTMLElement;
  readonly #url: string;
  #places: Place[] = [];
  #active = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(input: HTMLInputElement, url: string) {
    this.#input = input;
    this.#url = url;
    const id = `${input.id || "place"}-list`;
    this.#list = make("ul", { id, class: "app-combobox__list", role: "listbox", hidden: true, "aria-label": say("Vorschläge", "Suggestions") });
    this.#status = make("div", { class: "kern-sr-only", role: "status", "aria-live": "polite" });
    this.#frame(id);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // Choosing with the mouse must not take the focus from the field, else the list closes before the click.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#clicked(event));
  }

  #frame(listId: string): void {
    const input = this.#input;
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": listId,
      spellcheck: "false",
    }))
      input.setAttribute(name, value);
    const frame = make("div", { class: "app-combobox" });
    input.replaceWith(frame);
    frame.append(input, this.#list, this.#status);
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const text = this.#input.value.trim();
    if (text.length < 2) return this.#close();
    this.#timer = setTimeout(() => void this.#search(text), delay);
  }

  async #search(text: string): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const url = `${this.#url}?${new URLSearchParams({ q: text, limit: "10" })}`;
      const answer = await askJson<{ places: Place[] }>(url, { signal: running.signal, attempts: 2 });
      if (running.signal.aborted) return;
      this.#show(answer.places);
    } catch {
      if (running.signal.aborted) return;
      this.#close();
      this.#status.textContent = say("Die Suche ist gerade nicht möglich. Drücken Sie die Eingabetaste.", "The search is not possible at the moment. Press enter.");
    }
  }

  #show(places: Place[]): void {
    this.#places = places;
    this.#active = -1;
    this.#input.removeAttribute("aria-activedescendant");
    this.#list.replaceChildren(...places.map((place, at) => this.#option(place, at)));
    const open = places.length > 0;
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
    this.#status.textContent = this.#counted(places);
  }

  #counted(places: Place[]): string {
    if (places.length === 0) return say("Kein Ort gefunden. Prüfen Sie die Schreibweise.", "No place found. Check the spelling.");
    const several = /^\d{5}$/.test(this.#input.value.trim()) && places.length > 1;
    if (several) return say(`Zu dieser Postleitzahl gehören ${places.length} Orte. Bitte wählen Sie.`, `${places.length} places have this postcode. Please choose.`);
    return places.length === 1 ? say("Ein Vorschlag.", "One suggestion.") : say(`${places.length} Vorschläge.`, `${places.length} suggestions.`);
  }

  #option(place: Place, at: number): HTMLElement {
    const people = place.population ? say(`${number(place.population)} Einwohner`, `${number(place.population)} inhabitants`) : "";
    return make(
      "li",
      { id: `${this.#list.id}-${at}`, class: "app-combobox__option", role: "option", "aria-selected": "false", "data-at": at },
      make("span", { class: "app-combobox__name" }, place.name),
      " ",
      make("span", { class: "app-combobox__more" }, [whereabouts(place), people].filter(Boolean).join(" · ")),
    );
  }

  #point(at: number): void {
    const options = [...this.#list.children];
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = at;
    const option = options[at];
    if (!option) return this.#input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", option.id);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const count = this.#places.length;
    const open = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (count === 0) return;
      event.preventDefault();
      if (!open) this.#show(this.#places);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // From the field upwards means the last one; past the ends it starts again.
      const from = this.#active < 0 && step < 0 ? count : this.#active;
      this.#point((from + step + count) % count);
    } else if (event.key === "Enter" && open) {
      const place = this.#places[this.#active] ?? (count === 1 ? this.#places[0] : undefined);
      if (!place) return;
      event.preventDefault();
      this.#choose(place);
    } else if (event.key === "Escape") {
      if (open) event.preventDefault();
      this.#close();
    } else if (event.key === "Home" || event.key === "End") {
      this.#point(-1);
    }
  }

  #clicked(event: MouseEvent): void {
    const option = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    const place = option && this.#places[Number(option.getAttribute("data-at"))];
    if (place) this.#choose(place);
  }

  #choose(place: Place): void {
    this.#input.value = place.name;
    this.#running?.abort();
    this.#close();
    const target = this.#input.dataset.placesTarget;
    if (target) {
      const field = document.querySelector<HTMLInputElement>(target);
      if (!field) return;
      field.value = place.ars;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      this.#status.textContent = say(`${place.name} ausgewählt.`, `${place.name} chosen.`);
      return;
    }
    const form = this.#input.form;
    if (!form) return;
    form.querySelector('input[name="region"]')?.remove();
    form.append(make("input", { type: "hidden", name: "region", value: place.ars }));
    form.submit();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-places-url]")) {
  new PlaceSearch(input, input.dataset.placesUrl ?? "");
}
