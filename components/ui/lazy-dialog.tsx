"use client";

import type { ComponentType, ReactNode } from "react";
import type { DialogProps } from "./dialog-state";
import { latePart } from "./late-part";
import { useWasTrue } from "./use-was-true";

/**
 * A dialog that loads when it is first opened. It stays mounted afterwards, to keep typed text and to return
 * the focus.
 * @param loading the placeholder
 */
export function lazyDialog<P extends DialogProps>(
  load: () => Promise<ComponentType<P>>,
  loading?: ReactNode,
): ComponentType<P> {
  const Part = latePart(load, loading);
  return function LazyDialog(props: P) {
    return useWasTrue(props.isOpen) && <Part {...props} />;
  };
}
