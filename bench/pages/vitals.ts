import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";

/** Web vitals of a visit. */
export type Vitals = {
  lcpMs: number;
  cls: number;
  inpMs: number;
  /** The slowest interaction, with its input delay, processing and presentation. */
  slowest: string;
  /** The element that moved furthest. */
  moved: string;
};

/** Runs before the page's own scripts. Reports interactions from one frame (16 ms) up. */
const COLLECT = `
  const vitals = { lcpMs: 0, cls: 0, inpMs: 0, slowest: "", moved: "" };
  const nameOf = (node) => (node?.ariaLabel || node?.id || node?.textContent || node?.nodeName || "").slice(0, 40);
  const always = { reportAllChanges: true, durationThreshold: 16, generateTarget: nameOf };
  webVitals.onLCP(({ value }) => (vitals.lcpMs = value), always);
  webVitals.onCLS(({ value, attribution }) => {
    vitals.cls = value;
    vitals.moved = attribution.largestShiftTarget;
  }, always);
  webVitals.onINP(({ value, attribution: a }) => {
    vitals.inpMs = value;
    const parts = [a.inputDelay, a.processingDuration, a.presentationDelay].map(Math.round).join(" + ");
    vitals.slowest = a.interactionType + " on " + a.interactionTarget + ": " + parts;
  }, always);
  // Performance observers run after the paint, and web-vitals reports when the page is idle.
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  globalThis.readRunflowVitals = async () => {
    for (const settle of [idle, painted, idle, painted, idle]) await settle();
    return vitals;
  };`;

/** One classic script, so that its globals stay invisible to the page. */
export const loadCollector = async (): Promise<string> =>
  (await readFile(path.resolve("node_modules/web-vitals/dist/web-vitals.attribution.iife.js"), "utf8")) +
  COLLECT;

/** Reads the vitals once the page is idle. */
export const readVitals = (page: Page): Promise<Vitals> => page.evaluate("readRunflowVitals()");
