import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { ActorSnapshot } from "@/lib/audit/audit-entry";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "@/lib/audit/audit-record";
import { sealEntries } from "@/lib/audit/seal-entries";
import { writeEntry } from "@/lib/audit/write-entry";
import type { AuditEntry } from "@/lib/contract/audit";
import type { TestDatabase } from "./database";
import { type Scene, TEST_CONTEXT } from "./scene";

/** Writes entries of these organizations, in turns, and seals them. */
export async function growTrail(
  { db, worker }: Pick<TestDatabase, "db" | "worker">,
  scenes: readonly Scene[],
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const scene = scenes[index % scenes.length]!;
    await writeEntry(db, {
      // A service key has its owner beside it; a person has nobody.
      caller: index % 4 === 3 ? { actor: asKeyOf(scene.support.actor) } : scene.support,
      context: TEST_CONTEXT,
      orgId: scene.orgId,
      action: "webhook.tested",
      target: { type: "webhook", id: randomUUID(), label: "tab\t, line\n, \\ and “Ünïcode” \u{1f600}" },
      meta: { reason: `Reason ${index} \\N "quoted"`, share: 0.1 + 0.2, tiny: 1e-7, many: 9007199254740991 },
    });
  }
  await sealAll(worker);
}

const asKeyOf = ({ id, name, email, role }: ActorSnapshot): ActorSnapshot => ({
  type: "service_key",
  id: randomUUID(),
  name: "Automation",
  email,
  role: null,
  keyPrefix: "rf_svc_4kQz1",
  owner: { id, name, role },
});

export async function sealAll(worker: Pool): Promise<void> {
  const client = await worker.connect();
  try {
    while ((await sealEntries(client, 1_000)) > 0);
  } finally {
    client.release();
  }
}

/** The sealed entries as the API shows them, by position. */
export async function readTrail(sql: Pool | PoolClient): Promise<AuditEntry[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${AUDIT_COLUMNS.sql} FROM audit_entries r ${WITH_SEAL.sql} WHERE s.position IS NOT NULL ORDER BY s.position`,
  );
  return rows.map(toAuditEntry);
}
