import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";
import { StoredText } from "./stored-text";

type Props = {
  text: string;
  what: string;
  /** The displayed text, if different. */
  shown?: ReactNode;
};

/** A machine-readable text such as an ID or a hash, with a copy button. */
export function Copyable({ text, what, shown }: Props) {
  return (
    <span className="flex items-start justify-between gap-1">
      <span className="min-w-0">
        {shown ?? (
          <code className="mono">
            <StoredText>{text}</StoredText>
          </code>
        )}
      </span>
      <span className="-my-1 shrink-0">
        <CopyButton text={text} what={what} />
      </span>
    </span>
  );
}
