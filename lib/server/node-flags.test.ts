import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NODE_FLAGS } from "./node-flags";

test("`npm start` starts Node as the demo and the tests do", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  expect(scripts.start).toContain(` node ${NODE_FLAGS.join(" ")} `);
});
