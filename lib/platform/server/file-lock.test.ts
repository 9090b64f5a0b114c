import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tryLock } from "./file-lock";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "lock-"))));
afterAll(() => rm(folder, { recursive: true }));

test("free lock: can be taken and released", async () => {
  const file = path.join(folder, "free");
  const release = await tryLock(file);
  expect(await readFile(file, "utf8")).toBe(String(process.pid));
  await release?.();
  await expect(readFile(file)).rejects.toMatchObject({ code: "ENOENT" });
});

test("held lock: held exactly as long as its holder lives", async () => {
  const file = path.join(folder, "held");
  const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(holder, "spawn");
  await writeFile(file, String(holder.pid));
  expect(await tryLock(file)).toBeUndefined();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(await tryLock(file)).toBeTypeOf("function");
});
