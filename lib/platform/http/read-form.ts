import { invalid, Refusal } from "@/lib/platform/errors";
import { readBody } from "./read-body";

/**
 * Reads a form of at most 64 KiB.
 * @throws Refusal BAD_REQUEST for anything else, PAYLOAD_TOO_LARGE, and VALIDATION_ERROR for a repeated field
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded")
    throw new Refusal("BAD_REQUEST", { message: "The request body is not a form." });
  const fields = [...new URLSearchParams(new TextDecoder().decode(await readBody(request)))];
  const names = new Set<string>();
  for (const [name] of fields) {
    if (names.has(name)) throw invalid(["body", name], "repeated", `${name} is given more than once.`);
    names.add(name);
  }
  return Object.fromEntries(fields);
}
