import { createServer, type RequestListener, type Server } from "node:http";
import { createClient } from "@/lib/platform/db/client";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { findAilments } from "@/lib/platform/jobs/find-ailments";
import type { Liveness } from "@/lib/platform/jobs/show-liveness";
import { log } from "@/lib/platform/log";
import { explainListening } from "./port";

/** Shorter than the probes of orchestrators wait. */
const TIMEOUT_MS = 3_000;

type Settings = Pick<WorkerEnv, "DATABASE_URL" | "HOST" | "WORKER_PORT">;

/**
 * Answers GET /health for the worker's process until the process ends: 200, or 503 with the reasons.
 * @throws SetupProblem when it can't listen
 */
export async function serveWorker(
  { DATABASE_URL: url, HOST, WORKER_PORT: port }: Settings,
  liveness: Liveness,
): Promise<Server | undefined> {
  if (port === undefined) return undefined;
  const db = createClient({ url, poolSize: 1, statementTimeoutMs: TIMEOUT_MS });
  const answer: RequestListener = async ({ method, url: target }, response) => {
    const isRead = method === "GET" || method === "HEAD";
    if (!isRead || target?.replace(/\?.*/s, "") !== "/health") return response.writeHead(404).end();
    const problems = await findAilments(db, liveness);
    response.writeHead(problems.length > 0 ? 503 : 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
    });
    return response.end(JSON.stringify({ ok: problems.length === 0, problems }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, HOST, resolve),
  ).catch((error: unknown) => {
    throw explainListening(error, port, HOST, "WORKER_PORT");
  });
  log.info({ host: HOST, port }, "listening");
  return server;
}
