import { Agent } from "undici";
import { forwardEntries } from "@/lib/audit/stream/forward-entries";
import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import { runAsLeader } from "./run-as-leader";

const LOOK_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

type Forwarder = {
  /** Renews the leader's lease. */
  db: Db;
  /** Reads the trail, and notes what was taken. */
  trail: Db;
  databaseUrl: string;
  url: string;
  secret: string;
  stop: AbortSignal;
};

/** Forwards the trail to the endpoint that collects it, soon after it is sealed; of all workers one does. */
export async function runForwarder({ db, trail, databaseUrl, url, secret, stop }: Forwarder): Promise<void> {
  // The operator names the endpoint, which may well be inside: this is no address that a customer gave.
  const agent = new Agent({ connections: 1 });
  await runAsLeader({
    databaseUrl,
    db,
    name: "forward",
    does: "forwards the audit trail",
    stop,
    stepTimeoutMs: 60_000,
    step: async () => {
      const { taken, failures } = await forwardEntries(trail, { url, secret, agent });
      if (failures === 0) return taken > 0 ? 0 : LOOK_MS;
      log.warn({ failures }, "the audit trail could not be forwarded; it is tried again");
      return Math.min(LONGEST_PAUSE_MS, LOOK_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    },
  });
  await agent.close();
}
