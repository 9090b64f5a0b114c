import { Prisma } from "@/generated/prisma/client";
import type { Model } from "@/lib/contract/models";
import { formatTimestamp } from "@/lib/contract/values";
import { SAMPLES_NEEDED } from "@/lib/states/latency-profile";

/** A model with what it typically takes, in milliseconds, queued to finished. */
export type ModelRecord = {
  id: string;
  slug: string;
  kind: string;
  p50Ms: number;
  p95Ms: number;
  /** Null with the published figures, which have none. */
  p99Ms: number | null;
  /** How many successes there were lately; too few, and the figures are the published ones. */
  samples: number;
  computedAt: Date | null;
  /** A run counts as stuck once it has taken this many times the p95. */
  stuckFactor: number;
};

/** Every model, as a ModelRecord; `fresh` is its profile where there are enough samples. */
export const MODELS = Prisma.sql`
  SELECT m.id, m.slug, m.kind, coalesce(fresh.p50_ms, m.p50_ms) AS "p50Ms", coalesce(fresh.p95_ms, m.p95_ms) AS "p95Ms",
    fresh.p99_ms AS "p99Ms", coalesce(kept.samples, 0) AS samples, kept.computed_at AS "computedAt",
    m.stuck_factor::float8 AS "stuckFactor"
  FROM models m LEFT JOIN model_envelopes kept ON kept.model_id = m.id
  LEFT JOIN model_envelopes fresh ON fresh.model_id = m.id AND fresh.samples >= ${SAMPLES_NEEDED}`;

export const stuckAfterMs = ({ p95Ms, stuckFactor }: Pick<ModelRecord, "p95Ms" | "stuckFactor">): number =>
  Math.round(p95Ms * stuckFactor);

/** The model as the contract shows it. */
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
