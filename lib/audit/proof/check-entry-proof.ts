import canonicalize from "canonicalize";
import { proofRoot } from "@/lib/audit/signing/proof-root";
import { type Checkpoint, readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import { findSigner, readVerifierKey, type VerifierKey } from "@/lib/audit/signing/verifier-key";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditEntryProof } from "@/lib/contract/audit-proof";
import { checkEntries } from "./check-entries";

/** The fault, and the entry at fault, if any. */
export type ProofFault =
  | { kind: "other_entry" | "no_checkpoint" | "not_the_head" | "not_covered" | "bad_signature" }
  | { kind: "edited" | "broken_link" | "gap"; entry: AuditEntry };

export type EntryProofCheck = {
  faults: ProofFault[];
  /** The number of links from the entry to the head. */
  links: number;
  /** The head of the chain, which the checkpoint covers; absent before a checkpoint does. */
  head?: { sequence: number };
  checkpoint?: Checkpoint;
  /** The id of the signing key; absent without a valid signature. */
  signer?: string;
  /** Whether signatures can't be checked here, as in browsers without Ed25519. */
  isSignatureUnchecked?: true;
};

/**
 * Verifies an entry's proof: its hash, the links from it to its chain's head, the head's place in the
 * checkpoint's Merkle tree, and the signature. Runs in browsers too.
 * @param shown the displayed entry, which the proof must be about
 */
export async function checkEntryProof(shown: AuditEntry, answer: AuditEntryProof): Promise<EntryProofCheck> {
  const { entries, proof } = answer;
  const { edited, broken } = await checkEntries(entries);
  const faults: ProofFault[] = [
    ...edited.map((entry) => ({ kind: "edited", entry }) as const),
    ...broken
      .filter((entry) => entry !== entries[0])
      .map((entry) => ({ kind: "broken_link", entry }) as const),
    ...findGaps(entries).map((entry) => ({ kind: "gap", entry }) as const),
  ];
  if (!isSameEntry(shown, entries[0])) faults.unshift({ kind: "other_entry" });
  const check: EntryProofCheck = { faults, links: Math.max(entries.length - 1, 0) };
  if (!proof) return check;
  const checkpoint = readCheckpoint(proof.checkpoint);
  const head = proof.heads.find(({ org_id }) => org_id === shown.org_id);
  const last = entries.at(-1)?.chain;
  if (!checkpoint) return { ...check, faults: [...faults, { kind: "no_checkpoint" }] };
  if (!head || last?.sequence !== head.sequence || last.hash !== head.hash)
    faults.push({ kind: "not_the_head" });
  else if ((await proofRoot(head, checkpoint.orgs)) !== checkpoint.root) faults.push({ kind: "not_covered" });
  return {
    ...check,
    ...(head && { head }),
    checkpoint,
    ...(await checkSignature(checkpoint, proof.keys, faults)),
  };
}

async function checkSignature(
  checkpoint: Checkpoint,
  texts: readonly string[],
  faults: ProofFault[],
): Promise<Pick<EntryProofCheck, "signer" | "isSignatureUnchecked">> {
  const keys = await Promise.all(texts.map(readVerifierKey));
  try {
    const signer = await findSigner(
      checkpoint,
      keys.filter((key): key is VerifierKey => key !== undefined),
    );
    if (signer) return { signer: signer.id };
    faults.push({ kind: "bad_signature" });
    return {};
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotSupportedError")) throw error;
    return { isSignatureUnchecked: true };
  }
}

/** Each entry must continue the sequence of the previous one, in the same organization. */
function findGaps(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.slice(1).filter((entry, index) => {
    const before = entries[index]!;
    return entry.org_id !== before.org_id || entry.chain?.sequence !== (before.chain?.sequence ?? 0) + 1;
  });
}

/** The entry may have been sealed meanwhile; any other difference means another entry. */
function isSameEntry(shown: AuditEntry, entry: AuditEntry | undefined): boolean {
  if (!entry) return false;
  const { position, chain } = shown.chain ? shown : entry;
  return canonicalize({ ...shown, position, chain }) === canonicalize(entry);
}
