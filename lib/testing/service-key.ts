import type { Pool } from "pg";
import { generateKey, hashKey, keyPrefix } from "@/lib/identity/key";
import { makeStaff } from "./scene";

const SCOPES = ["admin", "runs.read", "runs.cancel", "audit.read", "security.read"];

type Traits = { name?: string; scopes?: string[]; ownerId?: string };

/** @returns a working key, owned by a new member of staff unless an owner is given, that reaches every organization */
export async function makeServiceKey(sql: Pool, traits: Traits = {}): Promise<string> {
  const { name = "A script", scopes = SCOPES } = traits;
  const ownerId = traits.ownerId ?? (await makeStaff(sql, "admin")).person.id;
  const key = generateKey("service");
  await sql.query(
    `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, scopes, reaches_all_orgs)
     VALUES ('service', $1, $2, $3, $4, $5, true)`,
    [name, keyPrefix(key), Buffer.from(hashKey(key)), ownerId, scopes],
  );
  return key;
}
