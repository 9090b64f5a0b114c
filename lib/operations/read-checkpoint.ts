import type { ServiceState } from "@/lib/contract/service-state";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

type Row = { unsigned: bigint; since: Date | null };

/** The newest checkpoint, its copies, and how many sealed entries it doesn't cover yet. */
export async function readCheckpoint(db: Db): Promise<ServiceState["checkpoint"]> {
  const newest = await db.auditCheckpoint.findFirst({
    orderBy: { number: "desc" },
    select: {
      number: true,
      position: true,
      createdAt: true,
      publications: {
        orderBy: { target: "asc" },
        select: { target: true, publishedAt: true, lastError: true },
      },
    },
  });
  const position = newest?.position ?? 0n;
  const [row] = await db.$queryRaw<Row[]>`
    SELECT coalesce((SELECT max(position) FROM audit_seals), 0) - ${position}::bigint AS unsigned,
      (SELECT sealed_at FROM audit_seals WHERE position = ${position}::bigint + 1) AS since`;
  const { unsigned, since } = row!;
  return {
    number: newest && Number(newest.number),
    time: newest && formatTimestamp(newest.createdAt),
    unsigned: Math.max(0, Number(unsigned)),
    unsigned_since: since && formatTimestamp(since),
    copies: (newest?.publications ?? []).map(({ target, publishedAt, lastError }) => ({
      target,
      copied_at: publishedAt && formatTimestamp(publishedAt),
      last_error: lastError,
    })),
  };
}
