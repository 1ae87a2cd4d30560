import { alert, button, heading, make, paragraph, type Progress, progress, replace } from "../dom.ts";
import { explain } from "../http.ts";
import { say } from "../language.ts";
import type { ChosenFile } from "./files.ts";
import type { Json } from "./pointer.ts";
import { type Reports, Sender } from "./send.ts";
import type { Settings } from "./settings.ts";

/** The last step: progress, faults, retry, cancel. One sending at a time, whatever is clicked. */
export class SendingView implements Reports {
  readonly element = make("section", { class: "app-form-step", hidden: true });
  readonly sender: Sender;
  readonly #stage = make("p", { class: "kern-body", role: "status", "aria-live": "polite" });
  readonly #trouble = make("p", { class: "kern-body", role: "status", "aria-live": "polite" });
  readonly #bars = new Map<ChosenFile, Progress>();
  readonly #back: () => void;
  readonly #sent: (address: string) => void;
  #running: AbortController | undefined;

  constructor(settings: Settings, back: () => void, sent: (address: string) => void) {
    this.sender = new Sender(settings, this);
    this.#back = back;
    this.#sent = sent;
    window.addEventListener("beforeunload", (event) => {
      if (this.#running) event.preventDefault();
    });
  }

  /** Something is on its way: no other step may be shown. */
  get busy(): boolean {
    return this.#running !== undefined || this.sender.decided;
  }

  stage(text: string): void {
    this.#stage.textContent = text;
    this.#trouble.textContent = "";
  }

  file(file: ChosenFile, share: number): void {
    this.#trouble.textContent = "";
    this.#bars.get(file)?.set(share, say(`${Math.round(share * 100)} % übertragen`, `${Math.round(share * 100)} % transferred`));
  }

  waiting(): void {
    this.#trouble.textContent = say("Die Verbindung ist gestört. Es wird gleich noch einmal versucht …", "The connection is disturbed. It will be tried again in a moment …");
  }

  async start(data: { [key: string]: Json }, files: ChosenFile[]): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.#draw(files, running);
    try {
      const address = await this.sender.run(data, files, running.signal);
      this.#running = undefined;
      this.#sent(address);
    } catch (fault) {
      this.#running = undefined;
      if (running.signal.aborted && !this.sender.decided) this.#back();
      else this.#failed(fault, data, files);
    }
  }

  #draw(files: ChosenFile[], running: AbortController): void {
    const title = heading(2, say("Ihr Antrag wird gesendet", "Your form is being sent"));
    this.#bars.clear();
    for (const file of files) {
      const bar = progress(file.file.name);
      bar.set(0, say("wartet", "waiting"));
      this.#bars.set(file, bar);
    }
    const list = make("ul", { class: "app-files", "aria-label": say("Dateien", "Files") }, ...[...this.#bars.values()].map((bar) => make("li", {}, bar.element)));
    const cancel = button(say("Abbrechen", "Cancel"), "secondary", () => running.abort(new Error("cancelled")), "close");
    replace(this.element, title, paragraph(say("Bitte schließen Sie dieses Fenster nicht.", "Please do not close this window.")), this.#stage, this.#trouble, files.length > 0 && list, cancel);
    this.element.hidden = false;
    title.focus();
  }

  #failed(fault: unknown, data: { [key: string]: Json }, files: ChosenFile[]): void {
    const title = heading(2, say("Der Antrag ist noch nicht gesendet", "The form has not been sent yet"));
    const again = button(say("Erneut versuchen", "Try again"), "primary", () => void this.start(data, files), "autorenew");
    // Once the last request may have arrived, changing the content could send it twice.
    const back = this.sender.decided ? null : button(say("Zurück zur Zusammenfassung", "Back to the summary"), "secondary", () => this.#back(), "arrow-back");
    const calm = say("Ihre Eingaben sind noch da. Ein neuer Versuch sendet nichts doppelt.", "Your entries are still there. Trying again sends nothing twice.");
    replace(this.element, title, alert("danger", say("Das Senden hat nicht geklappt", "Sending did not work"), 0, paragraph(explain(fault)), paragraph(calm)), make("div", { class: "app-row" }, again, back));
    title.focus();
  }
}
