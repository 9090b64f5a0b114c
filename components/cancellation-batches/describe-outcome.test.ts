import { expect, test } from "vitest";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { describeOutcome } from "./describe-outcome";
import { writeBatchSummary } from "./write-batch-summary";

const NONE = { canceled: 0, unchanged: 0, not_found: 0, refused: 0, failed: 0, remaining: 0 };
const of = (progress: Partial<typeof NONE>, state: CancellationBatch["state"] = "completed") => ({
  state,
  started_at: "2026-11-30T07:00:00.000+00:00",
  ended_at: "2026-11-30T07:00:04.200+00:00",
  progress: { ...NONE, ...progress, runs_per_second: null, seconds_left: null },
});

test.each([
  ["all canceled", of({ canceled: 3214 }), "3,214 runs were canceled in 4.2 s."],
  [
    "a bit of everything",
    of({ canceled: 1, unchanged: 2, not_found: 1, refused: 2, failed: 3 }),
    "1 run was canceled in 4.2 s. 2 had already ended, 1 was not found, 2 were refused and 3 failed.",
  ],
  [
    "aborted",
    of({ canceled: 5, remaining: 1 }, "aborted"),
    "5 runs were canceled in 4.2 s. 1 run was left alone by the abort.",
  ],
])("outcome in words: %s", (_name, batch, text) => {
  expect(describeOutcome(batch)).toBe(text);
});

test("summary for a ticket: names customers and people, with their markup escaped", () => {
  const batch = {
    ...of({ canceled: 2 }),
    reason: "Ticket #4821: *abuse*",
    org_ids: ["a", "b"],
    summary: { by_customer: [{ org_id: "a", name: "Acme_Ltd", runs: 2 }] },
    created_by: { name: "Ada" },
    started_by: { name: "Ben" },
    aborted_by: null,
  } as unknown as CancellationBatch;
  expect(writeBatchSummary(batch, "/cancellations/1"))
    .toBe(`**[Bulk cancellation of 2 runs](/cancellations/1): completed**

- Outcome: 2 runs were canceled in 4.2 s.
- Reason: Ticket \\#4821: \\*abuse\\*
- Customers: Acme\\_Ltd and 1 more
- Planned by: Ada
- Started by: Ben
- Started: 2026-11-30 07:00:00.000 UTC
- Ended: 2026-11-30 07:00:04.200 UTC
`);
});
