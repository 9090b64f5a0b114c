import { z } from "zod";

/** Every error of the API, with its status and a message for people. Codes are stable. */
export const ERRORS = {
  BAD_REQUEST: { status: 400, message: "The request body is not valid JSON." },
  UNAUTHORIZED: { status: 401, message: "A valid credential for this endpoint is required." },
  INSUFFICIENT_CREDIT: { status: 402, message: "The organization has no credit left." },
  PERMISSION_DENIED: { status: 403, message: "This credential does not permit the operation." },
  EMAIL_NOT_VERIFIED: { status: 403, message: "The email address behind this credential is not verified." },
  ORGANIZATION_MEMBERSHIP_REQUIRED: { status: 403, message: "You can't access this organization." },
  NOT_FOUND: { status: 404, message: "This path doesn't exist." },
  ORGANIZATION_NOT_FOUND: { status: 404, message: "Organization not found." },
  RUN_NOT_FOUND: { status: 404, message: "Run not found." },
  CANCELLATION_BATCH_NOT_FOUND: { status: 404, message: "Bulk cancellation not found." },
  APPROVAL_NOT_FOUND: { status: 404, message: "Approval request not found." },
  MODEL_NOT_FOUND: { status: 404, message: "Model not found." },
  WEBHOOK_NOT_FOUND: { status: 404, message: "Webhook not found." },
  DELIVERY_NOT_FOUND: { status: 404, message: "Delivery not found." },
  JOB_NOT_FOUND: { status: 404, message: "Job not found, or it has finished since." },
  CALLBACK_SECRET_NOT_FOUND: { status: 404, message: "Callback secret not found." },
  KEY_NOT_FOUND: { status: 404, message: "Key not found." },
  AUDIT_ENTRY_NOT_FOUND: { status: 404, message: "Audit entry not found." },
  VIEW_NOT_FOUND: { status: 404, message: "View not found, or it belongs to someone else." },
  SESSION_NOT_FOUND: { status: 404, message: "Session not found, or it is someone else's." },
  FACTOR_NOT_FOUND: { status: 404, message: "Second factor not found, or it is someone else's." },
  PERSON_NOT_FOUND: { status: 404, message: "Person not found." },
  PASSWORD_LINK_NOT_FOUND: {
    status: 404,
    message: "This link is no longer valid: it was used, has expired, or was replaced by a newer one.",
  },
  KEY_LINK_NOT_FOUND: {
    status: 404,
    message:
      "This link is no longer valid: it was used, has expired, was replaced by a newer one, or its key was stopped.",
  },
  METHOD_NOT_ALLOWED: { status: 405, message: "This path does not support that method." },
  REQUEST_TIMEOUT: { status: 408, message: "The request did not arrive in time. Send it again." },
  CONFLICT: { status: 409, message: "The request conflicts with the current state." },
  PAYLOAD_TOO_LARGE: { status: 413, message: "The request body is larger than 64 KiB." },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: "The request body must be uncompressed JSON in UTF-8." },
  VALIDATION_ERROR: { status: 422, message: "A field of the request is not valid." },
  RATE_LIMITED: { status: 429, message: "Too many requests with this credential. Try again later." },
  REQUEST_HEADER_FIELDS_TOO_LARGE: {
    status: 431,
    message:
      "The URL and headers of this request exceed 64 KiB together. Send a shorter filter or fewer cookies.",
  },
  INTERNAL_ERROR: {
    status: 500,
    message: "Something went wrong on our side. Give the request id to support.",
  },
  SERVICE_UNAVAILABLE: { status: 503, message: "The service can't reach its database. Try again." },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const ErrorItem = z.object({
  type: z.string(),
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
});
export type ErrorItem = z.infer<typeof ErrorItem>;

export const ErrorEnvelope = z
  .object({ code: z.string(), message: z.string(), errors: z.array(ErrorItem).nullable() })
  .meta({ id: "Error", description: "The shape of every error." });
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;
