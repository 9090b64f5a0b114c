import { expect, test } from "vitest";
import { findTrailProblems } from "./find-trail-problems";
import type { Facts } from "./problem";

const NOW = "2026-12-01T12:00:00.000+00:00";
const before = (seconds: number) =>
  new Date(Date.parse(NOW) - seconds * 1_000).toISOString().replace("Z", "+00:00");

const checkpoint = {
  number: 7,
  time: before(600),
  unsigned: 0,
  unsigned_since: null,
  copies: [{ target: "s3://bucket/", copied_at: before(590), last_error: null }],
};
const forwarding = {
  target: "https://siem.example/in",
  lacking: 0,
  lacking_since: null,
  failures: 0,
  last_error: null,
};
const facts = (changes: Partial<Facts> = {}): Facts => ({
  taken_at: NOW,
  queues: [],
  sealing: { unsealed: 0, oldest_unsealed_at: null, is_led: true },
  forwarding,
  checkpoint,
  deliveries: { waiting: 0, endpoints_paused: 0 },
  stuck_runs: { count: 0, has_more: false },
  processes: [],
  migrations: null,
  ...changes,
});
const find = (changes: Partial<Facts>) => findTrailProblems(facts(changes));

test("trail up to date, or without forwarding and checkpoints: no problem", () => {
  expect(find({})).toEqual([]);
  expect(
    find({ forwarding: null, checkpoint: { ...checkpoint, number: null, time: null, copies: [] } }),
  ).toEqual([]);
});

test("forwarding: a problem after a minute, with the endpoint's error", () => {
  const lag = (seconds: number) => ({
    forwarding: { ...forwarding, lacking: 3, lacking_since: before(seconds), last_error: "answered 500" },
  });
  expect(find(lag(59))).toEqual([]);
  expect(find(lag(61))).toMatchObject([
    {
      kind: "forward_lag",
      title: "https://siem.example/in lacks 3 audit entries.",
      advice: expect.stringContaining("answered 500"),
    },
  ]);
});

test("checkpoint: a problem when an entry waits for three minutes, not when nothing is new", () => {
  const lag = (seconds: number) => ({
    checkpoint: { ...checkpoint, unsigned: 2, unsigned_since: before(seconds) },
  });
  expect(find(lag(179))).toEqual([]);
  expect(find(lag(181))).toMatchObject([
    { kind: "checkpoint_lag", title: "2 sealed entries have no checkpoint yet." },
  ]);
});

test("copy: a problem after five minutes, with its error", () => {
  const missing = { target: "s3://bucket/", copied_at: null, last_error: "access denied" };
  const lag = (seconds: number) => ({
    checkpoint: { ...checkpoint, time: before(seconds), copies: [missing] },
  });
  expect(find(lag(299))).toEqual([]);
  expect(find(lag(301))).toMatchObject([
    {
      kind: "checkpoint_copies",
      title: "Checkpoint 7 has not been copied to s3://bucket/.",
      advice: expect.stringContaining("access denied"),
    },
  ]);
});
