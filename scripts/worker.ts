import { checkDatabase } from "@/lib/platform/db/check-database";
import { readWorkerEnv } from "@/lib/platform/env/env";
import { runWorker } from "@/lib/platform/jobs/run-worker";
import { newLiveness } from "@/lib/platform/jobs/show-liveness";
import { log } from "@/lib/platform/log";
import { runCommand } from "@/lib/platform/run-command";
import { startTracing } from "@/lib/platform/tracing/start-tracing";
import { tracing } from "@/lib/platform/tracing/tracing";
import { serveWorker } from "@/lib/platform/server/serve-worker";

/** Enough to hand everything back; without a database, it can't. */
const GRACE_MS = 10_000;

await runCommand(async () => {
  const settings = readWorkerEnv();
  const variable = process.env["WORKER_DATABASE_URL"] ? "WORKER_DATABASE_URL" : "DATABASE_URL";
  await checkDatabase({ variable, url: settings.DATABASE_URL, as: "console_worker" });
  await startTracing("runflow-worker", settings);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) return;
      log.info({ signal }, "stopping");
      stop.abort();
      setTimeout(() => process.exit(1), GRACE_MS).unref();
    });
  }
  const liveness = newLiveness();
  await serveWorker(settings, liveness);
  await runWorker(settings, stop.signal, liveness);
  await tracing()?.stop();
  process.exit(0);
});
