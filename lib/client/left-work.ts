"use client";

import type { Mutation, QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

type AnyMutation = Mutation<any, any, any, any>; // oxlint-disable-line typescript/no-explicit-any

/** Requests that outlive their dialog: it was closed because they took long, so the page shows their outcome. */
export type LeftWork = { isUnderWay: boolean; ended: { error: Error | null } | undefined };

const NONE: LeftWork = { isUnderWay: false, ended: undefined };
const left = new Set<AnyMutation>();
const listeners = new Set<() => void>();
let state = NONE;

function become(next: LeftWork): void {
  state = next;
  listeners.forEach((tell) => tell());
}

/** Leaves what is under way to itself. */
export function leaveWork(client: QueryClient): void {
  for (const mutation of client.getMutationCache().findAll({ status: "pending" })) left.add(mutation);
  become({ isUnderWay: left.size > 0, ended: undefined });
}

function noteEnd(mutation: AnyMutation): void {
  left.delete(mutation);
  const { error } = mutation.state;
  // Of an attempt the page itself says what came of it, unless it failed.
  const isTold = error === null && mutation.meta?.["tellsItself"] === true;
  become({ isUnderWay: left.size > 0, ended: isTold ? undefined : { error } });
}

/** Notes the end of what was left. @returns how to stop */
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
