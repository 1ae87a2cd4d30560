// Builds web/dist: the design system's files we use, our own styles and one minified file per page script.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const finished = join(here, "dist");
// Built aside and put in place at once: whoever reads dist meanwhile finds either the old or the new one.
const dist = join(here, "node_modules/.dist");
const kern = join(here, "node_modules/@kern-ux/native");
const weights = { Regular: 400, Medium: 500, SemiBold: 600, Bold: 700 };
const pages = ["places", "form", "case", "copy", "try", "passkey", "send"];

async function fonts() {
  await mkdir(join(dist, "fonts"), { recursive: true });
  let css = "";
  for (const [name, weight] of Object.entries(weights)) {
    const file = `FiraSans-${name}.woff2`;
    await copyFile(join(kern, "dist/fonts/fira-sans", file), join(dist, "fonts", file));
    css += `@font-face{font-family:"Fira Sans";src:url("/static/fonts/${file}") format("woff2");font-weight:${weight};font-style:normal;font-display:swap}\n`;
  }
  await writeFile(join(dist, "fonts/fira-sans.css"), css);
}

async function styles() {
  await copyFile(join(kern, "dist/kern.min.css"), join(dist, "kern.min.css"));
  await build({ entryPoints: [join(here, "styles/app.css")], outfile: join(dist, "app.css"), bundle: true, minify: true, logLevel: "warning" });
}

async function scripts() {
  await build({
    entryPoints: pages.map((page) => join(here, `src/${page}.ts`)),
    outdir: join(dist, "app"),
    bundle: true,
    minify: true,
    splitting: false,
    format: "esm",
    target: ["es2022"],
    platform: "browser",
    charset: "utf8",
    legalComments: "inline",
    logLevel: "warning",
  });
}

/** The licences of everything that is inside dist, one file, so that whoever gets the binary gets them too. */
async function licences() {
  const parts = [];
  for (const name of ["@kern-ux/native", "@cfworker/json-schema", "@noble/hashes", "qr"]) {
    const folder = join(here, "node_modules", name);
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).filter((entry) => /^licen[cs]e/i.test(entry)).sort().at(-1);
    const text = file ? await readFile(join(folder, file), "utf8") : "";
    parts.push(`${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}`);
  }
  parts.push("Fira Sans, part of @kern-ux/native: SIL Open Font License 1.1, https://openfontlicense.org");
  await writeFile(join(dist, "licences.txt"), parts.join(`\n\n${"-".repeat(72)}\n\n`));
}

async function report(folder, prefix = "") {
  for (const entry of (await readdir(folder)).sort()) {
    const path = join(folder, entry);
    if ((await stat(path)).isDirectory()) await report(path, `${prefix}${entry}/`);
    else {
      const bytes = await readFile(path);
      console.log(`${(prefix + entry).padEnd(32)} ${String(bytes.length).padStart(8)} bytes  ${String(gzipSync(bytes).length).padStart(8)} gzip`);
    }
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await fonts();
await styles();
await scripts();
await licences();
await rm(finished, { recursive: true, force: true });
await rename(dist, finished);
await report(finished);
