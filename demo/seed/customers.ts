import type { EventType } from "@/lib/states/delivery";

/** How a customer's endpoint fails. */
export type Misbehaviour = "slow" | "server_error" | "reset" | "redirect";

/** A customer's configuration, and how reliable its endpoint is. */
export type DemoIntegration = {
  /** The organization's slug. */
  slug: string;
  /** The number of valid callback secrets: two during a rotation, none for unsigned messages. */
  secrets: 0 | 1 | 2;
  /** The share of failing requests. */
  misbehaves?: { how: Misbehaviour; share: number };
  /** Fails only for the last hours; absent: always. */
  brokenForHours?: number;
  webhooks: readonly { description: string; events: readonly EventType[]; isDisabled?: true }[];
};

/** Most endpoints work most of the time; each kind of failure has one customer. */
export const DEMO_INTEGRATIONS: readonly DemoIntegration[] = [
  {
    slug: "nordlicht",
    secrets: 2,
    webhooks: [
      {
        description: "Production planning",
        events: ["run.completed", "run.failed", "run.cancelled", "run.partial_succeeded"],
      },
    ],
  },
  {
    slug: "papaya",
    secrets: 1,
    webhooks: [
      { description: "Shop back office", events: ["run.failed", "run.cancelled"] },
      { description: "Old data warehouse", events: ["run.completed"], isDisabled: true },
    ],
  },
  {
    slug: "kestrel-loom",
    secrets: 1,
    misbehaves: { how: "server_error", share: 0.2 },
    webhooks: [{ description: "On call", events: ["run.failed"] }],
  },
  {
    slug: "tidewater",
    secrets: 1,
    misbehaves: { how: "slow", share: 0.08 },
    webhooks: [{ description: "Order desk", events: ["run.cancelled", "run.partial_succeeded"] }],
  },
  { slug: "atelier-minuit", secrets: 1, misbehaves: { how: "reset", share: 0.15 }, webhooks: [] },
  {
    slug: "marula",
    secrets: 1,
    misbehaves: { how: "redirect", share: 1 },
    brokenForHours: 8,
    webhooks: [{ description: "Listings", events: ["run.cancelled", "run.failed"] }],
  },
  { slug: "basalt", secrets: 0, webhooks: [] },
];

/**
 * A customer's callback URL.
 * @param origin of the receiver that plays all customers
 */
export const callbackUrlOf = (origin: string, slug: string): string => `${origin}/${slug}/callbacks`;

/**
 * A customer's webhook URL.
 * @param number of the webhook, from 1
 */
export const webhookUrlOf = (origin: string, slug: string, number: number): string =>
  `${origin}/${slug}/webhooks/${number}`;
