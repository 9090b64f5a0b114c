import type { Pool } from "pg";
import type { ApprovalKind } from "@/lib/states/approval";
import { makePerson } from "./credentials";

type Traits = {
  /** The requester. */
  by: { id: string; name?: string; email?: string };
  targetId: string;
  orgId: string;
  kind?: ApprovalKind;
  label?: string;
  detail?: object;
  reason?: string;
  decision?: "approved" | "refused";
  note?: string;
};

/** Makes a request, or one that another admin has decided. @returns its id */
export async function makeApproval(sql: Pool, traits: Traits): Promise<string> {
  const { by, targetId, orgId, kind = "run.cancel", label = "a target", detail = {}, decision } = traits;
  const { reason = "Ticket #4821: the customer sent it twice", note = null } = traits;
  const decider = decision ? await makePerson(sql, { role: "admin" }) : null;
  const actor = ({
    id,
    name = "Ada",
    email = null,
  }: {
    id: string;
    name?: string;
    email?: string | null;
  }) => ({
    type: "user",
    id,
    name,
    email,
    key_prefix: null,
  });
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO approvals (kind, target_id, target_label, org_ids, detail, reason, requester_id, requester, expires_at,
       decision, decider_id, decider, decided_at, decision_note)
     VALUES ($1, $2, $3, ARRAY[$4::uuid], $5, $6, $7, $8, now() + interval '1 hour', $9, $10, $11,
       CASE WHEN $10::uuid IS NOT NULL THEN now() END, $12)
     RETURNING id`,
    [
      kind,
      targetId,
      label,
      orgId,
      detail,
      reason,
      by.id,
      actor(by),
      decision ?? null,
      decider?.id ?? null,
      decider && actor(decider),
      note,
    ],
  );
  return rows[0]!.id;
}
