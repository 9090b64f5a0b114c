import { genesisText, hashedText, withoutHash } from "@/lib/audit/sealing/chain";
import { toHex } from "@/lib/audit/signing/note";
import type { AuditEntry } from "@/lib/contract/audit";

/**
 * The result of recomputing the hashes of some entries. Each sealed entry counts as linked, broken or apart.
 */
export type EntriesCheck = {
  entries: number;
  unsealed: number;
  /** Entries whose hash differs from the recorded one. */
  edited: AuditEntry[];
  /** How many follow the previous entry, or are their organization's first. */
  links: number;
  /** Entries that don't follow the previous entry, although it is present. */
  broken: AuditEntry[];
  /** How many have a previous entry that isn't present. */
  apart: number;
};

/** Checks the hashes of entries and the links between them, in any order. Runs in browsers too. */
export async function checkEntries(entries: readonly AuditEntry[]): Promise<EntriesCheck> {
  const check: EntriesCheck = {
    entries: entries.length,
    unsealed: 0,
    edited: [],
    links: 0,
    broken: [],
    apart: 0,
  };
  const hashes = new Map(entries.map(({ org_id, chain }) => [`${org_id} ${chain?.sequence}`, chain?.hash]));
  for (const entry of entries) {
    const { org_id, chain } = entry;
    const placed = withoutHash(entry);
    if (!chain || !placed) {
      check.unsealed++;
      continue;
    }
    if ((await sha256(hashedText(placed))) !== chain.hash) check.edited.push(entry);
    const previous =
      chain.sequence === 1
        ? await sha256(genesisText(org_id))
        : hashes.get(`${org_id} ${chain.sequence - 1}`);
    if (previous === undefined) check.apart++;
    else if (previous === chain.previous_hash) check.links++;
    else check.broken.push(entry);
  }
  return check;
}

async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
