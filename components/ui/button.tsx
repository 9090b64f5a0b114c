"use client";

import type { ComponentProps, MouseEvent } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";
import { Spinner } from "./spinner";

type Props = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows that work is in progress; the button keeps its focus and ignores further presses. */
  isBusy?: boolean;
  /** Whether a double click counts as two presses, as for paging; otherwise the second is ignored. */
  mayRepeat?: boolean;
};

export function Button({
  variant,
  size,
  isBusy = false,
  mayRepeat = false,
  className,
  children,
  ...props
}: Props) {
  const { onClick, ...rest } = props;
  const isOff = isBusy || rest["aria-disabled"] === true;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff || (event.detail > 1 && !mayRepeat)) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      className={buttonStyle(variant, size, className)}
      aria-disabled={isOff || undefined}
      onClick={press}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}
