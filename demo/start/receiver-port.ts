import { randomInt } from "node:crypto";
import { checkPort } from "@/lib/platform/server/port";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { readPrivateJson, writePrivateJson } from "./private-file";

type Kept = { port: number };

/** Below the ephemeral ports, so that no outgoing connection can hold it at the next start. */
const [LOWEST, HIGHEST] = [20_000, 29_999];
const TRIES = 50;

/**
 * The port of the customers' endpoint: chosen once and kept, because the URLs of runs and webhooks contain
 * it.
 * @param chosen by the person, then kept
 * @throws SetupProblem if it is taken
 */
export async function keepReceiverPort(file: string, host: string, chosen?: string): Promise<number> {
  const kept = chosen ?? String((await readPrivateJson<Kept>(file))?.port ?? "");
  const port = kept === "" ? await choosePort(host) : await check(kept, host);
  await writePrivateJson(file, { port } satisfies Kept);
  return port;
}

async function choosePort(host: string): Promise<number> {
  for (let left = TRIES; ; left--) {
    try {
      return await checkPort(String(randomInt(LOWEST, HIGHEST + 1)), host);
    } catch (error) {
      if (left === 1 || !(error instanceof SetupProblem)) throw error;
    }
  }
}

async function check(text: string, host: string): Promise<number> {
  try {
    return await checkPort(text, host);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    throw new SetupProblem(
      `Port ${text}, for the demo's customers, is taken. Free it, or choose another with RECEIVER_PORT.`,
    );
  }
}
