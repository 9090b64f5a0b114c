import type { ClientBase } from "pg";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { findTicket } from "@/lib/tickets/ticket";
import { toActor } from "./actors";
import { askApprovals } from "./ask-approvals";
import { past, type PastEntry } from "./past-entries";
import type { SeededStaff } from "./people";
import type { Random } from "./random";
import type { SeededRun } from "./runs";

const DAY_MS = 86_400_000;

/**
 * Staff work other than cancels: reveals, exports, views, requests, a threshold, a revoked key, a person.
 */
export async function doOfficeWork(
  client: ClientBase,
  staff: readonly SeededStaff[],
  runs: readonly SeededRun[],
  now: number,
  random: Random,
): Promise<PastEntry[]> {
  const named = (name: string) => toActor(staff.find((person) => person.name === name)!).actor;
  const ago = (days: number) => new Date(now - Math.round(days * DAY_MS));
  const [admin, other] = [named("Beatriz Almeida"), named("Daniel Novák")];
  return [
    ...revealPayloads(named("Freya Lindqvist"), runs, random),
    ...[23, 16, 9, 2].map((days) => exportTrail(named("Ingrid Solberg"), ago(days + 0.3))),
    await saveView(
      client,
      named("Amara Okafor"),
      "Tidewater, open",
      "org=tidewater&status=running",
      ago(12.2),
    ),
    await saveView(client, named("Tomás Herrera"), "Failures today", "status=failed&age=24h", ago(6.1)),
    await raiseThreshold(client, other, ago(15.1)),
    ...(await explainRevokedKeys(client, admin)),
    ...(await explainDisabledPeople(client, other)),
    ...(await askApprovals(client, staff, [other, admin], now)),
  ];
}

type Actor = PastEntry["actor"];

const LOOKS = [
  "Ticket #4632: the customer asks why the output is cut off",
  "ZD-18977: checking the image that was refused",
  "#4710 wrong colors in the result",
];

/** A reveal follows its run by 4 to 40 minutes, and none lies in the future. */
const LATEST_REVEAL_MS = 45 * 60_000;

function revealPayloads(actor: Actor, runs: readonly SeededRun[], random: Random): PastEntry[] {
  return runs
    .filter(
      ({ status_code, created_at }) =>
        status_code === "failed" && Date.now() - created_at.getTime() > LATEST_REVEAL_MS,
    )
    .slice(0, 9)
    .map((run) => {
      const reason = random.pick(LOOKS);
      return past({
        action: "run.payload_revealed",
        at: new Date(run.created_at.getTime() + random.int(4, 40) * 60_000),
        orgId: String(run.org_id),
        actor,
        target: { type: "run", id: run.id, label: String(run.model) },
        meta: { reason, ticket: findTicket(reason) },
      });
    });
}

function exportTrail(actor: Actor, at: Date): PastEntry {
  const label = `audit-${at.toISOString().slice(0, 10)}.ndjson`;
  const target = { type: "audit", id: PLATFORM_ORG_ID, label } as const;
  const meta = { format: "ndjson", proof: true, filter: {}, org_ids: null };
  return past({ action: "audit.exported", at, actor, target, meta });
}

async function saveView(client: ClientBase, actor: Actor, name: string, query: string, at: Date) {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO saved_views (owner_id, scope, name, query, created_at, updated_at)
     VALUES ($1, 'team', $2, $3, $4, $4) RETURNING id`,
    [actor.id, name, query, at],
  );
  const target = { type: "view", id: rows[0]!.id, label: name } as const;
  return past({ action: "view.created", at, actor, target, meta: { scope: "team", query } });
}

async function raiseThreshold(client: ClientBase, actor: Actor, at: Date): Promise<PastEntry> {
  const { rows } = await client.query<{ id: string; slug: string }>(
    "UPDATE models SET stuck_factor = 3 WHERE slug LIKE '%text-to-video' RETURNING id, slug",
  );
  const { id, slug } = rows[0]!;
  const meta = { changes: { stuck_factor: [2, 3] } };
  return past({ action: "model.updated", at, actor, target: { type: "model", id, label: slug }, meta });
}

type RevokedKey = { id: string; label: string; at: Date; org_id: string | null; kind: string; owner: object };

async function explainRevokedKeys(client: ClientBase, actor: Actor): Promise<PastEntry[]> {
  const { rows } = await client.query<RevokedKey>(
    `SELECT k.id, k.name || ' ' || k.prefix AS label, k.revoked_at AS at, k.org_id, k.kind,
       json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'role', p.role) AS owner
     FROM api_keys k JOIN people p ON p.id = k.owner_id WHERE k.revoked_at IS NOT NULL`,
  );
  const reason = "Replaced by the new dashboard, #4655";
  return rows.map(({ id, label, at, org_id, kind, owner }) =>
    past({
      action: "key.revoked",
      at,
      ...(org_id && { orgId: org_id }),
      actor,
      target: { type: "key", id, label },
      meta: { reason, ticket: findTicket(reason), kind, owner },
    }),
  );
}

async function explainDisabledPeople(client: ClientBase, actor: Actor): Promise<PastEntry[]> {
  const { rows } = await client.query<{ id: string; email: string; at: Date }>(
    "SELECT id, email, disabled_at AS at FROM people WHERE disabled_at IS NOT NULL",
  );
  const meta = { reason: "Left the company", ticket: null };
  return rows.map(({ id, email, at }) =>
    past({ action: "person.disabled", at, actor, target: { type: "person", id, label: email }, meta }),
  );
}
