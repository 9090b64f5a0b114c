import { checkEntries, type EntriesCheck } from "@/lib/audit/proof/check-entries";
import { checkEntryProof, type EntryProofCheck } from "@/lib/audit/proof/check-entry-proof";
import type { AuditEntry } from "@/lib/contract/audit";
import { AuditEntryProof } from "@/lib/contract/audit-proof";
import { callApi } from "./call-api";

export type { EntriesCheck } from "@/lib/audit/proof/check-entries";
export type { EntryProofCheck, ProofFault } from "@/lib/audit/proof/check-entry-proof";

/** Loaded only when someone verifies. */

/** Fetches an entry's proof and verifies it in this browser. */
export async function verifyEntry(shown: AuditEntry): Promise<EntryProofCheck> {
  const { data } = await callApi(AuditEntryProof, `/v1/admin/audit-log/${shown.id}/proof`);
  return checkEntryProof(shown, data);
}

export const verifyEntries = (shown: readonly AuditEntry[]): Promise<EntriesCheck> => checkEntries(shown);
