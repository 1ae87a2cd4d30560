// A browser as far as redirects, cookies and forms go.

export class Browser {
  #cookies = new Map();

  /** The value of a cookie, or nothing. */
  cookie(name) {
    return this.#cookies.get(name);
  }

  async fetch(address, init = {}) {
    const headers = new Headers(init.headers);
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookies) headers.set("cookie", cookies);
    if (init.method === "POST") {
      headers.set("origin", init.origin ?? new URL(address).origin);
      headers.set("sec-fetch-site", init.site ?? "same-origin");
    }
    const answer = await fetch(address, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Follows redirects until a page, or until an address that `stop` recognises. */
  async open(address, stop = () => false, init = {}) {
    let answer = await this.fetch(address, init);
    for (let hops = 0; hops < 20 && answer.status >= 300 && answer.status < 400; hops += 1) {
      address = new URL(answer.headers.get("location"), address).href;
      if (stop(address)) return { address, answer, text: "" };
      answer = await this.fetch(address);
    }
    return { address, answer, text: await answer.text() };
  }

  /** Sends the first form of a page, with its hidden fields and these. */
  async submit(page, fields = {}, stop = () => false, nth = 0) {
    const form = [...page.text.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/gi)][nth];
    if (!form) throw new Error(`no form at ${page.address}: ${page.text.slice(0, 400)}`);
    const attribute = (tag, name) => new RegExp(`${name}="([^"]*)"`, "i").exec(tag)?.[1]?.replaceAll("&amp;", "&");
    const all = {};
    for (const [tag] of form[2].matchAll(/<input[^>]*>/gi)) {
      const name = attribute(tag, "name");
      if (name && !/type="(checkbox|radio|submit)"/i.test(tag)) all[name] = attribute(tag, "value") ?? "";
    }
    const address = new URL(attribute(form[1], "action") ?? page.address, page.address).href;
    const body = new URLSearchParams({ ...all, ...fields });
    return this.open(address, stop, { method: "POST", body, origin: new URL(page.address).origin, site: new URL(page.address).origin === new URL(address).origin ? "same-origin" : "cross-site" });
  }
}
