import { hash } from "node:crypto";
import { copyNext } from "@/lib/audit/checkpoints/copy-next";
import type { Target } from "@/lib/audit/checkpoints/target";
import { log } from "@/lib/platform/log";
import { runAsLeader } from "./run-as-leader";

/** Between two looks, should a checkpoint not be announced. */
const LOOK_MS = 60_000;

/** Copies checkpoints to a target as soon as they are made, whatever becomes of other targets; of all workers one does. */
export async function runCopier(databaseUrl: string, target: Target, stop: AbortSignal): Promise<void> {
  await runAsLeader({
    databaseUrl,
    name: `copies checkpoints to ${target.name}`,
    lock: lockOf(target.name),
    channel: "audit_checkpointed",
    settings: { enable_seqscan: "off" },
    stop,
    step: async (client) => {
      const { outcome, waitMs, number, error } = await copyNext(client, target);
      if (outcome === "failed") {
        log.warn(
          { target: target.name, number, error },
          "a checkpoint could not be copied; it is tried again",
        );
      }
      return waitMs ?? LOOK_MS;
    },
  });
  await target.close();
}

/** Of 63 bits of the name's hash: no other lock of ours has so many. */
const lockOf = (name: string): bigint =>
  BigInt.asUintN(63, hash("sha256", `runflow-checkpoints\n${name}`, "buffer").readBigUInt64BE());
