import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";

/** What a visit was like, as web-vitals measures it. */
export type Vitals = {
  lcpMs: number;
  cls: number;
  inpMs: number;
  /** The interaction that took longest, with its delay, its processing and what the frame took then. */
  slowest: string;
  /** What moved furthest. */
  moved: string;
};

/** Runs in the page before anything of its own. Interactions count from one frame on. */
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
  // Observers are told after the frame was painted, and web-vitals tells us when there is nothing else to do.
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  globalThis.readRunflowVitals = async () => {
    for (const settle of [idle, painted, idle, painted, idle]) await settle();
    return vitals;
  };`;

/** The script that measures: one, as what it declares is seen by nothing else. */
export const loadCollector = async (): Promise<string> =>
  (await readFile(path.resolve("node_modules/web-vitals/dist/web-vitals.attribution.iife.js"), "utf8")) +
  COLLECT;

/** What has been measured once the page has nothing left to do. */
export const readVitals = (page: Page): Promise<Vitals> => page.evaluate("readRunflowVitals()");
