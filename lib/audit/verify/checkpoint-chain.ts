import { hash } from "node:crypto";
import { type Checkpoint, readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import type { Findings } from "./finding";
import type { KeyRing } from "./key-ring";
import { range } from "./trail-check";

type Last = Checkpoint & { noteHash: string };

/** Follows checkpoints in order: each must name the previous one and have a trusted key's signature. */
export class CheckpointChain {
  count = 0;
  readonly #findings: Findings;
  readonly #keys: KeyRing;
  readonly #isWhole: boolean;
  #last: Last | undefined;

  /** @param isWhole whether the chain must start with the first checkpoint and have no gaps */
  constructor(findings: Findings, keys: KeyRing, { isWhole }: { isWhole: boolean }) {
    this.#findings = findings;
    this.#keys = keys;
    this.#isWhole = isWhole;
  }

  /**
   * @param number the row's number, or undefined for a copy
   * @returns the parsed note, or undefined if it is not a checkpoint
   */
  async follow(note: string, number: number | undefined): Promise<Checkpoint | undefined> {
    const checkpoint = readCheckpoint(note);
    if (!checkpoint || (number !== undefined && checkpoint.number !== number)) {
      this.#complain(number, `the note of checkpoint ${number ?? "?"} is not a checkpoint with that number`);
      return undefined;
    }
    this.count++;
    this.#compare(checkpoint);
    await this.#keys.check(checkpoint);
    this.#last = { ...checkpoint, noteHash: hash("sha256", note, "base64") };
    return checkpoint;
  }

  #compare({ number, position, previous, time }: Checkpoint): void {
    const last = this.#last;
    const expected = last ? last.number + 1 : 1;
    if (number < expected) return this.#complain(number, `checkpoint ${number} comes after ${last!.number}`);
    if (number > expected) {
      if (this.#isWhole) this.#complain(expected, `${range("checkpoint", expected, number - 1)} missing`);
    } else if (previous !== last?.noteHash) {
      this.#complain(number, `checkpoint ${number} doesn't follow the one before it`);
    }
    if (last && position < last.position) {
      this.#complain(number, `checkpoint ${number} covers less than the one before it`);
    }
    if (last && time < last.time) {
      this.#complain(number, `checkpoint ${number} is dated before the one before it`);
    }
  }

  #complain(checkpoint: number | undefined, message: string): void {
    const numbered = checkpoint === undefined ? {} : { checkpoint };
    this.#findings.add({ kind: "checkpoint_chain", ...numbered, message });
  }
}
