import { log } from "@/lib/log";
import { runCommand } from "@/lib/run-command";
import { openApi } from "./simulator/api";
import { playCustomers } from "./simulator/customer";
import { playProvider } from "./simulator/provider";
import { readSettings } from "./simulator/settings";

/**
 * Plays both strangers of a demo, over HTTP alone: customers who create runs, and the provider that executes them and
 * everyone else's, with its failures and its late, repeated and misordered reports.
 */
await runCommand(async () => {
  const { BASE_URL, PROVIDER_SECRET, INFERENCE_KEYS, RUNS_PER_MINUTE } = readSettings(process.env);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      stop.abort();
      process.exit(0); // nothing is lost: the next simulator takes up what this one leaves
    });
  }
  const api = openApi(BASE_URL, stop.signal);
  log.info({ base_url: BASE_URL, runs_per_minute: RUNS_PER_MINUTE }, "the provider simulator is at work");
  await Promise.all([
    playCustomers(api, INFERENCE_KEYS, RUNS_PER_MINUTE, stop.signal),
    playProvider({ api, secret: PROVIDER_SECRET, stop: stop.signal }, INFERENCE_KEYS),
  ]);
});
