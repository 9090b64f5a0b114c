"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { buttonStyle } from "./button-style";
import { Field, Input } from "./field";

type Props = ComponentProps<typeof Input> & { label: string; hint?: ReactNode };

/** A password field with a show button. */
export function PasswordField({ label, hint, ...input }: Props) {
  const [isShown, setShown] = useState(false);
  return (
    <Field id={input.id} label={label} error={input.error} hint={hint}>
      <div className="relative">
        <Input
          {...input}
          type={isShown ? "text" : "password"}
          autoCapitalize="none"
          spellCheck={false}
          className="pr-16"
        />
        <button
          type="button"
          aria-controls={input.id}
          onClick={() => setShown(!isShown)}
          className={buttonStyle("ghost", "sm", "absolute top-0.5 right-0.5")}
        >
          {isShown ? "Hide" : "Show"}
          <span className="sr-only"> the password</span>
        </button>
      </div>
    </Field>
  );
}
