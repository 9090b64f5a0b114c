import { afterEach, expect, test } from "vitest";
import { traceQuery } from "./trace-query";
import { type Tracing, setTracing } from "./tracing";

let started: string[] = [];
let ended: unknown[] = [];

/** Notes each statement and how it ended. */
const recorder = (isInRequest: boolean) =>
  ({
    startStatement(sql: string) {
      if (!isInRequest) return undefined;
      started.push(sql);
      return (error?: unknown) => void ended.push(error ?? "ok");
    },
  }) as Tracing;

afterEach(() => {
  setTracing(undefined);
  [started, ended] = [[], []];
});

const fault = new Error("no");

test("promise: the result as it is, and the end with it", async () => {
  setTracing(recorder(true));
  await expect(traceQuery([{ text: "SELECT $1", values: ["secret"] }], async () => 1)).resolves.toBe(1);
  await expect(traceQuery(["SELECT 2"], () => Promise.reject(fault))).rejects.toBe(fault);
  expect([started, ended]).toEqual([
    ["SELECT $1", "SELECT 2"],
    ["ok", fault],
  ]);
});

test("callback: called as before, after the end", () => {
  setTracing(recorder(true));
  const heard: unknown[] = [];
  const run = (args: unknown[]) =>
    (args.at(-1) as (error: unknown, result: unknown) => void)(null, args.length);
  traceQuery(["SELECT 1", [], (_error: unknown, result: unknown) => heard.push(result, ended.length)], run);
  expect([heard, ended]).toEqual([[3, 1], ["ok"]]);
});

test("off, or outside of a request: the call itself", () => {
  const args = ["SELECT 1"];
  const run = (given: unknown[]) => given;
  expect(traceQuery(args, run)).toBe(args);
  setTracing(recorder(false));
  expect(traceQuery(args, run)).toBe(args);
  setTracing(recorder(true));
  expect(traceQuery(args, run)).toBe(args);
  expect(ended).toEqual(["ok"]);
});
