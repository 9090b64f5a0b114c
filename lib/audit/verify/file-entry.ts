import { hashedText, type PlacedEntry } from "@/lib/audit/sealing/chain";
import type { Link } from "@/lib/audit/sealing/link";
import type { AuditEntry } from "@/lib/contract/audit";
import { entryText, textUnlessImpossible } from "./entry-text";

export type FileEntry = { link: Link; text: string };

/**
 * Reads an entry from a line of an export.
 * @param json the parsed line
 * @returns "unsealed" for an entry without a place in the chain; undefined for anything else
 */
export function readFileEntry(line: string, json: unknown): FileEntry | "unsealed" | undefined {
  if (!isEntry(json)) return undefined;
  const { position, chain } = json;
  if (position === null || chain === null) return "unsealed";
  const { sequence, previous_hash, hash, ...more } = chain;
  const link = {
    position,
    orgId: json.org_id,
    sequence,
    previousHash: previous_hash,
    hash,
    entryId: json.id,
  };
  const placed: PlacedEntry = { ...json, position, chain: { sequence, previous_hash, ...more } };
  const write = () => (hasContractShape(placed) ? entryText(placed) : hashedText(placed));
  return { link, text: textUnlessImpossible(line, write) };
}

/** Whether the parts of an audit entry exist; the hash covers the rest. */
function isEntry(json: unknown): json is AuditEntry {
  if (typeof json !== "object" || json === null) return false;
  const { id, org_id, position, chain } = json as Partial<AuditEntry>;
  if (typeof id !== "string" || typeof org_id !== "string") return false;
  if (position === null && chain === null) return true;
  return (
    Number.isSafeInteger(position) &&
    typeof chain === "object" &&
    chain !== null &&
    Number.isSafeInteger(chain.sequence) &&
    typeof chain.previous_hash === "string" &&
    typeof chain.hash === "string"
  );
}

/** `entryText` would ignore an extra field, and write a missing one as undefined. */
const hasContractShape = (entry: PlacedEntry): boolean =>
  count(entry) === 10 &&
  count(entry.actor) === 6 + Number("owner" in entry.actor) + Number("maker" in entry.actor) &&
  (!("owner" in entry.actor) || count(entry.actor.owner) === 3) &&
  (!("maker" in entry.actor) || count(entry.actor.maker) === 3) &&
  count(entry.target) === 3 &&
  count(entry.context) === 4 &&
  count(entry.chain) === 2 &&
  count(entry.meta) >= 0;

const count = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.keys(value).length : -1;
