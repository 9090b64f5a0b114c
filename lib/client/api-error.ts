import type { ErrorItem } from "@/lib/contract/errors";

/** The server refused, in its own words. */
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

  /** Whether one of the error's items has this type. */
  has(type: string): boolean {
    return this.errors?.some((item) => item.type === type) ?? false;
  }
}

/** Nothing came back, so what became of the request is not known. */
export class ConnectionError extends Error {
  override name = "ConnectionError";

  constructor() {
    super("The connection was lost before a response arrived.");
  }
}

/** A part of the page that the request needs is missing, as after a deployment, so the request was not sent. */
export class NotSentError extends Error {
  override name = "NotSentError";

  constructor(options: { cause: unknown }) {
    super("Part of this page is missing, so nothing was sent.", options);
  }
}
