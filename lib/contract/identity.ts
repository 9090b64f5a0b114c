import { z } from "zod";
import { credential, defineOperation } from "./operation";
import { Uuid } from "./values";

export const Me = z
  .object({
    kind: z.enum(["session", "service_key", "inference_key"]),
    id: Uuid.meta({ description: "The person's id for a session, the key's id for a key." }),
    name: z.string(),
    email: z.string().nullable(),
    key_prefix: z.string().nullable(),
    owner: z.object({ id: Uuid, name: z.string(), email: z.string() }),
    role: z.string().nullable(),
    scopes: z.array(z.string()).nullable(),
    permissions: z.array(z.string()),
    reach: z.object({ all: z.boolean(), org_ids: z.array(Uuid).nullable() }),
  })
  .meta({ id: "Me", description: "The credential's owner and permissions." });
export type Me = z.infer<typeof Me>;

export const getMeOperation = defineOperation({
  id: "getMe",
  method: "GET",
  path: "/v1/auth/me",
  summary: "Read the caller's identity",
  access: credential(),
  beforeFactor: true,
  responses: { 200: { description: "The caller.", body: Me } },
});
