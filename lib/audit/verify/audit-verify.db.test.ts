import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { growTrail, readTrail } from "@/test/grow-trail";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner, writeExport } from "@/test/test-signer";
import type { Report } from "./report";

const database = useDatabase();
const signer = makeTestSigner();
let folder: string;
let note: string;
let lines: string[];

beforeAll(async () => {
  const { owner } = database();
  folder = await mkdtemp(path.join(tmpdir(), "runflow-verify-"));
  const fixture = await seedFixture(owner);
  await growTrail(database(), [fixture], 3);
  await publishKey(owner, signer);
  note = await signCheckpoint(owner, signer);
  lines = writeExport(await readTrail(owner), [fixture.orgId], { note, signer });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

/** Returns the command's output and exit code. */
const run = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: unknown; printed: string; complaint: string }>((resolve) => {
    const options = { env: { ...process.env, DATABASE_URL: "", ...env } };
    const command = ["--import", "tsx", "scripts/audit-verify.ts", ...args];
    execFile(process.execPath, command, options, (error, printed, complaint) =>
      resolve({ code: error?.code ?? 0, printed, complaint }),
    );
  });

test("`npm run audit:verify`: says what it checked in the database; exit code 0 when verified", async () => {
  const { appUrl } = database();
  const trusted = await run(
    ["--key", signer.verifierKey, "--checkpoints", await write("1.txt", note), "--json"],
    {
      DATABASE_URL: appUrl,
    },
  );
  expect(trusted).toMatchObject({ code: 0, complaint: "" });
  const printed = trusted.printed.trimEnd().split("\n");
  expect(printed.slice(0, -1)).toEqual([
    "Checked the database: 3 entries of 1 organization, positions 1 to 3, 3 links between them.",
    "1 checkpoint and 1 copy kept elsewhere, covering positions up to 3.",
    `Keys: ${signer.verifierKey.split("+")[1]} (signed 2); given on the command line.`,
    "Verified.",
  ]);
  expect(JSON.parse(printed.at(-1)!) as Report).toMatchObject({
    holds: true,
    findings: [],
    checked: { entries: 3 },
  });
  expect((await run([], { DATABASE_URL: appUrl })).printed).toContain("taken from the database itself");
});

test("`npm run audit:verify` FILE, offline: exit code 1 with the place of a fault", async () => {
  const good = await write("good.ndjson", `${lines.join("\n")}\n`);
  expect(await run([good])).toMatchObject({ code: 0, printed: expect.stringContaining("Verified.") });
  const bad = await write("bad.ndjson", `${lines.join("\n").replace("Reason 1", "Season 1")}\n`);
  const { code, printed } = await run([bad, "--key", signer.verifierKey]);
  expect(code).toBe(1);
  expect(printed).toMatch(
    /^edited: position 2, organization \S+, sequence 2, entry \S+, the entry's hash is /m,
  );
  expect(printed).toMatch(/Not verified\.\n$/);
});

test.each<[string, () => string[], Record<string, string>, RegExp]>([
  ["no database", () => [], {}, /DATABASE_URL is missing/],
  ["an unreachable database", () => [], { DATABASE_URL: "postgresql://x@127.0.0.1:1/x" }, /can't be read/],
  ["a missing file", () => [path.join(folder, "absent")], {}, /can't be read/],
  ["an invalid key", () => [path.join(folder, "good.ndjson"), "--key", "x"], {}, /is not a verifier key/],
  ["an unknown option", () => ["--keys", "x"], {}, /npm run audit:verify/],
])("exit code 2 when nothing can be checked: %s", async (_name, args, env, complaint) => {
  const ended = await run(args(), env);
  expect(ended).toMatchObject({ code: 2, printed: "" });
  expect(ended.complaint).toMatch(complaint);
  expect(ended.complaint).not.toMatch(/^\s+at /m);
});
