"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

type Errors = { email?: string; password?: string; form?: string };

const FAILURES: Record<string, string> = {
  CredentialsSignin: "The e-mail and the password don’t match an active account.",
  RateLimited: "Too many failed attempts. Wait 15 minutes, then try again.",
  CookiesBlocked:
    "This browser did not store the cookie needed to sign in. Allow cookies for this site or clear them, then try again.",
  Unavailable: "Sign-in is not available right now. Try again in a moment.",
};
const OTHER_FAILURE = "The sign-in could not be completed. Check your connection, then try again.";

/** @param next a path of this console */
export function SignInForm({ next }: { next: string }) {
  const [errors, setErrors] = useState<Errors>({});
  const [isBusy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const refuse = (found: Errors) => {
    setErrors(found);
    setBusy(false);
    (found.email ? email : password).current?.focus();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const given = { email: email.current?.value.trim() ?? "", password: password.current?.value ?? "" };
    if (!given.email) return refuse({ email: "Enter your e-mail address." });
    if (!given.password) return refuse({ password: "Enter your password." });
    setBusy(true);
    setErrors({});
    const failure = await trySignIn(given);
    if (!failure) return window.location.assign(next);
    if (password.current) password.current.value = "";
    refuse({ form: FAILURES[failure] ?? OTHER_FAILURE });
  };

  return (
    // Sent before the page is ready, a form goes by itself: by POST, as a password must never be in an address.
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {errors.form && (
        <Notice tone="danger" role="alert">
          {errors.form}
        </Notice>
      )}
      <Field id="email" label="E-mail" error={errors.email}>
        <Input
          ref={email}
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          error={errors.email}
          autoFocus
        />
      </Field>
      <Field id="password" label="Password" error={errors.password}>
        <Input
          ref={password}
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          error={errors.password}
        />
      </Field>
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

/** @returns next-auth's name of the failure, or undefined when the person is signed in */
async function trySignIn(given: { email: string; password: string }): Promise<string | undefined> {
  try {
    const { signIn } = await import("next-auth/react");
    const result = await signIn("credentials", { ...given, redirect: false });
    if (!result?.ok) return result?.error ?? "Unknown";
    // Without its cookie against forged forms the server has not even looked at the password.
    return result.url?.includes("csrf=true") ? "CookiesBlocked" : undefined;
  } catch {
    return "Unknown";
  }
}
