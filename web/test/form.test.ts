import assert from "node:assert/strict";
import { test } from "node:test";
import { caseIdIn, secretIn } from "../src/case/link.ts";
import { readable, safeName } from "../src/case/message.ts";
import { type Condition, holds } from "../src/form/condition.ts";
import { accepted, hashFile } from "../src/form/files.ts";
import { mediaType, metadataOf } from "../src/form/metadata.ts";
import { get, type Json, set } from "../src/form/pointer.ts";
import { FormSchema } from "../src/form/schema.ts";
import type { Settings } from "../src/form/settings.ts";
import { pauseBefore } from "../src/http.ts";
import { sha512Hex } from "../src/crypto/hash.ts";

const schema = new FormSchema({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://example.org/forms/residence/1/schema.json",
  type: "object",
  required: ["person", "kind", "consent"],
  properties: {
    person: {
      type: "object",
      required: ["givenName", "birthDate"],
      properties: {
        givenName: { type: "string", minLength: 2, maxLength: 5, "x-messages": { required: { de: "Vorname fehlt.", en: "Given name missing." }, maxLength: { de: "Zu lang." } } },
        birthDate: { type: "string", format: "date", "x-not-after": "today" },
        mail: { type: "string", format: "email" },
      },
    },
    kind: { enum: ["main", "second"] },
    since: { $ref: "#/$defs/day" },
    persons: { type: "array", minItems: 1, items: { type: "object", required: ["name"], properties: { name: { type: "string" }, age: { type: "integer", minimum: 0 } } } },
    consent: { type: "boolean", const: true },
    files: { type: "array", items: { type: "string", format: "uuid" } },
    contact: { anyOf: [{ required: ["phone"] }, { required: ["fax"] }] },
  },
  if: { properties: { kind: { const: "second" } }, required: ["kind"] },
  then: { required: ["since"] },
  unevaluatedProperties: false,
  $defs: { day: { type: "string", format: "date" } },
});
const good = { person: { givenName: "Ada", birthDate: "1990-12-31" }, kind: "main", consent: true };
const fields = ["/person/givenName", "/person/birthDate", "/person/mail", "/kind", "/since", "/consent", "/persons/0/name", "/persons/0/age"];
const faults = (data: unknown) => schema.faults(data as { [key: string]: Json }, fields, "2026-11-21").map((fault) => `${fault.pointer} ${fault.keyword}`);

test("faults name the field and the keyword", () => {
  const person = good.person;
  const cases: [unknown, string[]][] = [
    [good, []],
    [{ ...good, kind: undefined }, ["/kind required"]],
    [{ kind: "main", consent: true }, ["/person/givenName required", "/person/birthDate required"]],
    [{}, ["/person/birthDate required", "/kind required", "/consent required", "/person/givenName required"]],
    [{ ...good, person: { ...person, givenName: "A" } }, ["/person/givenName minLength"]],
    [{ ...good, person: { ...person, birthDate: "1990-02-30" } }, ["/person/birthDate format"]],
    [{ ...good, person: { ...person, birthDate: "2026-11-22" } }, ["/person/birthDate x-not-after"]],
    [{ ...good, person: { ...person, birthDate: "2026-11-21" } }, []],
    [{ ...good, person: { ...person, mail: "a.b" } }, ["/person/mail format"]],
    [{ ...good, kind: "third" }, ["/kind enum"]],
    [{ ...good, kind: "second" }, ["/since required"]],
    [{ ...good, kind: "second", since: "gestern" }, ["/since format"]],
    [{ ...good, consent: false }, ["/consent const"]],
    [{ ...good, persons: [{}] }, ["/persons/0/name required"]],
    [{ ...good, persons: [{ name: "B", age: "zwei" }] }, ["/persons/0/age type"]],
    [{ ...good, persons: [{ name: "B", age: -1 }] }, ["/persons/0/age minimum"]],
    [{ ...good, files: ["no-uuid"] }, ["/files/0 format"]],
    [{ ...good, contact: {} }, ["/contact anyOf"]],
  ];
  for (const [data, wanted] of cases) assert.deepEqual(faults(JSON.parse(JSON.stringify(data))).sort(), wanted.sort(), JSON.stringify(data));
});

test("the form's own texts come first, then texts by keyword", () => {
  const text = (person: Json) => schema.faults({ ...good, person } as { [key: string]: Json }, fields, "2026-11-21")[0]?.text;
  assert.equal(text({ birthDate: "1990-12-31" }), "Vorname fehlt.");
  assert.equal(text({ givenName: "Adalbert", birthDate: "1990-12-31" }), "Zu lang.");
  assert.equal(text({ givenName: "A", birthDate: "1990-12-31" }), "Geben Sie mindestens 2 Zeichen ein.");
});

test("types are found through references, combinations and items", () => {
  const cases: [string, string][] = [["/person/givenName", "string"], ["/kind", "string"], ["/since", "string"], ["/persons", "array"], ["/persons/3/age", "integer"], ["/consent", "boolean"], ["/files", "array"], ["/nowhere", "string"]];
  for (const [pointer, type] of cases) assert.equal(schema.typeAt(pointer), type, pointer);
});

test("validating does not change the data", () => {
  const data = { kind: "main" };
  schema.faults(data, fields, "2026-11-21");
  assert.deepEqual(data, { kind: "main" });
});

test("pointers make objects and lists, and never reach a prototype", () => {
  const data: { [key: string]: Json } = {};
  set(data, "/a/b", 1);
  set(data, "/list/0/name", "x");
  set(data, "/list/1/name", "y");
  set(data, "/odd~1key/~0", true);
  assert.deepEqual(data, { a: { b: 1 }, list: [{ name: "x" }, { name: "y" }], "odd/key": { "~": true } });
  assert.equal(get(data, "/list/1/name"), "y");
  for (const pointer of ["/constructor", "/a/__proto__", "/list/length", "/list/-1", "/a/b/c"]) assert.equal(get(data, pointer), undefined, pointer);
  assert.throws(() => set(data, "/__proto__/x", 1));
});

test("conditions", () => {
  const data = { kind: "main", list: ["a"], flag: true, off: false, empty: "" };
  const cases: [Condition, boolean][] = [
    [{ pointer: "/kind", equals: "main" }, true],
    [{ pointer: "/kind", equals: "second" }, false],
    [{ pointer: "/list", equals: "a" }, true],
    [{ pointer: "/kind", in: ["second", "main"] }, true],
    [{ pointer: "/list", in: ["b"] }, false],
    [{ pointer: "/kind", filled: true }, true],
    [{ pointer: "/empty", filled: true }, false],
    [{ pointer: "/off", filled: false }, true],
    [{ pointer: "/missing", filled: false }, true],
    [{ all: [{ pointer: "/flag", equals: true }, { not: { pointer: "/off", equals: true } }] }, true],
    [{ any: [{ pointer: "/off", equals: true }, { pointer: "/kind", equals: "x" }] }, false],
    [{ all: [] }, true],
  ];
  for (const [condition, wanted] of cases) assert.equal(holds(condition, data), wanted, JSON.stringify(condition));
});

test("file types are checked by type and ending", () => {
  const cases: [string, string, string, boolean][] = [
    ["", "a.exe", "", true],
    ["application/pdf,.pdf", "a.PDF", "", true],
    ["application/pdf", "a.bin", "application/pdf", true],
    ["application/pdf,.pdf", "a.pdf.exe", "application/x-msdownload", false],
    ["image/*", "a.png", "image/png", true],
    ["image/*", "a.txt", "text/plain", false],
  ];
  for (const [accept, name, type, wanted] of cases) assert.equal(accepted(accept, name, type), wanted, `${accept} ${name}`);
});

test("a file is hashed in pieces, and can be stopped", async () => {
  const bytes = new Uint8Array(5_000_001).map((_, at) => at);
  const shares: number[] = [];
  assert.equal(await hashFile(new Blob([bytes]), new AbortController().signal, (share) => shares.push(share)), await sha512Hex(bytes));
  assert.equal(shares.at(-1), 1);
  await assert.rejects(hashFile(new Blob([bytes]), AbortSignal.abort(new Error("stopped")), () => undefined), /stopped/);
});

test("metadata says what the schema demands", () => {
  const settings = { schemaUri: "https://example.org/schema.json", product: { name: "P", version: "1", manufacturer: "M" } } as Settings;
  const key = { kty: "RSA", kid: "k".repeat(43), n: "n", e: "AQAB", x5c: ["must not travel"] };
  const file = { attachmentId: "a", fragments: ["f1", "f2"], hash: "h", filename: "x.pdf", mimeType: "", description: "Nachweis" };
  const made = metadataOf(settings, "d", [file], key, "2026-11-21") as Record<string, never>;
  assert.deepEqual(Object.keys(made), ["$schema", "contentStructure", "replyChannel", "additionalReferenceInfo", "author"]);
  assert.deepEqual(get(made, "/replyChannel/fitConnect/encryptionPublicKey"), { kty: "RSA", alg: "RSA-OAEP-256", key_ops: ["wrapKey"], kid: key.kid, n: "n", e: "AQAB" });
  assert.deepEqual(get(made, "/contentStructure/attachments/0"), { attachmentId: "a", hash: { type: "sha512", content: "h" }, purpose: "attachment", mimeType: "application/octet-stream", filename: "x.pdf", description: "Nachweis", fragments: ["f1", "f2"] });
  assert.equal(mediaType("text/plain; charset=utf-8"), "application/octet-stream");
  assert.equal(mediaType("application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text");
});

test("pauses grow, are limited, and follow the server", () => {
  assert.equal(pauseBefore(1, null, 0.5), 500);
  assert.equal(pauseBefore(3, null, 0.5), 2000);
  assert.ok(pauseBefore(30, null, 1) <= 20_000);
  assert.equal(pauseBefore(1, "7", 0), 7000);
  assert.equal(pauseBefore(1, "99999", 0), 60_000);
  assert.equal(pauseBefore(1, "Wed, 21 Oct 2026 07:28:00 GMT", 0.5), 500);
});

test("the secret is found in links and by itself, nothing else is taken", () => {
  const secret = "A".repeat(43);
  const id = "8a1c0000-0000-4000-8000-000000000001";
  for (const text of [secret, `#${secret}`, ` https://example.org/mailbox/case/${id}#${secret}\n`]) assert.equal(secretIn(text), secret, text);
  for (const text of ["", "#", `${secret}A`, `#${"A".repeat(42)}`, `x${secret}`]) assert.equal(secretIn(text), undefined, text);
  assert.equal(caseIdIn(`https://example.org/mailbox/case/${id}#x`), id);
  assert.equal(caseIdIn("https://example.org/mailbox/case"), undefined);
});

test("replies are shown whatever their shape, and file names are harmless", () => {
  const cases: [string, string, string][] = [
    ['{"subject":"S","text":"T"}', "S", "T"],
    ['{"text":"T"}', "", "T"],
    ['"T"', "", "T"],
    ['{"a":1}', "", '{\n  "a": 1\n}'],
    ["plain", "", "plain"],
  ];
  for (const [raw, subject, text] of cases) assert.deepEqual(readable(new TextEncoder().encode(raw)), { subject, text });
  const names: [string | undefined, string][] = [["Bescheid.pdf", "Bescheid.pdf"], ["../../etc/passwd", "passwd"], ["C:\\x\\y.pdf", "y.pdf"], ["...", "Anlage 2"], [undefined, "Anlage 2"], ["a\u0000b\n.pdf", "ab.pdf"]];
  for (const [name, wanted] of names) assert.equal(safeName(name, 2), wanted);
});
