import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Checkpoint, readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import { CheckpointChain } from "./checkpoint-chain";
import type { Findings } from "./finding";
import type { KeyRing } from "./key-ring";
import { VerificationError } from "./verification-error";

/** A checkpoint kept elsewhere, where nobody who could change the database can reach it. */
export type Copy = { note: string; checkpoint: Checkpoint };

/**
 * Reads the checkpoints in these files and folders, by number, and checks their signatures. A file may
 * contain several; skips anything else in it.
 * @throws VerificationError if a file can't be read, or none has a checkpoint
 */
export async function readCopies(
  places: readonly string[],
  findings: Findings,
  keys: KeyRing,
): Promise<Map<number, Copy>> {
  const copies = new Map<number, Copy>();
  for (const place of places) {
    for (const file of await listFiles(place)) {
      for (const note of splitNotes(await readFile(file, "utf8"))) {
        const checkpoint = readCheckpoint(note);
        if (!checkpoint) continue;
        const other = copies.get(checkpoint.number);
        if (other && other.note !== note) {
          const message = `there are two different copies of checkpoint ${checkpoint.number}`;
          findings.add({ kind: "checkpoint_chain", checkpoint: checkpoint.number, message });
        }
        copies.set(checkpoint.number, { note, checkpoint });
      }
    }
  }
  if (places.length > 0 && copies.size === 0) {
    throw new VerificationError(`No checkpoint found in ${places.join(", ")}.`);
  }
  const chain = new CheckpointChain(findings, keys, { isWhole: false });
  const inOrder = new Map([...copies].sort(([a], [b]) => a - b));
  for (const [number, { note }] of inOrder) await chain.follow(note, number);
  return inOrder;
}

const splitNotes = (text: string): string[] => text.split(/(?=^runflow-audit\/v1$)/m);

async function listFiles(place: string): Promise<string[]> {
  try {
    if (!(await stat(place)).isDirectory()) return [place];
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    throw new VerificationError(`${place} can't be read: ${(error as Error).message}`);
  }
}
