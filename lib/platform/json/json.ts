/**
 * JSON that keeps a customer's numbers unchanged: 12345678901234567890 and 1.0 round-trip. A number that a
 * double can't hold byte for byte becomes a raw-JSON object, which `stringifyJson` writes unchanged.
 */
type RawJson = { rawJSON: string };
type ReviverContext = { source?: string };
/** Current engines have this, but TypeScript's library doesn't declare it yet. */
type JsonWithSource = {
  rawJSON?: (text: string) => RawJson;
  isRawJSON?: (value: unknown) => value is RawJson;
  parse(text: string, reviver: (key: string, value: unknown, context?: ReviverContext) => unknown): unknown;
};

const json = JSON as unknown as JsonWithSource;

/** @throws SyntaxError if the text isn't JSON */
export function parseJson(text: string): unknown {
  return json.parse(text, (_key, value, context) =>
    typeof value === "number" &&
    context?.source !== undefined &&
    String(value) !== context.source &&
    json.rawJSON
      ? json.rawJSON(context.source)
      : value,
  );
}

/** @param indent spaces per level; omit for a single line */
export function stringifyJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent);
}

/** Whether a parsed value is a number that a double can't hold. */
export const isRawNumber = (value: unknown): value is RawJson => json.isRawJSON?.(value) ?? false;
