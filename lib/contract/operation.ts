import type { z } from "zod";
import type { ErrorCode } from "./errors";
import type { AuditAction } from "@/lib/states/audit-entry";
import type { Permission } from "@/lib/states/permissions";

/** Anyone, the compute provider (by signature), or a caller with a credential. */
export type Access =
  | { by: "anyone" }
  | { by: "provider" }
  /**
   * `admin`: only staff and service keys with the admin scope. `permission`: null if any credential is
   * enough. `session`: only a person signed in to the console, no key.
   */
  | { by: "credential"; admin: boolean; permission: Permission | null; session?: true };

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Schema = z.ZodType;

/**
 * Idempotency replay: how to check a stored response first, because the caller may have lost access to its
 * organization or may now name another one.
 */
export type KeptAnswer =
  | {
      /**
       * `org_id`: of that organization; `org_ids`: of all of them; `reach`: of all that the response
       * names, as for a key.
       */
      within: "org_id" | "org_ids" | "reach";
      /** The error when the caller can't access the organization. */
      notFound: ErrorCode;
    }
  /** Concerns no organization, so the caller always gets it again. */
  | { within: "no organization" };

/** Why a change writes no audit entry. */
export type Exempt = { exempt: string };
export const exempt = (reason: string): Exempt => ({ exempt: reason });

/** The audit entry that an operation writes. A change that doesn't declare it doesn't compile. */
type Audited =
  | { method: "GET"; audits?: AuditAction }
  /** An action: exactly one entry per change, in the change's transaction. */
  | { method: Exclude<Method, "GET">; audits: AuditAction | Exempt };

/** One operation of the API; the route, the OpenAPI document and the console's client derive from it. */
export type Operation = Audited & {
  id: string;
  /** In OpenAPI notation: `/v1/runs/{id}`. */
  path: `/v1/${string}`;
  summary: string;
  description?: string;
  access: Access;
  /** A session needs a recent sign-in, or the password again: 403 `step_up_required`. */
  stepUp?: true;
  /** A person who must set up a second factor may do this before: otherwise 403 `second_factor_required`. */
  beforeFactor?: true;
  query?: z.ZodObject;
  /** If absent, the request body isn't read. */
  body?: Schema;
  /** 64 KiB unless the operation says otherwise. */
  maxBodyBytes?: number;
  /**
   * Supports `Idempotency-Key`: the verb runs in the transaction that stores its response; this says how to
   * check it before a replay.
   */
  idempotent?: KeptAnswer;
  /** Statuses of refusals that the rest of the declaration doesn't imply. */
  refusals?: readonly (404 | 409 | 422 | 429)[];
  responses: Record<number, Answered>;
};

type Answered = {
  description: string;
  body: Schema;
  /** A stream whose events or lines match `body`; JSON if absent. */
  mediaType?: "text/event-stream" | "application/x-ndjson";
  /** Another format of the stream; the response's `Content-Type` says which one was sent. */
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
/** A person's own account, which no key may touch. */
export const session = { ...credential(), session: true } as const satisfies Access;
export const admin = (permission: Permission): CredentialAccess => ({
  by: "credential",
  admin: true,
  permission,
});

export const defineOperation = <const T extends Operation>(operation: T): T => operation;
