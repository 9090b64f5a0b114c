import { log } from "@/lib/platform/log";
import type { Db } from "./client";

/** What a request needs: the database with its schema, and the queue in it, to which it only adds. */
export async function checkDependencies(db: Db): Promise<{ name: string; ok: boolean }[]> {
  const probe = async (name: string, work: () => Promise<unknown>) => {
    try {
      await work();
      return { name, ok: true };
    } catch (error) {
      log.warn({ err: error, dependency: name }, "a dependency is missing");
      return { name, ok: false };
    }
  };
  return Promise.all([
    probe("database", () => db.$queryRaw`SELECT 1 FROM runs LIMIT 1`),
    probe("queue", () => db.$queryRaw`SELECT 'graphile_worker.add_job'::regproc::text`),
  ]);
}
