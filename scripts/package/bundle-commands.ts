import { rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { productionCommands } from "./production-commands";

/**
 * Compiles the commands to plain JavaScript. Our code is bundled; packages stay imports, so that each runs
 * the files that it was published with.
 * @returns the folder, inside the project, so that its imports resolve
 */
export async function bundleCommands(): Promise<string> {
  const folder = path.resolve(".data/package");
  await rm(folder, { recursive: true, force: true });
  await build({
    entryPoints: productionCommands(),
    outdir: path.join(folder, "bin"),
    outbase: "scripts",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    packages: "external",
    platform: "node",
    target: "node24",
    format: "esm",
    keepNames: true,
    legalComments: "none",
    logLevel: "error",
  });
  return folder;
}
