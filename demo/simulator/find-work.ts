import { z } from "zod";
import { RUN_STATUSES } from "@/lib/states/run";
import type { Api } from "./api";

/**
 * Older unfinished runs are lost: no provider works on them. Longer than nearly every run takes, but shorter
 * than the age of the seeded stuck runs.
 */
export const TAKEN_UP_WITHIN_MS = 30 * 60_000;

const OpenRun = z.object({
  id: z.string(),
  model: z.string(),
  status_code: z.enum(RUN_STATUSES),
  input: z.record(z.string(), z.unknown()),
  created_at: z.string(),
});
export type OpenRun = z.infer<typeof OpenRun>;

const Page = z.object({ items: z.array(OpenRun) });
const MOST = 500;

/** Unfinished runs of a key's organization, by any creator, that are recent enough. */
export async function findWork(api: Api, key: string): Promise<OpenRun[]> {
  const since = new Date(Date.now() - TAKEN_UP_WITHIN_MS).toISOString();
  const query = new URLSearchParams({
    q: `(status_code:queued OR status_code:dispatching OR status_code:running) AND created_at>'${since}'`,
    fields: "id,model,status_code,input,created_at",
    limit: String(MOST),
  });
  const answer = await api.send(`/v1/runs?${query}`, () => ({ headers: { Authorization: `Bearer ${key}` } }));
  if (answer.status !== 200)
    throw new Error(`GET /v1/runs answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return Page.parse(answer.body).items;
}
