import type { Run } from "@/lib/contract/runs";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Reach, reaches } from "@/lib/states/caller";
import { RUN_COLUMNS, type RunRow, toRun } from "./run-record";

/**
 * @param id as in the path; upper case is the same id
 * @throws Refusal RUN_NOT_FOUND, the same for a malformed id, a missing run and one out of reach
 */
export async function getRun(db: Db, reach: Reach, id: string): Promise<Run> {
  const runId = parseUuid(id);
  if (runId === undefined) throw new Refusal("RUN_NOT_FOUND");
  const [row] = await db.$queryRaw<RunRow[]>`SELECT ${RUN_COLUMNS} FROM runs r WHERE r.id = ${runId}::uuid`;
  if (!row) throw new Refusal("RUN_NOT_FOUND");
  if (!reaches(reach, row.org_id)) {
    throw new Refusal("RUN_NOT_FOUND", { detail: { out_of_reach: true, org_id: row.org_id, run_id: runId } });
  }
  return toRun(row);
}
