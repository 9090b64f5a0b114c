import { getBalance } from "@/lib/billing/get-balance";
import { getBalanceOperation } from "@/lib/contract/billing";
import { oneOrganization } from "@/lib/identity/one-organization";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getBalanceOperation, async ({ db, caller }) => ({
    status: 200,
    body: await getBalance(db, oneOrganization(caller.reach)),
  })),
});
