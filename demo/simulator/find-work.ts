import { z } from "zod";
import { RUN_STATUSES } from "@/lib/states/run";
import type { Api } from "./api";

/**
 * Runs older than this that haven't ended are lost: no provider works on them any more, and none takes them up. Longer
 * than nearly every run takes, shorter than the stuck ones of the demo's data are old.
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

/** The unfinished runs of a key's organization that are young enough, by any creator. */
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
