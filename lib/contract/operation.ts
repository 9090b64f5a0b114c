import type { z } from "zod";
import type { ErrorCode } from "./errors";
import type { AuditAction } from "@/lib/states/audit-entry";
import type { Permission } from "@/lib/states/permissions";

/** Who may call: anyone, the compute provider (by signature), or a caller with a credential. */
export type Access =
  | { by: "anyone" }
  | { by: "provider" }
  /** `admin`: only service keys with the admin scope and staff. `permission`: null when any credential will do. */
  | { by: "credential"; admin: boolean; permission: Permission | null };

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Schema = z.ZodType;

/**
 * How a kept answer is checked against the caller's reach before it is given again: they may have lost its organization
 * since, or now ask for another one alone.
 */
export type KeptAnswer =
  | {
      /** `org_id`: of that organization; `reach`: of all that it names, as a key is. */
      within: "org_id" | "reach";
      /** What everyone out of reach is answered. */
      notFound: ErrorCode;
    }
  /** No organization's: whoever could ask may hear it again. */
  | { within: "no organization" };

/** Why a change leaves no audit entry. */
export type Exempt = { exempt: string };
export const exempt = (reason: string): Exempt => ({ exempt: reason });

/** What an operation leaves in the audit trail. Whoever changes something says which, or it doesn't compile. */
type Audited =
  | { method: "GET"; audits?: AuditAction }
  /** An action: exactly one entry for each change that took place, in its transaction. */
  | { method: Exclude<Method, "GET">; audits: AuditAction | Exempt };

/** One operation of the API: the route, the OpenAPI document and the console's client all derive from it. */
export type Operation = Audited & {
  id: string;
  /** As OpenAPI writes it: `/v1/runs/{id}`. */
  path: `/v1/${string}`;
  summary: string;
  description?: string;
  access: Access;
  query?: z.ZodObject;
  /** Absent: a body is not read at all. */
  body?: Schema;
  /** An `Idempotency-Key` is honored: the verb then runs in the transaction that keeps its answer, and this checks it. */
  idempotent?: KeptAnswer;
  /** Statuses of refusals that don't follow from the rest of the declaration. */
  refusals?: readonly (404 | 409 | 422 | 429)[];
  responses: Record<number, Answered>;
};

type Answered = {
  description: string;
  body: Schema;
  /** Of a stream, whose events or lines are as `body` describes them; absent for JSON. */
  mediaType?: "text/event-stream" | "application/x-ndjson";
  /** What else the stream can be; the handler then says by its `Content-Type` which it is. */
  orElse?: { "text/csv": Schema };
};

export type CredentialAccess = Extract<Access, { by: "credential" }>;

export const anyone = { by: "anyone" } as const satisfies Access;
export const provider = { by: "provider" } as const satisfies Access;
export const credential = (permission: Permission | null = null): CredentialAccess => ({
  by: "credential",
  admin: false,
  permission,
});
export const admin = (permission: Permission): CredentialAccess => ({
  by: "credential",
  admin: true,
  permission,
});

export const defineOperation = <const T extends Operation>(operation: T): T => operation;
