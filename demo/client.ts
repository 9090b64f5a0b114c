import { readPrivateJson } from "@/demo/start/private-file";
import { ApiError, createRun, waitForRun } from "@/docs/examples/polling-client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

type Demo = { base_url: string; keys: { inference: string } };

/** Two minutes on average: time to find the run in the console and to cancel it. */
const MODEL = "bytedance/seedance/2.0/fast/text-to-video";
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs the example of a customer's client against the demo, with the model that is named or a slow one. */
await runCommand(async () => {
  const demo = await readPrivateJson<Demo>(".data/demo.json");
  if (!demo) throw new SetupProblem("There is no demo to talk to: start one with `npm run demo`.");
  const api = { baseUrl: demo.base_url, key: demo.keys.inference };
  try {
    const run = await createRun(api, process.argv[2] ?? MODEL, { prompt: "A ceramic mug in a pine forest" });
    say(`${run.id} can be cancelled at ${new URL(`/runs/${run.id}`, demo.base_url)}`);
    await waitForRun(api, run.id, say);
  } catch (error) {
    throw explain(error, demo.base_url);
  }
});

function explain(error: unknown, baseUrl: string): unknown {
  if (error instanceof ApiError) return new SetupProblem(`${error.code}: ${error.message}`);
  if (error instanceof TypeError)
    return new SetupProblem(`Nothing answers at ${baseUrl}: start the demo with \`npm run demo\`.`);
  return error;
}
