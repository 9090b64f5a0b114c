// Verifies an export of the audit trail with its proof. Written from docs/audit-format.md alone, it uses only
// Node and no code of this project. Read it, then trust it.
//
//   node verify-export.mjs EXPORT.ndjson [VERIFIER-KEY …]
//
// Without a key it uses the keys in the file, and warns: a forger of the file could have replaced them.
// Exit code 0: verified. 1: not verified; each line names a problem. 2: the file can't be read.

import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";

const [file, ...trusted] = process.argv.slice(2);
const sha256 = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
const problems = [];
const complain = (problem) => problems.push(problem);

// RFC 8785: keys in order of their UTF-16 code units, no spaces; strings and numbers as JSON.stringify writes
// them.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// Only \n ends a line: node:readline would also split at U+2028, which text may contain. Invalid UTF-8 is
// refused: decoded as U+FFFD, it would look like a line that really contains U+FFFD.
async function* readLines() {
  let rest = "";
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for await (const chunk of createReadStream(file)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop();
    yield* lines;
  }
  if (rest) complain("the last line doesn't end: the file was cut off");
}

// Refuses duplicate names, and numbers that a double can't hold: JSON.parse takes the last name and the
// nearest number, and another program may show a different one. Neither exists if everything outside strings
// is written back unchanged.
function parse(line) {
  const read = JSON.parse(line);
  const withoutTexts = (text) => text.replaceAll(/"(?:[^"\\]|\\.)*"|\s/g, (text) => text[0].trim());
  if (withoutTexts(line) !== withoutTexts(JSON.stringify(read))) {
    complain(`a line has a duplicate name or an inexact number: ${line.slice(0, 80)}…`);
  }
  return read;
}

function checkEntry(entry, heads) {
  if (!entry.chain) return complain(`entry ${entry.id}: it has no seal, so no proof covers it`);
  const { hash, ...chain } = entry.chain;
  const where = `position ${entry.position}, entry ${entry.id}`;
  const computed = sha256(`runflow-audit-entry/v1\n${canonical({ ...entry, chain })}`).toString("hex");
  if (computed !== hash) complain(`${where}: its hash is ${computed}, but ${hash} is recorded`);
  const before = heads.get(entry.org_id);
  const genesis = chain.sequence === 1 && sha256(`runflow-audit-genesis/v1\n${entry.org_id}`).toString("hex");
  const previous = before ? before.hash : genesis || chain.previous_hash;
  if (before && chain.sequence !== before.sequence + 1) {
    complain(`${where}: sequence ${chain.sequence} comes after ${before.sequence}`);
  } else if (chain.previous_hash !== previous) complain(`${where}: it doesn't follow the entry before it`);
  heads.set(entry.org_id, { sequence: chain.sequence, hash });
}

// RFC 9162, section 2.1.3.2.
function rootOf({ org_id, sequence, hash, index, path }, size) {
  let node = sha256(Buffer.of(0), `${org_id} ${sequence} ${hash}`);
  let [at, last] = [index, size - 1];
  for (const step of path.map((text) => Buffer.from(text, "hex"))) {
    if (last === 0) return "the path is too long";
    const isRight = at % 2 === 1 || at === last;
    node = isRight ? sha256(Buffer.of(1), step, node) : sha256(Buffer.of(1), node, step);
    if (isRight) while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? node.toString("base64") : "the path is too short";
}

function isSigned(note, key) {
  const [, name, id, base64] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key) ?? [];
  const bytes = Buffer.from(base64 ?? "", "base64");
  if (bytes.length !== 33 || bytes[0] !== 1) return false;
  if (sha256(`${name}\n`, bytes).subarray(0, 4).toString("hex") !== id) return false;
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  const end = note.indexOf("\n\n") + 1;
  const signatures = note.slice(end + 1).split("\n");
  return signatures.some((line) => {
    const signature = Buffer.from(line.startsWith(`— ${name} `) ? line.split(" ")[2] : "", "base64");
    const isOfKey = signature.subarray(0, 4).toString("hex") === id;
    return isOfKey && verify(null, Buffer.from(note.slice(0, end)), publicKey, signature.subarray(4));
  });
}

function checkProof({ format, checkpoint, keys, heads: named }, heads) {
  if (format !== "runflow-audit-proof/v1") return complain(`the proof has the unknown format ${format}`);
  const [origin, position, root, ...fields] = checkpoint.slice(0, checkpoint.indexOf("\n\n")).split("\n");
  const field = (name) => fields.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  if (origin !== "runflow-audit/v1") complain("the checkpoint belongs to another trail");
  if (!(trusted.length > 0 ? trusted : keys).some((key) => isSigned(checkpoint, key))) {
    complain(`checkpoint ${field("checkpoint")} is not signed by a trusted key`);
  }
  for (const head of named) {
    const last = heads.get(head.org_id);
    if (last?.sequence !== head.sequence || last.hash !== head.hash) {
      complain(`organization ${head.org_id}: its entries don't end with the head, sequence ${head.sequence}`);
    }
    if (rootOf(head, Number(field("orgs"))) !== root) {
      complain(`organization ${head.org_id}: the checkpoint doesn't cover its head`);
    }
    heads.delete(head.org_id);
  }
  for (const orgId of heads.keys()) complain(`organization ${orgId}: the proof has no head for it`);
  console.log(`checkpoint ${field("checkpoint")} of ${field("time")}, for positions up to ${position}`);
}

let [entries, proof] = [0, undefined];
const heads = new Map();
try {
  for await (const line of readLines()) {
    const read = parse(line);
    if (proof) complain("something follows the proof");
    if (read.proof) proof = read.proof;
    else checkEntry(read, heads);
    entries += read.proof ? 0 : 1;
  }
  console.log(`${entries} entries of ${heads.size} organizations`);
  if (proof) checkProof(proof, heads);
  else complain("the last line has no proof: the file was cut off, or exported without one");
} catch (error) {
  console.log(`The file can't be read: ${error.message}`);
  process.exit(2);
}
// A forger's text must not control the terminal: no line breaks, no escape sequences.
for (const problem of problems) console.log(problem.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "\u{fffd}"));
const whose = trusted.length > 0 ? "the given keys" : "the keys in the file itself, which prove little";
console.log(problems.length > 0 ? "Not verified." : `Verified with ${whose}.`);
process.exitCode = problems.length > 0 ? 1 : 0;
