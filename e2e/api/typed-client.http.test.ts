import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Key, makeKey, makePerson, type Person } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const EXAMPLE = "docs/examples/typed-client/client.ts";
const api = useApi();
/** A folder with the example and the types, as a reader of the documentation has it. */
let folder: string;
let person: Person;
let key: Key;

type Ended = { code: number; output: string };
const node = async (args: string[], env: Record<string, string> = {}): Promise<Ended> => {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...env },
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
};

beforeAll(async () => {
  // Within the project, so that the example finds its packages.
  mkdirSync(".tmp", { recursive: true });
  folder = mkdtempSync(path.resolve(".tmp/typed-client-"));
  cpSync(EXAMPLE, path.join(folder, "client.ts"));
  const document = path.join(folder, "openapi.json");
  writeFileSync(document, JSON.stringify((await api().call("GET", "/v1/openapi.json")).json));
  const generated = await node(["test/generate-api-types.mjs", document, path.join(folder, "api.d.ts")]);
  if (generated.code !== 0) throw new Error(generated.output);
  const { owner } = api().database;
  person = await makePerson(owner, { role: "admin" });
  key = await makeKey(owner, { ownerId: person.id });
});

afterAll(() => rmSync(folder, { recursive: true }));

async function compile(source: string): Promise<Ended> {
  writeFileSync(path.join(folder, "compiled.ts"), source);
  const options = {
    extends: "../../tsconfig.json",
    compilerOptions: { incremental: false },
    files: ["compiled.ts"],
    include: [],
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(options));
  return node(["node_modules/typescript/bin/tsc", "--project", path.join(folder, "tsconfig.json")]);
}

const source = readFileSync(EXAMPLE, "utf8");

test("example: compiles with the types of the document", async () => {
  expect(await compile(source)).toEqual({ code: 0, output: "" });
});

test.each([
  ["a path", "/v1/admin/audit-log", "/v1/admin/audit-logs"],
  ["a field", "run.status_code", "run.status"],
  ["a parameter's name", "path: { run_id: runId }", "path: { id: runId }"],
  ["a parameter's type", "limit: 1", 'limit: "one"'],
])("example with a mistake in %s: doesn't compile", async (_name, right, wrong) => {
  expect(source).toContain(right);
  const { code, output } = await compile(source.replace(right, wrong));
  expect(code).not.toBe(0);
  expect(output).toContain("compiled.ts");
});

const run = (...args: string[]) =>
  node(["--import", "tsx", path.join(folder, "client.ts"), ...args], {
    RUNFLOW_URL: api().baseUrl,
    RUNFLOW_KEY: key.text,
  });

async function makeNamedRun(reference: string, createdBy?: string) {
  const { database, fixture } = api();
  const id = await makeRun(database.owner, fixture, createdBy ? { createdBy } : {});
  await database.owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [id, reference]);
  return id;
}

test("example: cancels the run once, and prints its entry", async () => {
  const id = await makeNamedRun("order-1");
  const { code, output } = await run("order-1", "ticket #4821");
  expect([code, output]).toEqual([0, expect.stringContaining(`Found run ${id}`)]);
  expect(output).toContain(`Canceled by ${key.name}: ticket #4821`);
  expect((await run("order-1", "ticket #4821")).output).toContain("No run with the reference order-1");
});

test("example: prints a refusal's code, type, message and request ID", async () => {
  await makeNamedRun("order-2", person.id);
  const { code, output } = await run("order-2", "ticket #4821");
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(/CONFLICT \| self_action_forbidden \| .+ \| req_\w+/),
  ]);
  expect((await run("order-2", "x")).output).toContain("VALIDATION_ERROR | string_too_short");
});
