import { CopyButton } from "./copy-button";

/** A machine's text that people carry elsewhere, such as an id or a hash, with the button that copies it. */
export function Copyable({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex items-start justify-between gap-1">
      <code className="mono min-w-0">{text}</code>
      <span className="-my-1 shrink-0">
        <CopyButton text={text} what={what} />
      </span>
    </span>
  );
}
