import { z } from "zod";
import { credential, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp, Uuid } from "./values";

export const CallbackSecret = z
  .object({
    id: Uuid,
    org_id: Uuid,
    hint: z.string().meta({ description: "The secret's last four characters." }),
    is_current: z.boolean().meta({ description: "Whether it signs new messages." }),
    created_at: Timestamp,
    promoted_at: Timestamp.nullable(),
    disabled_at: Timestamp.nullable(),
  })
  .meta({
    id: "CallbackSecret",
    description: "The secret that signs an organization's callbacks and webhooks.",
  });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

export const NewCallbackSecret = CallbackSecret.extend({
  secret: z.string().meta({ description: "Shown only once." }),
}).meta({ id: "NewCallbackSecret" });
export type NewCallbackSecret = z.infer<typeof NewCallbackSecret>;

export const CallbackSecretPage = pageOf(CallbackSecret).meta({ id: "CallbackSecretPage" });
export type CallbackSecretPage = z.infer<typeof CallbackSecretPage>;

export const CallbackSecretListQuery = z.strictObject({ limit: Limit, pq: Cursor, from_prev: FromPrev });
export type CallbackSecretListQuery = z.infer<typeof CallbackSecretListQuery>;

export const listCallbackSecretsOperation = defineOperation({
  id: "listCallbackSecrets",
  method: "GET",
  path: "/v1/callback-secrets",
  summary: "List callback secrets, newest first",
  access: credential("webhooks.manage"),
  query: CallbackSecretListQuery,
  responses: {
    200: { description: "A page of the secrets in reach, without their values.", body: CallbackSecretPage },
  },
});

export const createCallbackSecretOperation = defineOperation({
  id: "createCallbackSecret",
  method: "POST",
  path: "/v1/callback-secrets",
  summary: "Create a callback secret",
  description:
    "An organization's first secret becomes current; later ones wait until they are promoted. Callers who reach several " +
    "organizations set `X-Organization-Id`.",
  access: credential("webhooks.manage"),
  audits: "callback_secret.created",
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The secret, shown only once.", body: NewCallbackSecret } },
});

export const promoteCallbackSecretOperation = defineOperation({
  id: "promoteCallbackSecret",
  method: "POST",
  path: "/v1/callback-secrets/{id}/promotion",
  summary: "Sign with this secret from now on",
  description:
    "The previous secret stays valid until it is disabled. Promoting a disabled one: 409 `secret_disabled`.",
  access: credential("webhooks.manage"),
  audits: "callback_secret.promoted",
  refusals: [409],
  body: z.strictObject({}).nullish(),
  responses: { 200: { description: "The secret.", body: CallbackSecret } },
});

export const disableCallbackSecretOperation = defineOperation({
  id: "disableCallbackSecret",
  method: "POST",
  path: "/v1/callback-secrets/{id}/disablement",
  summary: "Disable a callback secret permanently",
  description:
    "The current secret can be disabled only when it is the last one: 409 `secret_is_current` while another could be promoted.",
  access: credential("webhooks.manage"),
  audits: "callback_secret.disabled",
  refusals: [409],
  body: z.strictObject({}).nullish(),
  responses: { 200: { description: "The secret.", body: CallbackSecret } },
});
