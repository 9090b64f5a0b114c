"use client";

import type { Mutation, QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

type AnyMutation = Mutation<any, any, any, any>; // oxlint-disable-line typescript/no-explicit-any

/** Slow requests whose dialog was closed; the page shows their outcome. */
export type LeftWork = { isUnderWay: boolean; ended: { error: Error | null } | undefined };

const NONE: LeftWork = { isUnderWay: false, ended: undefined };
const left = new Set<AnyMutation>();
const listeners = new Set<() => void>();
let state = NONE;

function become(next: LeftWork): void {
  state = next;
  listeners.forEach((tell) => tell());
}

/** Marks every request in flight as detached from its dialog. */
export function leaveWork(client: QueryClient): void {
  for (const mutation of client.getMutationCache().findAll({ status: "pending" })) left.add(mutation);
  become({ isUnderWay: left.size > 0, ended: undefined });
}

function noteEnd(mutation: AnyMutation): void {
  left.delete(mutation);
  const { error } = mutation.state;
  // The page itself reports the outcome of an attempt, unless it failed.
  const isShown = error === null && mutation.meta?.["showsOutcome"] === true;
  become({ isUnderWay: left.size > 0, ended: isShown ? undefined : { error } });
}

/**
 * Tracks when detached requests end.
 * @returns the unsubscribe function
 */
export const followLeftWork = (client: QueryClient): (() => void) =>
  client.getMutationCache().subscribe(({ mutation }) => {
    if (mutation && left.has(mutation) && mutation.state.status !== "pending") noteEnd(mutation);
  });

export const putLeftWorkAway = (): void => become({ ...state, ended: undefined });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const useLeftWork = (): LeftWork =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => NONE,
  );
