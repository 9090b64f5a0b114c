import type { ClientBase } from "pg";
import { nameAction, REQUEST_HOURS } from "@/lib/states/approval";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { past, type PastEntry } from "./past-entries";
import type { SeededStaff } from "./people";

const MINUTE_MS = 60_000;

type Asked = { who: SeededStaff; reason: string; agoMinutes: number; refused?: { note: string } };

/**
 * Requests to make someone an admin: one waits for the second person, one was refused.
 * @param by the requester and the second person
 */
export async function askApprovals(
  client: ClientBase,
  staff: readonly SeededStaff[],
  [requester, second]: readonly [ActorSnapshot, ActorSnapshot],
  now: number,
): Promise<PastEntry[]> {
  const find = (name: string) => staff.find((person) => person.name === name)!;
  const asked: Asked[] = [
    {
      who: find("Kenji Watanabe"),
      reason: "Covers for Grace in the summer",
      agoMinutes: 7 * 24 * 60 + 95,
      refused: { note: "Support is enough for that" },
    },
    { who: find("Tomás Herrera"), reason: "Takes over the night shift from Monday", agoMinutes: 25 },
  ];
  const entries: PastEntry[] = [];
  for (const one of asked) entries.push(...(await ask(client, one, requester, second, now)));
  return entries;
}

async function ask(
  client: ClientBase,
  { who, reason, agoMinutes, refused }: Asked,
  requester: ActorSnapshot,
  second: ActorSnapshot,
  now: number,
): Promise<PastEntry[]> {
  const at = new Date(now - agoMinutes * MINUTE_MS);
  const decidedAt = new Date(at.getTime() + 12 * MINUTE_MS);
  const kind = "person.grant_admin";
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO approvals (kind, target_id, target_label, org_ids, detail, reason, requester_id, requester, created_at,
       expires_at, decision, decider_id, decider, decided_at, decision_note)
     VALUES ($1, $2, $2, '{}', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    [
      kind,
      who.email,
      { reach: { all: true, org_ids: null } },
      reason,
      requester.id,
      toActor(requester),
      at,
      new Date(at.getTime() + REQUEST_HOURS * 60 * MINUTE_MS),
      ...(refused
        ? ["refused", second.id, toActor(second), decidedAt, refused.note]
        : [null, null, null, null, null]),
    ],
  );
  const target = { type: "approval", id: rows[0]!.id, label: nameAction(kind, who.email) } as const;
  const about = { kind, subject: who.email };
  const requested = past({
    action: "approval.requested",
    at,
    actor: requester,
    target,
    meta: { reason, ...about },
  });
  if (!refused) return [requested];
  const meta = { reason: refused.note, ...about, requester: toActor(requester), request_reason: reason };
  return [requested, past({ action: "approval.refused", at: decidedAt, actor: second, target, meta })];
}

const toActor = ({ type, id, name, email, keyPrefix }: ActorSnapshot) => ({
  type,
  id,
  name,
  email,
  key_prefix: keyPrefix,
});
