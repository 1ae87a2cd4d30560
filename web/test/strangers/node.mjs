// A node of a counterpart's own, with a configuration of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port that nobody uses at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a demo node with these lines of configuration; answers its address, its folder and how to stop it. */
export async function startNode(configuration) {
  const folder = mkdtempSync(join(tmpdir(), "fachwerk-node-"));
  const file = join(folder, "fachwerk.toml");
  writeFileSync(file, configuration(folder));
  const port = await freePort();
  const words = ["serve", "--demo", "--listen", `127.0.0.1:${port}`, "--config", file, "--data", join(folder, "data")];
  let log = "";
  const child = spawn(process.env.FACHWERK_BINARY, words, { stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.on("data", (it) => { log += it; });
  const url = `http://localhost:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`the node did not start:\n${log}`);
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder, stop, log: () => log };
}
