import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { type BenchEnv, round } from "./bench-env";

/**
 * Verifies the whole trail in this process, as `npm run audit:verify` does.
 * @returns entries per second, and per second of this process's own CPU time, as if one core had no
 * PostgreSQL to share with
 * @throws Error when verification fails
 */
export async function measureVerify({ appUrl }: Pick<BenchEnv, "appUrl">): Promise<Record<string, number>> {
  const [startedAt, used] = [performance.now(), process.cpuUsage()];
  const { holds, findings, checked } = await verifyDatabase(appUrl, { keys: [], copies: [], archives: [] });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(used);
  if (!holds) throw new Error(`verification failed: ${JSON.stringify(findings)}`);
  return {
    verify_per_s: round(checked.entries / seconds, 0),
    verify_per_cpu_s: round((checked.entries * 1_000_000) / (user + system), 0),
    verified_entries: checked.entries,
  };
}
