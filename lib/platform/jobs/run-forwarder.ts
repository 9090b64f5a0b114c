import { Agent } from "undici";
import { forwardEntries } from "@/lib/audit/stream/forward-entries";
import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import { FORWARDER } from "./lease";
import { runAsLeader } from "./run-as-leader";

const LOOK_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

type Forwarder = {
  /** Renews the leader's lease. */
  db: Db;
  /** Reads the trail and records progress. */
  trail: Db;
  databaseUrl: string;
  url: string;
  secret: string;
  stop: AbortSignal;
  late?: AbortSignal;
};

/** Forwards the trail to the configured endpoint soon after sealing. Runs in one worker. */
export async function runForwarder({
  db,
  trail,
  databaseUrl,
  url,
  secret,
  ...signals
}: Forwarder): Promise<void> {
  // Private addresses are allowed, because the operator configures this endpoint, not a customer.
  const agent = new Agent({ connections: 1 });
  await runAsLeader({
    databaseUrl,
    db,
    name: FORWARDER,
    does: "forwards the audit trail",
    ...signals,
    stepTimeoutMs: 60_000,
    step: async () => {
      const { taken, failures } = await forwardEntries(trail, { url, secret, agent });
      if (failures === 0) return taken > 0 ? 0 : LOOK_MS;
      log.warn({ failures }, "the audit trail could not be forwarded; retrying");
      return Math.min(LONGEST_PAUSE_MS, LOOK_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    },
  });
  await agent.destroy();
}
