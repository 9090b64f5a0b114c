import { expect, test } from "vitest";
import { AUDIT_ACTIONS, AUDIT_TARGETS } from "@/lib/states/audit-entry";
import { useDatabase } from "@/test/database";

const database = useDatabase();

test("database: allows the same actions as the code, in every month", async () => {
  const { rows } = await database().owner.query<{ definition: string; months: number }>(
    `SELECT pg_get_constraintdef(oid) AS definition, count(*)::int AS months FROM pg_constraint
     WHERE conname = 'audit_entries_action' GROUP BY 1`,
  );
  expect(rows).toHaveLength(1);
  expect([...rows[0]!.definition.matchAll(/'([\w.]+)'/g)].map(([, action]) => action)).toEqual([
    ...AUDIT_ACTIONS,
  ]);
  const tables = "SELECT FROM pg_partition_tree('audit_entries')";
  expect(rows[0]!.months).toBe((await database().owner.query(tables)).rowCount);
});

test.each(AUDIT_ACTIONS)("%s: only about its own target type", async (action) => {
  const write = (target: string) =>
    database().owner.query(
      `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       VALUES (uuidv7(), $1, now(), 'system', uuidv7(), 'x', $2, uuidv7(), 'x', 'system', 'req_x',
         '{"reason": "x", "ticket": null}')`,
      [action, target],
    );
  const [right] = action.split(".");
  await write(right!);
  for (const wrong of AUDIT_TARGETS.filter((target) => target !== right))
    await expect(write(wrong)).rejects.toMatchObject({ constraint: "audit_entries_target_type" });
});
