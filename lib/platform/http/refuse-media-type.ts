import { Refusal } from "@/lib/platform/errors";

const CHARSET = /;\s*charset\s*=\s*"?([^";,\s]*)/gi;
const UTF8 = new Set(["utf-8", "utf8"]);

const listOf = (value: string | null): string[] =>
  (value ?? "").split(",").flatMap((part) => part.trim().toLowerCase() || []);

/**
 * Refuses a body that says that it is encoded or written otherwise than we read it: UTF-8, as it is.
 * @param mustBeJson also refuses every Content-Type but JSON's: it is what no other site's form can send
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE
 */
export function refuseMediaType(headers: Headers, { mustBeJson }: { mustBeJson: boolean }): void {
  const codings = [
    ...listOf(headers.get("content-encoding")).filter((coding) => coding !== "identity"),
    ...listOf(headers.get("transfer-encoding")).filter((coding) => coding !== "chunked"),
  ];
  if (codings.length > 0)
    throw refusal("The body is compressed; send it uncompressed, without Content-Encoding.");
  const type = headers.get("content-type") ?? "";
  if ([...type.matchAll(CHARSET)].some(([, charset = ""]) => !UTF8.has(charset.toLowerCase())))
    throw refusal("The body must be in UTF-8.");
  if (mustBeJson && type.split(";")[0]!.trim().toLowerCase() !== "application/json")
    throw refusal("Send the body as JSON, with Content-Type: application/json.");
}

const refusal = (message: string) => new Refusal("UNSUPPORTED_MEDIA_TYPE", { message });
