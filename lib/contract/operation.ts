import type { z } from "zod";
import type { ErrorCode } from "./errors";
import type { AuditAction } from "@/lib/states/audit-entry";
import type { Permission } from "@/lib/states/permissions";

/** Anyone, the compute provider (by signature), or a caller with a credential. */
export type Access =
  | { by: "anyone" }
  | { by: "provider" }
  /**
   * `admin`: only service keys with the admin scope and staff. `permission`: null when any credential is
   * enough.
   */
  | { by: "credential"; admin: boolean; permission: Permission | null };

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Schema = z.ZodType;

/**
 * How to check a stored response before replaying it: the caller may have lost its organization since, or now
 * ask for another one.
 */
export type KeptAnswer =
  | {
      /** `org_id`: of that organization; `reach`: of all that it names, as for a key. */
      within: "org_id" | "reach";
      /** The error for everyone out of reach. */
      notFound: ErrorCode;
    }
  /** Concerns no organization, so any caller may get it again. */
  | { within: "no organization" };

/** Why a change leaves no audit entry. */
export type Exempt = { exempt: string };
export const exempt = (reason: string): Exempt => ({ exempt: reason });

/** What an operation writes to the audit trail. A change that doesn't declare it doesn't compile. */
type Audited =
  | { method: "GET"; audits?: AuditAction }
  /** An action: exactly one entry per change, in its transaction. */
  | { method: Exclude<Method, "GET">; audits: AuditAction | Exempt };

/** One operation of the API; the route, the OpenAPI document and the console's client derive from it. */
export type Operation = Audited & {
  id: string;
  /** In OpenAPI's notation: `/v1/runs/{id}`. */
  path: `/v1/${string}`;
  summary: string;
  description?: string;
  access: Access;
  query?: z.ZodObject;
  /** Absent: the body is not even read. */
  body?: Schema;
  /**
   * Supports `Idempotency-Key`: the verb runs in the transaction that stores its response, and this checks a
   * stored one.
   */
  idempotent?: KeptAnswer;
  /** Statuses of refusals that don't follow from the rest of the declaration. */
  refusals?: readonly (404 | 409 | 422 | 429)[];
  responses: Record<number, Answered>;
};

type Answered = {
  description: string;
  body: Schema;
  /** Of a stream whose events or lines match `body`; absent for JSON. */
  mediaType?: "text/event-stream" | "application/x-ndjson";
  /** An alternative format of the stream; the handler's `Content-Type` says which it is. */
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
