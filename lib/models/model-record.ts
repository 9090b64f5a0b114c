import { Prisma } from "@/generated/prisma/client";
import type { Model } from "@/lib/contract/models";
import { formatTimestamp } from "@/lib/contract/values";
import { SAMPLES_NEEDED } from "@/lib/states/latency-profile";

/** A model with its typical times in milliseconds, from queued to finished. */
export type ModelRecord = {
  id: string;
  slug: string;
  kind: string;
  p50Ms: number;
  p95Ms: number;
  /** Null for published figures, which have no p99. */
  p99Ms: number | null;
  /** The number of recent successes; if there are too few, the figures are the published ones. */
  samples: number;
  computedAt: Date | null;
  /** A run is stuck after this many times the p95. */
  stuckFactor: number;
};

/** Every model as a ModelRecord; `fresh` is its profile if it has enough samples. */
export const MODELS = Prisma.sql`
  SELECT m.id, m.slug, m.kind, coalesce(fresh.p50_ms, m.p50_ms) AS "p50Ms", coalesce(fresh.p95_ms, m.p95_ms) AS "p95Ms",
    fresh.p99_ms AS "p99Ms", coalesce(kept.samples, 0) AS samples, kept.computed_at AS "computedAt",
    m.stuck_factor::float8 AS "stuckFactor"
  FROM models m LEFT JOIN model_envelopes kept ON kept.model_id = m.id
  LEFT JOIN model_envelopes fresh ON fresh.model_id = m.id AND fresh.samples >= ${SAMPLES_NEEDED}`;

export const stuckAfterMs = ({ p95Ms, stuckFactor }: Pick<ModelRecord, "p95Ms" | "stuckFactor">): number =>
  Math.round(p95Ms * stuckFactor);

/** Converts a model to the contract's form. */
export function toModel(record: ModelRecord): Model {
  const { id, slug, kind, p50Ms, p95Ms, p99Ms, samples, computedAt, stuckFactor } = record;
  return {
    id,
    slug,
    kind,
    envelope: {
      source: p99Ms === null ? "published" : "rolling",
      p50_ms: p50Ms,
      p95_ms: p95Ms,
      p99_ms: p99Ms,
      samples,
      computed_at: computedAt && formatTimestamp(computedAt),
    },
    stuck_factor: stuckFactor,
    stuck_after_ms: stuckAfterMs(record),
  };
}
