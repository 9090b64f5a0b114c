import { v7 } from "uuid";

export const REQUEST_ID_HEADER = "Runflow-Request-Id";

/** `req_` and 32 hex digits in time order; can't be mistaken for a run's id. */
export const newRequestId = (): string => `req_${v7().replaceAll("-", "")}`;
