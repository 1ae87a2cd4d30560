import { say } from "../language.ts";
import type { Step } from "./api.ts";

export interface StepText {
  title: string;
  detail: string;
  tone: "" | "success" | "danger";
}

const plain = (title: string, detail = "", tone: StepText["tone"] = ""): StepText => ({ title, detail, tone });

/** Steps of a case in words; unknown kinds are shown by their name. */
export function stepText(step: Step): StepText {
  switch (step.kind) {
    case "create-submission":
      return plain(say("Begonnen", "Begun"), say("Die Übertragung wurde angelegt.", "The transfer was opened."));
    case "submit-submission":
      return plain(say("Gesendet", "Sent"), say("Ihr Antrag ist vollständig angekommen und wartet auf die Behörde.", "Your form has arrived completely and waits for the office."), "success");
    case "notify-submission":
      return plain(say("Behörde benachrichtigt", "Office notified"));
    case "forward-submission":
      return plain(say("Weitergeleitet", "Forwarded"), say("Die Behörde hat den Antrag an die Bearbeitung weitergegeben.", "The office has passed the form on."));
    case "accept-submission":
      return plain(say("Angenommen", "Accepted"), say("Die Behörde hat Ihren Antrag abgeholt, geprüft und angenommen.", "The office has fetched, checked and accepted your form."), "success");
    case "reject-submission":
      return plain(say("Zurückgewiesen", "Rejected"), say("Die Behörde konnte den Antrag so nicht annehmen.", "The office could not accept the form as it is."), "danger");
    case "delete-submission":
      return plain(say("Übertragung gelöscht", "Transfer deleted"), say("Die verschlüsselten Daten liegen nicht mehr auf dem Server. Die Behörde hat ihre eigene Fassung.", "The encrypted data are no longer on the server. The office has its own copy."));
    case "create-reply":
      return plain(say("Antwort begonnen", "Reply begun"));
    case "submit-reply":
      return plain(say("Antwort eingegangen", "Reply received"), say("Die Behörde hat Ihnen geschrieben. Die Nachricht steht unten.", "The office has written to you. The message is below."), "success");
    case "notify-reply":
      return plain(say("Über die Antwort benachrichtigt", "Notified of the reply"));
    case "accept-reply":
      return plain(say("Antwort gelesen", "Reply read"), say("Die Behörde weiß, dass Sie die Nachricht geöffnet haben.", "The office knows that you have opened the message."), "success");
    case "reject-reply":
      return plain(say("Antwort nicht lesbar", "Reply not readable"), "", "danger");
    case "delete-reply":
      return plain(say("Antwort gelöscht", "Reply deleted"));
    default:
      return plain(step.kind);
  }
}

/** State of the whole case in one sentence, for the top of the page. */
export function stateText(steps: Step[]): string {
  const kinds = new Set(steps.map((step) => step.kind));
  if (kinds.has("reject-submission")) return say("Ihr Antrag wurde zurückgewiesen.", "Your form was rejected.");
  if (kinds.has("submit-reply")) return say("Die Behörde hat Ihnen geantwortet.", "The office has replied to you.");
  if (kinds.has("accept-submission")) return say("Die Behörde hat Ihren Antrag angenommen.", "The office has accepted your form.");
  if (kinds.has("submit-submission")) return say("Ihr Antrag ist angekommen. Die Behörde hat ihn noch nicht abgeholt.", "Your form has arrived. The office has not fetched it yet.");
  return say("Ihr Antrag wurde noch nicht vollständig gesendet.", "Your form has not been sent completely yet.");
}
