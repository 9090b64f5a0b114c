import { z } from "zod";
import { KEY_KINDS, KEY_STATES, ROTATION_OVERLAPS, SUSPENSION_CAUSES } from "@/lib/states/key";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { Instant } from "./moment-text";
import { admin, anyone, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { nameText } from "./name-text";
import { Reason } from "./runs";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const KEY_NAME_MAX = 60;

export const KeyReach = z.object({ all: z.boolean(), org_ids: z.array(Uuid).nullable() }).meta({
  id: "KeyReach",
  description: "The organizations that a key may access: all of them, or those listed.",
});

const KeyOwnerName = z.object({
  id: Uuid,
  name: z.string(),
  email: z.string(),
  role: z.string().nullable().meta({ description: "Null for people of a customer." }),
});

export const ApiKey = z
  .object({
    id: Uuid,
    kind: z.enum(KEY_KINDS),
    name: z.string(),
    prefix: z.string().meta({ description: "The first characters of the key." }),
    state: z.enum(KEY_STATES).meta({
      description:
        "`pending`: its owner hasn't claimed it through the link yet. `suspended`: see `suspended_because`.",
    }),
    suspended_because: z
      .enum(SUSPENSION_CAUSES)
      .nullable()
      .meta({
        description:
          "`requested`: someone suspended it until `suspended_until`. Otherwise the key works again once its owner is " +
          "enabled, has a verified email and can access the inference key's organization, and its maker is enabled.",
      }),
    owner: KeyOwnerName,
    maker: KeyOwnerName.nullable().meta({
      description:
        "Who made it: the person signed in, or the owner of the key that made it. Null if nobody recorded it.",
    }),
    org_id: Uuid.nullable().meta({
      description: "The organization of an inference key; null for a service key.",
    }),
    scopes: z.array(z.string()).nullable().meta({
      description:
        "A service key's; null for an inference key. `admin` alone grants everything that the owner may do.",
    }),
    reach: KeyReach,
    created_at: Timestamp,
    link_expires_at: Timestamp.nullable().meta({ description: "When the link of a pending key expires." }),
    expires_at: Timestamp.nullable(),
    rotated_to: Uuid.nullable().meta({
      description: "The key that replaces it; this one stops working at `expires_at`.",
    }),
    rotated_from: Uuid.nullable().meta({ description: "The key that it replaces." }),
    suspended_until: Timestamp.nullable().meta({
      description: "Someone suspended the key; it works again then, unless it is resumed earlier.",
    }),
    expiry_warned_at: Timestamp.nullable().meta({
      description: "When the owner was last warned that it expires: 30, 10 and 2 days before.",
    }),
    revoked_at: Timestamp.nullable(),
    leak: z.object({ source_url: z.string().nullable() }).nullable().meta({
      description: "Someone found the key in public, so it was revoked: see `POST /v1/leaked-keys`.",
    }),
    last_used_at: Timestamp.nullable().meta({ description: "Recorded at most once a minute." }),
    last_used_ip: z.string().nullable().meta({ description: "The client's address of that use." }),
  })
  .meta({ id: "ApiKey", description: "A key to this API, without the key itself." });
export type ApiKey = z.infer<typeof ApiKey>;

const ClaimLink = z.string().meta({
  description: "Where the key's owner gets the key, once, within 7 days. Shown only here.",
});

export const NewApiKey = ApiKey.extend({
  key: z.string().nullable().meta({
    description:
      "The whole key, shown only once. Null for a customer's person, who gets it through the link.",
  }),
  link: ClaimLink.nullable(),
}).meta({ id: "NewApiKey" });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const PendingApiKey = ApiKey.extend({ link: ClaimLink }).meta({ id: "PendingApiKey" });
export type PendingApiKey = z.infer<typeof PendingApiKey>;

export const ClaimedApiKey = z
  .object({
    id: Uuid,
    name: z.string(),
    organization: z.string().meta({ description: "The name of the key's organization." }),
    key: z.string().meta({ description: "The whole key, shown only once." }),
  })
  .meta({ id: "ClaimedApiKey" });
export type ClaimedApiKey = z.infer<typeof ClaimedApiKey>;

export const ClaimKeyBody = z.strictObject({ token: z.string().max(200) }).meta({ id: "ClaimKey" });
export type ClaimKeyBody = z.infer<typeof ClaimKeyBody>;

export const ApiKeyPage = pageOf(ApiKey).meta({ id: "ApiKeyPage" });
export type ApiKeyPage = z.infer<typeof ApiKeyPage>;

const KEY_SORTS = ["created_at:desc", "last_used_at:desc"] as const;

export const KeyListQuery = z.strictObject({
  kind: z.enum(KEY_KINDS).optional(),
  state: z.enum(KEY_STATES).optional(),
  owner_id: Uuid.optional(),
  org_id: Uuid.optional().meta({
    description: "Keys that may access this organization: its own, and service keys that reach it.",
  }),
  text: StorableText(100).optional().meta({
    description: "Text in the name or the prefix. Of a whole key, only the prefix is used.",
  }),
  sort_by: z.enum(KEY_SORTS).default("created_at:desc").meta({
    description: "Keys that were never used come last in `last_used_at:desc`, newest first.",
  }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type KeyListQuery = z.infer<typeof KeyListQuery>;

const Name = nameText(KEY_NAME_MAX);

const Expiry = Instant.nullish().meta({
  description: "When the key stops working; absent if it never expires.",
});

const unique = <Item>(items: Item[]): boolean => new Set(items).size === items.length;
const TWICE = "Name each organization once.";

const ServiceKeyBody = z
  .strictObject({
    kind: z.literal("service"),
    name: Name,
    owner_id: Uuid.optional().meta({
      description: "If given, the caller's own person: people make service keys for themselves only.",
    }),
    scopes: z
      .array(z.enum([ADMIN_SCOPE, ...PERMISSIONS]))
      .min(1)
      .refine(unique, TWICE)
      .meta({
        description:
          "`admin` opens `/v1/admin`. Alone, it grants everything that the owner may do; further scopes narrow that down.",
      }),
    reach: z.union([
      z.strictObject({ all: z.literal(true), org_ids: z.null().optional() }),
      z.strictObject({ all: z.literal(false), org_ids: z.array(Uuid).min(1).max(500).refine(unique, TWICE) }),
    ]),
    expires_at: Expiry,
  })
  .meta({ id: "CreateServiceKey" });
export type ServiceKeyBody = z.infer<typeof ServiceKeyBody>;

const InferenceKeyBody = z
  .strictObject({
    kind: z.literal("inference"),
    name: Name,
    owner_id: Uuid.meta({
      description:
        "One of the organization's people, who gets the key through a link; or, for internal testing, the caller's own " +
        "person, who needs access to the organization and `runs.payload.reveal`. Enabled, with a verified email.",
    }),
    org_id: Uuid,
    expires_at: Expiry,
  })
  .meta({ id: "CreateInferenceKey" });
export type InferenceKeyBody = z.infer<typeof InferenceKeyBody>;

export const CreateKeyBody = z.discriminatedUnion("kind", [ServiceKeyBody, InferenceKeyBody]).meta({
  id: "CreateKey",
});
export type CreateKeyBody = z.infer<typeof CreateKeyBody>;

export const RotationBody = z
  .strictObject({
    overlap: z.enum(ROTATION_OVERLAPS).meta({
      description: "How long the old key keeps working; never longer than it would have without.",
    }),
  })
  .meta({ id: "RotationRequest" });
export type RotationBody = z.infer<typeof RotationBody>;

export const SUSPENSION_MINUTES = { usual: 60, most: 24 * 60 };

export const SuspensionBody = z
  .strictObject({
    reason: Reason,
    minutes: z
      .int()
      .min(1)
      .max(SUSPENSION_MINUTES.most)
      .default(SUSPENSION_MINUTES.usual)
      .meta({ description: "How long, at most a day." }),
  })
  .meta({ id: "SuspensionRequest" });

export const ResumptionBody = z
  .strictObject({ reason: Reason.nullish() })
  .nullish()
  .meta({ id: "ResumptionRequest" });

const Count = z.int().min(0);

export const KeyActivity = z
  .object({
    hours: z
      .array(
        z.object({
          from: Timestamp,
          live: Count.meta({ description: "Not ended yet." }),
          succeeded: Count.meta({ description: "Partially succeeded runs included." }),
          failed: Count,
          canceled: Count,
        }),
      )
      .length(24)
      .meta({ description: "Runs by the hour of their creation, over the last 24 hours, oldest first." }),
    hours_are_partial: z.boolean().meta({
      description: "Whether only the newest 100,000 runs were counted, so that older hours have too few.",
    }),
    live_runs: z
      .object({
        count: Count.meta({ description: "Counted up to 100,000." }),
        is_more: z.boolean(),
      })
      .meta({ description: "All its runs that have not ended, however old." }),
    run_addresses: z
      .object({
        addresses: z.array(z.object({ ip: z.string(), runs: Count })).meta({ description: "The top 10." }),
        address_count: Count,
      })
      .meta({
        description:
          "The client addresses that created the newest 100,000 runs of the last 24 hours. Runs from before their addresses " +
          "were recorded have none.",
      }),
    denied_requests: z
      .object({
        total: Count.meta({ description: "The newest, up to 100,000." }),
        by_code: z.array(z.object({ code: z.string(), requests: Count })),
        addresses: z
          .array(z.object({ ip: z.string(), requests: Count }))
          .meta({ description: "The top 10." }),
        address_count: Count,
      })
      .nullable()
      .meta({
        description:
          "From the security events of the last 24 hours. Null without `security.read`, and for a key of several " +
          "organizations unless the caller can access all. An inference key's denied requests are recorded under " +
          "`/v1/admin` only.",
      }),
  })
  .meta({ id: "KeyActivity", description: "What a key did lately." });
export type KeyActivity = z.infer<typeof KeyActivity>;

export const RevocationBody = z.strictObject({ reason: Reason }).meta({ id: "RevocationRequest" });

export const KeyOwner = KeyOwnerName.meta({
  id: "KeyOwner",
  description: "A person who can own a new inference key.",
});
export type KeyOwner = z.infer<typeof KeyOwner>;

export const KeyOwners = z.object({ items: z.array(KeyOwner) });

export const REVOCATION_HEADER = "Runflow-Revocation";
export const SUSPENSION_HEADER = "Runflow-Suspension";
export const RESUMPTION_HEADER = "Runflow-Resumption";

export const listKeysOperation = defineOperation({
  id: "listKeys",
  method: "GET",
  path: "/v1/admin/keys",
  summary: "List keys, newest first",
  description: "A key is in reach when all organizations that it may access are.",
  access: admin("keys.read"),
  query: KeyListQuery,
  responses: {
    200: { description: "A page of the keys in reach, without the keys themselves.", body: ApiKeyPage },
  },
});

export const createKeyOperation = defineOperation({
  id: "createKey",
  method: "POST",
  path: "/v1/admin/keys",
  summary: "Create a key",
  description:
    "No one can give a key more than they have: a scope that the caller lacks is 403 `PERMISSION_DENIED` with the type " +
    "`exceeds_own_permissions`, an organization out of reach is 403 `ORGANIZATION_MEMBERSHIP_REQUIRED`. " +
    "`runs.read` includes `runs.payload.reveal`, because keys see payloads unmasked; `admin` alone counts as everything " +
    "that the owner may do. Staff make keys for themselves: another owner is 403 `owner_must_be_you`. A key for one of " +
    "the organization's people is `pending`: the response has a link instead of the key, and the person claims the key " +
    "there. A key stops working while its owner or its maker is disabled. `Idempotency-Key` is not supported, because a " +
    "response with a key or a link is not stored.",
  access: admin("keys.manage"),
  stepUp: true,
  audits: "key.created",
  body: CreateKeyBody,
  responses: { 201: { description: "The key or its link, shown only once.", body: NewApiKey } },
});

export const createKeyLinkOperation = defineOperation({
  id: "createKeyLink",
  method: "POST",
  path: "/v1/admin/keys/{key_id}/claim-link",
  summary: "Create a new link for a pending key",
  description:
    "It replaces the previous link. Only the key's maker can do this, because anyone who has a link can claim the key: " +
    "403 `maker_must_be_you`. 409 `key_not_pending`. `Idempotency-Key` is not supported, because a response with a link " +
    "is not stored.",
  access: admin("keys.manage"),
  stepUp: true,
  audits: "key.link_created",
  refusals: [404, 409],
  responses: { 201: { description: "The key, with the link.", body: PendingApiKey } },
});

export const claimKeyOperation = defineOperation({
  id: "claimKey",
  method: "POST",
  path: "/v1/auth/key-claims",
  summary: "Get a key with its link",
  description:
    "Generates the key, which works from then on, and shows it once. A link works once. Unknown, used and expired " +
    "links, and those of stopped keys, get the same error.",
  access: anyone,
  audits: "key.claimed",
  body: ClaimKeyBody,
  refusals: [404, 429],
  responses: { 201: { description: "The key, shown only once.", body: ClaimedApiKey } },
});

export const listKeyOwnersOperation = defineOperation({
  id: "listKeyOwners",
  method: "GET",
  path: "/v1/admin/keys/owners",
  summary: "List the people who can own a new inference key, by name",
  access: admin("keys.manage"),
  query: z.strictObject({
    org_id: Uuid.meta({
      description:
        "The organization of an inference key: its people, and the caller if they can test with it.",
    }),
  }),
  responses: { 200: { description: "At most the first 500.", body: KeyOwners } },
});

export const getKeyOperation = defineOperation({
  id: "getKey",
  method: "GET",
  path: "/v1/admin/keys/{key_id}",
  summary: "Read a key",
  access: admin("keys.read"),
  responses: { 200: { description: "The key, without the key itself.", body: ApiKey } },
});

export const getKeyActivityOperation = defineOperation({
  id: "getKeyActivity",
  method: "GET",
  path: "/v1/admin/keys/{key_id}/activity",
  summary: "Read what a key did in the last 24 hours",
  access: admin("keys.read"),
  responses: {
    200: { description: "Its runs with their client addresses, and its denied requests.", body: KeyActivity },
  },
});

export const rotateKeyOperation = defineOperation({
  id: "rotateKey",
  method: "POST",
  path: "/v1/admin/keys/{key_id}/rotation",
  summary: "Rotate a key",
  description:
    "Makes a key with the same name, owner, permissions and reach, and ends this one after the overlap. A key that expires " +
    "gets the same lifetime again. For callers who may create such a key; its owner, signed in, needs no `keys.manage`, but " +
    "then the new key expires when the old one would have. Of several rotations at once, one wins. 409 `key_rotated`, " +
    "`key_revoked`, `key_expired`, `key_suspended`. `Idempotency-Key` is not supported, because a response with a key is " +
    "not stored.",
  access: admin("keys.read"),
  stepUp: true,
  audits: "key.rotated",
  body: RotationBody,
  refusals: [409],
  responses: { 201: { description: "The new key, shown only once.", body: NewApiKey } },
});

export const suspendKeyOperation = defineOperation({
  id: "suspendKey",
  method: "POST",
  path: "/v1/admin/keys/{key_id}/suspension",
  summary: "Suspend a key for a while",
  description:
    "Every request with it is refused until `suspended_until`, in every process; its open streams end with their next " +
    "heartbeat. A second suspension doesn't prolong the first. 409 `key_revoked`, `key_expired`.",
  access: admin("keys.manage"),
  audits: "key.suspended",
  body: SuspensionBody,
  idempotent: { within: "reach", notFound: "KEY_NOT_FOUND" },
  responses: {
    200: { description: "The key was already suspended; nothing was changed.", body: ApiKey },
    201: { description: "This request suspended the key.", body: ApiKey },
  },
});

export const resumeKeyOperation = defineOperation({
  id: "resumeKey",
  method: "POST",
  path: "/v1/admin/keys/{key_id}/resumption",
  summary: "End a key's suspension early",
  description:
    "The key works again at once, unless its owner or maker is the cause of its state. 409 `key_revoked`.",
  access: admin("keys.manage"),
  audits: "key.resumed",
  body: ResumptionBody,
  idempotent: { within: "reach", notFound: "KEY_NOT_FOUND" },
  responses: {
    200: { description: "The key was not suspended; nothing was changed.", body: ApiKey },
    201: { description: "This request resumed the key.", body: ApiKey },
  },
});

export const revokeKeyOperation = defineOperation({
  id: "revokeKey",
  method: "POST",
  path: "/v1/admin/keys/{key_id}/revocation",
  summary: "Revoke a key permanently",
  description:
    "Every later request with it is refused, in every process; its open streams end with their next heartbeat.",
  access: admin("keys.manage"),
  audits: "key.revoked",
  body: RevocationBody,
  idempotent: { within: "reach", notFound: "KEY_NOT_FOUND" },
  responses: {
    200: { description: "The key was already revoked; nothing was changed.", body: ApiKey },
    201: { description: "This request revoked the key.", body: ApiKey },
  },
});
