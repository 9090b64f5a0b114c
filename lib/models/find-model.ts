import type { Db } from "@/lib/platform/db/client";
import { type Density, SAMPLES_NEEDED } from "@/lib/states/latency-profile";
import { type ModelRecord, MODELS } from "./model-record";

export type ModelWithDensity = ModelRecord & { density: Density | null };

/** A model with the density of its recent successes, or without one when they are too few. */
export async function findModel(db: Db, id: string): Promise<ModelWithDensity | undefined> {
  const [model] = await db.$queryRaw<ModelRecord[]>`${MODELS} WHERE m.id = ${id}::uuid`;
  if (!model) return undefined;
  const kept = await db.latencyProfile.findUnique({ where: { modelId: id } });
  const density =
    kept && kept.samples >= SAMPLES_NEEDED
      ? { fromMs: kept.fromMs, toMs: kept.toMs, counts: kept.density }
      : null;
  return { ...model, density };
}
