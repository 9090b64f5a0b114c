import process from "node:process";

/**
 * A container's health check, in place of curl, which the image doesn't have. `health.js worker` asks the
 * worker, otherwise the web server. Exit code 0 means healthy.
 */
const isWorker = process.argv[2] === "worker";
const url = isWorker
  ? `http://127.0.0.1:${process.env["WORKER_PORT"]}/health`
  : `http://127.0.0.1:${process.env["PORT"] || "3000"}/v1/health`;
try {
  // As a proxy would: without an address, the web server would warn of a proxy that sends none.
  const headers = { "X-Forwarded-For": "127.0.0.1" };
  const { ok, status } = await fetch(url, { headers, signal: AbortSignal.timeout(4_000) });
  process.stdout.write(`${url} answers ${status}.\n`);
  process.exit(ok ? 0 : 1);
} catch (error) {
  process.stdout.write(`${url} can't be reached: ${(error as Error).message}.\n`);
  process.exit(1);
}
