import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./class-names";

/** A form control needs a visible border; a box with its name inside may have a lighter one. */
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

/** A label, its control and its error. The control points at `${id}-error`. */
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

type LabelProps = { label: string; hint?: ReactNode; error?: string | undefined };

/** A text box with its label, hint and error. */
export function TextField({ label, hint, error, ...rest }: LabelProps & Omit<ComponentProps<"input">, "id">) {
  const id = useId();
  return (
    <Field {...{ id, label, hint, error }}>
      <Input {...rest} id={id} error={error} />
    </Field>
  );
}

/** A native select with its label and error. */
export function SelectField({
  label,
  hint,
  error,
  ...rest
}: LabelProps & Omit<ComponentProps<"select">, "id">) {
  const id = useId();
  return (
    <Field {...{ id, label, hint, error }}>
      <select
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className={inputStyle("h-8")}
      />
    </Field>
  );
}

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
