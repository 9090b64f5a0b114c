import canonicalize from "canonicalize";
import type { AuditEntry } from "@/lib/contract/audit";

/**
 * The text behind an entry's hash; docs/audit-format.md specifies it for other implementations. Has no Node
 * imports, because browsers verify too.
 */
export const ENTRY_TAG = "runflow-audit-entry/v1\n";

/** The first entry of an organization follows the hash of this text. */
export const genesisText = (orgId: string): string => `runflow-audit-genesis/v1\n${orgId}`;

/** An entry with its place in the chain, before it has its hash. */
export type PlacedEntry = Omit<AuditEntry, "position" | "chain"> & {
  position: number;
  chain: { sequence: number; previous_hash: string };
};

/**
 * @returns the text whose SHA-256 (of its UTF-8 bytes) is the entry's hash: a tag, and the entry in RFC 8785
 * form
 */
export const hashedText = (entry: PlacedEntry): string =>
  ENTRY_TAG + canonicalize({ ...entry, meta: storedMeta(entry.meta) });

/** The stored `meta`: one that breaks the contract is shown under `unreadable`, but hashed as stored. */
export const storedMeta = (meta: AuditEntry["meta"]): unknown =>
  "unreadable" in meta && Object.keys(meta).length === 3 ? meta["unreadable"] : meta;

/** @returns the hashed form of a sealed entry, or undefined for an unsealed one */
export function withoutHash(entry: AuditEntry): PlacedEntry | undefined {
  const { position, chain } = entry;
  if (position === null || chain === null) return undefined;
  const { sequence, previous_hash } = chain;
  return { ...entry, position, chain: { sequence, previous_hash } };
}
