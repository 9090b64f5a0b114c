import { useSyncExternalStore } from "react";
import { pageOwner } from "./signed-in-as";

/** Running batches that this person started or watched in this browser; a notice tells when one ends. */
const KEY = "runflow.batches";
/** A forgotten one must not be polled for ever. */
const MOST = 5;
const NONE = "[]";

type Watched = { owner: string; id: string };

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may have added or dismissed one.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** As a string, so that an unchanged list compares equal. */
function read(): string {
  try {
    return localStorage.getItem(KEY) ?? NONE;
  } catch {
    return NONE;
  }
}

function parse(stored: string): Watched[] {
  try {
    const list: unknown = JSON.parse(stored);
    return Array.isArray(list) ? list.filter(isWatched) : [];
  } catch {
    return [];
  }
}

const isWatched = (item: unknown): item is Watched =>
  typeof item === "object" &&
  item !== null &&
  typeof (item as Watched).owner === "string" &&
  typeof (item as Watched).id === "string";

function change(to: (list: Watched[]) => Watched[]): void {
  const before = read();
  const after = JSON.stringify(to(parse(before)).slice(-MOST));
  if (after === before) return;
  try {
    localStorage.setItem(KEY, after);
  } catch {
    // Without storage, only the batch's page shows its end.
  }
  tell();
}

export function watchBatch(id: string): void {
  const owner = pageOwner();
  if (owner) change((list) => (list.some((item) => item.id === id) ? list : [...list, { owner, id }]));
}

export const forgetBatch = (id: string): void => change((list) => list.filter((item) => item.id !== id));

/** The ids of the batches that the signed-in person watches. */
export function useWatchedBatches(): string[] {
  const stored = useSyncExternalStore(subscribe, read, () => NONE);
  return parse(stored)
    .filter(({ owner }) => owner === pageOwner())
    .map(({ id }) => id);
}
