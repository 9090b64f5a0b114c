import { makeRecoveryCodesOperation } from "@/lib/contract/factors";
import { makeRecoveryCodes } from "@/lib/factors/make-recovery-codes";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(makeRecoveryCodesOperation, async ({ db, caller, context }) => ({
    status: 201,
    body: await makeRecoveryCodes(db, { caller, context }),
  })),
});
