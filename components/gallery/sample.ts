import type { LatencyProfile } from "@/components/runs/latency-profile";
import type { RunRow } from "@/lib/client/runs";
import type { Delivery } from "@/lib/contract/deliveries";
import type { ApiKey, KeyActivity } from "@/lib/contract/keys";
import { CANCEL_CAUSES, type CancelCause, type CancelCounts } from "@/lib/contract/overview";
import type { Webhook } from "@/lib/contract/webhooks";
import { RUN_STATUSES } from "@/lib/states/run";

/** The gallery is about looks: everyone sees the same made-up data. */
const MOMENT = "2026-05-23T10:42:11.000+00:00";
const id = (number: number): string => `0196f1a0-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const ORG_NAMES = { [id(1)]: "Nordlicht Studio" };

export const RUNS: RunRow[] = RUN_STATUSES.map((status, index) => ({
  id: id(100 + index),
  org_id: id(1),
  model: "runflow/background-removal",
  source_code: "api",
  status_code: status,
  cost: index > 2 ? `0.${27 + index * 3}` : null,
  duration_ms: index > 2 ? 4_200 * index : null,
  client_ref: "order-2026-11-0447",
  request_id: "req_9f31c07be2d84a66",
  created_at: MOMENT,
  started_at: index > 0 ? MOMENT : null,
  completed_at: index > 2 ? MOMENT : null,
}));

const delivery = (number: number, change: Partial<Delivery>): Delivery => ({
  id: id(200 + number),
  org_id: id(1),
  run_id: id(100),
  webhook_id: id(300),
  event: "run.cancelled",
  cause: "transition",
  url: "https://hooks.example.com/runs",
  state: "delivered",
  attempt_count: 1,
  next_attempt_at: null,
  paused_until: null,
  last_status: 200,
  last_error: null,
  created_at: MOMENT,
  settled_at: MOMENT,
  ...change,
});

export const DELIVERIES: Delivery[] = [
  delivery(0, {}),
  delivery(1, { state: "pending" }),
  delivery(2, { state: "pending", paused_until: MOMENT }),
  delivery(3, { state: "failed" }),
];

const webhook = (number: number, change: Partial<Webhook>): Webhook => ({
  id: id(300 + number),
  org_id: id(1),
  url: "https://hooks.example.com/runs",
  description: "Their staging system",
  event_types: ["run.cancelled"],
  is_enabled: true,
  last_success_at: MOMENT,
  last_failure_at: null,
  failures_in_row: 0,
  paused_until: null,
  created_at: MOMENT,
  updated_at: MOMENT,
  ...change,
});

export const WEBHOOKS: Webhook[] = [
  webhook(0, {}),
  webhook(1, { paused_until: MOMENT }),
  webhook(2, { is_enabled: false }),
];

/** Long enough to get a search box. */
export const JSON_TEXT = JSON.stringify(
  {
    image: "https://cdn.example/boots-447.png",
    prompt: "remove the background, keep the shadow",
    strength: 0.75,
    mask: null,
    output: { format: "png", width: 2048, height: 2048, alpha: true },
    tags: ["catalogue", "boots"],
  },
  null,
  2,
);

export const PROFILE: LatencyProfile & { p99Ms: number; density: NonNullable<LatencyProfile["density"]> } = {
  p50Ms: 8_000,
  p95Ms: 60_000,
  p99Ms: 110_000,
  samples: 1_284,
  density: {
    fromMs: 2_000,
    toMs: 160_000,
    counts: [2, 9, 31, 64, 118, 160, 142, 98, 71, 48, 33, 24, 16, 11, 7, 4, 2, 1],
  },
};

const DAYS = [3, 0, 5, 2, 8, 13, 4, 6, 1, 0, 9, 7, 3, 5];

export const CANCELS: CancelCounts = {
  days: DAYS.map((count, index) => ({
    day: `2026-05-${String(index + 10).padStart(2, "0")}`,
    byCause: Object.fromEntries(
      CANCEL_CAUSES.map((cause, place) => [cause, Math.floor(count / (place + 1))]),
    ) as Record<CancelCause, number>,
  })),
  people: [
    { name: "Ada Byron", count: 41 },
    { name: "Grace Hopper", count: 18 },
    { name: "duplicate-sweeper", count: 7 },
  ],
};

export const KEY: Pick<ApiKey, "id" | "kind"> = { id: id(400), kind: "inference" };

export const KEY_ACTIVITY: KeyActivity = {
  hours: Array.from({ length: 24 }, (_, hour) => ({
    from: `2026-05-23T${String(hour).padStart(2, "0")}:00:00.000+00:00`,
    live: hour > 20 ? 40 * (hour - 20) ** 2 : 0,
    succeeded: 60 + ((hour * 37) % 50),
    failed: (hour * 11) % 17,
    canceled: hour % 5 === 0 ? 12 : 0,
  })),
  hours_are_partial: false,
  live_runs: { count: 1_214, is_more: false },
  run_addresses: {
    addresses: [
      { ip: "192.0.2.66", runs: 1_204 },
      { ip: "198.51.100.24", runs: 388 },
      { ip: "2001:db8::6d:12", runs: 12 },
    ],
    address_count: 3,
  },
  denied_requests: {
    total: 41,
    by_code: [
      { code: "UNAUTHORIZED", requests: 38 },
      { code: "RATE_LIMITED", requests: 3 },
    ],
    addresses: [
      { ip: "203.0.113.7", requests: 29 },
      { ip: "2001:db8::4:21", requests: 12 },
    ],
    address_count: 2,
  },
};
