import type { Metadata } from "next";
import { BarePage } from "@/components/shell/bare-page";
import { NotFound } from "@/components/shell/not-found";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Not found" };

/** One page for every entity; the URL decides the wording. */
export default async function ConsoleNotFound() {
  if (await findSignedIn()) return <NotFound />;
  return (
    <BarePage>
      <NotFound />
    </BarePage>
  );
}
