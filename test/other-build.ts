import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const IS_TEXT = /^BUILD_ID$|\.(js|json|css|html|rsc|meta|body)$/;

/**
 * Copies a build as the next version would be: with another id, and with another name for every asset, so
 * that the former assets are gone.
 * @returns the copy's folder
 */
export async function makeOtherBuild(distDir: string): Promise<string> {
  const folder = `${distDir}-other-${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await cp(distDir, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/\/(cache|trace|types|diagnostics)$|\.(br|map|sha256)$/.test(source),
  });
  const id = await readFile(path.join(folder, "BUILD_ID"), "utf8");
  const names = new Map([[id, turn(id)]]);
  for (const file of await readdir(path.join(folder, "static/chunks"))) {
    const stem = path.parse(file).name;
    names.set(stem, turn(stem));
  }
  const each = new RegExp([...names.keys()].join("|"), "g");
  const change = (text: string): string => text.replace(each, (name) => names.get(name)!);
  // Deepest first, so that a folder is renamed after its content.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.toReversed()) {
    const file = path.join(entry.parentPath, entry.name);
    if (file.includes("/node_modules/")) continue;
    if (entry.isFile() && IS_TEXT.test(entry.name))
      await writeFile(file, change(await readFile(file, "utf8")));
    if (change(entry.name) !== entry.name)
      await rename(file, path.join(entry.parentPath, change(entry.name)));
  }
  return folder;
}

/** A name that no asset has: its letters in the other case and order. */
const turn = (name: string): string =>
  [...name].toReversed().join("").replaceAll("-", "_").concat("x").slice(1);
