import { cookies } from "next/headers";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/lib/client/time-zone";

/** The time zone chosen in this browser, for times that the server renders. */
export const findTimeZone = async (): Promise<string> =>
  readTimeZone((await cookies()).get(TIME_ZONE_COOKIE)?.value);
