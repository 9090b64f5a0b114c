"use client";

import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "./button";
import { lazyWithRetry, PageGoneError } from "./lazy-with-retry";
import { Notice } from "./notice";

/**
 * A lazy-loaded part of a page. If it fails to load or throws, a notice replaces it, and the page around it
 * stays, including typed text.
 * @param loading the placeholder
 */
export function latePart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  loading: ReactNode = null,
): ComponentType<P> {
  const make = () => lazy(async () => ({ default: await lazyWithRetry(load) }));
  let Part = make();
  return function LatePart(props: P) {
    const [tries, setTries] = useState(0);
    const again = () => {
      Part = make();
      setTries(tries + 1);
    };
    return (
      <PartBoundary key={tries} part={props} onRetry={again}>
        <Suspense fallback={loading}>
          <Part {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

/** The props of parts that open and close; the notice uses the same ones. */
type Openable = { isOpen?: boolean; onClose?: () => void };

type BoundaryProps = { part: Openable; onRetry: () => void; children: ReactNode };

class PartBoundary extends Component<BoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};
  static getDerivedStateFromError = (error: unknown) => ({ error });

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const { part, onRetry } = this.props;
    return part.isOpen !== false && <PartMissing error={error} onRetry={onRetry} onClose={part.onClose} />;
  }
}

type MissingProps = { error: unknown; onRetry: () => void; onClose: (() => void) | undefined };

function PartMissing({ error, onRetry, onClose }: MissingProps) {
  return (
    <Notice tone="warn" role="alert" className="m-2 text-left">
      <p>
        {error instanceof PageGoneError
          ? "A new version of the console is available, and this page belongs to the old one."
          : "This part of the page failed. If you were making a change, reload to check whether it was saved."}{" "}
        Any reason you typed is kept.
      </p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => location.reload()}>
          Reload
        </Button>
        {!(error instanceof PageGoneError) && (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
        {onClose && (
          <Button size="sm" variant="ghost" onClick={onClose}>
            Close
          </Button>
        )}
      </div>
    </Notice>
  );
}
