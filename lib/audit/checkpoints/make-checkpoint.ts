import { hash } from "node:crypto";
import type { PrismaClient } from "@/generated/prisma/client";
import { GrowingTree } from "@/lib/audit/sealing/growing-tree";
import { listHeads } from "@/lib/audit/sealing/list-heads";
import { readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import { type SigningKey, signNote } from "@/lib/audit/signing/sign-note";
import { writeCheckpoint } from "@/lib/audit/signing/write-checkpoint";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";

/** A hundred thousand organizations take a few seconds. */
const TIMEOUT_MS = 60_000;

export type MadeCheckpoint = { number: number; position: number };

/**
 * Signs a checkpoint over everything sealed, unless the newest one already covers it.
 * @param keys at least one; all of them sign
 * @returns undefined if nothing is new
 */
export function makeCheckpoint(
  db: PrismaClient,
  keys: readonly SigningKey[],
): Promise<MadeCheckpoint | undefined> {
  const work = async (tx: Db) => {
    // Serialized: a second caller sees the first one's checkpoint.
    await holdLock(tx, "checkpoints");
    // Forces index lookups, even with a plan from when the tables were small.
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    const [standing] = await tx.$queryRaw<Standing[]>`
      SELECT clock_timestamp() AS now, (SELECT max(position) FROM audit_seals) AS sealed, c.number, c.position, c.note
      FROM (SELECT) one LEFT JOIN LATERAL (
        SELECT number, position, note FROM audit_checkpoints ORDER BY number DESC LIMIT 1) c ON true`;
    const { now, sealed, ...newest } = standing!;
    if (sealed === null || sealed === newest.position) return undefined;
    const number = Number(newest.number ?? 0) + 1;
    const position = Number(sealed);
    const text = writeCheckpoint({
      position,
      ...(await readTree(tx, position)),
      number,
      time: writeTime(now, newest.note),
      previous: newest.note === null ? undefined : hash("sha256", newest.note, "base64"),
    });
    await keepKeys(tx, keys);
    const note = signNote(text, keys);
    await tx.auditCheckpoint.create({ data: { number, position, note }, select: { number: true } });
    return { number, position };
  };
  return db.$transaction(work, { timeout: TIMEOUT_MS, maxWait: TIMEOUT_MS });
}

type Standing = {
  now: Date;
  sealed: bigint | null;
  number: bigint | null;
  position: bigint | null;
  note: string | null;
};

/** If the clock was set back, reuses the previous checkpoint's time, so that time never decreases. */
function writeTime(now: Date, newest: string | null): string {
  const time = formatTimestamp(now);
  const before = newest === null ? undefined : readCheckpoint(newest)?.time;
  return before !== undefined && before > time ? before : time;
}

/** Positions have no gaps and seals never change, so the heads at a position never change. */
async function readTree(tx: Db, position: number): Promise<{ root: string; orgs: number }> {
  const tree = GrowingTree.ofHeads();
  for (const head of await listHeads(tx, position)) tree.move(head.org_id, head);
  return { root: tree.root(), orgs: tree.size };
}

async function keepKeys(tx: Db, keys: readonly SigningKey[]): Promise<void> {
  for (const { id, verifierKey } of keys) {
    await tx.$executeRaw`
      INSERT INTO audit_keys (id, verifier_key) VALUES (${id}, ${verifierKey}) ON CONFLICT (verifier_key) DO NOTHING`;
  }
}
