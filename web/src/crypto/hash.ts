import { sha512 } from "@noble/hashes/sha2.js";
import { hex } from "./encoding.ts";

/** SHA-512 in lower-case hex, as the metadata wants it. */
export async function sha512Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-512", bytes)));
}

/** SHA-512 over parts: WebCrypto can only hash what lies in memory as a whole. */
export class Sha512 {
  readonly #state = sha512.create();
  add(part: Uint8Array): void {
    this.#state.update(part);
  }
  hex(): string {
    return hex(this.#state.digest());
  }
}
