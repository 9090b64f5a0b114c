import type { ServiceProblem, ServiceState } from "@/lib/contract/service-state";

/** All that is known about the service, before it is judged. */
export type Facts = Omit<ServiceState, "problems">;

export const ORDER: readonly ServiceProblem["severity"][] = ["critical", "warning", "notice"];

/** @returns how long ago it was, in ms; 0 for null */
export const ageOf = (time: string | null, now: string): number =>
  time === null ? 0 : Math.max(0, Date.parse(now) - Date.parse(time));

export const oldest = (times: (string | null)[]): string | null =>
  times.filter((time) => time !== null).toSorted()[0] ?? null;

/** @returns "1 job", "1,200 jobs" */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
