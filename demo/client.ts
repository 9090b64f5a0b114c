import { readPrivateJson } from "@/demo/start/private-file";
import { ApiError, createRun, waitForRun } from "@/docs/examples/polling-client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

type Demo = { base_url: string; keys: { inference: string } };

/** Its runs take two minutes on average: enough time to find one in the console and cancel it. */
const MODEL = "bytedance/seedance/2.0/fast/text-to-video";
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs the example client (docs/examples) against the demo, with the given model or a slow one. */
await runCommand(async () => {
  const demo = await readPrivateJson<Demo>(".data/demo.json");
  if (!demo) throw new SetupProblem("No demo is running: start one with `npm run demo`.");
  const api = { baseUrl: demo.base_url, key: demo.keys.inference };
  try {
    const run = await createRun(api, process.argv[2] ?? MODEL, { prompt: "A ceramic mug in a pine forest" });
    say(`${run.id} can be canceled at ${new URL(`/runs/${run.id}`, demo.base_url)}`);
    await waitForRun(api, run.id, say);
  } catch (error) {
    throw explain(error, demo.base_url);
  }
});

function explain(error: unknown, baseUrl: string): unknown {
  if (error instanceof ApiError) return new SetupProblem(`${error.code}: ${error.message}`);
  if (error instanceof TypeError)
    return new SetupProblem(`Nothing responds at ${baseUrl}: start the demo with \`npm run demo\`.`);
  return error;
}
