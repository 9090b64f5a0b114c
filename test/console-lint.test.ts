import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "console-lint-"));
  for (const name of [".oxlintrc.json", "tsconfig.json", "scripts/lint"]) {
    cpSync(name, path.join(folder, name), { recursive: true });
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The rules that a component with this text breaks. */
function lintAll(text: string, file = "components/new-noun/new-part.tsx"): string[] {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  const run = spawnSync(path.resolve("node_modules/.bin/oxlint"), ["-f", "json", file], {
    cwd: folder,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code }) => code);
}

/** The console's own rules that it breaks. */
const lint = (...component: Parameters<typeof lintAll>): string[] =>
  lintAll(...component).filter((code) => code.startsWith("console("));

const part = (jsx: string, before = "") =>
  `import { readPress } from "@/components/ui/keys";\nexport function Part({ entry, customer, event }) {\n${before}\nreturn ${jsx};\n}\n`;

test.each([
  ["a name", `<p>{entry.actor.name}</p>`],
  ["a name that may be missing", `<p>{entry.actor?.name}</p>`],
  ["a reason or a dash", `<p>{entry.meta.reason ?? <None />}</p>`],
  ["a name where there is one", `<p>{entry.owner && entry.owner.name}</p>`],
  ["a customer", `<p>For {customer}</p>`],
  ["a client ref in a fragment", `<>{entry.client_ref}</>`],
  ["what an entry is about", `<p>{entry.target.label}{target.label}</p>`],
  ["a name in a sentence", "<p>{`by ${entry.actor.name}`}</p>"],
  ["a name or a word", `<Line text={find(entry.id === 1 ? "you" : entry.actor.name)} />`],
  ["a title", `<p title={entry.meta.reason}>x</p>`],
  ["a label that is read aloud", `<button aria-label={entry.name}>x</button>`],
])("lint refuses stored text without its component: %s", (_name, jsx) => {
  expect(new Set(lint(part(jsx)))).toEqual(new Set(["console(stored-text)"]));
});

test.each([
  ["the component", `<StoredText>{entry.actor.name}</StoredText>`],
  ["plain text", "<p title={plainStored(entry.name)}>{`by ${plainStored(entry.actor.name)}`}</p>"],
  ["what is handed on", `<Row customer={customer} name={entry.name} />`],
  ["an id", "<p id={`x-${entry.id}`}>{entry.id}</p>"],
])("lint lets stored text pass: %s", (_name, jsx) => {
  expect(lint(part(jsx))).toEqual([]);
});

test.each([
  ["a handler without the reader", part(`<input onKeyDown={() => entry.go()} />`)],
  ["a handler of keyup", part(`<input onKeyUp={() => entry.go()} />`)],
  ["a handler among props", part(`<Field props={{ onKeyDown: () => entry.go() }} />`)],
  ["a listener", part(`<p />`, `document.addEventListener("keydown", () => entry.go());`)],
  ["the event's key", part(`<p />`, `if (event.key === "Enter" && readPress(event)) entry.go();`)],
  ["the event's modifier", part(`<p />`, `if (event.ctrlKey && readPress(event)) entry.go();`)],
  ["composition, by hand", part(`<p />`, `if (entry.nativeEvent.isComposing) entry.go();`)],
  ["the old key code", part(`<p />`, `if (entry.keyCode === 13) entry.go();`)],
])("lint refuses a key that is read by hand: %s", (_name, text) => {
  expect(new Set(lint(text))).toEqual(new Set(["console(read-keys)"]));
});

test("lint lets a handler pass that reads the press", () => {
  expect(
    lint(part(`<input onKeyDown={(event) => readPress(event)?.key === "Enter" && entry.go()} />`)),
  ).toEqual([]);
});

test("lint asks the same of pages, and nothing of the API", () => {
  expect(lint(part(`<p>{entry.name}</p>`), "app/sign-in/page.tsx")).toEqual(["console(stored-text)"]);
  expect(lint("export const say = (entry) => `by ${entry.actor.name}`;", "lib/runs/say.ts")).toEqual([]);
});

test("lint refuses styles that the browser would block", () => {
  expect(lintAll(part(`<p style={{ width: entry.width }}>x</p>`))).toContain("react(forbid-dom-props)");
  expect(lintAll(part(`<style>x</style>`))).toContain("react(forbid-elements)");
  expect(lintAll(part(`<p className="w-(--share)">x</p>`)).join()).not.toContain("react(forbid");
});

const PAGE = "app/(console)/new-noun/page.tsx";

test.each([
  ["a function", "export default async function NewPage() {\n  return null;\n}\n"],
  ["another wrapper", 'export default otherPage({ permission: "runs.read" }, () => null);\n'],
  ["a component", "export default NewPage;\n"],
])("lint refuses a console page without its guard: %s", (_name, text) => {
  expect(lint(text, PAGE)).toEqual(["console(page-gate)"]);
  expect(lint(text, "app/sign-in/page.tsx")).toEqual([]);
});

test("lint lets a console page pass with its guard", () => {
  for (const wrapper of ["consolePage", "entityPage", "referencePage"])
    expect(
      lint(`export default ${wrapper}({ permission: "runs.read", path: paths.runs }, () => null);\n`, PAGE),
    ).toEqual([]);
});
