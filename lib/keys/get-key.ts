import type { ApiKey } from "@/lib/contract/keys";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { KEY_COLUMNS, KEYS, type KeyRow, toKey, withinKeys } from "./key-record";

/** @throws Refusal KEY_NOT_FOUND, missing and out of reach alike */
export async function getKey(db: Db, reach: Reach, keyId: string): Promise<ApiKey> {
  const id = parseUuid(keyId);
  if (id === undefined) throw new Refusal("KEY_NOT_FOUND");
  const [row] = await db.$queryRaw<KeyRow[]>`
    SELECT ${KEY_COLUMNS} FROM ${KEYS} r WHERE r.id = ${id}::uuid AND ${withinKeys(reach)}`;
  if (!row) throw new Refusal("KEY_NOT_FOUND");
  return toKey(row);
}
