import encodeQR from "qr";
import { alert, button, copyText, heading, make, paragraph, saveFile } from "../dom.ts";
import { say } from "../language.ts";

/** The secret in a link or pasted text: 43 characters of base64url. */
export function secretIn(text: string): string | undefined {
  const found = /(?:^|#)([A-Za-z0-9_-]{43})$/.exec(text.trim());
  return found?.[1];
}

/** The case id in a pasted link, if there is one. */
export function caseIdIn(text: string): string | undefined {
  return /\/case\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i.exec(text)?.[1];
}

/** QR code as an SVG element; the library's markup is parsed as an image, not as part of the page. */
function qrImage(text: string): HTMLImageElement {
  const svg = encodeQR(text, "svg", { ecc: "medium", border: 4 });
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  return make("img", { class: "app-qr", src: url, alt: say("QR-Code mit dem Link zu diesem Vorgang", "QR code with the link to this case") });
}

function linkText(link: string, name: string): string {
  return [
    say("Link zu Ihrem Vorgang", "Link to your case"),
    name,
    "",
    link,
    "",
    say("Wer diesen Link hat, kann den Vorgang und die Antworten lesen.", "Whoever has this link can read the case and the replies."),
    say("Bewahren Sie ihn sicher auf. Er kann nicht ersetzt werden.", "Keep it safe. It cannot be replaced."),
    "",
  ].join("\r\n");
}

/** Keeping the link: file, copy, print, QR code. */
export function linkPanel(link: string, name: string, announce: (text: string) => void): HTMLElement {
  const copy = button(say("Link kopieren", "Copy link"), "secondary", () => copyText(link, copy, announce, say("Kopiert", "Copied"), say("Kopieren ist nicht möglich", "Copying is not possible")), "content-copy");
  const save = button(say("Link als Datei speichern", "Save link as a file"), "secondary", () => saveFile(say("Link-zum-Vorgang.txt", "case-link.txt"), new Blob([linkText(link, name)], { type: "text/plain" })), "download");
  const print = button(say("Drucken", "Print"), "secondary", () => window.print());
  return make(
    "section",
    { class: "app-stack", "data-link": true },
    heading(2, say("Link aufbewahren", "Keep the link")),
    alert(
      "warning",
      say("Ohne diesen Link kommen Sie nicht mehr an den Vorgang", "Without this link you cannot reach the case again"),
      0,
      paragraph(
        say(
          "Er enthält einen geheimen Schlüssel, den nur Sie haben. Der Server kennt ihn nicht und kann ihn nicht ersetzen. Wer den Link hat, kann den Vorgang und die Antworten lesen: Geben Sie ihn nur weiter, wenn Sie das wollen.",
          "It contains a secret key that only you have. The server does not know it and cannot replace it. Whoever has the link can read the case and the replies: pass it on only if you want that.",
        ),
      ),
    ),
    make("div", { class: "app-row app-no-print" }, save, copy, print),
    make("p", { class: "kern-body app-only-print app-code" }, link),
    qrImage(link),
  );
}
