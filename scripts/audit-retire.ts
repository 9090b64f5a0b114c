import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { dropMonth } from "@/lib/audit/retire/drop-month";
import { retireMonth } from "@/lib/audit/retire/retire-month";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = "npm run audit:retire -- MONTH --to DIR [--older-than MONTHS] [--drop]";
/** It reads a whole month. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Moves an old month out of the trail into a file with its proof; `--drop` then drops the month's table. Runs
 * as the database owner, because the application's role may not.
 */
await runCommand(async () => {
  const { month, to, olderThan, drop } = readArguments();
  const url = process.env["MIGRATE_DATABASE_URL"];
  if (!url)
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to the PostgreSQL database, with the owner's login.",
    );
  if (!(await stat(to).catch(() => undefined))?.isDirectory())
    throw new SetupProblem(`No such folder: ${to}`);
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url, as: "owner" });
  const db = createClient({ url, poolSize: 2, statementTimeoutMs: PATIENCE_MS });
  try {
    if (drop) {
      const dropped = await dropMonth(db, month, to);
      console.log(
        dropped ? `The table of ${month} was dropped.` : `The table of ${month} was already dropped.`,
      );
      return;
    }
    const onStep = (step: string) => console.log(`${month}: ${step}`);
    const { sha256, wasRetired } = await retireMonth(db, {
      month,
      folder: to,
      olderThan,
      now: new Date(),
      onStep,
    });
    console.log(
      `${month} ${wasRetired ? "was already retired" : "has been retired"}; its file's SHA-256 is ${sha256}.`,
    );
  } finally {
    await db.$disconnect();
  }
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        to: { type: "string" },
        "older-than": { type: "string", default: "12" },
        drop: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [month, ...more] = positionals;
    const olderThan = Number(values["older-than"]);
    if (!month || more.length > 0 || !values.to) throw new Error("Name a month and a folder.");
    if (!Number.isInteger(olderThan) || olderThan < 0)
      throw new Error("--older-than must be a whole number of months.");
    return { month, to: values.to, olderThan, drop: values.drop };
  } catch (error) {
    throw new SetupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
