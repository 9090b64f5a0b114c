import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** Files or folders, each with its imports. */
export type Graph = Map<string, Set<string>>;

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g;

/** Reads the imports among these files, type and dynamic imports included. */
export function readImports(pattern: string): Graph {
  const files = globSync(pattern).filter((file) => !/\.test\.tsx?$/.test(file));
  return new Map(files.map((file) => [file, new Set(importsOf(file))]));
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].flatMap(([, name = ""]) => {
    if (!/^(@\/|\.)/.test(name)) return [];
    const target = name.startsWith("@/") ? name.slice(2) : path.join(path.dirname(file), name);
    return [".ts", ".tsx"].map((ending) => target + ending).filter((found) => existsSync(found));
  });
}

/** Replaces each file by its folder. */
export function byFolder(graph: Graph): Graph {
  const folders: Graph = new Map();
  for (const [file, imports] of graph) {
    const folder = path.dirname(file);
    const others = folders.get(folder) ?? new Set();
    for (const imported of imports) if (path.dirname(imported) !== folder) others.add(path.dirname(imported));
    folders.set(folder, others);
  }
  return folders;
}

/** Pairs that import each other, each pair once. */
export const findPairs = (graph: Graph): string[] =>
  [...graph].flatMap(([one, imports]) =>
    [...imports]
      .filter((other) => one < other && graph.get(other)?.has(one))
      .map((other) => `${one} ↔ ${other}`),
  );

/** A cycle, as the names along it, or undefined. */
export function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const follow = (name: string, way: string[]): string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const cycle = follow(next, [...way, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = follow(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
