"use client";

import { useSyncExternalStore } from "react";
import { hasSessionEnded, onSessionEnd } from "./session-end";

export const useSessionEnded = (): boolean =>
  useSyncExternalStore(onSessionEnd, hasSessionEnded, () => false);
