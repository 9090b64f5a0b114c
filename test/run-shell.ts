import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SUBSTITUTES = path.resolve("test/bin");

type Options = {
  env: Record<string, string>;
  /** Ends the command once its output matches, as a person ends a stream. */
  until?: RegExp;
  /** Uses our substitutes for curl and openssl even where the machine has them. */
  withSubstitutes?: boolean;
};

/**
 * Runs a command as if it was pasted into a POSIX shell. curl prints the status after the body, on its own
 * line.
 */
export async function runShell(command: string, { env, until, withSubstitutes = false }: Options) {
  const folder = mkdtempSync(path.join(tmpdir(), "curl-"));
  writeFileSync(path.join(folder, ".curlrc"), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
  const tools = [process.env["PATH"] ?? "", SUBSTITUTES];
  const child = spawn("sh", ["-c", command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...env,
      NODE_ENV: "test",
      CURL_HOME: folder,
      HOME: folder,
      PATH: (withSubstitutes ? tools.reverse() : tools).join(path.delimiter),
    },
  });
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (until?.test(output)) process.kill(-child.pid!, "SIGTERM");
  });
  await new Promise((resolve) => child.once("close", resolve));
  rmSync(folder, { recursive: true });
  return { output, errors, status: Number(/\n(\d{3})$/.exec(output)?.[1]) };
}
