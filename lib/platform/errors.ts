import type { ErrorCode, ErrorItem } from "@/lib/contract/errors";
import type { Permission } from "@/lib/states/permissions";

type RefusalOptions = {
  /** Overrides the code's default message. */
  message?: string;
  errors?: ErrorItem[];
  headers?: Record<string, string>;
  /** For the security event and the log; never sent. */
  detail?: Record<string, unknown>;
  /** After too many similar ones: logged, but not recorded as a security event. */
  isOneOfMany?: true;
};

/**
 * A request answered with an error of the contract. Verbs throw it; the HTTP layer turns it into a response.
 */
export class Refusal extends Error {
  override name = "Refusal";

  constructor(
    readonly code: ErrorCode,
    readonly options: RefusalOptions = {},
  ) {
    super(options.message ?? code);
  }
}

/** Names the missing permission, so that the caller can ask for it. */
export function permissionRequired(
  permission: Permission,
  { message, loc = [] }: { message?: string; loc?: ErrorItem["loc"] } = {},
): Refusal {
  const msg = message ?? `This requires the permission ${permission}.`;
  return new Refusal("PERMISSION_DENIED", {
    ...(message && { message }),
    errors: [{ type: "permission_required", loc, msg }],
  });
}

/** Refuses a key an operation that only people do, in the console. */
export function sessionRequired(): Refusal {
  const msg = "Only a person who is signed in to the console can do this.";
  return new Refusal("PERMISSION_DENIED", { errors: [{ type: "session_required", loc: [], msg }] });
}

/** Asks a person whose sign-in is too long ago for their password. */
export function stepUpRequired(): Refusal {
  const message = "Your sign-in is too long ago for this. Confirm your password, then try again.";
  return new Refusal("PERMISSION_DENIED", {
    message,
    errors: [{ type: "step_up_required", loc: [], msg: message }],
  });
}

/** Leads a person who needs a second factor to set one up. */
export function factorRequired(): Refusal {
  const message = "Set up a second factor first: an authenticator app or a passkey.";
  return new Refusal("PERMISSION_DENIED", {
    message,
    errors: [{ type: "second_factor_required", loc: [], msg: message }],
  });
}

/** @param loc the field that must change, if any */
export const conflict = (type: string, message: string, loc: ErrorItem["loc"] = []): Refusal =>
  new Refusal("CONFLICT", { message, errors: [{ type, loc, msg: message }] });

export const invalid = (loc: (string | number)[], type: string, msg: string): Refusal =>
  new Refusal("VALIDATION_ERROR", { errors: [{ type, loc, msg }] });
