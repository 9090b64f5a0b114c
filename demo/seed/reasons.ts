import type { RunStatus } from "@/lib/states/run";
import type { Random } from "./random";

type Reason = {
  weight: number;
  /** Only for runs in this state. */
  of?: RunStatus;
  make(ticket: string, minutes: number): string;
};

const REASONS: readonly Reason[] = [
  { weight: 20, make: (ticket) => `customer ticket ${ticket} - duplicate submission` },
  { weight: 14, make: (ticket) => `${ticket}: stuck, customer needs the slot for a retry` },
  {
    weight: 9,
    of: "running",
    make: (ticket, minutes) => `Running for ${minutes} minutes with no end in sight. ${ticket}`,
  },
  { weight: 8, make: (ticket) => `Wrong image uploaded, customer asks to stop it (${ticket})` },
  { weight: 40, of: "queued", make: (ticket) => `Stuck in queued since the provider's incident, ${ticket}` },
  { weight: 6, make: (ticket) => `Customer sent the batch twice, keeping the first one, see ${ticket}` },
  {
    weight: 5,
    make: (ticket) => `Abuse report ${ticket}: prompt against the policy, key under investigation`,
  },
  { weight: 5, make: () => "Suspected stolen key, stopping everything it started" },
  { weight: 4, make: (ticket) => `Prompt had a typo in the brand name, will be sent again. ${ticket}` },
  { weight: 4, make: (ticket) => `Kunde bittet um Abbruch, Motiv wurde ausgetauscht – ${ticket}` },
  { weight: 3, make: (ticket) => `Le client a annulé la commande (${ticket})` },
  { weight: 3, make: () => "load test left over, agreed with the customer on the phone" },
  { weight: 2, make: (ticket) => `VIP escalation 🚨 ${ticket}, confirmed with their lead` },
];

/** For the days with peaks. */
export const TELLING_REASONS = {
  outage: "Stuck since the provider's outage this morning, see ZD-18960",
  theft: "Stolen key, stopping everything it started. #4790",
};

const TICKETS: readonly { weight: number; make: (random: Random) => string }[] = [
  { weight: 55, make: (random) => `#${random.int(4100, 5250)}` },
  { weight: 35, make: (random) => `ZD-${random.int(18_200, 19_900)}` },
  {
    weight: 10,
    make: (random) => `https://desk.runflow-support.example/tickets/${random.int(70_000, 79_999)}`,
  },
];

/**
 * A reason to cancel, with realistic wording and tickets.
 * @param ageMs of the run
 */
export function makeReason(status: RunStatus, ageMs: number, random: Random): string {
  const fitting = REASONS.filter((reason) => reason.of === undefined || reason.of === status);
  const ticket = random.weighted(TICKETS).make(random);
  return random.weighted(fitting).make(ticket, Math.round(ageMs / 60_000));
}
