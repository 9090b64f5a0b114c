import { z } from "zod";
import { credential, defineOperation } from "./operation";
import { Timestamp, Uuid } from "./values";

/** US dollars as a decimal string that may be below zero: charges arrive after the work is done. */
export const SignedMoney = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ example: "-0.27" });

export const Balance = z
  .object({
    org_id: Uuid,
    balance: SignedMoney,
    currency: z.literal("USD"),
    low_below: SignedMoney,
    is_low: z.boolean(),
    updated_at: Timestamp.nullable(),
  })
  .meta({ id: "Balance", description: "What an organization's ledger adds up to." });
export type Balance = z.infer<typeof Balance>;

export const getBalanceOperation = defineOperation({
  id: "getBalance",
  method: "GET",
  path: "/v1/billing/balance",
  summary: "Read an organization's balance",
  description: "Whoever reaches several organizations names one in `X-Organization-Id`.",
  access: credential("billing.read"),
  refusals: [422],
  responses: { 200: { description: "The balance.", body: Balance } },
});
