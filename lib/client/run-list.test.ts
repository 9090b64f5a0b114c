import { expect, test } from "vitest";
import { findNeighbors } from "./run-list";

const stored = JSON.stringify({ href: "/runs?status=running", ids: ["a", "b", "c"] });

test.each([
  ["a", { place: 1, previous: undefined, next: "b" }],
  ["b", { place: 2, previous: "a", next: "c" }],
  ["c", { place: 3, previous: "b", next: undefined }],
])("find neighbors: %s", (id, expected) => {
  expect(findNeighbors(stored, id)).toEqual({ href: "/runs?status=running", count: 3, ...expected });
});

test.each([
  [null, "a"],
  [stored, "z"],
  ["{", "a"],
  ["null", "a"],
  [JSON.stringify({ href: "https://elsewhere.example", ids: ["a"] }), "a"],
])("find neighbors: none without a stored list that has the run", (text, id) => {
  expect(findNeighbors(text, id)).toBeUndefined();
});
