import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NODE_FLAGS } from "./node-flags";

test.each(["start", "worker"])("`npm run %s` starts Node as the demo and the tests do", (name) => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  expect(scripts[name]).toContain(` node ${NODE_FLAGS.join(" ")} `);
});
