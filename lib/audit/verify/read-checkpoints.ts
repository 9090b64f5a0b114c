import type pg from "pg";
import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import type { CheckpointChain } from "./checkpoint-chain";
import type { Copy } from "./checkpoint-copies";
import type { Findings } from "./finding";

/** A checkpoint, and its name for messages. */
export type NamedCheckpoint = { checkpoint: Checkpoint; source: string };

const PAGE = 1_000;

/**
 * Reads the database's checkpoints by number, follows each and compares it with its copy, if any. Holds one
 * page in memory.
 */
export async function* readCheckpoints(
  client: pg.Client,
  chain: CheckpointChain,
  copies: ReadonlyMap<number, Copy>,
  findings: Findings,
): AsyncGenerator<NamedCheckpoint> {
  const unseen = new Map(copies);
  for (let after = "0", rows: Row[]; (rows = await readPage(client, after)).length > 0;) {
    for (const { number, note } of rows) {
      const checkpoint = await chain.follow(note, Number(number));
      const copy = unseen.get(Number(number));
      unseen.delete(Number(number));
      if (copy && copy.note !== note) {
        const message = `checkpoint ${number} differs from its copy`;
        findings.add({ kind: "checkpoint_chain", checkpoint: Number(number), message });
      }
      if (checkpoint) yield { checkpoint, source: `checkpoint ${number}` };
    }
    after = rows.at(-1)!.number;
  }
  for (const number of unseen.keys()) {
    const message = `checkpoint ${number} is missing from the database, but a copy exists`;
    findings.add({ kind: "checkpoint_chain", checkpoint: number, message });
  }
}

type Row = { number: string; note: string };

async function readPage(client: pg.Client, after: string): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    "SELECT number, note FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT $2",
    [after, PAGE],
  );
  return rows;
}

/** Merges two sources ordered by position. */
export async function* mergeCheckpoints(
  rows: AsyncGenerator<NamedCheckpoint>,
  copies: ReadonlyMap<number, Copy>,
): AsyncGenerator<NamedCheckpoint> {
  const kept = [...copies.values()].map(({ checkpoint }) => ({
    checkpoint,
    source: `the copy of checkpoint ${checkpoint.number}`,
  }));
  kept.sort((a, b) => b.checkpoint.position - a.checkpoint.position);
  for await (const row of rows) {
    while (kept.length > 0 && kept.at(-1)!.checkpoint.position <= row.checkpoint.position) yield kept.pop()!;
    yield row;
  }
  yield* kept.reverse();
}
