import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { RichText } from "./rich-text";

type Props = { id: string; title: string; what: string; text: string; hint?: string };

/** A command or a document, to copy. */
export function Sample({ id, title, what, text, hint }: Props) {
  return (
    <Panel id={id} title={title} aside={<CopyButton text={text} what={what} />}>
      <pre
        tabIndex={0}
        aria-labelledby={id}
        className="mono bg-sunken overflow-x-auto px-4 py-3 focus-visible:-outline-offset-2"
      >
        <code>{text}</code>
      </pre>
      {hint && (
        <p className="text-ink-muted border-t px-4 py-2 text-sm">
          <RichText text={hint} />
        </p>
      )}
    </Panel>
  );
}
