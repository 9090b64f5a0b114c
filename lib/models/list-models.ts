import type { Db } from "@/lib/platform/db/client";
import { type ModelRecord, MODELS } from "./model-record";

/** Every model, by slug. */
export const listModels = (db: Db): Promise<ModelRecord[]> =>
  db.$queryRaw<ModelRecord[]>`${MODELS} ORDER BY m.slug`;
