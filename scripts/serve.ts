import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { CONSOLE_BUILD_VARIABLE } from "@/lib/contract/console-build";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { env } from "@/lib/platform/env/env";
import { runCommand } from "@/lib/platform/run-command";
import { isDraining, startDraining } from "@/lib/platform/draining";
import { useBuiltConfig } from "@/lib/platform/server/built-config";
import { explainListening } from "@/lib/platform/server/port";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { startTracing } from "@/lib/platform/tracing/start-tracing";
import { tracing } from "@/lib/platform/tracing/tracing";

/** How long requests in progress may take to end, after the drain. */
const GRACE_MS = 5_000;
/** How long connections without a request stay open after the drain, at most. */
const MAX_IDLE_MS = 3_000;

/**
 * Serves the console and the API from the production build, or from the sources with `--dev`. Sends the port
 * over the IPC channel, if its parent opened one.
 */
async function serve(dev: boolean): Promise<void> {
  if (dev && existsSync(".env")) process.loadEnvFile(); // in production, the npm script names the file
  const { DATABASE_URL, HOST, PORT, TRUSTED_PROXIES, NEXTAUTH_URL, DRAIN_SECONDS } = env();
  const distFolder = process.env["NEXT_DIST_DIR"] || ".next";
  if (!dev) process.env[CONSOLE_BUILD_VARIABLE] = readBuildId(path.join(distFolder, "BUILD_ID"));
  if (!dev) useBuiltConfig(distFolder);
  await checkDatabase({ variable: "DATABASE_URL", url: DATABASE_URL, as: "console_web" });
  await startTracing("runflow-web", env());
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" }); // before React loads
  const { default: next } = await import("next");
  const { log } = await import("@/lib/platform/log");
  const { serveCompressed } = await import("@/lib/platform/server/serve-compressed");
  const { startServer } = await import("@/lib/platform/server/start-server");
  const { endStreams } = await import("@/lib/platform/stream/open-streams");
  const { db } = await import("@/lib/platform/db/client");
  const { keepRegistered } = await import("@/lib/platform/jobs/keep-registered");
  const { stopGracefully } = await import("@/lib/platform/server/stop-gracefully");

  const app = next({ dev, dir: process.cwd(), hostname: HOST, port: PORT });
  await app.prepare();
  const isHttps = NEXTAUTH_URL.startsWith("https:");
  const options = { host: HOST, port: PORT, trustedProxies: TRUSTED_PROXIES, isHttps, isDevelopment: dev };
  const handle = app.getRequestHandler();
  const serveAsset = dev ? undefined : await serveCompressed(distFolder);
  const server = await startServer(options, async (request, response) => {
    if (!serveAsset?.(request, response)) await handle(request, response);
  }).catch((error: unknown) => {
    throw explainListening(error, PORT, HOST);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: HOST, port }, "listening");
  process.send?.({ port });

  const stopping = new AbortController();
  const registered = keepRegistered(db(), "web", stopping.signal);
  const stop = async (signal: NodeJS.Signals) => {
    if (isDraining()) return;
    startDraining();
    log.info({ signal }, "stopping");
    // A person's Ctrl-C has no load balancer to wait for.
    const drainMs = signal === "SIGTERM" && !dev ? DRAIN_SECONDS * 1_000 : 0;
    await setTimeout(drainMs);
    // In development, every open page holds a hot-reload connection that never ends.
    const graceMs = dev ? 500 : GRACE_MS;
    const idleMs = Math.min(drainMs, MAX_IDLE_MS);
    const onRefusing = () => {
      endStreams();
      stopping.abort();
    };
    await Promise.all([stopGracefully(server, { graceMs, idleMs, onRefusing }), registered]);
    await tracing()?.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}

function readBuildId(file: string): string {
  if (!existsSync(file)) throw new SetupProblem("No build found; run `npm run build` first.");
  return readFileSync(file, "utf8").trim();
}

await runCommand(() => serve(process.argv.includes("--dev")));
