import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Uuid } from "./values";

export const LookUpQuery = z.strictObject({
  text: z
    .string()
    .max(9000)
    .meta({
      description:
        "An id, a client ref, a customer, an email, a key's prefix, a model, a ticket, or an expression, as pasted: " +
        "inside a link, in quotation marks, in full-width characters.",
    }),
});

export const LookedUp = z
  .object({
    kind: z.enum(["run", "filter", "ticket", "nothing"]),
    id: Uuid.nullable(),
    q: z.string().nullable(),
    ticket: z.string().nullable(),
    message: z.string().nullable(),
    did_you_mean: z
      .array(z.object({ id: Uuid, name: z.string(), slug: z.string() }))
      .meta({ description: "Customers in reach with a similar name, if nothing was found." }),
  })
  .meta({
    id: "LookedUp",
    description:
      "One of these is set: the `id` of a run, which may be out of reach; an expression `q` to filter runs by; " +
      "a `ticket` to filter the audit trail by; or a `message` that says why nothing was found.",
  });
export type LookedUp = z.infer<typeof LookedUp>;

export const lookUpOperation = defineOperation({
  id: "lookUp",
  method: "GET",
  path: "/v1/admin/look-up",
  summary: "Resolve pasted text to a run, a filter or a ticket",
  access: admin("runs.read"),
  query: LookUpQuery,
  responses: { 200: { description: "What it means.", body: LookedUp } },
});
