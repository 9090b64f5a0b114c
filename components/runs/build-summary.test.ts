import { expect, test } from "vitest";
import type { RunFacts } from "@/lib/client/runs";
import { buildSummary } from "./build-summary";

const run = {
  id: "0196f1a0-0000-7000-8000-000000000001",
  model: "runflow/smart-resize",
  status_code: "canceled",
  client_ref: "order_1 *urgent*",
  created_at: "2026-05-23T10:42:00.000+00:00",
  started_at: null,
  completed_at: "2026-05-23T10:42:11.500+00:00",
  duration_ms: 11_500,
  failure_code: null,
  failure_message: null,
  cost: "0.12",
} as RunFacts;

const actor = { name: "Amara [Okafor]" } as never;
const entry = { actor, meta: { reason: "Ticket #4821:\n<b>twice</b>", ticket: "#4821" } };

test("summary: has what a ticket needs; escapes markup in people's text", () => {
  const deliveries = [
    { webhook_id: null, url: "https://hooks.example/a_b", state: "delivered" as const },
    { webhook_id: "w", url: "https://hooks.example/w", state: "failed" as const },
  ];
  const account = { run, customer: "A & B", entry, deliveries };
  expect(buildSummary(account, "https://console.example/runs/1").split("\n")).toEqual([
    "**[Run 0196f1a0-0000-7000-8000-000000000001](https://console.example/runs/1): canceled**",
    "",
    "- Customer: A \\& B",
    "- Model: runflow/smart-resize",
    "- Client ref: order\\_1 \\*urgent\\*",
    "- Created: 2026-05-23 10:42:00.000 UTC",
    "- Ended: 2026-05-23 10:42:11.500 UTC, after 11 s",
    "- Cost: 0.12 USD",
    "- Canceled by: Amara \\[Okafor\\]",
    "- Reason: Ticket \\#4821: / \\<b\\>twice\\</b\\>",
    "- Callback: delivered, https://hooks.example/a\\_b",
    "- Webhook: failed, https://hooks.example/w",
    "",
  ]);
});

test("summary: omits missing facts", () => {
  const bare = {
    ...run,
    status_code: "queued",
    completed_at: null,
    duration_ms: null,
    cost: null,
    client_ref: null,
  } as RunFacts;
  const text = buildSummary(
    { run: bare, customer: "Acme", entry: undefined, deliveries: [] },
    "https://console.example",
  );
  expect(text).toContain(": queued**");
  expect(text).not.toMatch(/Ended|Cost|Canceled by|Reason|Callback|null|undefined/);
});
