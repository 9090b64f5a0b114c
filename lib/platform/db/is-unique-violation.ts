/** Whether a unique index refused a row. `$queryRaw` wraps its error several times. */
export function isUniqueViolation(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  if (code === "P2002" || code === "23505" || originalCode === "23505") return true;
  return [cause, meta, driverAdapterError].some((inner) => isUniqueViolation(inner, depth + 1));
}
