import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture } from "@/test/fixture";

const database = useDatabase();

/** Returns the command's output and exit code. */
const check = (env: Record<string, string>) =>
  new Promise<{ code: unknown; printed: string; complaint: string }>((resolve) => {
    const options = { env: { ...process.env, DATABASE_URL: "", ...env } };
    execFile(
      process.execPath,
      ["--import", "tsx", "scripts/billing-check.ts"],
      options,
      (error, printed, complaint) => resolve({ code: error?.code ?? 0, printed, complaint }),
    );
  });

test("`npm run billing:check`: exit code 0 when all agree, 1 with the disagreements", async () => {
  const { owner, appUrl } = database();
  const fixture = await seedFixture(owner);
  const runId = await makeRun(owner, fixture, { status: "failed" });
  expect(await check({ DATABASE_URL: appUrl })).toEqual({
    code: 0,
    printed: "The ledger agrees with the runs, the provider's events and the balances.\n",
    complaint: "",
  });
  await owner.query(
    "INSERT INTO ledger_entries (org_id, kind, amount, run_id) VALUES ($1, 'charge', -1, $2)",
    [fixture.orgId, runId],
  );
  expect(await check({ DATABASE_URL: appUrl })).toEqual({
    code: 1,
    printed: `${runId}: the run failed and was charged\n1 disagreement\n`,
    complaint: "",
  });
  const { code, complaint } = await check({});
  expect(code).toBe(1);
  expect(complaint).toContain("DATABASE_URL is missing");
  expect(await check({ DATABASE_URL: "postgresql://a:secret@127.0.0.1:1/b" })).toEqual({
    code: 1,
    printed: "",
    complaint: "DATABASE_URL can't be used: 127.0.0.1:1/b: nothing listens there.\n",
  });
});
