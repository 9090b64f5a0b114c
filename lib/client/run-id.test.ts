import { expect, test } from "vitest";
import { containsId, readId } from "./run-id";

const id = "0196f1a0-0000-7000-8000-00000000abcd";

test("an id is read in any case, with space around it", () => {
  expect(readId(`  ${id.toUpperCase()}\n`)).toBe(id);
});

test("a sentence is no id, and contains one", () => {
  expect(readId(`run ${id}`)).toBeUndefined();
  expect(containsId(`https://console.example/runs/${id}?x=1`)).toBe(true);
  expect(containsId("order-10034")).toBe(false);
});
