"use client";

import { useSyncExternalStore } from "react";
import { isOutdated, onOutdated } from "./console-build";

/** @returns whether a newer build than this page's answers by now */
export const useIsOutdated = (): boolean => useSyncExternalStore(onOutdated, isOutdated, () => false);
