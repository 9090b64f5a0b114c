import { randomUUID } from "node:crypto";
import type { PrismaClient } from "@/generated/prisma/client";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { checkArchive, hashArchive } from "./check-archive";
import { findRetirement } from "./find-retirement";
import { readMonth } from "./month";
import { type Survey, surveyMonth } from "./survey-month";
import { writeArchive } from "./write-archive";

export type RetireCommand = {
  /** Such as `2025-11`. */
  month: string;
  /** The folder of archives. */
  folder: string;
  /** How many months must have passed since the month ended. */
  olderThan: number;
  now: Date;
  /** Called after each step. */
  onStep?: (step: "surveyed" | "written" | "checked" | "retired") => void | Promise<void>;
};

const ACTOR: ActorSnapshot = {
  type: "system",
  id: PLATFORM_ORG_ID,
  name: "npm run audit:retire",
  email: null,
  role: null,
  keyPrefix: null,
};

/** Moving a month's table is quick; reading it takes time, before the transaction. */
const TRANSACTION = { timeout: 60_000 };

/**
 * Removes a month's entries from the trail once an archive has them and has been verified. Keeps their seals,
 * and only moves their table. Safe to run again after a crash at any step.
 * @param db as the owner
 * @returns the file's hash, and whether the month was already retired
 * @throws SetupProblem with the reason, without any change
 */
export async function retireMonth(
  db: PrismaClient,
  { month: name, folder, olderThan, now, onStep }: RetireCommand,
): Promise<{ sha256: string; wasRetired: boolean }> {
  const month = readMonth(name);
  const earlier = await findRetirement(db, month);
  if (earlier) {
    if (!(await hashArchive(month, folder))?.equals(earlier.fileSha256))
      throw new SetupProblem(`${name} was already retired, but its file is not in ${folder}.`);
    return { sha256: earlier.fileSha256.toString("hex"), wasRetired: true };
  }
  const survey = await surveyMonth(db, month, olderThan, now);
  await onStep?.("surveyed");
  const written = await writeArchive(db, month, folder, survey);
  await onStep?.("written");
  await checkArchive(db, month, folder, survey, written);
  await onStep?.("checked");
  await takeOut(db, name, survey, written);
  await onStep?.("retired");
  return { sha256: written.toString("hex"), wasRetired: false };
}

async function takeOut(db: PrismaClient, month: string, survey: Survey, written: Buffer): Promise<void> {
  const { entries, first, last, seen, checkpoint } = survey;
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT retire_audit_month(${`${month}-01`}::date, ${written}::bytea, ${checkpoint.number}::bigint,
      ${entries}::bigint, ${first}::bigint, ${last}::bigint, ${seen}::bigint)`;
    await writeEntry(tx, {
      caller: { actor: ACTOR },
      context: { source: "system", ip: null, userAgent: null, requestId: `retire_${randomUUID()}` },
      orgId: PLATFORM_ORG_ID,
      action: "audit.month_retired",
      target: { type: "audit", id: PLATFORM_ORG_ID, label: month },
      meta: {
        month,
        entries: Number(entries),
        first_position: Number(first),
        last_position: Number(last),
        file_sha256: written.toString("hex"),
        checkpoint: Number(checkpoint.number),
      },
    });
  }, TRANSACTION);
}
