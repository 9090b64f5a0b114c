import { fromBase64, readNote, type SignedNote } from "./note";

/**
 * A parsed checkpoint; docs/audit-format.md describes the format. Has no Node imports, because browsers
 * verify too.
 */
export type Checkpoint = SignedNote & {
  position: number;
  /** The tree's hash, in base64. */
  root: string;
  number: number;
  orgs: number;
  time: string;
  /** The hash of the whole previous note, in base64; absent for the first. */
  previous: string | undefined;
};

export const ORIGIN = "runflow-audit/v1";

const [COUNT, HASH] = [String.raw`(0|[1-9]\d{0,14})`, "([A-Za-z0-9+/]{43}=)"];
const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00)`;
const TEXT = new RegExp(
  `^${ORIGIN}\n${COUNT}\n${HASH}\ncheckpoint ${COUNT}\norgs ${COUNT}\ntime ${TIME}\nprevious (?:-|${HASH})\n$`,
);

/** @returns undefined for anything but one of our checkpoints */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const signed = readNote(note);
  const [, position, root, number, orgs, time, previous] = TEXT.exec(signed?.text ?? "") ?? [];
  if (!signed || root === undefined || number === "0") return undefined;
  if (!fromBase64(root) || (previous !== undefined && !fromBase64(previous))) return undefined;
  return {
    ...signed,
    position: Number(position),
    root,
    number: Number(number),
    orgs: Number(orgs),
    time: time!,
    previous,
  };
}
