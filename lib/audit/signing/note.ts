/**
 * Signed notes, as C2SP's signed-note specifies: a text, an empty line, and one line per signature. Has no
 * Node imports, because browsers verify too.
 */
export type SignedNote = {
  /** The signed text, with its last line break. */
  text: string;
  signatures: NoteSignature[];
};

/** @param keyId eight hexadecimal digits */
export type NoteSignature = { name: string; keyId: string; signature: Uint8Array<ArrayBuffer> };

const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const MOST_SIGNATURES = 100;
/** Control characters except line breaks. */
const CONTROL = /[^\P{Cc}\n]/u;

/** Strict: @returns undefined for anything that isn't exactly a note */
export function readNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf("\n\n") + 1;
  const lines = note.slice(end + 1).split("\n");
  if (end === 0 || CONTROL.test(note) || !note.isWellFormed() || lines.pop() !== "") return undefined;
  if (lines.length === 0 || lines.length > MOST_SIGNATURES) return undefined;
  const signatures = lines.map(readSignature);
  if (!signatures.every((signature) => signature !== undefined)) return undefined;
  return { text: note.slice(0, end), signatures };
}

function readSignature(line: string): NoteSignature | undefined {
  const [, name, base64] = SIGNATURE.exec(line) ?? [];
  const bytes = base64 && fromBase64(base64);
  if (!name || !bytes || bytes.length < 5) return undefined;
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** @returns undefined for non-canonical base64, such as trailing bits */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
