"use client";

import { useActionState, useEffect, useRef } from "react";
import { RequestFailure } from "@/components/ui/request-failure";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { paths } from "@/lib/client/paths";
import { setPassword } from "@/lib/client/people";
import { placeProblems } from "@/lib/client/place-problems";
import { forgetLinkToken, readLinkToken, useLinkToken } from "@/lib/client/use-link-token";

type Props = { /** Lengths in code points. */ min: number; max: number };

type Attempt = { problem?: string; failure?: Error; email?: string };

/** Sets a password with the person's link. */
export function SetPasswordForm({ min, max }: Props) {
  const token = useLinkToken();
  const box = useRef<HTMLInputElement>(null);

  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const password = String(form.get("password"));
    const length = [...password].length;
    if (length < min) return { problem: `Use at least ${min} characters; this has ${length}.` };
    if (length > max) return { problem: `Use at most ${max} characters; this has ${length}.` };
    try {
      const { email } = await setPassword({ token: readLinkToken(), password });
      forgetLinkToken();
      return { email };
    } catch (error) {
      const { at, rest } = placeProblems(error as Error, ["password"]);
      return { ...(at.password && { problem: at.password }), ...(rest && { failure: rest }) };
    }
  };
  // An action: React replays an action that is submitted before hydration.
  const [{ problem, failure, email }, submit, isBusy] = useActionState(attempt, {});
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);

  if (email !== undefined) {
    return (
      <div className="grid gap-4">
        <Notice tone="success" role="status">
          The password of <span className="font-medium wrap-anywhere">{email}</span> is set.
        </Notice>
        {/* A full page load: setting the password ended every session. */}
        <a href={paths.signIn()} className={buttonStyle("primary")}>
          Go to sign in
        </a>
      </div>
    );
  }
  if (token === "") {
    return (
      <Notice tone="danger" role="alert">
        This link is incomplete: the part after # is missing. Open it exactly as you received it, or ask an
        admin for a new one.
      </Notice>
    );
  }
  return (
    <form
      action={submit}
      onSubmit={(event) => isBusy && event.preventDefault()}
      noValidate
      className="grid gap-4"
    >
      {failure && !isBusy && <RequestFailure error={failure} />}
      <PasswordField
        ref={box}
        id="new-password"
        name="password"
        label="New password"
        autoComplete="new-password"
        error={problem}
        aria-describedby="new-password-hint"
        hint={
          <p id="new-password-hint" className="text-ink-muted text-sm">
            At least {min} characters of any kind. A few unrelated words are easy to remember.
          </p>
        }
        autoFocus
      />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {isBusy ? "Setting…" : "Set password"}
      </Button>
    </form>
  );
}
