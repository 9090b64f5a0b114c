import { Refusal } from "@/lib/platform/errors";

const CHARSET = /;\s*charset\s*=\s*"?([^";,\s]*)/gi;
const UTF8 = new Set(["utf-8", "utf8"]);

const listOf = (value: string | null): string[] =>
  (value ?? "").split(",").flatMap((part) => part.trim().toLowerCase() || []);

/**
 * Refuses a body with a content encoding or a charset other than UTF-8.
 * @param mustBeJson refuses every Content-Type but JSON, because another site's form can't send JSON
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE
 */
export function refuseMediaType(headers: Headers, { mustBeJson }: { mustBeJson: boolean }): void {
  const codings = [
    ...listOf(headers.get("content-encoding")).filter((coding) => coding !== "identity"),
    ...listOf(headers.get("transfer-encoding")).filter((coding) => coding !== "chunked"),
  ];
  if (codings.length > 0)
    throw refusal("The body is compressed. Send it uncompressed, without Content-Encoding.");
  const type = headers.get("content-type") ?? "";
  if ([...type.matchAll(CHARSET)].some(([, charset = ""]) => !UTF8.has(charset.toLowerCase())))
    throw refusal("The body must be UTF-8.");
  if (mustBeJson && type.split(";")[0]!.trim().toLowerCase() !== "application/json")
    throw refusal("Send the body as JSON, with Content-Type: application/json.");
}

const refusal = (message: string) => new Refusal("UNSUPPORTED_MEDIA_TYPE", { message });
