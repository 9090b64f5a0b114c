import { GrowingTree } from "@/lib/audit/sealing/growing-tree";
import type { Head } from "@/lib/audit/sealing/link";
import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import type { Findings } from "./finding";
import type { TrailCheck } from "./trail-check";

/** Compares each checkpoint's root with the chains at its position. */
export class RootCheck {
  readonly #findings: Findings;
  readonly #tree = GrowingTree.ofHeads();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  move(orgId: string, head: Head): void {
    this.#tree.move(orgId, head);
  }

  /** @param trail followed up to the checkpoint's position, no further */
  settle({ position, number, root, orgs }: Checkpoint, trail: TrailCheck, source: string): void {
    if (position > trail.lastPosition) {
      const message = `${source} covers positions up to ${position}, but the trail ends at ${trail.lastPosition}`;
      const missing = trail.lastPosition + 1;
      this.#findings.add({ kind: "missing_tail", position: missing, checkpoint: number, message });
      return;
    }
    const computed = this.#tree.root();
    if (computed === root && this.#tree.size === orgs) return;
    const message = `the chains at position ${position} differ from those that ${source} covers: their root is ${computed}, not ${root}`;
    this.#findings.add({ kind: "rewritten", position, checkpoint: number, message });
  }
}
