import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { unpackNpmChromium, type Browser } from "./npm-chromium";

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** No sandbox, because root can't use one and we load only our own pages; no background requests. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Finds a Chromium: PLAYWRIGHT_CHROMIUM, then Playwright's own, the system's, and the one from npm. */
export async function findBrowser(): Promise<Browser> {
  const named = process.env["PLAYWRIGHT_CHROMIUM"];
  if (named && !existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which doesn't exist`);
  const folders = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder.startsWith("/"));
  const system = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const executablePath = named || [chromium.executablePath(), ...system].find((file) => existsSync(file));
  return executablePath ? { executablePath, env: {} } : unpackNpmChromium();
}
