import { z } from "zod";
import { credential, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp, Uuid } from "./values";

export const CallbackSecret = z
  .object({
    id: Uuid,
    org_id: Uuid,
    hint: z.string().meta({ description: "The secret's last four characters." }),
    is_current: z.boolean().meta({ description: "Whether it signs what is sent from now on." }),
    created_at: Timestamp,
    promoted_at: Timestamp.nullable(),
    disabled_at: Timestamp.nullable(),
  })
  .meta({
    id: "CallbackSecret",
    description: "What an organization's callbacks and webhooks are signed with.",
  });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

export const NewCallbackSecret = CallbackSecret.extend({
  secret: z.string().meta({ description: "Shown this once; it can't be read again." }),
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
    200: { description: "A page of the secrets in reach, without what they are.", body: CallbackSecretPage },
  },
});

export const createCallbackSecretOperation = defineOperation({
  id: "createCallbackSecret",
  method: "POST",
  path: "/v1/callback-secrets",
  summary: "Make a callback secret",
  description:
    "An organization's first one becomes current; a later one waits for its promotion. Whoever reaches several " +
    "organizations names one in `X-Organization-Id`.",
  access: credential("webhooks.manage"),
  audits: "callback_secret.created",
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The secret, shown this once.", body: NewCallbackSecret } },
});

export const promoteCallbackSecretOperation = defineOperation({
  id: "promoteCallbackSecret",
  method: "POST",
  path: "/v1/callback-secrets/{id}/promotion",
  summary: "Sign with this secret from now on",
  description:
    "The one that was current stays valid until it is disabled. A disabled one: 409 `secret_disabled`.",
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
  summary: "End a callback secret",
  description:
    "The current one is disabled only when it is the last: 409 `secret_is_current` while another could be promoted.",
  access: credential("webhooks.manage"),
  audits: "callback_secret.disabled",
  refusals: [409],
  body: z.strictObject({}).nullish(),
  responses: { 200: { description: "The secret.", body: CallbackSecret } },
});
