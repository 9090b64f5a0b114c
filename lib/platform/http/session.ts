import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { findSignedInCaller } from "@/lib/identity/find-signed-in";
import { db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";

/** The signed-in person, or undefined; cached per page, for any number of components. */
export const findSignedIn = cache(async (): Promise<Caller | undefined> =>
  findSignedInCaller(db(), await headers()),
);

/** @param path where sign-in returns the person to */
export async function requireCaller(path = "/runs"): Promise<Caller> {
  const caller = await findSignedIn();
  if (!caller) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return caller;
}
