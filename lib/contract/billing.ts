import { z } from "zod";
import { credential, defineOperation } from "./operation";
import { Timestamp, Uuid } from "./values";

/** Decimal string in US dollars, below zero if charges arrive after the credit is used up. */
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
  .meta({ id: "Balance", description: "The sum of an organization's ledger." });
export type Balance = z.infer<typeof Balance>;

export const getBalanceOperation = defineOperation({
  id: "getBalance",
  method: "GET",
  path: "/v1/billing/balance",
  summary: "Read an organization's balance",
  description: "Callers who reach several organizations set `X-Organization-Id`.",
  access: credential("billing.read"),
  refusals: [422],
  responses: { 200: { description: "The balance.", body: Balance } },
});
