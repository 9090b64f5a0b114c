import { expect, test } from "vitest";
import { nameActors } from "./name-actors";

test("actors: namesakes get a detail, others only their name", () => {
  const actors = [
    { id: "1", name: "Production", detail: "rf_live_j203" },
    { id: "2", name: "Production", detail: "rf_live_9kQa" },
    { id: "3", name: "Amara Okafor", detail: "amara.okafor@example.com" },
    { id: "4", name: "Migration", detail: null },
  ];
  expect(nameActors(actors).map(({ label }) => label)).toEqual([
    "Production · rf_live_j203",
    "Production · rf_live_9kQa",
    "Amara Okafor",
    "Migration",
  ]);
});
