import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { byFolder, findCycle, findPairs, readImports } from "./import-graph";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "boundaries-"));
  for (const name of [".oxlintrc.json", "tsconfig.json", "scripts/lint"]) {
    cpSync(name, path.join(folder, name), { recursive: true });
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The lint rules that a file of this name breaks with these imports. */
const lint = (file: string, ...imported: string[]): string[] =>
  lintText(
    file,
    imported.map(
      (name, index) => `import { a as a${index} } from "${name}";\nexport const b${index} = a${index};\n`,
    ),
  );

function lintText(file: string, lines: string[]): string[] {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, lines.join(""));
  const run = spawnSync(path.resolve("node_modules/.bin/oxlint"), ["-f", "json", file], {
    cwd: folder,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code);
}

test.each([
  ["states import anything", "lib/states/run.ts", "@/lib/platform/json/json"],
  ["a verb imports React", "lib/runs/cancel-run.ts", "react"],
  ["a verb imports Next", "lib/audit/trail/list.ts", "next/headers"],
  ["a verb imports the HTTP layer", "lib/runs/cancel-run.ts", "@/lib/platform/http/respond"],
  ["a verb imports the client", "lib/identity/sign-in.ts", "@/lib/client/runs"],
  ["a new folder imports React", "lib/something-new/do-it.ts", "react"],
  ["a new folder imports a component", "lib/something-new/do-it.ts", "@/components/ui/button"],
  ["a new folder imports test helpers", "lib/something-new/deep/do-it.ts", "@/test/fixture"],
  ["a new platform folder imports a noun", "lib/platform/something-new/do-it.ts", "@/lib/runs/get-run"],
  ["lib/platform/db imports a noun", "lib/platform/db/client.ts", "@/lib/runs/get-run"],
  ["a component reaches the database", "components/runs/table.tsx", "@/lib/platform/db/client"],
  ["a component calls a verb", "components/runs/table.tsx", "@/lib/runs/cancel-run"],
  ["a component calls a verb of a new folder", "components/runs/table.tsx", "@/lib/something-new/do-it"],
  ["a component uses next/dynamic directly", "components/runs/table.tsx", "next/dynamic"],
  ["a ui component uses next/dynamic directly", "components/ui/button.tsx", "next/dynamic"],
  ["a ui component imports runs", "components/ui/button.tsx", "@/lib/client/runs"],
  ["the client calls a verb", "lib/client/runs.ts", "@/lib/runs/get-run"],
  ["the contract imports a verb", "lib/contract/runs.ts", "@/lib/runs/get-run"],
  ["a page writes SQL", "app/page.tsx", "pg"],
  ["a route uses Prisma directly", "app/v1/runs/route.ts", "@/generated/prisma/client"],
  ["the product imports the demo", "lib/runs/get-run.ts", "@/demo/seed/runs"],
  ["a page imports the demo", "app/page.tsx", "@/demo/seed/runs"],
])("lint: refuses when %s", (_sentence, file, imported) => {
  expect(lint(file, imported)).toEqual(["eslint(no-restricted-imports)"]);
});

test.each([
  [
    "app/page.tsx",
    ["react", "next/navigation", "@/components/runs/table", "@/lib/runs/get-run", "@/lib/platform/db/client"],
  ],
  [
    "components/runs/table.tsx",
    ["react", "next/link", "@/components/ui/button", "@/lib/client/runs", "@/lib/states/run"],
  ],
  ["lib/client/runs.ts", ["@tanstack/react-query", "@/lib/contract/runs", "@/lib/states/run"]],
  ["lib/states/caller.ts", ["./permissions"]],
  [
    "lib/runs/cancel-run.ts",
    [
      "@/lib/platform/db/client",
      "@/lib/audit/trail/write-entry",
      "@/lib/platform/errors",
      "@/lib/contract/runs",
    ],
  ],
  ["lib/something-new/do-it.ts", ["zod", "@/lib/platform/db/client", "@/lib/states/run"]],
  ["lib/runs/cancel-run.test.ts", ["vitest", "@/test/fixture"]],
])("lint: %s may import the layers below it", (file, imported) => {
  expect(lint(file, ...imported)).toEqual([]);
});

test("lint: refuses a cycle, of types too", () => {
  const files = { "lib/one.ts": "two", "lib/two.ts": "one" };
  for (const [file, other] of Object.entries(files)) lint(file, `./${other}`);
  expect(lint("lib/one.ts", "./two")).toContain("import(no-cycle)");
  const types = (other: string) => [`import type { T } from "./${other}";\nexport type U = T;\n`];
  lintText("lib/four.ts", types("three"));
  expect(lintText("lib/three.ts", types("four"))).toContain("import(no-cycle)");
});

test("folders of lib: no two import each other, types and dynamic imports included", () => {
  const folders = byFolder(readImports("lib/**/*.{ts,tsx}"));
  expect(folders.size).toBeGreaterThan(20);
  expect(findPairs(folders)).toEqual([]);
  // One import back from a folder that others build on makes a pair.
  folders.get("lib/states")!.add("lib/runs");
  expect(findPairs(folders)).toContain("lib/runs ↔ lib/states");
});

test("files: no cycle of imports, types and dynamic imports included", () => {
  const files = readImports("{app,components,lib,demo,test,scripts,bench}/**/*.{ts,tsx}");
  expect(files.size).toBeGreaterThan(500);
  expect(findCycle(files)).toBeUndefined();
  files.get("lib/states/run.ts")!.add("lib/runs/get-run.ts");
  expect(findCycle(files)).toContain("lib/states/run.ts");
});
