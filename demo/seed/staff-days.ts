import { formatTimestamp } from "@/lib/contract/values";
import { toActor } from "./actors";
import { past, type PastEntry } from "./past-entries";
import type { SeededStaff } from "./people";
import type { Random } from "./random";

const DAYS = 30;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The same as the console's sessions. */
const SESSION_MS = 12 * 60 * MINUTE_MS;

/** When staff start and end work each day; few on weekends. */
export function makeStaffDays(staff: readonly SeededStaff[], now: number, random: Random): PastEntry[] {
  const entries: PastEntry[] = [];
  for (let daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--) {
    const midnight = Math.floor(now / DAY_MS) * DAY_MS - daysAgo * DAY_MS;
    const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
    for (const person of staff.filter(({ state }) => !state)) {
      if (!random.chance(isWeekend ? 0.12 : 0.7)) continue;
      const startMs = midnight + random.int(6 * 60, 12 * 60) * MINUTE_MS + random.int(0, 59_999);
      const endMs = startMs + random.int(150, 560) * MINUTE_MS;
      if (startMs > now) continue;
      const { actor } = toActor(person);
      const target = { type: "session", id: random.uuid(startMs), label: person.email } as const;
      const expires_at = formatTimestamp(new Date(startMs + SESSION_MS));
      entries.push(
        past({ action: "session.started", at: new Date(startMs), actor, target, meta: { expires_at } }),
      );
      if (endMs < now && random.chance(0.6))
        entries.push(
          past({
            action: "session.ended",
            at: new Date(endMs),
            actor,
            target,
            meta: { cause: "signed_out" },
          }),
        );
    }
  }
  return entries;
}
