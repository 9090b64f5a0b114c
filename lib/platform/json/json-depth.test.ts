import { expect, it } from "vitest";
import { parseJsonBody } from "@/lib/platform/http/parse-input";
import { isTooDeep, MAX_JSON_DEPTH } from "./json-depth";

const nest = (depth: number): string => '{"a":['.repeat(depth / 2) + "]}".repeat(depth / 2);

it("nesting: accepted up to the limit, refused one level deeper", () => {
  expect(isTooDeep(nest(MAX_JSON_DEPTH))).toBe(false);
  expect(isTooDeep(`[${nest(MAX_JSON_DEPTH)}]`)).toBe(true);
});

it("nesting: ignores siblings and brackets in strings", () => {
  expect(isTooDeep(`[${Array(500).fill("[]").join()}]`)).toBe(false);
  expect(isTooDeep(JSON.stringify({ '[["[[\\': '{{{{\\"[[[[' }), 1)).toBe(false);
  expect(isTooDeep(String.raw`["\\",[["\""]]]`, 2)).toBe(true);
});

it("a body of brackets: refused as malformed, never a stack overflow", () => {
  expect(() => parseJsonBody(Buffer.from(nest(30_000)))).toThrow(
    expect.objectContaining({ code: "BAD_REQUEST" }),
  );
  expect(parseJsonBody(Buffer.from(nest(MAX_JSON_DEPTH)))).toBeTypeOf("object");
});
