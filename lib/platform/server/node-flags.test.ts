import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NODE_FLAGS } from "./node-flags";

test.each(["start", "worker"])(
  "`npm run %s`: starts Node with the same flags as the demo and the tests",
  (name) => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts[name]).toContain(` node ${NODE_FLAGS.join(" ")} `);
  },
);
