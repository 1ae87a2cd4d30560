/** The pages to sign in with a passkey and to add one: `[data-passkey="sign-in"]` and `[data-passkey="add"]`. */
import { alert, paragraph, replace } from "./dom.ts";
import { askJson, explain, jsonBody } from "./http.ts";
import { say } from "./language.ts";
import { type Begun, created, creationOptions, requestOptions, shown } from "./passkey/wire.ts";

const place = document.querySelector<HTMLElement>("[data-passkey]");
for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
if (place) begin(place);

function begin(place: HTMLElement): void {
  const button = place.querySelector<HTMLButtonElement>("[data-passkey-start]");
  const status = place.querySelector<HTMLElement>("[data-passkey-status]");
  if (!button || !status) return;
  if (!("PublicKeyCredential" in window)) {
    button.hidden = true;
    const why = say("Dieser Browser kennt keine Passkeys. Nehmen Sie einen anderen Weg.", "This browser knows no passkeys. Take another way.");
    replace(status, alert("warning", say("Passkeys gehen hier nicht", "No passkeys here"), 0, paragraph(why)));
    return;
  }
  if (place.dataset.passkey === "add") button.addEventListener("click", () => run(button, status, () => add(place)));
  else signIn(place, button, status);
}

async function run(button: HTMLButtonElement, status: HTMLElement, act: () => Promise<string>): Promise<void> {
  button.disabled = true;
  replace(status, paragraph(say("Bestätigen Sie jetzt auf Ihrem Gerät.", "Now confirm on your device.")));
  try {
    location.assign(await act());
  } catch (fault) {
    button.disabled = false;
    tell(status, fault);
  }
}

function tell(status: HTMLElement, fault: unknown): void {
  const name = fault instanceof DOMException ? fault.name : "";
  const words =
    name === "NotAllowedError"
      ? say("Abgebrochen, abgelaufen, oder auf diesem Gerät liegt kein passender Passkey.", "Cancelled, expired, or there is no fitting passkey on this device.")
      : name === "InvalidStateError"
        ? say("Auf diesem Gerät liegt schon ein Passkey für Ihr Konto.", "There is a passkey for your account on this device already.")
        : explain(fault);
  replace(status, alert("danger", say("Das hat nicht geklappt", "That did not work"), 0, paragraph(words)));
}

function post<T>(path: string, body: unknown): Promise<T> {
  // Never repeated: each challenge is answered once.
  return askJson<T>(path, { method: "POST", attempts: 1, ...jsonBody(body) });
}

async function add(place: HTMLElement): Promise<string> {
  const begun = await post<Begun>("/account/passkeys/begin", {});
  const credential = (await navigator.credentials.create({ publicKey: creationOptions(begun) })) as PublicKeyCredential;
  const name = place.querySelector<HTMLInputElement>("input")?.value ?? "";
  const made = await post<{ location: string }>("/account/passkeys/finish", { ceremony: begun.ceremony, name, credential: created(credential) });
  return made.location;
}

function signIn(place: HTMLElement, button: HTMLButtonElement, status: HTMLElement): void {
  const attempt = place.dataset.attempt ?? "";
  let waiting = new AbortController();
  const get = async (options: Partial<CredentialRequestOptions>): Promise<string> => {
    const begun = await post<Begun>("/sign-in/passkey/begin", { attempt });
    const credential = (await navigator.credentials.get({ ...options, publicKey: requestOptions(begun) })) as PublicKeyCredential;
    const arrived = await post<{ location: string }>("/sign-in/passkey/finish", { attempt, ceremony: begun.ceremony, credential: shown(credential) });
    return arrived.location;
  };
  button.addEventListener("click", () => {
    // A browser asks for one passkey at a time.
    waiting.abort();
    waiting = new AbortController();
    void run(button, status, () => get({ signal: waiting.signal }));
  });
  void suggest(place, status, () => get({ mediation: "conditional", signal: waiting.signal }));
}

/** Offers passkeys in the field, where the browser can. */
async function suggest(place: HTMLElement, status: HTMLElement, get: () => Promise<string>): Promise<void> {
  const field = place.querySelector<HTMLElement>("[data-passkey-autofill]");
  if (!field || !(await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false))) return;
  field.hidden = false;
  try {
    location.assign(await get());
  } catch (fault) {
    const given = fault instanceof DOMException && (fault.name === "AbortError" || fault.name === "NotAllowedError");
    if (!given) tell(status, fault);
  }
}
