import { glob, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { gzip } from "node:zlib";

/** A page's URL and the compressed bytes of the scripts that a first visit loads. */
export type PageWeight = { page: string; bytes: number };

/** The server sends smaller files uncompressed. */
const COMPRESSED_FROM = 1_024;

/**
 * First-load JavaScript of each page: Next's own runtime and the chunks of the page's client components, from
 * the manifests that Next renders HTML with. Excludes lazy chunks, and the polyfills that current browsers
 * skip.
 * @param distDir of a production build
 */
export async function weighPages(distDir: string, appFolder = "app"): Promise<PageWeight[]> {
  const start = JSON.parse(await readFile(path.join(distDir, "build-manifest.json"), "utf8")) as Start;
  const weights: PageWeight[] = [];
  for await (const file of glob("**/page.tsx", { cwd: appFolder })) {
    const entry = file.replace(/\.tsx$/, "");
    const chunks = new Set([...start.rootMainFiles, ...(await readChunks(distDir, entry))]);
    const sizes = await Promise.all([...chunks].map((chunk) => weigh(path.join(distDir, chunk))));
    weights.push({ page: addressOf(entry), bytes: sizes.reduce((sum, size) => sum + size, 0) });
  }
  return weights.sort((a, b) => b.bytes - a.bytes);
}

type Start = { rootMainFiles: string[] };
type References = { clientModules: Record<string, { chunks: string[] }> };

/** Next writes these manifests as scripts that set a global. */
async function readChunks(distDir: string, entry: string): Promise<string[]> {
  const file = path.join(distDir, "server", "app", `${entry}_client-reference-manifest.js`);
  const sandbox = createContext({ __RSC_MANIFEST: {} as Record<string, References> });
  runInContext(await readFile(file, "utf8"), sandbox);
  const modules = Object.values((sandbox as { __RSC_MANIFEST: Record<string, References> }).__RSC_MANIFEST);
  return modules
    .flatMap(({ clientModules }) => Object.values(clientModules))
    .flatMap(({ chunks }) => chunks.map((chunk) => chunk.replace(/^\/_next\//, "")))
    .map(decodeURIComponent);
}

async function weigh(file: string): Promise<number> {
  const compressed = await stat(`${file}.br`).catch(() => undefined);
  if (compressed) return compressed.size;
  const script = await readFile(file);
  return script.length < COMPRESSED_FROM ? script.length : (await promisify(gzip)(script)).length;
}

/** Folders in parentheses (route groups) are not part of the URL. */
const addressOf = (entry: string): string =>
  `/${entry
    .split(path.sep)
    .filter((part) => !part.startsWith("("))
    .slice(0, -1)
    .join("/")}`;
