/** What the text of a checkpoint says; docs/audit-format.md describes it. Free of Node, because browsers verify too. */
export type Checkpoint = {
  position: number;
  /** The tree's hash, in base64. */
  root: string;
  number: number;
  orgs: number;
  time: string;
  /** The hash of the whole note before this one, in base64; absent for the first. */
  previous: string | undefined;
  /** What is signed. */
  text: string;
  signatures: { name: string; keyId: string; signature: Uint8Array<ArrayBuffer> }[];
};

const TEXT =
  /^runflow-audit\/v1\n(\d+)\n([A-Za-z0-9+/]{43}=)\ncheckpoint (\d+)\norgs (\d+)\ntime (\S+)\nprevious (-|[A-Za-z0-9+/]{43}=)\n$/;
const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** @returns undefined for a note that is none of ours, or none at all */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const end = note.indexOf("\n\n") + 1;
  const text = note.slice(0, end);
  const [, position, root, number, orgs, time, previous] = TEXT.exec(text) ?? [];
  const lines = note.slice(end + 1).split("\n");
  if (previous === undefined || lines.pop() !== "") return undefined;
  const signatures = [];
  for (const line of lines) {
    const [, name, base64] = SIGNATURE.exec(line) ?? [];
    if (!name || !base64) return undefined;
    const bytes = fromBase64(base64);
    signatures.push({ name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) });
  }
  return {
    position: Number(position),
    root: root!,
    number: Number(number),
    orgs: Number(orgs),
    time: time!,
    previous: previous === "-" ? undefined : previous,
    text,
    signatures,
  };
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
