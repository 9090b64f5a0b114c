import { readFileSync } from "node:fs";

/** Answers a container's health check; nobody runs it by hand. */
const HEALTH = "scripts/health.ts";

/**
 * The programs that a deployment runs: the npm scripts that start a program directly, without the set-up of a
 * development clone.
 * @returns their sources, such as `scripts/serve.ts`
 */
export function productionCommands(): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const sources = Object.values(scripts).flatMap((line) => / --import tsx (\S+)$/.exec(line)?.[1] ?? []);
  return [...sources, HEALTH];
}
