import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Uuid } from "./values";

export const LookUpQuery = z.strictObject({
  text: z
    .string()
    .max(9000)
    .meta({ description: "An id, a reference, a customer, an e-mail, or an expression." }),
});

export const LookedUp = z
  .object({ kind: z.enum(["run", "filter"]), id: Uuid.nullable(), q: z.string().nullable() })
  .meta({
    id: "LookedUp",
    description: "The `id` of a run, which need not be in reach, or an expression `q` to list runs by.",
  });
export type LookedUp = z.infer<typeof LookedUp>;

export const lookUpOperation = defineOperation({
  id: "lookUp",
  method: "GET",
  path: "/v1/admin/look-up",
  summary: "Find out what a text means that someone pasted",
  access: admin("runs.read"),
  query: LookUpQuery,
  responses: { 200: { description: "What it means.", body: LookedUp } },
});
