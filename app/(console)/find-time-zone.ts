import { cookies } from "next/headers";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/lib/client/time-zone";

/** The time zone that the person chose in this browser, for what the server writes. */
export const findTimeZone = async (): Promise<string> =>
  readTimeZone((await cookies()).get(TIME_ZONE_COOKIE)?.value);
