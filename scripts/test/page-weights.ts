import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";

/** Of a page's first-load JavaScript, compressed, in kB. */
export const MOST_KB = 180;

export type PageWeight = { page: string; kilobytes: number };

/**
 * The JavaScript that a first visit of each page loads before it is there, as the build's own manifests have it: the
 * framework, and what the page and the layouts and boundaries around it are made of. What is loaded when it is needed is
 * not part of it; a browser test sees to that a visit really loads no more.
 * @returns every page of the app, the heaviest first
 */
export async function weighPages(build: string): Promise<PageWeight[]> {
  const { rootMainFiles } = JSON.parse(
    await readFile(path.join(build, "build-manifest.json"), "utf8"),
  ) as Record<"rootMainFiles", string[]>;
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (file: string): Promise<number> => {
    const known =
      sizes.get(file) ?? readFile(path.join(build, file)).then((bytes) => gzipSync(bytes).byteLength);
    sizes.set(file, known);
    return known;
  };
  const weights: PageWeight[] = [];
  for await (const file of glob("server/app/**/page_client-reference-manifest.js", { cwd: build })) {
    for (const [entry, files] of await readEntries(path.join(build, file))) {
      const each = await Promise.all([...new Set([...rootMainFiles, ...files])].map(sizeOf));
      const page = entry.replaceAll(/\/\([^)]*\)|\/page$/g, "") || "/";
      weights.push({ page, kilobytes: each.reduce((sum, size) => sum + size, 0) / 1_000 });
    }
  }
  return weights.filter(({ page }) => !page.startsWith("/_")).sort((a, b) => b.kilobytes - a.kilobytes);
}

/** A manifest is a script that leaves its facts in a global variable. */
async function readEntries(file: string): Promise<[entry: string, files: string[]][]> {
  const context = createContext({}) as {
    __RSC_MANIFEST?: Record<string, { entryJSFiles: Record<string, string[]> }>;
  };
  runInContext(await readFile(file, "utf8"), context);
  return Object.entries(context.__RSC_MANIFEST!).map(([entry, { entryJSFiles }]) => [
    entry,
    Object.entries(entryJSFiles)
      .filter(([module]) => !module.endsWith("global-error"))
      .flatMap(([, files]) => files),
  ]);
}
