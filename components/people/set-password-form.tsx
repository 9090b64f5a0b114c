"use client";

import { useActionState, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { RequestFailure } from "@/components/ui/request-failure";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { setPassword } from "@/lib/client/people";

type Props = { /** Lengths in code points. */ min: number; max: number };

/** What stands behind `#`, which only this browser knows; null before the page is ready. */
function useToken(): string | null {
  const follow = (hear: () => void) => {
    window.addEventListener("hashchange", hear);
    return () => window.removeEventListener("hashchange", hear);
  };
  return useSyncExternalStore(
    follow,
    () => window.location.hash.slice(1),
    () => null,
  );
}

type Attempt = { problem?: string; failure?: Error; email?: string };

/** Takes a person's own password, by the link that they were sent. */
export function SetPasswordForm({ min, max }: Props) {
  const token = useToken();
  const box = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);

  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const password = String(form.get("password"));
    const length = [...password].length;
    if (length < min) return { problem: `Use at least ${min} characters; this has ${length}.` };
    if (length > max) return { problem: `Use at most ${max} characters; this has ${length}.` };
    try {
      const { email } = await setPassword({ token: window.location.hash.slice(1), password });
      // The token is used up; it need not stay in the browser's history.
      window.history.replaceState(null, "", window.location.pathname);
      return { email };
    } catch (error) {
      return { failure: error as Error };
    }
  };
  // An action, because React replays one that is submitted before the page is hydrated.
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
        {/* A whole new page: whoever was signed in before is not any more. */}
        <a href={paths.signIn()} className={buttonStyle("primary")}>
          Go to sign in
        </a>
      </div>
    );
  }
  if (token === "") {
    return (
      <Notice tone="danger" role="alert">
        This address is not whole: the part behind # is missing. Open the link exactly as you got it, or ask
        an admin for a new one.
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
      <Field
        id="new-password"
        label="New password"
        error={problem}
        hint={
          <p id="new-password-hint" className="text-ink-muted text-sm">
            At least {min} characters of any kind. A few words that nobody else would put together are easy to
            keep in mind.
          </p>
        }
      >
        <div className="relative">
          <Input
            ref={box}
            id="new-password"
            name="password"
            type={isShown ? "text" : "password"}
            autoComplete="new-password"
            autoCapitalize="none"
            spellCheck={false}
            error={problem}
            aria-describedby="new-password-hint"
            className="pr-16"
            autoFocus
          />
          <button
            type="button"
            aria-controls="new-password"
            onClick={() => setShown(!isShown)}
            className={buttonStyle("ghost", "sm", "absolute top-0.5 right-0.5")}
          >
            {isShown ? "Hide" : "Show"}
            <span className="sr-only"> the password</span>
          </button>
        </div>
      </Field>
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {isBusy ? "Setting…" : "Set password"}
      </Button>
    </form>
  );
}
