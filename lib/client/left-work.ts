"use client";

import type { Mutation, QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

type AnyMutation = Mutation<any, any, any, any>; // oxlint-disable-line typescript/no-explicit-any

/** Work whose dialog was left because it took long: it goes on, and its end is told on the page. */
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

/** For the cache of mutations: one has ended. Of one that says on the page what came of it only a failure is told. */
export function noteEnd(mutation: AnyMutation, error: Error | null): void {
  if (!left.delete(mutation)) return;
  const isTold = error === null && mutation.meta?.["tellsItself"] === true;
  become({ isUnderWay: left.size > 0, ended: isTold ? undefined : { error } });
}

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
