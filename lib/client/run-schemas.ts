import { z } from "zod";
import { Run } from "@/lib/contract/runs";

/**
 * What the browser reads of a run, cut from the contract's schema. A module of its own, as zod is the largest part of
 * it: a page loads it with its first call, not before it can be used.
 */
export const RunFacts = Run.omit({ input: true, output: true, metadata: true, cost_breakdown: true });

export const RunRow = Run.pick({
  id: true,
  org_id: true,
  model: true,
  source_code: true,
  status_code: true,
  cost: true,
  duration_ms: true,
  client_ref: true,
  request_id: true,
  created_at: true,
  started_at: true,
  completed_at: true,
});

export const RunRows = z.object({ items: z.array(RunRow) });
export const RunIds = z.object({ items: z.array(z.object({ id: z.string() })) });
