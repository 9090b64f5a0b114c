import { expect, test } from "vitest";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { EXAMPLES } from "./expression-guide";

test.each(EXAMPLES)("example $text: valid", ({ text }) => {
  expect(parseQuery(text)).toBeDefined();
});
