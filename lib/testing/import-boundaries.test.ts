import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "boundaries-"));
  for (const name of [".oxlintrc.json", "tsconfig.json"]) cpSync(name, path.join(folder, name));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The rules that a file of this name breaks when it imports these. */
function lint(file: string, ...imported: string[]): string[] {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  const lines = imported.map(
    (name, index) => `import { a as a${index} } from "${name}";\nexport const b${index} = a${index};\n`,
  );
  writeFileSync(target, lines.join(""));
  const run = spawnSync(path.resolve("node_modules/.bin/oxlint"), ["-f", "json", file], {
    cwd: folder,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code);
}

test.each([
  ["the heart imports anything", "lib/runs/run.ts", "@/lib/json"],
  ["a verb knows React", "lib/runs/cancel-run.ts", "react"],
  ["a verb knows Next", "lib/audit/list.ts", "next/headers"],
  ["a verb knows the HTTP wrapper", "lib/runs/cancel-run.ts", "@/lib/http/respond"],
  ["a verb knows the client", "lib/identity/sign-in.ts", "@/lib/client/runs"],
  ["a component reaches the database", "components/runs/table.tsx", "@/lib/db/client"],
  ["a component calls a verb", "components/runs/table.tsx", "@/lib/runs/cancel-run"],
  ["a general component knows runs", "components/ui/button.tsx", "@/lib/client/runs"],
  ["the client calls a verb", "lib/client/runs.ts", "@/lib/runs/get-run"],
  ["the contract knows a verb", "lib/contract/runs.ts", "@/lib/runs/get-run"],
  ["a page writes SQL", "app/page.tsx", "pg"],
  ["a route goes round the verbs", "app/v1/runs/route.ts", "@/generated/prisma/client"],
  ["the product depends on what is for testing", "lib/runs/get-run.ts", "@/lib/testing/scene"],
])("lint refuses that %s", (_sentence, file, imported) => {
  expect(lint(file, imported)).toEqual(["eslint(no-restricted-imports)"]);
});

test.each([
  [
    "app/page.tsx",
    ["react", "next/navigation", "@/components/runs/table", "@/lib/runs/get-run", "@/lib/db/client"],
  ],
  [
    "components/runs/table.tsx",
    ["react", "next/link", "@/components/ui/button", "@/lib/client/runs", "@/lib/runs/run"],
  ],
  ["lib/client/runs.ts", ["@tanstack/react-query", "@/lib/contract/runs", "@/lib/runs/run"]],
  [
    "lib/runs/cancel-run.ts",
    ["@/lib/db/client", "@/lib/audit/audit-entry", "@/lib/errors", "@/lib/contract/runs"],
  ],
  ["lib/runs/cancel-run.test.ts", ["vitest", "@/lib/testing/scene"]],
])("lint lets %s import what stands below it", (file, imported) => {
  expect(lint(file, ...imported)).toEqual([]);
});

test("lint refuses a cycle", () => {
  const files = { "lib/one.ts": "two", "lib/two.ts": "one" };
  for (const [file, other] of Object.entries(files)) lint(file, `./${other}`);
  expect(lint("lib/one.ts", "./two")).toContain("import(no-cycle)");
});
