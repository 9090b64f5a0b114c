import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { dropMonth } from "@/lib/audit/retire/drop-month";
import { retireMonth } from "@/lib/audit/retire/retire-month";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = "npm run audit:retire -- MONTH --to DIR [--older-than MONTHS] [--drop]";
/** A month is read as a whole. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Moves the entries of a month that is long over out of the trail, into a file with its proof; with `--drop`, gives back
 * the room of one that was moved before. As the database's owner: the application can't.
 */
await runCommand(async () => {
  const { month, to, olderThan, drop } = readArguments();
  const url = process.env["MIGRATE_DATABASE_URL"];
  if (!url) throw new SetupProblem("MIGRATE_DATABASE_URL is missing: the PostgreSQL database, as its owner.");
  if (!(await stat(to).catch(() => undefined))?.isDirectory())
    throw new SetupProblem(`There is no folder ${to}.`);
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url, as: "owner" });
  const db = createClient({ url, poolSize: 2, statementTimeoutMs: PATIENCE_MS });
  try {
    if (drop) {
      const dropped = await dropMonth(db, month, to);
      console.log(
        dropped ? `The table of ${month} was dropped.` : `The table of ${month} was dropped before.`,
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
      `${month} ${wasRetired ? "was retired before" : "has been retired"}; the SHA-256 of its file is ${sha256}.`,
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
    if (!month || more.length > 0 || !values.to) throw new Error("A month and a folder are needed.");
    if (!Number.isInteger(olderThan) || olderThan < 0) throw new Error("--older-than takes whole months.");
    return { month, to: values.to, olderThan, drop: values.drop };
  } catch (error) {
    throw new SetupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
