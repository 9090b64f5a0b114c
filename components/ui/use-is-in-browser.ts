"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** @returns false on the server and while hydrating, then true */
export const useIsInBrowser = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
