// Bundles the TypeScript tests and runs them with Node's own test runner.
// `node test/run.mjs` runs the rules, `… browser` the scripts in a browser, `… story` the whole story against a real node.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const web = resolve(here, "..");
const folder = join(here, process.argv[2] ?? "");
const out = await mkdtemp(join(tmpdir(), "fachwerk-web-"));
const tests = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
/** The driver is not bundled, but found from the place where the bundle lies. */
const browserDriver = {
  name: "browser-driver",
  setup(it) {
    it.onResolve({ filter: /^playwright-core$/ }, () => ({ path: pathToFileURL(join(web, "node_modules/playwright-core/index.mjs")).href, external: true }));
  },
};
await build({
  entryPoints: tests.map((name) => join(folder, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  plugins: [browserDriver],
  platform: "node",
  format: "esm",
  target: ["node20"],
  logLevel: "warning",
});
const files = tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--test", ...process.argv.slice(3), ...files], { stdio: "inherit", env: { ...process.env, FACHWERK_WEB: web } });
await rm(out, { recursive: true, force: true });
process.exit(status ?? 1);
