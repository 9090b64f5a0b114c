"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { TicketSettings } from "@/lib/client/ticket";

const TicketContext = createContext<TicketSettings>({ pattern: "", url: "" });

/** Provides the ticket patterns and URLs to all pages. */
export function TicketProvider({ settings, children }: { settings: TicketSettings; children: ReactNode }) {
  return <TicketContext value={settings}>{children}</TicketContext>;
}

export const useTicketSettings = (): TicketSettings => useContext(TicketContext);
