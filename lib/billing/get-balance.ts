import type { Balance } from "@/lib/contract/billing";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

/** The sum of an organization's ledger in USD; zero without entries. */
export async function getBalance(db: Db, orgId: string): Promise<Balance> {
  const row = await db.balance.findUnique({ where: { orgId } });
  return {
    org_id: orgId,
    balance: row?.amount.toFixed() ?? "0",
    currency: "USD",
    low_below: row?.lowBelow.toFixed() ?? "0",
    is_low: row === null || row.amount.lt(row.lowBelow),
    updated_at: row && formatTimestamp(row.updatedAt),
  };
}
