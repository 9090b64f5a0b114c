import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Gives Next the configuration that the build was made with, as its own standalone server does. The image
 * then needs neither next.config.js nor what reads and checks it, such as webpack.
 */
export function useBuiltConfig(distDir: string): void {
  const manifest = readFileSync(path.join(distDir, "required-server-files.json"), "utf8");
  const { config } = JSON.parse(manifest) as { config: object };
  process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"] = JSON.stringify({ ...config, distDir });
}
