import { expect, test } from "vitest";
import { RunChanges } from "./run-changes";

const announced = (...runs: [string, string][]) => RunChanges.parse(JSON.stringify(runs));

test("a run that changes twice is named once, and taken once", () => {
  const changes = new RunChanges();
  changes.add(announced(["a", "org"], ["b", "org"]));
  changes.add(announced(["a", "org"]));
  expect(changes.isEmpty).toBe(false);
  expect(changes.take()).toEqual(["a", "b"]);
  expect(changes.isEmpty).toBe(true);
});

test("runs out of reach are left out", () => {
  const changes = new RunChanges();
  changes.add(announced(["a", "mine"], ["b", "other"]), (orgId) => orgId === "mine");
  expect(changes.take()).toEqual(["a"]);
});

test("many that were not named stay many, whatever is named beside them", () => {
  const changes = new RunChanges();
  changes.add(RunChanges.parse("null"));
  changes.add(announced(["a", "org"]));
  expect(changes.isEmpty).toBe(false);
  expect(changes.take()).toBeNull();
  expect(changes.isEmpty).toBe(true);
});

test("whoever takes nothing keeps no more than five hundred names", () => {
  const changes = new RunChanges();
  for (let run = 0; run < 500; run++) changes.add(announced([String(run), "org"]));
  expect(changes.take()).toHaveLength(500);
  for (let run = 0; run < 10_000; run++) changes.add(announced([String(run), "org"]));
  expect(changes.take()).toBeNull();
});
