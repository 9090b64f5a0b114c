import type { ErrorItem } from "@/lib/contract/errors";

/** The server refused the request; `message` is its own text. */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: ErrorItem[] | null,
    readonly requestId: string | null,
  ) {
    super(message);
  }

  /** Whether any of the error's items has this type. */
  has(type: string): boolean {
    return this.errors?.some((item) => item.type === type) ?? false;
  }
}

/** No response arrived, so the outcome is unknown. */
export class ConnectionError extends Error {
  override name = "ConnectionError";

  constructor() {
    super("The connection was lost before a response arrived.");
  }
}

/** The request wasn't sent: a chunk of the page that it needs is missing, as after a deployment. */
export class NotSentError extends Error {
  override name = "NotSentError";

  constructor(options: { cause: unknown }) {
    super("Part of this page is missing, so nothing was sent.", options);
  }
}
