import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "@/lib/audit/trail/audit-record";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { AuditEntry } from "@/lib/contract/audit";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import type { TestDatabase } from "./database";
import { type Fixture, TEST_CONTEXT } from "./fixture";

/** Writes and seals entries, rotating through these organizations. */
export async function growTrail(
  { db, worker }: Pick<TestDatabase, "db" | "worker">,
  fixtures: readonly Fixture[],
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const fixture = fixtures[index % fixtures.length]!;
    await writeEntry(db, {
      // A service key has its owner beside it; a person has none.
      caller: index % 4 === 3 ? { actor: asKeyOf(fixture.support.actor) } : fixture.support,
      context: TEST_CONTEXT,
      orgId: fixture.orgId,
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

/** Reads the sealed entries as the API shows them, by position. */
export async function readTrail(sql: Pool | PoolClient): Promise<AuditEntry[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${AUDIT_COLUMNS.sql} FROM audit_entries r ${WITH_SEAL.sql} WHERE s.position IS NOT NULL ORDER BY s.position`,
  );
  return rows.map(toAuditEntry);
}
