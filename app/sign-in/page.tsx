import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CardPage } from "@/components/shell/card-page";
import { ProviderButtons } from "@/components/shell/provider-buttons";
import { SignInForm } from "@/components/shell/sign-in-form";
import { safeNext } from "@/lib/client/paths";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { arePasskeysPossible } from "@/lib/identity/passkey";
import { isPasswordOff } from "@/lib/identity/password-rules";
import { env } from "@/lib/platform/env/env";
import { findSignedIn } from "@/lib/platform/http/session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await searchParams;
  const next = safeNext(readParam(search, "next"));
  if (await findSignedIn()) redirect(next);
  const providers = env().OIDC_PROVIDERS.map(({ id, name }) => ({ id, name }));
  const name = providers.find(({ id }) => id === readParam(search, "provider"))?.name;
  const failure = readParam(search, "failure");
  return (
    <CardPage title="Sign in to the console" about="For support and operations staff.">
      {providers.length === 0 ? (
        <SignInForm next={next} hasPasskeys={arePasskeysPossible()} />
      ) : (
        <>
          <ProviderButtons
            providers={providers}
            next={next}
            failed={failure && name ? { failure, name } : undefined}
          />
          <details className="mt-5">
            <summary className="text-accent w-fit py-0.5">Use a password</summary>
            <div className="mt-4">
              <SignInForm
                next={next}
                hasPasskeys={arePasskeysPossible()}
                isFirst={false}
                isEmergency={isPasswordOff()}
              />
            </div>
          </details>
        </>
      )}
    </CardPage>
  );
}
