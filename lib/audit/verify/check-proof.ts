import { proofRoot } from "@/lib/audit/signing/proof-root";
import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import { AuditProof } from "@/lib/contract/audit-proof";
import { CheckpointChain } from "./checkpoint-chain";
import type { Copy } from "./checkpoint-copies";
import type { Findings } from "./finding";
import type { KeyRing } from "./key-ring";
import type { TrailCheck } from "./trail-check";

type Parts = {
  /** Already followed to its end. */
  trail: TrailCheck;
  keys: KeyRing;
  copies: ReadonlyMap<number, Copy>;
  findings: Findings;
};

/**
 * Compares the chains' ends with the proof's heads, and the heads with the checkpoint's root.
 * @returns the checkpoint, if there is one
 */
export async function checkProof(given: unknown, parts: Parts): Promise<Checkpoint | undefined> {
  const { trail, keys, copies, findings } = parts;
  const { success, data: proof } = AuditProof.safeParse(given);
  if (!success) {
    findings.add({ kind: "malformed", message: "the proof is not of the format runflow-audit-proof/v1" });
    return undefined;
  }
  const chain = new CheckpointChain(findings, keys, { isWhole: false });
  const checkpoint = await chain.follow(proof.checkpoint, undefined);
  if (!checkpoint) return undefined;
  const { number } = checkpoint;
  const copy = copies.get(number);
  if (copy && copy.note !== proof.checkpoint) {
    const message = `checkpoint ${number} differs from its copy`;
    findings.add({ kind: "checkpoint_chain", checkpoint: number, message });
  }
  const named = new Set<string>();
  for (const head of proof.heads) {
    named.add(head.org_id);
    compareEnd(head, parts);
    if ((await proofRoot(head, checkpoint.orgs)) === checkpoint.root) continue;
    const message = `the head of this organization is not covered by checkpoint ${number}`;
    findings.add({
      kind: "rewritten",
      org_id: head.org_id,
      sequence: head.sequence,
      checkpoint: number,
      message,
    });
  }
  for (const [org_id, { sequence }] of trail.heads) {
    if (named.has(org_id)) continue;
    findings.add({
      kind: "inserted",
      org_id,
      sequence,
      message: "the proof names no head of this organization",
    });
  }
  return checkpoint;
}

function compareEnd(head: AuditProof["heads"][number], { trail, findings }: Parts): void {
  const end = trail.heads.get(head.org_id);
  const at = { org_id: head.org_id, sequence: head.sequence };
  if (!end || end.sequence < head.sequence) {
    const last = end ? `end with sequence ${end.sequence}` : "are not in the file";
    const message = `the organization's entries ${last}, and its head has sequence ${head.sequence}`;
    findings.add({ kind: "missing_tail", ...at, message });
  } else if (end.sequence > head.sequence) {
    const message = `the organization's entries continue after its head, sequence ${head.sequence}`;
    findings.add({ kind: "inserted", ...at, sequence: end.sequence, message });
  } else if (end.hash !== head.hash) {
    findings.add({ kind: "rewritten", ...at, message: `the organization's last entry is not its head` });
  }
}
