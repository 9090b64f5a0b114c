import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { addMonths, type Month } from "./month";

/** The contents of a month's export. */
export type Survey = {
  entries: bigint;
  first: bigint;
  last: bigint;
  /** The newest position at the time of the survey; later ones weren't counted. */
  seen: bigint;
  /** The first checkpoint that covers the whole month. */
  checkpoint: { number: bigint; position: bigint; note: string };
  /** The sequence of each organization's first entry of the month. */
  beginnings: ReadonlyMap<string, number>;
};

/**
 * Checks whether a month can be retired.
 * @param olderThan how many months must have passed since it ended
 * @throws SetupProblem with the reason why not
 */
export async function surveyMonth(db: Db, month: Month, olderThan: number, now: Date): Promise<Survey> {
  const { name, table, end } = month;
  if (now < addMonths(end, olderThan))
    throw new SetupProblem(
      `${name} has not been over for ${olderThan} ${olderThan === 1 ? "month" : "months"}.`,
    );
  const tables = await listMonthTables(db);
  if (!tables.includes(table)) throw new SetupProblem(`${name} has no separate table.`);
  for (const older of tables.filter((other) => other < table)) {
    const [row] = await db.$queryRaw<{ used: boolean }[]>(
      Prisma.sql`SELECT EXISTS (SELECT FROM ${inMonths(older)}) AS used`,
    );
    if (row!.used)
      throw new SetupProblem(
        `Retire ${older.slice(-7).replace("_", "-")} first. Months are retired in order, so that no chain has a gap.`,
      );
  }
  return count(db, month);
}

const inMonths = (table: string): Prisma.Sql => Prisma.raw(`audit_months."${table}"`);

/** The tables of the trail's months, except the one for everything older. */
async function listMonthTables(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'audit_entries'::regclass AND c.relname ~ '_\\d{4}_\\d\\d$' ORDER BY 1`;
  return rows.map(({ name }) => name);
}

type CountRow = { entries: bigint; sealed: bigint; first: bigint; last: bigint; seen: bigint };
type Beginning = { org_id: string; sequence: bigint };

async function count(db: Db, { name, table }: Month): Promise<Survey> {
  const [row] = await db.$queryRaw<CountRow[]>(Prisma.sql`
    SELECT count(*) AS entries, count(s.position) AS sealed, min(s.position) AS first, max(s.position) AS last,
      (SELECT max(position) FROM audit_seals) AS seen
    FROM ${inMonths(table)} e LEFT JOIN audit_seals s ON s.entry_id = e.id AND s.entry_occurred_at = e.occurred_at`);
  const { entries, sealed, first, last, seen } = row!;
  if (entries === 0n) throw new SetupProblem(`${name} has no entries, so there is nothing to retire.`);
  if (sealed < entries)
    throw new SetupProblem(`${entries - sealed} of the ${entries} entries of ${name} are not sealed.`);
  const checkpoint = await db.auditCheckpoint.findFirst({
    where: { position: { gte: last } },
    select: { number: true, position: true, note: true },
    orderBy: { number: "asc" },
  });
  if (!checkpoint) throw new SetupProblem(`No checkpoint covers all of ${name} yet.`);
  const rows = await db.$queryRaw<Beginning[]>(Prisma.sql`
    SELECT s.org_id, min(s.sequence) AS sequence
    FROM ${inMonths(table)} e JOIN audit_seals s ON s.entry_id = e.id GROUP BY 1`);
  const beginnings = new Map(rows.map(({ org_id, sequence }) => [org_id, Number(sequence)]));
  return { entries, first, last, seen, checkpoint, beginnings };
}
