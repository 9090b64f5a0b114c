import canonicalize from "canonicalize";
import type { AuditEntry } from "@/lib/contract/audit";

/**
 * What the hash of an entry is made of; docs/audit-format.md describes it for whoever checks it with code of their own.
 * Free of Node, because browsers verify too.
 */
export const ENTRY_TAG = "runflow-audit-entry/v1\n";

/** What the first entry of an organization follows is the hash of this. */
export const genesisText = (orgId: string): string => `runflow-audit-genesis/v1\n${orgId}`;

/** An entry with its place, before it has its hash. */
export type PlacedEntry = Omit<AuditEntry, "position" | "chain"> & {
  position: number;
  chain: { sequence: number; previous_hash: string };
};

/** @returns the text whose UTF-8 bytes an entry's hash is the SHA-256 of: a tag, and the entry in the form of RFC 8785 */
export const hashedText = (entry: PlacedEntry): string =>
  ENTRY_TAG + canonicalize({ ...entry, meta: storedMeta(entry.meta) });

/** `meta` as the database has it: one that breaks the contract is shown under `unreadable`, and hashed as it was written. */
export const storedMeta = (meta: AuditEntry["meta"]): unknown =>
  "unreadable" in meta && Object.keys(meta).length === 3 ? meta["unreadable"] : meta;

/** @returns a sealed entry as it was hashed, or undefined for one that waits for its seal */
export function withoutHash(entry: AuditEntry): PlacedEntry | undefined {
  const { position, chain } = entry;
  if (position === null || chain === null) return undefined;
  const { sequence, previous_hash } = chain;
  return { ...entry, position, chain: { sequence, previous_hash } };
}
