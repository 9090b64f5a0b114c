import type { Balance } from "@/lib/contract/billing";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";

type Row = { balance: string; low_below: string; is_low: boolean; updated_at: Date };

/** What an organization's ledger adds up to, in USD; zero for one that has no entry yet. */
export async function getBalance(db: Db, orgId: string): Promise<Balance> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT trim_scale(amount)::text AS balance, trim_scale(low_below)::text AS low_below, amount < low_below AS is_low,
      updated_at
    FROM balances WHERE org_id = ${orgId}::uuid`;
  const { balance, low_below, is_low } = row ?? { balance: "0", low_below: "0", is_low: true };
  const updated_at = row ? formatTimestamp(row.updated_at) : null;
  return { org_id: orgId, balance, currency: "USD", low_below, is_low, updated_at };
}
