import type { Db } from "@/lib/db/client";

/** A model with its published latency in milliseconds, queued to finished. */
export type ModelEnvelope = { slug: string; kind: string; p50Ms: number; p95Ms: number };

/** Every model, by slug. */
export function listModels(db: Db): Promise<ModelEnvelope[]> {
  return db.model.findMany({
    select: { slug: true, kind: true, p50Ms: true, p95Ms: true },
    orderBy: { slug: "asc" },
  });
}
