import { createServer, type IncomingMessage, type Server } from "node:http";
import { writeMetrics } from "@/lib/operations/write-metrics";
import { createClient, type Db } from "@/lib/platform/db/client";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { findAilments } from "@/lib/platform/jobs/find-ailments";
import type { Liveness } from "@/lib/platform/jobs/show-liveness";
import { log } from "@/lib/platform/log";
import { mayReadMetrics } from "@/lib/platform/metrics/may-read-metrics";
import { explainListening } from "./port";

/** Shorter than the probes of orchestrators wait. */
const TIMEOUT_MS = 3_000;
/** A scrape must not keep a health check waiting. */
const POOL_SIZE = 2;

type Settings = Pick<WorkerEnv, "DATABASE_URL" | "HOST" | "WORKER_PORT" | "METRICS_TOKEN">;
type Answer = { status: number; type?: string; text?: string };

/**
 * Answers GET /health and GET /metrics for the worker's process, until the process ends.
 * @throws SetupProblem when it can't listen
 */
export async function serveWorker(settings: Settings, liveness: Liveness): Promise<Server | undefined> {
  const { DATABASE_URL: url, HOST, WORKER_PORT: port } = settings;
  if (port === undefined) return undefined;
  const db = createClient({ url, poolSize: POOL_SIZE, statementTimeoutMs: TIMEOUT_MS });
  const server = createServer((request, response) => {
    void answer(request, settings, db, liveness)
      .catch((error: unknown): Answer => {
        log.error({ err: error }, "a request to the worker failed");
        return { status: 500 };
      })
      .then(({ status, type = "text/plain; charset=utf-8", text = "" }) =>
        response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(text),
      );
  });
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, HOST, resolve),
  ).catch((error: unknown) => {
    throw explainListening(error, port, HOST, "WORKER_PORT");
  });
  log.info({ host: HOST, port }, "listening");
  return server;
}

async function answer(
  { method, url, headers }: IncomingMessage,
  { METRICS_TOKEN }: Settings,
  db: Db,
  liveness: Liveness,
): Promise<Answer> {
  const isRead = method === "GET" || method === "HEAD";
  const path = isRead ? url?.replace(/\?.*/s, "") : undefined;
  if (path === "/health") {
    const problems = await findAilments(db, liveness);
    const isWell = problems.length === 0;
    const text = JSON.stringify({ ok: isWell, problems });
    return { status: isWell ? 200 : 503, type: "application/json; charset=utf-8", text };
  }
  if (path !== "/metrics" || METRICS_TOKEN === undefined) return { status: 404 };
  if (!mayReadMetrics(headers.authorization, METRICS_TOKEN)) return { status: 401 };
  const { text, contentType } = await writeMetrics(db);
  return { status: 200, type: contentType, text };
}
