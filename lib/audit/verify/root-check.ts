import { GrowingTree } from "@/lib/audit/sealing/growing-tree";
import type { Head } from "@/lib/audit/sealing/link";
import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import type { Findings } from "./finding";
import type { TrailCheck } from "./trail-check";

/** Compares what checkpoints vouch for with the chains as they were at their positions. */
export class RootCheck {
  readonly #findings: Findings;
  readonly #tree = GrowingTree.ofHeads();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  move(orgId: string, head: Head): void {
    this.#tree.move(orgId, head);
  }

  /** @param trail followed up to the checkpoint's position, and no further */
  settle({ position, number, root, orgs }: Checkpoint, trail: TrailCheck, source: string): void {
    if (position > trail.lastPosition) {
      const message = `${source} vouches for positions up to ${position}, and the trail ends at ${trail.lastPosition}`;
      const missing = trail.lastPosition + 1;
      this.#findings.add({ kind: "missing_tail", position: missing, checkpoint: number, message });
      return;
    }
    const computed = this.#tree.root();
    if (computed === root && this.#tree.size === orgs) return;
    const message = `the chains at position ${position} are not those that ${source} vouches for: their root is ${computed}, not ${root}`;
    this.#findings.add({ kind: "rewritten", position, checkpoint: number, message });
  }
}
