"use client";

import { useActionState, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";

type Attempt = { email: string; errors: { email?: string; password?: string; form?: string } };

const FAILURES: Record<string, string> = {
  CredentialsSignin: "The email and password don’t match an active account.",
  RateLimited: "Too many attempts. Wait 15 minutes, then try again.",
  CookiesBlocked:
    "This browser did not store the cookie needed to sign in. Allow cookies for this site or clear them, then try again.",
  Unavailable: "Sign-in is not available right now. Try again in a moment.",
};
const OTHER_FAILURE = "The sign-in could not be completed. Check your connection, then try again.";

type Props = {
  /** A path of this console. */
  next: string;
  /** Whether the email field gets the focus when the page opens. */
  isFirst?: boolean;
  /** Whether only admins with emergency access may use a password. */
  isEmergency?: boolean;
};

export function SignInForm({ next, isFirst = true, isEmergency = false }: Props) {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const given = { email: String(form.get("email")).trim(), password: String(form.get("password")) };
    if (!given.email) return { email: given.email, errors: { email: "Enter your email address." } };
    if (!given.password) return { email: given.email, errors: { password: "Enter your password." } };
    const failure = await trySignIn(given);
    if (failure) return { email: given.email, errors: { form: FAILURES[failure] ?? OTHER_FAILURE } };
    window.location.assign(next);
    return new Promise(() => {});
  };
  // An action: React replays an action that is submitted before hydration.
  const [{ email: typed, errors }, submit, isBusy] = useActionState(attempt, { email: "", errors: {} });
  useEffect(() => {
    if (Object.keys(errors).length > 0) (errors.email ? email : password).current?.focus();
  }, [errors]);

  return (
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
  );
}

/** @returns next-auth's name for the failure, or undefined once the person is signed in */
async function trySignIn(given: { email: string; password: string }): Promise<string | undefined> {
  try {
    const { signIn } = await import("next-auth/react");
    const result = await signIn("credentials", { ...given, redirect: false });
    if (!result?.ok) return result?.error ?? "Unknown";
    // Without its CSRF cookie, the server doesn't even check the password.
    return result.url?.includes("csrf=true") ? "CookiesBlocked" : undefined;
  } catch {
    return "Unknown";
  }
}
