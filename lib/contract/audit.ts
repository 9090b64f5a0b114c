import { z } from "zod";
import {
  ACTOR_TYPES,
  AUDIT_ACTIONS,
  AUDIT_SOURCES,
  AUDIT_TARGETS,
  type AuditAction,
} from "@/lib/states/audit-entry";
import { Moment } from "./moment-text";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { StorableText } from "./storable-text";
import { searchText } from "./text/fold";
import { Timestamp, Uuid } from "./values";

export const AuditEntry = z
  .object({
    id: Uuid,
    position: z.int().nullable(),
    org_id: Uuid,
    action: z.enum(AUDIT_ACTIONS),
    occurred_at: Timestamp,
    actor: z.object({
      type: z.enum(ACTOR_TYPES),
      id: Uuid,
      name: z.string(),
      email: z.string().nullable(),
      role: z.string().nullable(),
      key_prefix: z.string().nullable(),
      owner: z
        .object({ id: Uuid, name: z.string(), role: z.string().nullable() })
        .optional()
        .meta({
          description:
            "The owner of the key at that time. Absent for other actors, and in entries from before owners " +
            "were kept.",
        }),
      maker: z.object({ id: Uuid, name: z.string(), email: z.string() }).optional().meta({
        description:
          "Who made the key. Absent if nobody recorded it, for other actors, and in earlier entries.",
      }),
    }),
    target: z.object({ type: z.enum(AUDIT_TARGETS), id: Uuid, label: z.string() }),
    context: z.object({
      source: z.enum(AUDIT_SOURCES),
      ip: z.string().nullable(),
      user_agent: z.string().nullable(),
      request_id: z.string(),
    }),
    meta: z.looseObject({
      reason: z.string().nullable(),
      ticket: z.string().nullable(),
      status_before: z.string().optional(),
      status_after: z.string().optional(),
      unreadable: z
        .unknown()
        .optional()
        .meta({
          description:
            "The raw `meta` of an old entry that bypassed the console and doesn't match this contract. " +
            "The entry's hash covers only this value instead of `meta`.",
        }),
    }),
    chain: z.object({ sequence: z.int(), previous_hash: z.string(), hash: z.string() }).nullable(),
  })
  .meta({
    id: "AuditEntry",
    description:
      "Who did what, to which target, why, when and from where. Changes of a run include its status before and after.",
  });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = pageOf(AuditEntry).meta({ id: "AuditPage" });
export type AuditPage = z.infer<typeof AuditPage>;

/**
 * The trigram index on reasons needs three letters or digits in a row, two at the edge of a word, or two
 * Chinese, Japanese or Korean characters (indexed twice). Any other text would scan every entry.
 */
const INDEXED =
  /[\p{Alphabetic}\p{N}]{3}|[^\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}]{2}|[\p{Alphabetic}\p{N}]{2}[^\p{Alphabetic}\p{N}]/u;
export const TOO_SHORT_TO_SEARCH =
  "Too short to search for: give three letters or digits of a word, or two Chinese, Japanese or Korean characters.";

const isAuditAction = (text: string): text is AuditAction => AUDIT_ACTIONS.some((action) => action === text);

/** One action, or several separated by commas. */
const Actions = z
  .string()
  .refine((text) => text.split(",").every(isAuditAction), "List audit actions, separated by commas.")
  .transform((text) => [...new Set(text.split(",").filter(isAuditAction))])
  .meta({
    example: "run.cancelled,key.revoked",
    description: "One action, or several separated by commas.",
  });

const AUDIT_FILTERS = {
  action: Actions.optional(),
  actor_id: Uuid.optional(),
  org_id: Uuid.optional(),
  target_id: Uuid.optional(),
  ticket: StorableText(300)
    .optional()
    .meta({ description: "As written, or its number: `4821` finds `#4821`." }),
  reason: StorableText(500)
    .refine((text) => INDEXED.test(searchText(text)), TOO_SHORT_TO_SEARCH)
    .optional()
    .meta({
      description:
        "Text to find in the reason: at least three letters or digits of a word, or two Chinese, Japanese or Korean " +
        "characters. Case, accents, width, dashes and quotation marks are ignored.",
    }),
  from: Moment.optional().meta({ description: "Earliest time, inclusive." }),
  to: Moment.optional().meta({ description: "Latest time, exclusive." }),
};

export const AuditListQuery = z.strictObject({
  ...AUDIT_FILTERS,
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type AuditListQuery = z.infer<typeof AuditListQuery>;

/** Response header of a HEAD request: how much a GET would export. */
export const EXPORT_SIZE_HEADER = "Runflow-Export-Size";

export const EXPORT_FORMATS = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A proof needs every entry of a chain. */
const NOT_WITH_PROOF = ["action", "actor_id", "target_id", "ticket", "reason"] as const;

export const AuditExportQuery = z
  .strictObject({
    ...AUDIT_FILTERS,
    format: z.enum(EXPORT_FORMATS),
    proof: z.enum(["true", "false"]).default("false").meta({
      description: "`true`, with `ndjson`: exports whole chains and ends with a line that proves them.",
    }),
  })
  .check(({ value, issues }) => {
    if (value.proof === "false") return;
    const refuse = (path: string, message: string) =>
      issues.push({ code: "custom", input: value, path: [path], message });
    if (value.format !== "ndjson")
      refuse("format", "Only an export as ndjson can include its proof. Set format=ndjson.");
    for (const name of NOT_WITH_PROOF) {
      if (value[name] !== undefined) {
        refuse(name, "A proof needs whole chains. Filter only by org_id, from and to.");
      }
    }
  });
export type AuditExportQuery = z.infer<typeof AuditExportQuery>;

export const exportAuditLogOperation = defineOperation({
  id: "exportAuditLog",
  method: "GET",
  path: "/v1/admin/audit-log/export",
  summary: "Export audit entries as a file",
  description:
    "All matching entries, newest first, as of the start of the export. CSV (RFC 4180, UTF-8; with a byte order " +
    "mark for a person's session, so that Excel reads it, without one for a key) has one row per entry with its fields flattened; fields without a column are in `meta` as JSON, and " +
    "text that a spreadsheet could take for a formula, whichever character separates its cells, is preceded by an apostrophe. NDJSON has one line per entry, like " +
    "`GET /v1/admin/audit-log/{id}`. With its proof, the file is in order of position and has the form that " +
    "docs/audit-format.md describes. If an export can't be finished, its connection is cut, so that it is recognizably incomplete.",
  access: admin("audit.export"),
  audits: "audit.exported",
  query: AuditExportQuery,
  refusals: [409],
  responses: {
    200: {
      description: "The file.",
      body: AuditEntry,
      mediaType: "application/x-ndjson",
      orElse: { "text/csv": z.string() },
    },
  },
});

export const listAuditEntriesOperation = defineOperation({
  id: "listAuditEntries",
  method: "GET",
  path: "/v1/admin/audit-log",
  summary: "List audit entries, newest first",
  access: admin("audit.read"),
  query: AuditListQuery,
  responses: { 200: { description: "A page of entries.", body: AuditPage } },
});

export const getAuditEntryOperation = defineOperation({
  id: "getAuditEntry",
  method: "GET",
  path: "/v1/admin/audit-log/{id}",
  summary: "Get an audit entry",
  access: admin("audit.read"),
  responses: { 200: { description: "The entry.", body: AuditEntry } },
});

/** A position in the trail, or 0 for its start. */
export const Position = z
  .string()
  .regex(/^\d{1,15}$/, "A position is a whole number, 0 or more.")
  .transform(Number)
  .meta({ override: { type: "integer", minimum: 0 } });

export const streamAuditLogOperation = defineOperation({
  id: "streamAuditLog",
  method: "GET",
  path: "/v1/admin/audit-log/stream",
  summary: "Follow the audit trail",
  description:
    "Server-sent events in order of position, each position once: `entry` with the entry as its data, or `retired` " +
    "with `position` and `id` when the entry's month was retired. An event's id is its position; a client that reconnects with " +
    "`Last-Event-ID`, as browsers do, continues after it. Otherwise `after` is where to start (0: with the " +
    "first entry); without either, the stream starts with entries sealed from now on. Events named `beat` are heartbeats that " +
    "state in how many milliseconds (`next_ms`) the next one is due; their id is a position to resume from too. " +
    "The stream ends when the credential ends or its reach changes. A credential can have eight streams open.",
  access: admin("audit.read"),
  query: z.strictObject({ after: Position.optional() }),
  responses: { 200: { description: "The stream.", body: AuditEntry, mediaType: "text/event-stream" } },
});
