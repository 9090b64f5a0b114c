import { CheckpointChain } from "./checkpoint-chain";
import { readCopies } from "./checkpoint-copies";
import { findOrphans } from "./find-orphans";
import { Findings } from "./finding";
import { KeyRing } from "./key-ring";
import { openSnapshot, type Snapshot } from "./open-snapshot";
import { mergeVouchers, readCheckpoints, type Voucher } from "./read-checkpoints";
import { readSeals } from "./read-seals";
import type { Report } from "./report";
import { Retired } from "./retired";
import { RootCheck } from "./root-check";
import { TrailCheck } from "./trail-check";
import { VerificationError } from "./verification-error";

/** What is trusted, from outside of what is checked: verifier keys, copies of checkpoints, exports of retired months. */
export type Evidence = { keys: string[]; copies: string[]; archives: string[] };

/**
 * Checks the whole trail of a database, in one snapshot and with memory for no more than its organizations.
 * @param databaseUrl of any login that may read the trail
 * @throws VerificationError when it can't be read
 */
export async function verifyDatabase(databaseUrl: string, evidence: Evidence): Promise<Report> {
  const snapshot = await openSnapshot(databaseUrl);
  try {
    return await verifySnapshot(snapshot, evidence);
  } catch (error) {
    // A code is PostgreSQL's or the network's; without one it is a fault of ours.
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
  const vouchers = mergeVouchers(readCheckpoints(ask, chain, copies, findings), copies);
  const retired = await Retired.open(ask, evidence.archives, findings);
  const trail = new TrailCheck(findings, { isWhole: true });
  const vouched = await followTrail(stream, { trail, retired, vouchers, findings });
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
      vouched_position: vouched,
    },
  };
}

type Parts = {
  trail: TrailCheck;
  retired: Retired;
  vouchers: AsyncGenerator<Voucher>;
  findings: Findings;
};

/** @returns the last position that a checkpoint vouches for; null when none does */
async function followTrail(
  stream: Snapshot["stream"],
  { trail, retired, vouchers, findings }: Parts,
): Promise<number | null> {
  const roots = new RootCheck(findings);
  let vouched = 0;
  let next: Voucher | undefined;
  const advance = async () => {
    next = (await vouchers.next()).value as Voucher | undefined;
  };
  const settle = async ({ checkpoint, source }: Voucher) => {
    // One that goes back is found by its chain; the tree doesn't.
    if (checkpoint.position >= vouched) roots.settle(checkpoint, trail, source);
    vouched = Math.max(vouched, checkpoint.position);
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
  return vouched || null;
}
