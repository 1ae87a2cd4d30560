import { make } from "../dom.ts";
import { say } from "../language.ts";

/** Where the person is among the steps; steps already seen can be gone back to. */
export class Stepper {
  readonly element = make("nav", { class: "app-stepper", "aria-label": say("Schritte des Formulars", "Steps of the form") });

  show(titles: string[], current: number, reached: number, go: (step: number) => void): void {
    const items = titles.map((title, at) => {
      const state = at === current ? "current" : at <= reached ? "done" : "open";
      const number = make("span", { class: "app-stepper__number", "aria-hidden": "true" }, String(at + 1));
      const name = state === "done" ? make("button", { type: "button", click: () => go(at) }, title) : make("span", {}, title);
      const spoken = state === "done" ? make("span", { class: "kern-sr-only" }, say("ausgefüllt", "filled in")) : null;
      return make("li", { "data-state": state, "aria-current": at === current ? "step" : undefined }, number, name, spoken);
    });
    this.element.replaceChildren(make("ol", { class: "kern-body" }, ...items));
  }
}
