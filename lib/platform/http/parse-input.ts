import type { z } from "zod";
import type { ErrorItem } from "@/lib/contract/errors";
import { invalid, Refusal } from "@/lib/platform/errors";
import { isRawNumber, parseJson } from "@/lib/platform/json/json";
import { isTooDeep } from "@/lib/platform/json/json-depth";
import { findRepeatedName } from "@/lib/platform/json/repeated-name";
import { findUnstorable } from "./find-unstorable";
import { MALFORMED_QUERY_HEADER } from "./internal-headers";

/**
 * Parses a JSON body; an empty one is undefined.
 * @throws Refusal BAD_REQUEST for bytes that aren't UTF-8, aren't JSON, or are nested too deeply
 * @throws Refusal VALIDATION_ERROR `repeated` for an object with a duplicate name, at any depth
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return undefined;
  const { text, value } = readJson(bytes);
  const repeated = findRepeatedName(text);
  if (repeated) {
    throw invalid(
      cutNames(["body", ...repeated]),
      "repeated",
      "This field appears more than once in its object.",
    );
  }
  return value;
}

function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!isTooDeep(text)) return { text, value: parseJson(text) };
  } catch {
    // The caller below refuses these bytes.
  }
  throw new Refusal("BAD_REQUEST");
}

/**
 * @param origin the first item of every `loc`
 * @throws Refusal VALIDATION_ERROR naming the first 50 wrong or unknown fields
 */
export function parseWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
  origin: "body" | "query" | "header",
): z.output<S> {
  // zod would see a number kept as raw text as an object with a field that the client never sent.
  const parsed = schema.safeParse(isRawNumber(value) ? Number(value.rawJSON) : value);
  const unstorable = findUnstorable(schema, value, origin).map((item) => ({
    ...item,
    loc: cutNames(item.loc),
  }));
  if (parsed.success && unstorable.length === 0) return parsed.data;
  const places = new Set(unstorable.map(({ loc }) => JSON.stringify(loc)));
  const others = parsed.error?.issues.flatMap((issue) => describe(issue, origin)) ?? [];
  const errors = [...unstorable, ...others.filter(({ loc }) => !places.has(JSON.stringify(loc)))];
  throw new Refusal("VALIDATION_ERROR", { errors: errors.slice(0, MAX_ERRORS) });
}

/** Enough to fix a request, and keeps a body of unknown fields from causing an equally large response. */
const MAX_ERRORS = 50;

function describe(issue: z.core.$ZodIssue, origin: string): ErrorItem[] {
  const loc = cutNames([
    origin,
    ...issue.path.map((part) => (typeof part === "number" ? part : String(part))),
  ]);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(cutName).map((name) => ({
      type: "extra_forbidden",
      loc: [...loc, name],
      msg: `${name} is not a field.`,
    }));
  }
  if (issue.code === "invalid_union") {
    const branch = issue.errors.find((issues) => issues.length > 0)?.[0];
    if (branch) return describe({ ...branch, path: [...issue.path, ...branch.path] }, origin);
  }
  return [{ type: nameType(issue), loc, msg: issue.message }];
}

const MAX_NAME = 64;
const cutName = (name: string): string =>
  name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1).toWellFormed()}…` : name;
const cutNames = (loc: ErrorItem["loc"]): ErrorItem["loc"] =>
  loc.map((part) => (typeof part === "number" ? part : cutName(part)));

/** The `type` of an error item: stable words, independent of zod. */
function nameType(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "custom":
      return typeof issue.params?.["type"] === "string" ? issue.params["type"] : "value_error";
    case "invalid_type":
      return issue.input === undefined && issue.message.includes("undefined")
        ? "missing"
        : `${issue.expected}_type`;
    case "too_small":
      return issue.origin === "string" ? "string_too_short" : "greater_than_equal";
    case "too_big":
      return issue.origin === "string" ? "string_too_long" : "less_than_equal";
    case "invalid_format":
      return `${issue.format}_format`;
    case "invalid_value":
      return "enum";
    default:
      return "value_error";
  }
}

/**
 * Parses the query. A repeated parameter is an error rather than a silent choice, and so are bytes that
 * aren't UTF-8.
 * @throws Refusal VALIDATION_ERROR at the parameter
 */
export function readQuery(url: URL, headers: Headers): Record<string, string> {
  const malformed = headers.get(MALFORMED_QUERY_HEADER);
  if (malformed !== null) {
    const name = decodeURIComponent(malformed);
    const msg = "The parameter has percent escapes that are not UTF-8.";
    throw invalid(cutNames(["query", name]), "string_unicode", msg);
  }
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(query, name)) {
      const errors = [{ type: "repeated", loc: ["query", name], msg: `${name} is given more than once.` }];
      throw new Refusal("VALIDATION_ERROR", { errors });
    }
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}
