import { copyNext } from "@/lib/audit/checkpoints/copy-next";
import type { Target } from "@/lib/audit/checkpoints/target";
import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import { runAsLeader } from "./run-as-leader";

/** Between two checks, in case a checkpoint wasn't announced. */
const LOOK_MS = 60_000;

type Copier = { db: Db; databaseUrl: string; target: Target; stop: AbortSignal; late?: AbortSignal };

/** Copies new checkpoints to a target immediately, independently of other targets. Runs in one worker. */
export async function runCopier({ db, databaseUrl, target, ...signals }: Copier): Promise<void> {
  await runAsLeader({
    databaseUrl,
    db,
    name: `copy to ${target.name}`,
    does: `copies checkpoints to ${target.name}`,
    channel: "audit_checkpointed",
    settings: { enable_seqscan: "off" },
    ...signals,
    stepTimeoutMs: 120_000,
    step: async (client) => {
      const { outcome, waitMs, number, error } = await copyNext(client, target);
      if (outcome === "failed") {
        log.warn({ target: target.name, number, error }, "a checkpoint could not be copied; retrying");
      }
      return waitMs ?? LOOK_MS;
    },
  });
  await target.close();
}
