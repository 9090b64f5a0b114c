import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RequiredFactor } from "@/components/account/required-factor";
import { CardPage } from "@/components/shell/card-page";
import { paths, safeNext } from "@/lib/client/paths";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { SIGNED_IN_AS_META } from "@/lib/contract/signed-in-as";
import { arePasskeysPossible } from "@/lib/identity/passkey";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Set up a second factor" };

/** Where the policy leads a person without a second factor. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext(readParam(await searchParams, "next"));
  const caller = await findSignedIn();
  if (!caller) redirect(paths.signIn(next));
  return (
    <CardPage
      title="Set up a second factor"
      about="Your team requires one besides your password. It takes a minute."
    >
      <meta name={SIGNED_IN_AS_META} content={caller.person.id} />
      <RequiredFactor next={next} arePasskeysPossible={arePasskeysPossible()} />
    </CardPage>
  );
}
