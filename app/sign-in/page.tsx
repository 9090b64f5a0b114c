import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/shell/sign-in-form";
import { Brand } from "@/components/shell/brand";
import { safeNext } from "@/lib/client/paths";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { findSignedIn } from "@/lib/http/session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = safeNext(readParam(await searchParams, "next"));
  if (await findSignedIn()) redirect(next);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[22rem]">
        <div className="text-md mb-6 flex justify-center">
          <Brand />
        </div>
        <div className="bg-surface rounded-lg border p-6">
          <h1 className="text-lg font-semibold">Sign in to the console</h1>
          <p className="text-ink-muted mt-1 mb-5">For support and operations staff.</p>
          <SignInForm next={next} />
        </div>
      </div>
    </main>
  );
}
