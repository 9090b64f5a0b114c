import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { findSessionCaller } from "@/lib/identity/find-session-caller";
import { readSessionId } from "@/lib/identity/session-cookie";
import { db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";

/** The person who is signed in, or undefined; read once per page, however many components ask. */
export const findSignedIn = cache(async (): Promise<Caller | undefined> => {
  const sessionId = await readSessionId(await headers());
  return sessionId === undefined ? undefined : findSessionCaller(db(), sessionId);
});

/** @param path where the person wanted to go: the sign-in page brings them back there */
export async function requireCaller(path = "/runs"): Promise<Caller> {
  const caller = await findSignedIn();
  if (!caller) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return caller;
}
