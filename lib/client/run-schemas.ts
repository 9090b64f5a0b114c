import { z } from "zod";
import { Run } from "@/lib/contract/runs";

/**
 * The parts of a run that the browser reads, picked from the contract's schema. A separate module, so that
 * pages load zod with their first call instead of before hydration.
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
