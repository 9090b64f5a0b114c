import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { ApprovalKind } from "@/lib/states/approval";
import type { Caller } from "@/lib/states/caller";

export type ApprovalDetail = Record<string, unknown>;
/** What an entry says of the approval that its action used. */
export type UsedApproval = { id: string; by: { id: string; name: string; email: string } };

type TakeApproval = {
  caller: Caller;
  kind: ApprovalKind;
  targetId: string;
  detail?: ApprovalDetail;
  /** Why the action needs an approval. */
  why: string;
};

/**
 * Uses up the caller's approval for an action, in the action's transaction. Of two concurrent uses, one waits
 * for the other's row lock and then finds it used. It counts only while the person who approved is active.
 * @throws Refusal CONFLICT `approval_required`
 */
export async function takeApproval(
  tx: Db,
  { caller, kind, targetId, detail = {}, why }: TakeApproval,
): Promise<UsedApproval> {
  const [taken] = await tx.$queryRaw<{ id: string; decider_id: string; name: string; email: string }[]>`
    UPDATE approvals a SET used_at = date_trunc('milliseconds', clock_timestamp())
    FROM people p
    WHERE a.id = (
      SELECT id FROM approvals WHERE kind = ${kind} AND target_id = ${targetId}
        AND requester_id = ${caller.person.id}::uuid AND decision = 'approved' AND used_at IS NULL
        AND withdrawn_at IS NULL AND expires_at > now() AND ${compileDetail(kind, detail)}
      ORDER BY expires_at DESC LIMIT 1)
      AND a.used_at IS NULL AND a.withdrawn_at IS NULL AND p.id = a.decider_id AND p.disabled_at IS NULL
    RETURNING a.id, a.decider_id, p.name, p.email`;
  if (!taken) throw conflict("approval_required", why);
  const { id, decider_id, name, email } = taken;
  return { id, by: { id: decider_id, name, email } };
}

/** An approved plan may have become smaller; everything else must be as approved. */
const compileDetail = (kind: ApprovalKind, detail: ApprovalDetail): Prisma.Sql =>
  kind === "batch.start"
    ? Prisma.sql`(detail ->> 'runs')::int >= ${detail["runs"]}::int`
    : Prisma.sql`detail = ${JSON.stringify(detail)}::jsonb`;

type GivenReach = { all: boolean; org_ids?: readonly string[] | null | undefined };

/** The reach that an admin gets: sorted, so that equal ones compare equal. */
export const grantDetail = ({ all, org_ids }: GivenReach) => ({
  reach: { all, org_ids: all ? null : [...new Set(org_ids)].toSorted() },
});
