import { CANCEL_CAUSES, type CancelCause, type CancelCounts } from "@/lib/contract/overview";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

type Row = { day: string; cause: CancelCause; count: number };

const DAYS = 14;
const MOST_PEOPLE = 6;

/** Counts the cancellations of the last two weeks, including today, by day, cause and actor. */
export async function countCancels(db: Db, reach: Reach): Promise<CancelCounts> {
  const days = lastDays(DAYS).map((day) => ({ day, byCause: { ...NONE } }));
  const since = new Date(days[0]!.day);
  const [rows, people] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT to_char(r.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, CASE
          WHEN r.meta ->> 'reason' IS NULL THEN 'No reason'
          WHEN r.meta ->> 'reason' ~* 'duplicat|twice|double' THEN 'Duplicate'
          WHEN r.meta ->> 'reason' ~* 'stuck|no progress|no end|hang|hung' THEN 'Stuck'
          WHEN r.meta ->> 'reason' ~* 'abuse|stolen|fraud|policy' THEN 'Abuse'
          ELSE 'Other' END AS cause, count(*)::int AS count
      FROM audit_entries r
      WHERE r.action = 'run.cancelled' AND ${within(reach)}
        AND r.occurred_at >= ${since}
      GROUP BY 1, 2`,
    db.auditEntry.groupBy({
      by: ["actorId"],
      where: { action: "run.cancelled", occurredAt: { gte: since }, ...orgInReach(reach) },
      _count: true,
      _min: { actorName: true },
      orderBy: [{ _count: { actorId: "desc" } }, { _min: { actorName: "asc" } }],
      take: MOST_PEOPLE,
    }),
  ]);
  for (const { day, cause, count } of rows) {
    const found = days.find((known) => known.day === day);
    if (found) found.byCause[cause] = count;
  }
  return { days, people: people.map(({ _min, _count }) => ({ name: _min.actorName!, count: _count })) };
}

const NONE = Object.fromEntries(CANCEL_CAUSES.map((cause) => [cause, 0])) as Record<CancelCause, number>;

const lastDays = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.now() - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
