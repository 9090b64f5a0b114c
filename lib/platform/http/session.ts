import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { findSignedInCaller } from "@/lib/identity/find-signed-in";
import { noteSessionUse } from "@/lib/identity/note-session-use";
import { db } from "@/lib/platform/db/client";
import { recheckSession } from "@/lib/sso/recheck-session";
import type { Caller } from "@/lib/states/caller";

/**
 * The signed-in person, or undefined; cached per page, for any number of components. Opening a page counts as
 * use of the session; automatic refreshes and prefetches don't.
 */
export const findSignedIn = cache(async (): Promise<Caller | undefined> => {
  const request = await headers();
  const caller = await findSignedInCaller(db(), request, recheckSession);
  if (caller && isOpenedByPerson(request)) void noteSessionUse(db(), caller.credentialId);
  return caller;
});

const isOpenedByPerson = (request: Pick<Headers, "get" | "has">): boolean =>
  request.get("sec-fetch-mode") === "navigate" && !request.has("sec-purpose");

/**
 * A person who must set up a second factor does that first.
 * @param path where the person returns to
 */
export async function requireCaller(path = "/runs"): Promise<Caller> {
  const caller = await findSignedIn();
  if (!caller) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (caller.lacksFactor) redirect(`/second-factor?next=${encodeURIComponent(path)}`);
  return caller;
}
