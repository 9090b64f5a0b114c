import { CheckpointChain } from "./checkpoint-chain";
import { readCopies } from "./checkpoint-copies";
import { findOrphans } from "./find-orphans";
import { Findings } from "./finding";
import { KeyRing } from "./key-ring";
import { openSnapshot, type Snapshot } from "./open-snapshot";
import { mergeCheckpoints, readCheckpoints, type NamedCheckpoint } from "./read-checkpoints";
import { readSeals } from "./read-seals";
import type { Report } from "./report";
import { Retired } from "./retired";
import { RootCheck } from "./root-check";
import { TrailCheck } from "./trail-check";
import { VerificationError } from "./verification-error";

/** Trusted evidence from elsewhere: verifier keys, copies of checkpoints, archives of retired months. */
export type Evidence = { keys: string[]; copies: string[]; archives: string[] };

/**
 * Verifies a database's whole trail in one snapshot; memory grows only with the number of organizations.
 * @param databaseUrl with any login that may read the trail
 * @throws VerificationError if it can't be read
 */
export async function verifyDatabase(databaseUrl: string, evidence: Evidence): Promise<Report> {
  const snapshot = await openSnapshot(databaseUrl);
  try {
    return await verifySnapshot(snapshot, evidence);
  } catch (error) {
    // PostgreSQL and network errors have a code; others are faults of this program.
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new VerificationError(`The database can't be read: ${error.message}`);
  } finally {
    await snapshot.close();
  }
}

async function verifySnapshot({ stream, ask }: Snapshot, evidence: Evidence): Promise<Report> {
  const findings = new Findings();
  const { rows } = await ask.query<{ verifier_key: string }>("SELECT verifier_key FROM audit_keys");
  const beside = { source: "database", keys: rows.map(({ verifier_key }) => verifier_key) } as const;
  const keys = await KeyRing.open(findings, evidence.keys, beside);
  const copies = await readCopies(evidence.copies, findings, keys);
  const chain = new CheckpointChain(findings, keys, { isWhole: true });
  const checkpoints = mergeCheckpoints(readCheckpoints(ask, chain, copies, findings), copies);
  const retired = await Retired.open(ask, evidence.archives, findings);
  const trail = new TrailCheck(findings, { isWhole: true });
  const covered = await followTrail(stream, { trail, retired, checkpoints, findings });
  await retired.close();
  await findOrphans(stream, findings);
  const waiting = await stream.query<{ count: string }>("SELECT count(*) FROM audit_unsealed");
  return {
    holds: findings.holds,
    subject: "the database",
    findings: findings.list(),
    checked: {
      entries: trail.entries,
      links: trail.links,
      first_position: trail.firstPosition ?? null,
      last_position: trail.lastPosition || null,
      orgs: trail.heads.size,
      retired: retired.unseen,
      unsealed: Number(waiting.rows[0]!.count),
      checkpoints: chain.count,
      copies: copies.size,
      keys: { source: keys.source, ids: keys.list() },
      covered_position: covered,
    },
  };
}

type Parts = {
  trail: TrailCheck;
  retired: Retired;
  checkpoints: AsyncGenerator<NamedCheckpoint>;
  findings: Findings;
};

/** @returns the last position that a checkpoint covers; null for none */
async function followTrail(
  stream: Snapshot["stream"],
  { trail, retired, checkpoints, findings }: Parts,
): Promise<number | null> {
  const roots = new RootCheck(findings);
  let covered = 0;
  let next: NamedCheckpoint | undefined;
  const advance = async () => {
    next = (await checkpoints.next()).value as NamedCheckpoint | undefined;
  };
  const settle = async ({ checkpoint, source }: NamedCheckpoint) => {
    // A checkpoint that goes back is reported by its chain; the tree can't go back.
    if (checkpoint.position >= covered) roots.settle(checkpoint, trail, source);
    covered = Math.max(covered, checkpoint.position);
    await advance();
  };
  await advance();
  for await (const rows of readSeals(stream)) {
    for (const { link, month, text, agrees } of rows) {
      while (next && next.checkpoint.position < link.position) await settle(next);
      const hashed = text ?? (await retired.findText(link, month));
      trail.follow(link, hashed, agrees);
      roots.move(link.orgId, trail.heads.get(link.orgId)!);
    }
  }
  while (next) await settle(next);
  return covered || null;
}
