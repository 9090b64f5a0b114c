import type { Metadata } from "next";
import { BarePage } from "@/components/shell/bare-page";
import { NotFound } from "@/components/shell/not-found";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Not found" };

/** One for all: which words fit follows from the address. */
export default async function ConsoleNotFound() {
  if (await findSignedIn()) return <NotFound />;
  return (
    <BarePage>
      <NotFound />
    </BarePage>
  );
}
