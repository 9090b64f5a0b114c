"use client";

import { useSyncExternalStore } from "react";
import { isOutdated, onOutdated } from "./console-build";

/** @returns whether the server now runs a newer build than this page's */
export const useIsOutdated = (): boolean => useSyncExternalStore(onOutdated, isOutdated, () => false);
