import { setTimeout } from "node:timers/promises";
import type { Db } from "@/lib/platform/db/client";

const LOOK_MS = 100;
const PATIENCE_MS = 10_000;

/** Waits until everything written so far is sealed, but gives up if the sealer is behind. */
export async function awaitSeals(db: Db): Promise<void> {
  const [begin] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const waiting = await db.auditUnsealed.findFirst({ where: { occurredAt: { lte: begin!.now } } });
    if (!waiting) return;
    await setTimeout(LOOK_MS);
  }
}
