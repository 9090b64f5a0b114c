"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useState } from "react";
import { TIME_ZONE_COOKIE, UTC } from "@/lib/client/time-zone";

type Choice = { zone: string; choose: (zone: string) => void };

const TimeZoneContext = createContext<Choice>({ zone: UTC, choose: () => {} });

const YEAR_S = 31_536_000;

/**
 * The zone of every time on screen.
 * @param chosen from the cookie
 */
export function TimeZoneProvider({ chosen, children }: { chosen: string; children: ReactNode }) {
  const [zone, setZone] = useState(chosen);
  const router = useRouter();
  const choose = (next: string) => {
    document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(next)}; path=/; max-age=${YEAR_S}; samesite=lax`;
    setZone(next);
    // The server rendered the old zone.
    router.refresh();
  };
  return <TimeZoneContext value={{ zone, choose }}>{children}</TimeZoneContext>;
}

export const useTimeZone = (): Choice => useContext(TimeZoneContext);
