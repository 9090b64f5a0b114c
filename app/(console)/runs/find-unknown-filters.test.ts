import { expect, test } from "vitest";
import { findUnknownFilters } from "./find-unknown-filters";

const known = { models: ["runflow/upscale"], orgs: ["papaya"] };

test("unknown filters: each is named", () => {
  const search = {
    status: "failed,dispatched",
    model: "nano",
    org: "papaya,papaya-comerce",
    source: "fax",
    age: "toString",
    from: "yesterday",
    to: "2026-11-28T23:30",
  };
  expect(findUnknownFilters(search, known)).toEqual([
    "Unknown status “dispatched”.",
    "Unknown model “nano”.",
    "Unknown customer “papaya-comerce”.",
    "Unknown source “fax”.",
    "Unknown age “toString”.",
    "Unknown time “yesterday”.",
    "Unknown time “2026-11-28T23:30”.",
  ]);
});

test("unknown filters: none in a valid URL", () => {
  const search = {
    status: "failed",
    model: "runflow/upscale",
    org: "papaya",
    source: "api",
    from: "2026-11-28T23:30-05:00",
    to: "2026-11-29T04:50Z",
  };
  expect(findUnknownFilters(search, known)).toEqual([]);
});
