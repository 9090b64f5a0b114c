import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { nodeFileTrace } from "@vercel/nft";

/** Loaded by a name that only exists at run time: the WebAssembly module that applies the migrations. */
const UNTRACEABLE = ["node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"];

/** Reachable by an import, but only in development, during a build or by people. */
const UNUSED = [
  /^node_modules\/(next\/dist\/(docs|compiled\/(webpack|babel.*))|@next\/swc-[^/]+|typescript|caniuse-lite)\//,
  /\.dev(elopment)?\.js$|\.map$|\.d\.[cm]?ts$|\.md$|\/tests?\//,
  // Next resizes images with it, which next.config.js turns off.
  /^node_modules\/(sharp|@img)\//,
];
const isUnused = (file: string): boolean => UNUSED.some((pattern) => pattern.test(file));

/**
 * Finds the files of packages that the commands and the pages load, so that the rest stays out.
 * @param commands the folder of the compiled commands
 * @returns paths relative to the project, all in node_modules
 */
export async function tracePackages(commands: string, distDir: string): Promise<string[]> {
  const project = process.cwd();
  const entries = await Array.fromAsync(glob("bin/*.js", { cwd: commands }));
  const { fileList } = await nodeFileTrace(
    entries.map((entry) => path.join(commands, entry)),
    { base: project, ignore: isUnused },
  );
  const traced = new Set([...fileList, ...UNTRACEABLE]);
  // Next's build has traced its own server and every page.
  for await (const trace of glob("{next-server.js,server/**/*}.nft.json", { cwd: distDir })) {
    const { files } = JSON.parse(await readFile(path.join(distDir, trace), "utf8")) as { files: string[] };
    const folder = path.dirname(path.join(distDir, trace));
    for (const file of files) traced.add(path.normalize(path.join(folder, file)));
  }
  return [...traced].filter((file) => file.startsWith("node_modules/") && !isUnused(file)).toSorted();
}
