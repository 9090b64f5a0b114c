"use client";

import { useActionState, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { describeSignInFailure, trySignIn } from "@/lib/client/sign-in";
import { PasskeyButton } from "./passkey-button";

type Props = {
  /** A path of this console. */
  next: string;
  /** The kinds of second factors that the person has. */
  needs: readonly string[];
  onBack: () => void;
};
type Attempt = { problem?: string; failure?: string };

/** The second step of a sign-in, after the right password. */
export function SecondStepForm({ next, needs, onBack }: Props) {
  const box = useRef<HTMLInputElement>(null);
  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const code = String(form.get("code")).trim();
    if (!code) return { problem: "Enter a code." };
    const failure = await trySignIn("second-step", { code });
    if (failure === "WrongCode") return { problem: describeSignInFailure(failure) };
    if (failure) return { failure: describeSignInFailure(failure) };
    window.location.assign(next);
    return new Promise(() => {});
  };
  const [{ problem, failure }, submit, isBusy] = useActionState(attempt, {});
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);
  const hasApp = needs.includes("totp");
  return (
    <>
      <form
        action={submit}
        onSubmit={(event) => isBusy && event.preventDefault()}
        noValidate
        className="grid gap-4"
      >
        {failure && !isBusy && (
          <Notice tone="danger" role="alert">
            {failure}
          </Notice>
        )}
        <Field
          id="code"
          label={hasApp ? "Code" : "Recovery code"}
          error={isBusy ? undefined : problem}
          hint={
            <p id="code-hint" className="text-ink-muted text-sm">
              {hasApp
                ? "Six digits from your authenticator app, or one of your recovery codes."
                : "Only if you don’t have your passkey."}
            </p>
          }
        >
          <Input
            ref={box}
            id="code"
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby="code-hint"
            error={isBusy ? undefined : problem}
            autoFocus
          />
        </Field>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? "Signing in…" : "Continue"}
        </Button>
      </form>
      {needs.includes("passkey") && <PasskeyButton next={next} />}
      <div className="mt-4 grid">
        <Button variant="ghost" onClick={onBack}>
          Back
        </Button>
      </div>
      <p className="text-ink-muted mt-4 text-sm">Lost it? Ask an admin to reset your second factor.</p>
    </>
  );
}
