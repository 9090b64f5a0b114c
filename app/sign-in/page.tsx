import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CardPage } from "@/components/shell/card-page";
import { SignInForm } from "@/components/shell/sign-in-form";
import { safeNext } from "@/lib/client/paths";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext(readParam(await searchParams, "next"));
  if (await findSignedIn()) redirect(next);
  return (
    <CardPage title="Sign in to the console" about="For support and operations staff.">
      <SignInForm next={next} />
    </CardPage>
  );
}
