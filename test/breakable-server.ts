import pg from "pg";
import { expect } from "vitest";
import { startPostgres } from "@/lib/platform/db/embedded-postgres";
import { migrate } from "@/lib/platform/db/migrate";
import { startThrowawayPostgres } from "./postgres";
import { startServers } from "./server";

/** Starts a server with its own PostgreSQL, which the test can stop. */
export async function startWithPostgres() {
  const postgres = await startThrowawayPostgres();
  await migrate(postgres.url);
  const owner = new pg.Pool({ connectionString: postgres.url }).on("error", () => {});
  await owner.query(`CREATE ROLE outage_app LOGIN PASSWORD 'outage' IN ROLE console_web;
    CREATE ROLE outage_worker LOGIN PASSWORD 'outage' IN ROLE console_worker`);
  const urlOf = (username: string) =>
    Object.assign(new URL(postgres.url), { username, password: "outage" }).href;
  const [server] = await startServers({ databaseUrl: urlOf("outage_app") });
  let restarted: Awaited<ReturnType<typeof startPostgres>> | undefined;
  return {
    owner,
    baseUrl: server!.baseUrl,
    appUrl: urlOf("outage_app"),
    workerUrl: urlOf("outage_worker"),
    /** PostgreSQL's fast shutdown cuts every connection. */
    breakDown: async () => {
      process.kill(postgres.pid, "SIGINT");
      const ask = () =>
        owner.query("SELECT").then(
          () => "up",
          () => "down",
        );
      await expect.poll(ask, { timeout: 20_000 }).toBe("down");
    },
    recover: async () => {
      const port = Number(new URL(postgres.url).port);
      restarted = await startPostgres({ home: postgres.home, database: "tests", port, isThrowaway: true });
      const ask = () => fetch(`${server!.baseUrl}/v1/readiness`).then((response) => response.status);
      await expect.poll(ask, { timeout: 20_000 }).toBe(200);
    },
    stop: async () => {
      await server!.stop();
      await owner.end();
      await restarted?.stop();
      await postgres.stop();
    },
  };
}
