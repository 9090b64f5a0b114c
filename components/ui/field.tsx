import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

/** A form's control has a border that can be made out by itself; a box that names itself inside may do with a lighter one. */
export const inputStyle = (className?: string, isQuiet = false): string =>
  cx(
    "w-full rounded border bg-surface px-2.5 text-base text-ink",
    "focus-visible:outline-offset-0 aria-invalid:border-danger",
    isQuiet ? "border-line-strong" : "border-control",
    className,
  );

type FieldProps = {
  id: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
};

/** A label, its control and, at the same place, what is wrong with it. The control points at `${id}-error`. */
export function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint}
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <p id={`${id}-error`} role="alert" className={cx("text-danger text-sm", !error && "hidden")}>
      {error}
    </p>
  );
}

type InputProps = ComponentProps<"input"> & { id: string; error?: string | undefined };

export function Input({ error, className, ...rest }: InputProps) {
  return (
    <input
      {...rest}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${rest.id}-error` : rest["aria-describedby"]}
      className={inputStyle(cx("h-8", className))}
    />
  );
}
