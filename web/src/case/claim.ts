import { sealSecret } from "../crypto/claim-key.ts";
import { alert, button, heading, make, paragraph, replace } from "../dom.ts";
import { explain } from "../http.ts";
import { say } from "../language.ts";
import type { CaseApi, Claim } from "./api.ts";
import { type Derive, derive, knowsPasskeys } from "./derive.ts";

/** Where the secret of a case waits while somebody signs in; it never leaves this tab. */
const kept = (caseId: string) => `fachwerk.case.${caseId.toLowerCase()}`;

export function keepSecret(caseId: string, secret: string): void {
  sessionStorage.setItem(kept(caseId), secret);
}

/** The secret kept before signing in, once. */
export function takeSecret(caseId: string): string | undefined {
  const found = sessionStorage.getItem(kept(caseId)) ?? undefined;
  sessionStorage.removeItem(kept(caseId));
  return found;
}

/** What the panel needs to know of the case. */
export interface Claimed {
  caseId: string;
  /** Absent where the case was opened from the account. */
  secret: string | undefined;
  /** Whether somebody is signed in with an account. */
  account: boolean;
  claim: Claim | undefined;
}

/** The passkey takes part: its key encrypts the secret. */
async function claimWithPasskey(api: CaseApi, state: Claimed, secret: string, ask: Derive): Promise<boolean> {
  const derived = await ask();
  if (!derived) return false;
  await api.claim({ wrappedKey: await sealSecret(secret, derived.output, state.caseId), credential: derived.credential });
  return true;
}

/** "Take into my account": what it means, with a passkey and without one. `changed` is told after the server agreed. */
export function claimPanel(api: CaseApi, state: Claimed, changed: () => Promise<void>, ask: Derive = derive): HTMLElement {
  const place = make("div", { class: "app-stack" });
  const panel = make("section", { class: "app-stack app-no-print", "data-claim-panel": true }, heading(2, say("Mein Konto", "My account")), place);
  const trouble = make("div", { role: "status" });
  const run = async (work: () => Promise<void>): Promise<void> => {
    trouble.replaceChildren();
    const buttons = [...panel.querySelectorAll("button")];
    for (const each of buttons) each.disabled = true;
    try {
      await work();
    } catch (fault) {
      replace(trouble, alert("warning", say("Das hat nicht geklappt", "That did not work"), 0, paragraph(explain(fault))));
    } finally {
      for (const each of buttons) each.disabled = false;
    }
  };
  const withPasskey = (secret: string) =>
    run(async () => {
      let done: boolean;
      try {
        done = await claimWithPasskey(api, state, secret, ask);
      } catch (fault) {
        if (!(fault instanceof DOMException)) throw fault;
        return replace(trouble, alert("info", say("Der Passkey wurde nicht benutzt", "The passkey was not used"), 0, paragraph(say("Sie haben abgebrochen, oder es gibt auf diesem Gerät keinen Passkey für diese Seite. Sie können es erneut versuchen oder den Vorgang ohne Passkey übernehmen.", "You cancelled, or there is no passkey for this site on this device. You can try again or take the case over without a passkey."))));
      }
      if (!done) return replace(trouble, alert("info", say("Dieser Passkey kann nicht verschlüsseln", "This passkey cannot encrypt"), 0, paragraph(say("Nachrichten lassen sich damit nicht ohne den Link öffnen. Sie können den Vorgang ohne Passkey übernehmen: Dann sehen Sie im Konto die Schritte.", "Messages cannot be opened with it without the link. You can take the case over without a passkey: then you see the steps in your account."))));
      await changed();
    });
  const plainly = () =>
    run(async () => {
      await api.claim({});
      await changed();
    });
  replace(place, ...content(state, withPasskey, plainly), trouble);
  return panel;
}

function content(state: Claimed, withPasskey: (secret: string) => Promise<void>, plainly: () => Promise<void>): HTMLElement[] {
  const { secret, claim, caseId } = state;
  if (claim) return claimedContent(state, withPasskey);
  if (!secret) return [];
  if (!state.account) {
    const signIn = () => {
      keepSecret(caseId, secret);
      location.assign(`/sign-in?to=${encodeURIComponent(`/mailbox/case/${caseId}`)}`);
    };
    return [
      paragraph(say("Wenn Sie ein Konto haben, können Sie den Vorgang dorthin übernehmen. Sie finden ihn dann auch ohne diesen Link wieder. Ein Konto ist freiwillig.", "If you have an account, you can take the case there. You then find it again without this link. An account is voluntary.")),
      make("div", { class: "app-row" }, button(say("Anmelden und übernehmen", "Sign in and take over"), "secondary", signIn)),
    ];
  }
  const passkey = knowsPasskeys();
  return [
    paragraph(say("Übernehmen Sie den Vorgang in Ihr Konto. Sie finden ihn dann in Ihrem Postfach, auch ohne diesen Link.", "Take the case into your account. You then find it in your mailbox, also without this link.")),
    make(
      "ul",
      { class: "kern-list kern-list--bullet" },
      passkey && make("li", {}, say("Mit Passkey: Sie lesen auch die Nachrichten ohne den Link. Nur Ihr Passkey öffnet sie, der Server kann es nicht.", "With a passkey: you also read the messages without the link. Only your passkey opens them, the server cannot.")),
      make("li", {}, say("Ohne Passkey: Sie sehen die Schritte. Für Nachrichten brauchen Sie weiter den Link.", "Without a passkey: you see the steps. For messages you still need the link.")),
    ),
    make(
      "div",
      { class: "app-row" },
      passkey && button(say("In mein Konto übernehmen, mit Passkey", "Take into my account, with a passkey"), "primary", () => void withPasskey(secret)),
      button(passkey ? say("Ohne Passkey übernehmen", "Take over without a passkey") : say("In mein Konto übernehmen", "Take into my account"), passkey ? "secondary" : "primary", () => void plainly()),
    ),
  ];
}

function claimedContent({ secret, claim, caseId }: Claimed, withPasskey: (secret: string) => Promise<void>): HTMLElement[] {
  const upgrade = secret && !claim?.wrappedKey && knowsPasskeys();
  return [
    paragraph(say("Dieser Vorgang ist in Ihrem Konto.", "This case is in your account.")),
    ...(upgrade ? [paragraph(say("Nachrichten lesen Sie bisher nur mit dem Link. Mit einem Passkey geht es auch ohne ihn.", "So far you read messages with the link only. With a passkey you can do so without it."))] : []),
    make(
      "div",
      { class: "app-row" },
      upgrade && button(say("Passkey hinzufügen", "Add a passkey"), "secondary", () => void withPasskey(secret)),
      make("a", { class: "kern-link", href: "/mailbox" }, say("Alle meine Vorgänge", "All my cases")),
      make("a", { class: "kern-link", href: `/mailbox/case/${caseId}/release` }, say("Aus dem Konto lösen …", "Take out of the account …")),
    ),
  ];
}

/** Why messages stay closed although the case is in the account; nothing where they can be opened. */
export function whyClosed(secret: string | undefined, claim: Claim | undefined): HTMLElement | undefined {
  if (secret) return undefined;
  if (claim?.wrappedKey && knowsPasskeys()) return undefined;
  const text = claim?.wrappedKey
    ? say("Ihr Passkey öffnet sie, aber dieser Browser kennt keine Passkeys. Nehmen Sie einen anderen Browser oder den Link des Vorgangs.", "Your passkey opens them, but this browser knows no passkeys. Use another browser or the link of the case.")
    : say("Der Vorgang wurde ohne Passkey in Ihr Konto übernommen. Der Server kann Nachrichten nicht entschlüsseln. Öffnen Sie den Vorgang mit seinem Link, um sie zu lesen.", "The case was taken into your account without a passkey. The server cannot decrypt messages. Open the case with its link to read them.");
  return alert("info", say("Nachrichten lassen sich hier nicht öffnen", "Messages cannot be opened here"), 0, paragraph(text));
}
