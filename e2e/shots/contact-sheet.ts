import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";

export const FOLDER = "screenshots";
export const THEMES = ["light", "dark"] as const;
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

export const pictureName = (state: string, theme: string, width: number): string =>
  `${state}.${theme}.${width}.png`;

/**
 * Shows every screenshot in the folder on one page: a row per state, with its themes and widths side by side.
 * @returns the number of states
 */
export async function writeContactSheet(): Promise<number> {
  const files = await readdir(FOLDER).catch(() => []);
  const states = new Set(files.filter((file) => file.endsWith(".png")).map((file) => file.split(".")[0]!));
  const sorted = [...states].sort();
  const links = sorted.map((state) => `<a href="#${state}">${state}</a>`).join("\n");
  const page = `<!doctype html><html lang="en" translate="no"><meta charset="utf-8"><meta name="google" content="notranslate"><title>Every state of every page</title>
<style>${STYLE}</style>
<h1>${sorted.length} states</h1><nav>${links}</nav>
${sorted.map(row).join("\n")}</html>\n`;
  await writeFile(path.join(FOLDER, "index.html"), page);
  return sorted.length;
}

const row = (state: string): string =>
  `<section id="${state}"><h2>${state}</h2><div>${SIZES.flatMap(({ width }) =>
    THEMES.map((theme) => picture(pictureName(state, theme, width), width)),
  ).join("")}</div></section>`;

/** Wide and narrow screenshots use the same scale. */
const picture = (file: string, width: number): string =>
  `<a href="${file}" style="flex:${width} 1 0"><img src="${file}" alt="${file}" loading="lazy"></a>`;

const STYLE = `
  :root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif }
  body { margin: 2rem }
  nav { columns: 12rem auto }
  nav a { display: block }
  section { border-top: 1px solid #8886; margin-top: 2rem }
  div { display: flex; gap: 1rem; align-items: start }
  img { width: 100%; border: 1px solid #8886 }`;
