import { expect, test } from "vitest";
import { findNeighbours } from "./run-list";

const stored = JSON.stringify({ href: "/runs?status=running", ids: ["a", "b", "c"] });

test.each([
  ["a", { place: 1, previous: undefined, next: "b" }],
  ["b", { place: 2, previous: "a", next: "c" }],
  ["c", { place: 3, previous: "b", next: undefined }],
])("%s stands between its neighbours", (id, expected) => {
  expect(findNeighbours(stored, id)).toEqual({ href: "/runs?status=running", count: 3, ...expected });
});

test.each([
  [null, "a"],
  [stored, "z"],
  ["{", "a"],
  ["null", "a"],
  [JSON.stringify({ href: "https://elsewhere.example", ids: ["a"] }), "a"],
])("without a list of this console that has it there are none", (text, id) => {
  expect(findNeighbours(text, id)).toBeUndefined();
});
