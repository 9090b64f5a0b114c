import { findFreePort } from "@/lib/platform/db/free-port";
import type { TestDatabase } from "@/test/database";
import { startServers, type TestServerProcess } from "@/test/server";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

/** A version of the product: its checkout, and where its build is. */
export type Version = { folder: string; distDir: string };

export const THIS: Version = { folder: ".", distDir: process.env["NEXT_DIST_DIR"] || ".next" };

const SIZE = 2;
/** More than a proxy's health checks need to notice, and than nginx keeps idle connections. */
const DRAIN_SECONDS = "3";

export type Fleet = {
  ports: number[];
  /** Replaces one web server and one worker, gracefully, and returns the exit codes of the former ones. */
  replace(index: number, version: Version): Promise<(number | null)[]>;
  /** Kills a web server, as a crash does, and starts another in its place. */
  crash(index: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts two web servers and two workers over one database. */
export async function startFleet({ appUrl, workerUrl }: TestDatabase, version: Version): Promise<Fleet> {
  const ports: number[] = [];
  while (ports.length < SIZE) ports.push(await findFreePort());
  const serve = async (index: number, { folder, distDir }: Version): Promise<TestServerProcess> => {
    const env = { PORT: String(ports[index]), TRUSTED_PROXIES: "1", DRAIN_SECONDS, NEXT_DIST_DIR: distDir };
    return (await startServers({ databaseUrl: appUrl, env, folder }))[0]!;
  };
  const hire = ({ folder, distDir }: Version) => startWorker(workerUrl, { NEXT_DIST_DIR: distDir }, folder);
  const [servers, workers]: [TestServerProcess[], TestWorkerProcess[]] = await Promise.all([
    Promise.all(ports.map((_, index) => serve(index, version))),
    Promise.all(ports.map(() => hire(version))),
  ]);
  return {
    ports,
    replace: async (index, next) => {
      const codes = [await servers[index]!.stop(), await workers[index]!.stop()];
      servers[index] = await serve(index, next);
      workers[index] = await hire(next);
      return codes;
    },
    crash: async (index) => {
      await servers[index]!.kill();
      servers[index] = await serve(index, version);
    },
    stop: async () => void (await Promise.all([...servers, ...workers].map((each) => each.stop()))),
  };
}
