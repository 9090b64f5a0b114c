import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { weighPages } from "./weigh-pages";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "runflow-weigh-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, content: string | Buffer) => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
};

/** A page with client components in these chunks. */
const writePage = async (entry: string, ...chunks: string[][]) => {
  await write(`app/${entry}.tsx`, "");
  const clientModules = Object.fromEntries(
    chunks.map((names, at) => [at, { chunks: names.map((name) => `/_next/static/${name}`) }]),
  );
  const manifest = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
    globalThis.__RSC_MANIFEST["/${entry}"] = ${JSON.stringify({ clientModules })}`;
  await write(`build/server/app/${entry}_client-reference-manifest.js`, manifest);
};

test("page weight: each chunk once, compressed as served, heaviest page first", async () => {
  await write("build/build-manifest.json", JSON.stringify({ rootMainFiles: ["static/start.js"] }));
  await write("build/static/start.js", "a".repeat(1_000));
  await write("build/static/large.js", randomBytes(5_000));
  await write("build/static/empty.js", "b".repeat(100_000));
  await writePage("page", ["empty.js"]);
  await writePage("(console)/runs/[id]/page", ["large.js", "start.js"], ["large.js"]);

  const [run, home, ...others] = await weighPages(path.join(folder, "build"), path.join(folder, "app"));
  expect(others).toEqual([]);
  expect(run!.page).toBe("/runs/[id]");
  expect(run!.bytes).toBeGreaterThanOrEqual(6_000);
  expect(run!.bytes).toBeLessThan(6_100);
  expect(home!.page).toBe("/");
  expect(home!.bytes).toBeLessThan(1_300);
});
