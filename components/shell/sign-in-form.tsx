"use client";

import { useActionState, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { latePart } from "@/components/ui/late-part";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { describeSignInFailure, readNeeds, trySignIn } from "@/lib/client/sign-in";
import { PasskeyButton } from "./passkey-button";

type Attempt = { email: string; errors: { email?: string; password?: string; form?: string } };

const SecondStepForm = latePart(() => import("./second-step-form").then((module) => module.SecondStepForm));

type Props = {
  /** A path of this console. */
  next: string;
  /** Whether people may sign in with a passkey instead. */
  hasPasskeys: boolean;
  /** Whether the email field gets the focus when the page opens. */
  isFirst?: boolean;
  /** Whether only admins with emergency access may use a password. */
  isEmergency?: boolean;
};

export function SignInForm({ next, hasPasskeys, isFirst = true, isEmergency = false }: Props) {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [needs, setNeeds] = useState<string[]>();

  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const given = { email: String(form.get("email")).trim(), password: String(form.get("password")) };
    if (!given.email) return { email: given.email, errors: { email: "Enter your email address." } };
    if (!given.password) return { email: given.email, errors: { password: "Enter your password." } };
    const failure = await trySignIn("credentials", given);
    const needed = failure === undefined ? undefined : readNeeds(failure);
    setNeeds(needed);
    if (needed) return { email: given.email, errors: {} };
    if (failure) return { email: given.email, errors: { form: describeSignInFailure(failure) } };
    window.location.assign(next);
    return new Promise(() => {});
  };
  // An action: React replays an action that is submitted before hydration.
  const [{ email: typed, errors }, submit, isBusy] = useActionState(attempt, { email: "", errors: {} });
  useEffect(() => {
    if (Object.keys(errors).length > 0) (errors.email ? email : password).current?.focus();
  }, [errors]);

  if (needs) return <SecondStepForm next={next} needs={needs} onBack={() => setNeeds(undefined)} />;
  return (
    <>
      <form
        action={submit}
        onSubmit={(event) => isBusy && event.preventDefault()}
        noValidate
        className="grid gap-4"
      >
        {errors.form && !isBusy && (
          <Notice tone="danger" role="alert">
            {errors.form}
          </Notice>
        )}
        <Field id="email" label="Email" error={errors.email}>
          <Input
            ref={email}
            id="email"
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={typed}
            error={errors.email}
            autoFocus={isFirst}
          />
        </Field>
        <PasswordField
          ref={password}
          id="password"
          name="password"
          label="Password"
          autoComplete="current-password"
          error={errors.password}
        />
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </Button>
        <p className="text-ink-muted text-sm">
          {isEmergency
            ? "Only admins with emergency access have a password. Each use is recorded."
            : "Forgot your password? Ask an admin for a link to set a new one."}
        </p>
      </form>
      {hasPasskeys && <PasskeyButton next={next} />}
    </>
  );
}
