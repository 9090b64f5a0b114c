import { v7 } from "uuid";

export const REQUEST_ID_HEADER = "Runflow-Request-Id";

/** `req_` and 32 hex digits in time order; unlike a run's id at a glance. */
export const newRequestId = (): string => `req_${v7().replaceAll("-", "")}`;
