import { createReadStream } from "node:fs";
import type { AuditProof } from "@/lib/contract/audit-proof";
import { checkProof } from "./check-proof";
import { readCopies } from "./checkpoint-copies";
import { readFileEntry } from "./file-entry";
import { Findings } from "./finding";
import { KeyRing } from "./key-ring";
import { parseLine } from "./parse-line";
import { BrokenOff, readLines } from "./read-lines";
import type { Report } from "./report";
import { TrailCheck } from "./trail-check";
import { VerificationError } from "./verification-error";
import type { Evidence } from "./verify-database";

/** `unsealed`: how many entries have no seal; `firstUnsealed`: the line of the first. */
type Read = { proof: unknown; lines: number; unsealed: number; firstUnsealed: number | undefined };

/**
 * Verifies an export alone. With its proof, no chain may have a gap. Without one, it may be filtered, so only
 * the links between its entries can be checked.
 * @throws VerificationError if the file can't be read, or contains nothing of a trail
 */
export async function verifyFile(file: string, evidence: Omit<Evidence, "archives">): Promise<Report> {
  const [findings, gaps] = [new Findings(), new Findings()];
  const trail = new TrailCheck(findings, { isWhole: false, gaps });
  const read = await followFile(file, trail, findings);
  const proof = read.proof as AuditProof | undefined;
  const found = Array.isArray(proof?.keys) ? proof.keys.map(String) : [];
  const keys = await KeyRing.open(findings, evidence.keys, { source: "file", keys: found });
  const copies = await readCopies(evidence.copies, findings, keys);
  const checkpoint = proof && (await checkProof(proof, { trail, keys, copies, findings }));
  if (proof) for (const { first, count } of gaps.list()) findings.add(first, count);
  if (proof && read.unsealed > 0) {
    const message = `line ${read.firstUnsealed} is an unsealed entry, which no proof covers`;
    findings.add({ kind: "inserted", message }, read.unsealed);
  }
  return {
    holds: findings.holds,
    subject: file,
    findings: findings.list(),
    checked: {
      entries: trail.entries,
      links: trail.links,
      first_position: trail.firstPosition ?? null,
      last_position: trail.lastPosition || null,
      orgs: trail.heads.size,
      retired: 0,
      unsealed: read.unsealed,
      checkpoints: checkpoint ? 1 : 0,
      copies: copies.size,
      keys: { source: keys.source, ids: keys.list() },
      covered_position: checkpoint?.position ?? null,
    },
  };
}

async function followFile(file: string, trail: TrailCheck, findings: Findings): Promise<Read> {
  const read: Read = { proof: undefined, lines: 0, unsealed: 0, firstUnsealed: undefined };
  const complain = (message: string) => findings.add({ kind: "malformed", message });
  try {
    for await (const lines of readLines(createReadStream(file, { highWaterMark: 1 << 18 }))) {
      for (const line of lines) {
        read.lines++;
        if (read.proof !== undefined) complain(`line ${read.lines} comes after the proof`);
        const json = parseLine(line);
        const entry = readFileEntry(line, json);
        if (entry === "unsealed") {
          read.unsealed++;
          read.firstUnsealed ??= read.lines;
        } else if (entry) trail.follow(entry.link, entry.text);
        else if (isProof(json)) read.proof = json.proof;
        else
          complain(
            `line ${read.lines} is neither an entry nor a proof, has a duplicate name, or is not UTF-8`,
          );
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenOff))
      throw new VerificationError(`${file} can't be read: ${(error as Error).message}`);
    complain(`the file breaks off after line ${read.lines}: ${error.message}`);
  }
  if (trail.entries + read.unsealed === 0 && read.proof === undefined) {
    throw new VerificationError(`${file} is not an export of the trail.`);
  }
  return read;
}

const isProof = (json: unknown): json is { proof: object } =>
  typeof json === "object" &&
  json !== null &&
  "proof" in json &&
  typeof json.proof === "object" &&
  json.proof !== null;
