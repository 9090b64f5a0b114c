import { describe, expect, test } from "vitest";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { completeExpression } from "./complete-expression";

const KNOWN = {
  status_code: [
    { value: "running", label: "running" },
    { value: "succeeded", label: "succeeded" },
    { value: "partial_succeeded", label: "partial_succeeded" },
  ],
  model: [{ value: "it's a model", label: "it's a model" }],
  org_id: [{ value: "01a2105b-b058-7603-bcd5-4e7603b8ed86", label: "Halden & Søn" }],
};

/** The suggestions' results, with `|` at the caret. */
function complete(marked: string): string[] {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  return completeExpression(text, caret, KNOWN).map(
    ({ insert, from, to }) => text.slice(0, from) + insert + text.slice(to),
  );
}

describe("a value", () => {
  test("is completed after its field, anywhere in the expression", () => {
    expect(complete("status_code:|")).toEqual([
      "status_code:running",
      "status_code:succeeded",
      "status_code:partial_succeeded",
    ]);
    expect(complete("cost>1 AND (status_code.ne: run|)")).toEqual(["cost>1 AND (status_code.ne: running)"]);
    expect(complete("status_code=suc|eeded AND cost>1")).toEqual([
      "status_code=succeeded AND cost>1",
      "status_code=partial_succeeded AND cost>1",
    ]);
  });

  test("replaces a quoted value, and is quoted if necessary", () => {
    expect(complete("status_code:'run|' OR cost>1")).toEqual(["status_code:running OR cost>1"]);
    expect(complete("model:\"it's|")).toEqual(["model:'it\\'s a model'"]);
    expect(complete("model:|").map(parseQuery)).toEqual([
      { kind: "compare", field: "model", op: "eq", value: "it's a model" },
    ]);
  });

  test("is found by its name as well as its ID", () => {
    expect(complete("org_id:halden|")).toEqual(["org_id:01a2105b-b058-7603-bcd5-4e7603b8ed86"]);
  });

  test("is not suggested if already typed, nor for a field with countless values", () => {
    for (const text of [
      "status_code:running|",
      "client_ref:a|",
      "status_code>r|",
      "toString:|",
      "|",
      "status_code:running |",
    ]) {
      expect(complete(text)).toEqual([]);
    }
  });
});

describe("a field or a keyword", () => {
  test("is completed from its first letters", () => {
    expect(complete("dur|")).toEqual(["duration_ms:"]);
    expect(complete("cost>1 an|")).toEqual(["cost>1 AND "]);
    expect(complete("(ST|")).toEqual(["(status_code:", "(started_at:"]);
    expect(complete("meta|")).toEqual(["metadata."]);
  });

  test("replaces the whole word", () => {
    expect(complete("sta|tus:x")).toEqual(["status_code:x", "started_at:x"]);
  });
});
