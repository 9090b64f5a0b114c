import { hasSessionEnded, onSessionEnd } from "./session-end";

/** What the browser knows of changes: `open` and nothing is missed, `failing`, or `off` while nobody wants to know. */
export type StreamState = "off" | "opening" | "open" | "failing";

/** @param changed the runs' ids, or null for whatever is on screen: more changed than is named, or something was missed */
type Listener = (changed: readonly string[] | null) => void;

const STREAM = "/v1/admin/runs/stream";
const RETRY_MS = 5_000;
/** So many heartbeats of the server may be missing before the stream counts as dead, as after a sleep of the machine. */
const MISSED_BEATS = 3;

/** One stream for the whole page, for as long as something on it follows runs and someone can see it. */
const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;
let state: StreamState = "off";

export const streamState = (): StreamState => state;

/** @returns how to stop following; the last to stop ends the stream */
export function followRuns(listener: Listener): () => void {
  listeners.add(listener);
  if (listeners.size === 1) startWatching();
  settle();
  return () => {
    listeners.delete(listener);
    settle();
    if (listeners.size === 0) stopWatching();
  };
}

/** @returns how to stop being told that the state is another */
export function onStreamState(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

let stopWatching = () => {};

function startWatching(): void {
  const ignoreSession = onSessionEnd(settle);
  document.addEventListener("visibilitychange", settle);
  window.addEventListener("offline", retryLater);
  window.addEventListener("online", retryNow);
  stopWatching = () => {
    ignoreSession();
    document.removeEventListener("visibilitychange", settle);
    window.removeEventListener("offline", retryLater);
    window.removeEventListener("online", retryNow);
  };
}

/** Opens or ends the stream, as is right by now. */
function settle(): void {
  const isWanted = listeners.size > 0 && document.visibilityState === "visible" && !hasSessionEnded();
  if (isWanted && !source && !retry) open();
  if (!isWanted) close("off");
}

function open(): void {
  if (state !== "failing") become("opening");
  source = new EventSource(STREAM);
  source.addEventListener("open", () => {
    become("open");
    // Whatever happened before it was open came without an event.
    tell(null);
  });
  source.addEventListener("runs", ({ data }: MessageEvent<string>) => {
    tell((JSON.parse(data) as { changed: string[] | null }).changed);
  });
  source.addEventListener("beat", ({ data }: MessageEvent<string>) => {
    const { next_ms: nextMs } = JSON.parse(data) as { next_ms: number };
    clearTimeout(silence);
    silence = setTimeout(retryNow, nextMs * MISSED_BEATS);
  });
  source.addEventListener("error", fail);
}

/** The browser itself opens a stream anew that was cut, but not one that was refused. */
function fail(): void {
  become("failing");
  clearTimeout(silence);
  if (source?.readyState === EventSource.CLOSED) retryLater();
  // Only an ordinary question is answered with why: the session may have ended.
  tell(null);
}

/** Not all at once, when a server refuses many. */
function retryLater(): void {
  close("failing");
  retry = setTimeout(retryNow, RETRY_MS * (1 + Math.random()));
  settle();
}

function retryNow(): void {
  close("failing");
  settle();
}

function close(next: StreamState): void {
  source?.close();
  source = undefined;
  clearTimeout(retry);
  clearTimeout(silence);
  retry = undefined;
  become(next);
}

function become(next: StreamState): void {
  if (state === next) return;
  state = next;
  watchers.forEach((tellOne) => tellOne());
}

const tell: Listener = (changed) => listeners.forEach((listener) => listener(changed));
