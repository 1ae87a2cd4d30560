import { CaseApi, type CaseView, type MessageHead } from "./case/api.ts";
import { claimPanel, takeSecret, whyClosed } from "./case/claim.ts";
import { derive } from "./case/derive.ts";
import { caseIdIn, linkPanel, secretIn } from "./case/link.ts";
import { openMessage, type OpenAttachment, type OpenMessage } from "./case/message.ts";
import { recordPanel } from "./case/record.ts";
import { stateText, stepText } from "./case/texts.ts";
import { accessToken, unwrap } from "./crypto/case-keys.ts";
import { openSecret } from "./crypto/claim-key.ts";
import { add, alert, button, heading, liveRegion, make, paragraph, replace } from "./dom.ts";
import { explain, Refused } from "./http.ts";
import { bytes, dateAndTime, say } from "./language.ts";

const milliseconds = (micros: number) => micros / 1000;

/** The page of one case: steps as they happen, messages, link. */
class CasePage {
  readonly #api: CaseApi;
  readonly #account: boolean;
  readonly #announce: (text: string) => void;
  readonly #state = make("p", { class: "kern-body kern-body--bold", "data-state": true });
  readonly #facts = make("dl", { class: "app-summary" });
  readonly #steps = make("ol", { class: "app-timeline", "data-steps": true });
  readonly #messages = make("div", { class: "app-stack", "data-messages": true });
  readonly #trouble = make("p", { class: "kern-body", role: "status" });
  readonly #opened = new Set<string>();
  readonly #rows = new Map<string, HTMLElement>();
  readonly #mine = make("div", {});
  readonly #log = make("div", {});
  #secret: string | undefined;
  #view: CaseView;
  #key: Promise<CryptoKey> | undefined;
  #stepCount = 0;

  constructor(place: HTMLElement, api: CaseApi, secret: string | undefined, account: boolean, view: CaseView) {
    this.#api = api;
    this.#secret = secret;
    this.#account = account;
    this.#view = view;
    this.#announce = liveRegion(place.parentElement ?? document.body);
    add(
      place,
      make("section", { class: "app-stack" }, heading(2, say("Stand", "State")), this.#state, this.#facts, this.#steps, this.#trouble),
      make("section", { class: "app-stack" }, heading(2, say("Nachrichten der Behörde", "Messages from the office")), this.#messages),
      secret && linkPanel(location.href, view.publicService?.name ?? "", this.#announce),
      this.#mine,
      this.#log,
    );
    this.#draw(false);
    this.#drawClaim();
    void this.#drawRecord();
    void this.#follow();
  }

  #draw(announce: boolean): void {
    const { steps, messages } = this.#view;
    this.#state.textContent = stateText(steps);
    const facts: [string, string][] = [
      [say("Leistung", "Public service"), this.#view.publicService?.name ?? ""],
      [say("Behörde", "Office"), this.#view.destinationName ?? ""],
      [say("Vorgangsnummer", "Case number"), this.#view.caseId],
    ];
    this.#facts.replaceChildren(...facts.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", { class: "kern-body" }, name), make("dd", { class: "kern-body" }, value))));
    // Steps are only ever added: those on the page stay as they are for screen readers.
    for (const step of steps.slice(this.#stepCount)) {
      const { title, detail, tone } = stepText(step);
      const problems = (Array.isArray(step.problems) ? step.problems : []).map((problem) => make("li", {}, [problem.title, problem.detail].filter(Boolean).join(": ") || (problem.type ?? "")));
      this.#steps.append(
        make(
          "li",
          { "data-kind": step.kind, "data-tone": tone || undefined },
          make("p", { class: "kern-body kern-body--bold" }, title),
          make("p", { class: "kern-body kern-body--small" }, make("time", { datetime: new Date(milliseconds(step.at)).toISOString() }, dateAndTime(milliseconds(step.at)))),
          detail && paragraph(detail),
          problems.length > 0 && make("ul", { class: "kern-body" }, ...problems),
        ),
      );
      if (announce) this.#announce(say(`Neuer Stand: ${title}`, `New state: ${title}`));
    }
    this.#stepCount = steps.length;
    this.#drawMessages(messages);
  }

  async #drawRecord(): Promise<void> {
    const panel = await recordPanel(this.#api);
    if (!panel) return;
    // Whoever reads it goes on reading.
    if (this.#log.querySelector("details[open]")) panel.querySelector("details")?.setAttribute("open", "");
    this.#log.replaceChildren(panel);
  }

  #drawClaim(): void {
    const state = { caseId: this.#view.caseId, secret: this.#secret, account: this.#account, claim: this.#view.claim ?? undefined };
    const changed = async () => {
      this.#view = { ...(await this.#api.view()), version: this.#view.version };
      this.#drawClaim();
      this.#announce(say("Der Vorgang ist jetzt in Ihrem Konto.", "The case is in your account now."));
    };
    this.#mine.replaceChildren(claimPanel(this.#api, state, changed));
  }

  /** The secret of the case: from the link, or with the passkey of the account. */
  async #secretNow(): Promise<string> {
    if (this.#secret) return this.#secret;
    const { claim, caseId } = this.#view;
    const derived = claim?.wrappedKey ? await derive(claim.credential ?? undefined) : undefined;
    if (!derived || !claim?.wrappedKey) throw new Error(say("Dieser Passkey öffnet den Vorgang nicht. Nehmen Sie den Link des Vorgangs.", "This passkey does not open the case. Use the link of the case."));
    this.#secret = await openSecret(claim.wrappedKey, derived.output, caseId);
    return this.#secret;
  }

  #drawMessages(messages: MessageHead[]): void {
    if (messages.length === 0) return replace(this.#messages, paragraph(say("Noch keine. Diese Seite zeigt neue Nachrichten von selbst.", "None yet. This page shows new messages by itself.")));
    if (this.#rows.size === 0) replace(this.#messages, whyClosed(this.#secret, this.#view.claim ?? undefined));
    for (const message of messages) {
      if (this.#rows.has(message.id)) continue;
      const row = this.#row(message);
      this.#rows.set(message.id, row);
      this.#messages.append(row);
    }
  }

  #row(message: MessageHead): HTMLElement {
    const place = make("div", { class: "app-stack" });
    const open = button(say("Nachricht öffnen", "Open message"), "primary", () => void this.#open(message, open, place), "mail", dateAndTime(milliseconds(message.at)));
    if (whyClosed(this.#secret, this.#view.claim ?? undefined)) open.hidden = true;
    const size = message.size ? `, ${bytes(message.size)}` : "";
    return make(
      "article",
      { class: "app-message app-stack", "data-message": message.id },
      heading(3, say(`Nachricht vom ${dateAndTime(milliseconds(message.at))}`, `Message of ${dateAndTime(milliseconds(message.at))}`)),
      make("p", { class: "kern-body kern-body--small", "data-read": true }, (message.readAt ? say("gelesen", "read") : say("neu", "new")) + size),
      open,
      place,
    );
  }

  async #open(message: MessageHead, from: HTMLButtonElement, place: HTMLElement): Promise<void> {
    if (this.#opened.has(message.id)) return;
    this.#opened.add(message.id);
    replace(place, make("p", { class: "kern-body", role: "status" }, say("Die Nachricht wird geholt und entschlüsselt …", "The message is being fetched and decrypted …")));
    try {
      const secret = await this.#secretNow();
      this.#key ??= unwrap(this.#view.wrappedKey, secret, this.#view.publicKey.kid);
      const opened = await openMessage(this.#api, message.id, await this.#key);
      from.hidden = true;
      this.#show(opened, place);
      await this.#receipt(message, place);
    } catch (fault) {
      this.#opened.delete(message.id);
      this.#key = undefined;
      const declined = fault instanceof DOMException && fault.name === "NotAllowedError";
      const text = declined ? say("Der Passkey wurde nicht benutzt. Versuchen Sie es noch einmal.", "The passkey was not used. Try again.") : explain(fault);
      replace(place, alert("danger", say("Die Nachricht kann nicht geöffnet werden", "The message cannot be opened"), 0, paragraph(text)));
    }
  }

  #show(message: OpenMessage, place: HTMLElement): void {
    const title = make("h4", { class: "kern-heading-small", tabindex: -1 }, message.subject || say("Nachricht", "Message"));
    replace(
      place,
      title,
      message.text && make("p", { class: "kern-body app-message__text", "data-message-text": true }, message.text),
      message.attachments.length > 0 && make("ul", { class: "app-files", "aria-label": say("Anlagen", "Attachments") }, ...message.attachments.map((each) => this.#attachment(each))),
      paragraph(say("Geprüft: Die Nachricht ist unverändert.", "Checked: the message is unaltered."), "kern-body--small"),
    );
    title.focus();
  }

  #attachment(attachment: OpenAttachment): HTMLElement {
    const url = URL.createObjectURL(attachment.content);
    const size = bytes(attachment.content.size);
    const viewable = attachment.type !== "application/octet-stream";
    return make(
      "li",
      {},
      make("p", { class: "kern-body" }, attachment.description ? `${attachment.description}: ` : "", make("strong", {}, attachment.name), ` (${size})`),
      make(
        "div",
        { class: "app-row" },
        make("a", { class: "kern-link", href: url, download: attachment.name, "data-download": true }, say(`${attachment.name} speichern`, `Save ${attachment.name}`)),
        viewable && make("a", { class: "kern-link", href: url, target: "_blank", rel: "noopener" }, say(`${attachment.name} ansehen (neuer Tab)`, `View ${attachment.name} (new tab)`)),
      ),
    );
  }

  /** The office learns that the message was opened; a fault there does not take the message away. */
  async #receipt(message: MessageHead, place: HTMLElement): Promise<void> {
    if (message.readAt) return;
    try {
      await this.#api.read(message.id);
      const state = place.closest("article")?.querySelector("[data-read]");
      if (state) state.textContent = state.textContent?.replace(say("neu", "new"), say("gelesen", "read")) ?? "";
    } catch {
      place.append(paragraph(say("Die Lesebestätigung konnte nicht gesendet werden. Sie wird beim nächsten Öffnen gesendet.", "The read receipt could not be sent. It is sent when you open the message next time."), "kern-body--small"));
    }
  }

  /** Asks again and again; the server holds each question until something happens. */
  async #follow(): Promise<void> {
    for (let failures = 0; ; ) {
      const started = Date.now();
      try {
        const view = await this.#api.next(this.#view.version, AbortSignal.timeout(60_000));
        failures = 0;
        this.#trouble.textContent = "";
        if (view) {
          this.#view = view;
          this.#draw(true);
          void this.#drawRecord();
        }
      } catch (fault) {
        if (fault instanceof Refused && [401, 403, 404].includes(fault.status)) {
          this.#trouble.textContent = explain(fault);
          return;
        }
        failures++;
        this.#trouble.textContent = say("Die Verbindung ist unterbrochen. Der Stand wird weiter abgefragt.", "The connection is interrupted. The state is still being asked for.");
      }
      // A server that answers at once must not be asked in a tight loop.
      const least = failures > 0 ? Math.min(2000 * failures, 30_000) : 1000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, least - (Date.now() - started))));
    }
  }
}

/** No usable link: says so, where there was something like one, and takes one. */
function askForLink(place: HTMLElement, casePage: string, fault?: { title: string; text: string }): void {
  const input = make("input", { class: "kern-form-input__input", id: "case-link", type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": "case-link-hint" });
  const wrong = make("p", { class: "kern-error", id: "case-link-error", role: "alert" });
  const form = make(
    "form",
    {
      class: "app-stack",
      submit: (event) => {
        event.preventDefault();
        const secret = secretIn(input.value);
        const caseId = caseIdIn(input.value) ?? caseIdIn(location.pathname);
        if (!secret || !caseId) {
          wrong.textContent = say("Das ist kein vollständiger Link. Er endet mit # und 43 Zeichen.", "This is not a complete link. It ends with # and 43 characters.");
          input.setAttribute("aria-invalid", "true");
          input.setAttribute("aria-describedby", "case-link-error case-link-hint");
          input.focus();
          return;
        }
        const page = casePage.replace("{caseId}", caseId).replace(/\/case$/, `/case/${caseId}`);
        // When only the fragment changes, "hashchange" loads the page anew.
        location.assign(`${page}#${secret}`);
      },
    },
    make(
      "div",
      { class: "kern-form-input" },
      make("label", { class: "kern-label", for: "case-link" }, say("Link zum Vorgang", "Link to the case")),
      make("div", { class: "kern-hint", id: "case-link-hint" }, say("Aus der gespeicherten Datei, dem Ausdruck oder dem QR-Code. Er bleibt in Ihrem Browser.", "From the saved file, the printout or the QR code. It stays in your browser.")),
      wrong,
      input,
    ),
    make("div", {}, make("button", { type: "submit", class: "kern-btn kern-btn--primary" }, make("span", { class: "kern-label" }, say("Vorgang öffnen", "Open case")))),
  );
  replace(place, fault ? alert("warning", fault.title, 2, paragraph(fault.text)) : heading(2, say("Vorgang öffnen", "Open a case")), form);
}

async function open(app: HTMLElement, place: HTMLElement): Promise<void> {
  const caseId = app.dataset.caseId || caseIdIn(location.pathname) || "";
  const casePage = app.dataset.casePage ?? "/mailbox/case/{caseId}";
  const account = app.dataset.account === "true";
  // Somebody signed in to take the case over, and comes back without the part behind the #.
  const kept = caseId && location.hash === "" ? takeSecret(caseId) : undefined;
  if (kept) history.replaceState(null, "", `${location.pathname}${location.search}#${kept}`);
  const secret = secretIn(location.hash);
  if (!window.isSecureContext || !globalThis.crypto?.subtle) {
    return replace(place, alert("danger", say("Hier kann nicht entschlüsselt werden", "Decryption is not possible here"), 2, paragraph(say("Öffnen Sie diese Seite mit https:// (oder auf diesem Rechner mit http://localhost).", "Open this page with https:// (or on this computer with http://localhost)."))));
  }
  // The page of the mailbox without any link: nothing is wrong yet.
  if (!caseId && location.hash === "") return askForLink(place, casePage);
  const fromAccount = account && caseId !== "" && location.hash === "";
  if ((!secret && !fromAccount) || !caseId) {
    const text = say("In der Adresse fehlt der geheime Teil hinter dem Zeichen #. Ohne ihn kann niemand den Vorgang lesen, auch der Server nicht. Fügen Sie hier den ganzen Link ein.", "The address lacks the secret part after the # sign. Without it nobody can read the case, not even the server. Paste the whole link here.");
    return askForLink(place, casePage, { title: say("Der Link ist nicht vollständig", "The link is not complete"), text });
  }
  try {
    const url = (app.dataset.caseUrl ?? "/api/v1/mailbox/cases/{caseId}").replace("{caseId}", encodeURIComponent(caseId));
    const recordUrl = (app.dataset.recordUrl ?? "").replace("{caseId}", encodeURIComponent(caseId));
    const api = new CaseApi(url, secret && (await accessToken(secret)), recordUrl);
    const view = await api.view();
    place.replaceChildren();
    new CasePage(place, api, secret, account, view);
  } catch (fault) {
    if (fault instanceof Refused && [400, 401, 403, 404].includes(fault.status)) {
      if (fromAccount) {
        const text = say("Er wurde noch nicht übernommen, gehört zu einem anderen Konto oder ist abgelaufen. Mit seinem Link können Sie ihn öffnen.", "It was not taken over yet, belongs to another account or has expired. You can open it with its link.");
        return askForLink(place, casePage, { title: say("Dieser Vorgang ist nicht in Ihrem Konto", "This case is not in your account"), text });
      }
      const text = say("Zu diesem Link gibt es keinen Vorgang. Vielleicht wurde er nicht vollständig kopiert, oder der Vorgang ist abgelaufen.", "There is no case for this link. Perhaps it was not copied completely, or the case has expired.");
      return askForLink(place, casePage, { title: say("Der Link passt nicht", "The link does not fit"), text });
    }
    replace(place, alert("danger", say("Der Vorgang kann nicht geladen werden", "The case cannot be loaded"), 2, paragraph(explain(fault))), button(say("Erneut versuchen", "Try again"), "primary", () => void open(app, place)));
  }
}

const app = document.querySelector<HTMLElement>("#case-app");
const place = app?.querySelector<HTMLElement>("[data-case]");
if (app && place) {
  void open(app, place).finally(() => app.querySelector("[data-loading]")?.remove());
  // Another link pasted into the address bar changes only the fragment.
  window.addEventListener("hashchange", () => location.reload());
}
